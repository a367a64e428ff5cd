"""What the last run of the finder found, seen against what the project holds now."""

from __future__ import annotations

from collections.abc import Sequence

from screener import Project
from screener.duplicates.duplicates import Joined
from screener.duplicates.found import Found, Linked, Question
from ui.duplicates.groups import (
    Apart,
    Mode,
    Side,
    apart_side,
    joined_side,
    linked_side,
    question_side,
)
from ui.duplicates.remaining import Remaining

Shown = Question | Joined | Apart | Linked


class Run:
    """Nothing of it is stored: questions are found anew when they are needed.

    What the project holds is read by `look`, once for each change of it.
    """

    def __init__(self, project: Project) -> None:
        self._project = project
        self._membership: dict[str, str] = {}
        self._joined: dict[Mode, list[Joined]] = {}
        self._apart: list[Apart] = []
        self._linked: list[Linked] = []
        self._answered = False
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
        """Read what the project holds; return the place of a question that is open again, or -1."""
        duplicates = self._project.duplicates
        self._membership = self._project.units.membership()
        joined, answers = duplicates.joined(), duplicates.answered_different()
        self._joined = {
            Mode.CERTAIN: [one for one in joined if not one.by_hand],
            Mode.ANSWERED: [one for one in joined if one.by_hand],
        }
        self._answered = bool(answers)
        self._apart = self._kept_apart(answers)
        self._linked = self._linked_units()
        again = self.remaining.look(self._membership, answers) if self.found else None
        return self.remaining.open.index(again) if again is not None else -1

    def _kept_apart(self, answers: Sequence[Sequence[str]]) -> list[Apart]:
        """Return what is kept apart: units that are there, each set of them once."""
        unit = self._membership.get
        sets = [tuple(dict.fromkeys(unit(uid, uid) for uid in uids)) for uids in answers]
        there, _ = self._project.units.among(dict.fromkeys(uid for uids in sets for uid in uids))
        present = set(there)
        kept = (tuple(uid for uid in uids if uid in present) for uids in sets)
        by_units = {frozenset(uids): uids for uids in kept if len(uids) > 1}
        return [Apart(units=uids) for uids in by_units.values()]

    def _linked_units(self) -> list[Linked]:
        """Return which units are linked: records that are joined are one report."""
        unit = self._membership.get
        known: dict[frozenset[str], Linked] = {}
        for linked in self.found.linked if self.found else ():
            units = tuple(dict.fromkeys(unit(uid, uid) for uid in linked.records))
            if len(units) > 1:
                known.setdefault(frozenset(units), Linked(kind=linked.kind, records=units))
        return list(known.values())

    @property
    def linked(self) -> Sequence[Linked]:
        """The reports that belong together and are no duplicates, by their units."""
        return self._linked

    @property
    def was_made_before(self) -> bool:
        """Whether duplicates were looked for in this project, whoever did it."""
        return self._answered or any(self._joined.values())

    @property
    def is_due(self) -> bool:
        """Whether the finder has to run: nothing is known, or certain groups are not joined."""
        if self.found is None:
            return True
        unit = self._membership.get
        return any(
            len({unit(uid, uid) for uid in group.records}) > 1 for group in self.found.certain
        )

    def groups(self, mode: Mode) -> Sequence[Shown]:
        """Return what can be looked at in a mode."""
        if mode is Mode.LINKED:
            return self._linked
        if mode is Mode.DIFFERENT:
            return self._apart
        if mode is Mode.ASK:
            return () if self.is_due else self.remaining.open
        return self._joined.get(mode, ())

    def count(self, mode: Mode) -> int:
        """Count them."""
        return len(self.groups(mode))

    def side(self, shown: Shown) -> Side:
        """Return one of them as columns."""
        if isinstance(shown, Question):
            return question_side(self._project, shown, self._membership)
        if isinstance(shown, Joined):
            return joined_side(self._project, shown, self._membership)
        if isinstance(shown, Apart):
            return apart_side(self._project, shown)
        return linked_side(self._project, shown)
