"""The rows of lists that a meeting settled: by pairs, which are no consensus on an item."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from screener.answers.step import FormStep
from screener.consensus.standing import Standing
from screener.model import DiscrepancyKind, Status
from screener.model.words import listed


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledRows:
    """Rows of lists that the meeting settled, which no consensus names: the pair says it.

    `paired` are rows of several reviewers that it made one, `kept` those of one reviewer alone that
    it took as they are, `none` those of which it said that there is no such row.
    """

    paired: int = 0
    kept: int = 0
    none: int = 0

    @property
    def whole(self) -> int:
        """How many there are."""
        return self.paired + self.kept + self.none

    def words(self) -> str:
        """Return what became of them: "2 paired with another reviewer’s, 1 kept"; "" for none."""
        said = (
            (self.paired, "paired with the row of another reviewer"),
            (self.kept, "kept as one reviewer has it"),
            (self.none, "left out, as there is no such row"),
        )
        return listed([f"{number:,} {words}" for number, words in said if number])


def settled_rows(here: Standing, step: FormStep) -> SettledRows:
    """Count the rows of a form that the meeting settled, of what may be seen."""
    found = Counter[str]()
    for state in here.discrepancies():
        if state.kind is not DiscrepancyKind.ROW or state.status is not Status.RESOLVED:
            continue
        rows = step.rows_on(here.said(state.subject), here.pairings(state.subject))
        row = rows.row(state.item.question, state.item.row)
        if row is not None:
            alone = len({who for who, _ in row.places}) < 2
            found["none" if not row.asked else "kept" if alone else "paired"] += 1
    return SettledRows(**found)
