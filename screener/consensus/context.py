"""What the meeting asks about one subject before it settles it."""

from __future__ import annotations

from collections.abc import Callable

from screener.consensus import people, settling
from screener.consensus.since import Change, changes_since
from screener.consensus.standing import Standing
from screener.model import AnswerState, Discrepancy, Outcome, Reviewer, UserError
from screener.model.step import WHOLE, Agreed
from screener.store.file import File


class Context:
    """Who is missing on a subject, what became of it since, and what settling it would overturn."""

    def __init__(self, file: File, at: Callable[[str], Standing]) -> None:
        """`at` gives where the subjects of a step stand, by its id."""
        self._file = file
        self._at = at

    def undecided(self, subject: str, step: str) -> list[Reviewer]:
        """Return the reviewers who closed a subject without answering it."""
        here = self._at(step)
        missing = here.coverage.closed_by(subject) - {one.author for one in here.said(subject)}
        return [one for one in people.reviewers(self._file) if one.id in missing]

    def changed_since(self, found: Discrepancy) -> list[Change]:
        """Return what became of the answers to an item since it was settled."""
        return changes_since(self._file, self._at(found.step), str(found.unit.id), found.item)

    def overturns(self, subject: str, outcome: Outcome, *, step: str, reason: str = "") -> bool:
        """Say whether an outcome is otherwise than what was agreed or resolved on a subject.

        `UserError` when there is no such subject.
        """
        here = self._at(step)
        state = here.state(subject)
        if state is None:
            raise UserError("There is no such unit in this review; see its list of records.")
        wanted = Agreed(
            event="", item=WHOLE, state=AnswerState.VALUE, value=str(outcome), reason=reason
        )
        return settling.overturns(here.step, state, wanted)
