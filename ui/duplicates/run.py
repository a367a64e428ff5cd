"""What the last run of the finder found, seen against what the project holds now."""

from __future__ import annotations

from collections.abc import Sequence

from screener import Project
from screener.duplicates.duplicates import Joined
from screener.duplicates.found import Found, Linked, Question
from ui.duplicates.groups import Mode, Side, joined_side, linked_side, question_side
from ui.duplicates.remaining import Remaining

Shown = Question | Joined | Linked


class Run:
    """Nothing of it is stored: questions are found anew when they are needed."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self.forget()

    def forget(self) -> None:
        """Forget what was found: the records are others now."""
        self.found: Found | None = None
        self.remaining = Remaining()

    def take(self, found: Found) -> None:
        """Take what a run found."""
        self.found = found
        self.remaining = Remaining(found.ask)

    def look(self) -> int:
        """Look which questions are open; return the place of one that is open again, or -1."""
        again = self.remaining.look(self._project) if self.found is not None else None
        return self.remaining.open.index(again) if again is not None else -1

    @property
    def was_made_before(self) -> bool:
        """Whether duplicates were looked for in this project, whoever did it."""
        duplicates = self._project.duplicates
        return bool(duplicates.joined() or duplicates.answered_different())

    @property
    def is_due(self) -> bool:
        """Whether the finder has to run before anything can be asked."""
        return self.found is None or self._has_unjoined(self.found)

    def _has_unjoined(self, found: Found) -> bool:
        """Whether certain groups were found that are not joined (yet, or any more)."""
        membership = self._project.units.membership() if found.certain else {}
        return any(
            len({membership.get(uid, uid) for uid in group.records}) > 1 for group in found.certain
        )

    def groups(self, mode: Mode) -> Sequence[Shown]:
        """Return what can be looked at in a mode."""
        if mode is Mode.LINKED:
            return self.found.linked if self.found else ()
        if mode is Mode.ASK:
            return () if self.is_due else self.remaining.open
        by_hand = mode is Mode.ANSWERED
        return [j for j in self._project.duplicates.joined() if j.by_hand is by_hand]

    def count(self, mode: Mode) -> int:
        """Count them."""
        return len(self.groups(mode))

    def side(self, shown: Shown) -> Side:
        """Return one of them as columns."""
        if isinstance(shown, Question):
            return question_side(self._project, shown)
        if isinstance(shown, Joined):
            return joined_side(self._project, shown)
        return linked_side(self._project, shown)
