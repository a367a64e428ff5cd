"""What the meeting shows of a step whose subjects are one item each, beside the record; no Qt."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar

from screener.consensus.reveal import ORDER, Level, nameless
from screener.model import Consensus, Decision, Discrepancy, DiscrepancyKind
from screener.model.words import listed
from ui.consensus.painter import Choice, Line, Offer, Painter
from ui.consensus.times import day


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the comparison: what a reviewer recorded (or nothing), or what was settled.

    `value` is a verdict or an outcome. Whatever the level hides is empty.
    `event` is that of what was recorded, to take it; `settled` marks what a meeting agreed, which
    is nobody's decision, with the names of who agreed it and when (`by`). `flagged`: the reviewer
    flagged it for the meeting.
    """

    title: str
    value: str
    reason: str = ""
    judgements: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    time: str = ""
    version: int = 0
    event: str = ""
    settled: bool = False
    by: str = ""
    flagged: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one column has in a row: words, perhaps after a mark, and how they are spoken."""

    words: str
    spoken: str
    mark: str | None = None
    step: str = "small"
    colour: str = "text"
    wrap: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedRow:
    """One row of the comparison: a label (or the tile and name of an element), and cells.

    A row that is `disputed` lies on the accent's wash; one with a `gap` stands apart from the row
    above it.
    """

    label: str
    cells: Sequence[Cell | None]
    element: str = ""
    disputed: bool = False
    gap: bool = False


class ItemPainter(Painter):
    """What is painted of one item beside its record, and what settles it."""

    not_taken: ClassVar[str] = ""
    """What is said when what a reviewer recorded cannot be taken."""
    nothing: ClassVar[str]
    """The value of who recorded nothing."""

    # --- what is shown ---

    @abstractmethod
    def line(self, found: Discrepancy, level: Level) -> Line:
        """Return a discrepancy as a row of the list."""

    @abstractmethod
    def beside(self, found: Discrepancy, level: Level, *, third: bool) -> str:
        """Return the quiet words beside the heading; `third`: a third person decides."""

    def elements(self, found: Discrepancy, level: Level) -> frozenset[str] | None:
        """Return the elements whose words are marked in the record; None for those of all."""
        return None

    @abstractmethod
    def value(self, one: Decision | Consensus) -> str:
        """Return what was recorded or agreed, as a column has it."""

    def columns(
        self, found: Discrepancy, level: Level, waited_for: Sequence[str] = ()
    ) -> list[Column]:
        """Return the columns of the comparison in their order; none at level 0.

        `waited_for` are the ids of the reviewers of whom something is missing. Below level 2 the
        order is that of the values, so that the place tells nothing.
        """
        if level is Level.RECORD:
            return []
        shown = [self._column(one) for one in found.decisions]
        shown += [Column(title=self.name(who), value=self.nothing) for who in waited_for]
        if level < Level.NAMES:
            alone = found.kind is DiscrepancyKind.SELF
            twice = (f"One {self.noun}", "Another")
            shown = [
                replace(column, title=twice[place] if alone and place < 2 else nameless(place))
                for place, column in enumerate(sorted(shown, key=_by_value))
            ]
        # What two meetings settled stands in lines of its own, see `history.settlements`.
        agreed = () if found.kind is DiscrepancyKind.CONSENSUS_CONFLICT else found.consensus
        shown += [
            Column(
                title="Settled",
                value=self.value(one),
                reason=one.reason,
                note=one.why,
                time=one.time,
                settled=True,
                by=f"{listed(one.by)}, {day(one.time)}" if one.by else "",
            )
            for one in agreed
        ]
        return shown if level is Level.EVERYTHING else [_bare(column, level) for column in shown]

    def about(self, columns: Sequence[Column]) -> list[ComparedRow]:
        """Return the rows that stand with the names: who flagged it, and who settled it when."""
        flags = ["yes" if column.flagged else "" for column in columns]
        rows = [words_row("Flagged", flags), words_row("Settled by", [one.by for one in columns])]
        return [row for row in rows if any(row.cells)]

    def _column(self, one: Decision) -> Column:
        return Column(
            title=self.name(one.reviewer),
            value=self.value(one),
            note=one.note,
            time=one.time,
            event=one.event,
            reason=one.reason,
            judgements={id_: str(judgement) for id_, judgement in one.judgements.items()},
            version=one.protocol,
            flagged=one.flagged,
        )

    @abstractmethod
    def rows(
        self, found: Discrepancy, columns: Sequence[Column], level: Level
    ) -> Sequence[ComparedRow]:
        """Return the rows under the columns: first what is taken, then what lies behind it."""

    # --- what settles ------------------------------------------------------------------------

    @abstractmethod
    def offers(self, found: Discrepancy) -> tuple[Offer, ...]:
        """Return what can be chosen, in the order of the buttons."""

    def marks(self, offer: Offer, choice: Choice) -> bool:
        """Say whether an offer shows what is chosen."""
        return offer.choice == choice

    @abstractmethod
    def taken(self, found: Discrepancy, event: str, level: Level) -> Choice | None:
        """Return what a reviewer recorded, by its event, as a choice; None: it settles nothing."""

    def proposed(self, found: Discrepancy, level: Level) -> Choice | None:
        """Return what is chosen beforehand."""
        return None

    def lacks(self, choice: Choice) -> str:
        """Return what has to be chosen before it can be settled, or ""."""
        return ""


def _by_value(column: Column) -> tuple[int, str, str]:
    """Verdicts in their order."""
    known = ORDER.index(column.value) if column.value in ORDER else len(ORDER)
    return known, column.value, column.event


def _bare(column: Column, level: Level) -> Column:
    """Return a column as it is shown below level 3: who it was, only where names are seen."""
    bare = Column(
        title=column.title, value=column.value, event=column.event, settled=column.settled
    )
    named = level >= Level.NAMES
    return replace(bare, by=column.by, flagged=column.flagged) if named else bare


def words_row(
    label: str, texts: Sequence[str], step: str = "small", colour: str = "text"
) -> ComparedRow:
    """Return a row of words, with no cell where there are none."""
    cells = [
        Cell(words=text, spoken=f"{label.lower()}: {text}", step=step, colour=colour, wrap=True)
        if text
        else None
        for text in texts
    ]
    return ComparedRow(label=label, cells=cells)
