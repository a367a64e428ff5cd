"""What the meeting shows of a step's items, and what can be chosen to settle one; no Qt.

A step has one painter: `decision_painter.py` is that of the screening steps, `answer_painter.py`
that of a form. Whatever a painter returns holds nothing that the reveal level hides.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import ClassVar, NamedTuple

from screener.consensus.agreement.agreement import PairAgreement
from screener.consensus.agreement.intraclass import Intraclass
from screener.consensus.grouping import GroupBy, Key
from screener.model import (
    AnswerState,
    Consensus,
    Decision,
    Discrepancy,
    DiscrepancyKind,
    Item,
    State,
)
from screener.model.step import Recorded
from screener.model.words import NO_TITLE, listed
from ui.consensus.reveal import KIND_WORDS, ORDER, Level
from ui.consensus.times import day

_NAMELESS = ("One reviewer", "The other")
_MORE = ("A third", "A fourth", "A fifth")


class ItemId(NamedTuple):
    """Which item of the review it is: a subject, and what is asked of it."""

    subject: str
    item: Item


def id_of(one: State | Discrepancy) -> ItemId:
    """Return which item a state or a discrepancy is about."""
    return ItemId(one.subject, one.item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What would be settled: an outcome or a value, and words that are usual for it."""

    value: str = ""
    state: AnswerState = AnswerState.VALUE
    unit: str = ""
    reason: str = ""
    phrase: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing to choose: its action, the words and the look of its button.

    `verdict` gives the button its mark. One with `numbered` stands in the lower row, with that
    number as its key; `within` names the offer that has to be chosen before it is shown.
    """

    action: str
    words: str
    choice: Choice
    verdict: str = ""
    numbered: int = 0
    within: str = ""


def quoted(found: Discrepancy | None) -> str:
    """Return the title of an item's record in quotation marks."""
    return f"“{(found.unit.fields.title if found else '') or NO_TITLE}”"


def numbered(number: int, words: str, choice: Choice, within: str = "") -> Offer:
    """Return an offer of the lower row; the digits choose the first nine."""
    action = f"settle-reason-{number}"
    return Offer(action=action, words=words, choice=choice, numbered=number, within=within)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the list: a heading with its count, or a discrepancy as the level shows it."""

    at: ItemId | None = None
    heading: str = ""
    count: int = 0
    title: str = ""
    signs: tuple[str, ...] = ()
    below: str = ""
    spoken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of the comparison: what a reviewer recorded (or nothing), or what was settled.

    `value` is a verdict, an outcome, or an answer in words. Whatever the level hides is empty.
    `event` is that of what was recorded, to take it; `settled` marks what a meeting agreed, which
    is nobody's decision, with the names of who agreed it and when (`by`). `flagged`: the reviewer
    flagged it for the meeting.
    """

    title: str
    value: str
    reason: str = ""
    judgements: Mapping[str, str] = field(default_factory=dict)
    page: str = ""
    quote: str = ""
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of agreement: its measure, its categories as (id, words), what is said of it.

    `sides` are the two verdicts whose specific agreement is a figure of its own, and whose marks
    are shown; `note` is the last sentence of the reading.
    """

    measure: str
    words: str
    categories: Sequence[tuple[str, str]]
    sides: tuple[str, str] | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A measure among several whose kappas stand below one another: a criterion, a question."""

    measure: str
    name: str
    element: str = ""


class Painter(ABC):
    """What is painted of the items of one step, and what settles them.

    `names` are the reviewers' by their ids.
    """

    noun: ClassVar[str]
    """What a reviewer records: "decision"."""
    did: ClassVar[str]
    """What a reviewer did: "decided"."""
    part: ClassVar[str]
    """What the parts of agreement are: "criterion"."""
    judged: ClassVar[str]
    """What reviewers did to a part: "judged"."""
    stale: ClassVar[str]
    """What is said of an item whose answers rest on what has changed since."""
    nothing: ClassVar[str]
    """The value of who recorded nothing."""
    names_items: ClassVar[bool] = False
    """Whether a subject has several items, so that the list names them at every level."""
    not_taken: ClassVar[str] = ""
    """What is said when what a reviewer recorded cannot be taken."""
    where: str
    """The step after a sentence: "at full text"."""
    finished: str
    """What is true of the step when nothing is left to settle."""

    def __init__(self, names: Mapping[str, str]) -> None:
        self.names = names

    def heading(self, kind: DiscrepancyKind) -> str:
        """Return the heading of a kind of discrepancy, with the step's word for a decision."""
        words = KIND_WORDS[kind].replace("Decision", self.noun.capitalize())
        return words.replace("decision", self.noun)

    def groups_by(self, level: Level) -> tuple[GroupBy, ...]:
        """Return what the list may be narrowed by: nothing that the level hides."""
        seen = {
            GroupBy.KIND: level >= Level.DECISIONS,
            GroupBy.DISPUTED: level is Level.EVERYTHING or self.names_items,
            GroupBy.PAIR: level >= Level.NAMES and len(self.names) > 2,
            GroupBy.FLAGGED: level >= Level.NAMES,
        }
        return tuple(by for by in GroupBy if seen[by])

    def by_words(self, by: GroupBy) -> str:
        """Return what the list is narrowed by: "By kind", "By criterion"."""
        return f"By {self.part if by is GroupBy.DISPUTED else by}"

    def group_words(self, by: GroupBy, key: Key) -> str:
        """Return what a group of the list is called."""
        if by is GroupBy.FLAGGED:
            return "Flagged for the meeting"
        if by is GroupBy.PAIR:
            return " and ".join(map(self.name, key))
        if by is GroupBy.DISPUTED:
            return self.asked().get(key[0]) or key[0] or f"No {self.part} named"
        kind, *verdicts = key
        return ", ".join(filter(None, (self.heading(DiscrepancyKind(kind)), "/".join(verdicts))))

    @abstractmethod
    def asked(self) -> Mapping[str, str]:
        """Return the names of what may be in dispute, by id and in their order."""

    def name(self, reviewer: str) -> str:
        """Return a reviewer's name, by the id."""
        return self.names.get(reviewer, reviewer)

    # --- what is shown -----------------------------------------------------------------------

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
    def value(self, one: Recorded | Consensus) -> str:
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
        recorded: Sequence[Recorded] = (*found.decisions, *found.answers)
        shown = [self._column(one) for one in recorded]
        shown += [Column(title=self.name(who), value=self.nothing) for who in waited_for]
        if level < Level.NAMES:
            alone = found.kind is DiscrepancyKind.SELF
            titles = ((f"One {self.noun}", "Another") if alone else _NAMELESS) + _MORE
            shown = [
                replace(column, title=titles[min(place, len(titles) - 1)])
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

    def _column(self, one: Recorded) -> Column:
        column = Column(
            title=self.name(one.reviewer),
            value=self.value(one),
            note=one.note,
            time=one.time,
            event=one.event,
        )
        if not isinstance(one, Decision):
            return replace(column, page=one.page, quote=one.quote)
        judged = {id_: str(judgement) for id_, judgement in one.judgements.items()}
        return replace(
            column,
            reason=one.reason,
            judgements=judged,
            version=one.protocol,
            flagged=one.flagged,
        )

    @abstractmethod
    def rows(
        self, found: Discrepancy, columns: Sequence[Column], level: Level
    ) -> Sequence[ComparedRow]:
        """Return the rows under the columns: first what is taken, then what lies behind it."""

    @abstractmethod
    def agreed(self, found: Consensus, level: Level = Level.DECISIONS) -> str:
        """Return what a meeting agreed, in words; with everything seen, its reason too."""

    def sign(self, agreed: Consensus) -> str:
        """Return the mark of what was agreed; of what is no verdict, that it is done."""
        return "met"

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

    def asks(self, found: Discrepancy) -> str:
        """Return what is typed to settle an item, in a few words, or "" when nothing is."""
        return ""

    def typed(self, found: Discrepancy, text: str) -> Choice:
        """Return what was typed as a choice; `UserError` when it is no value of the question."""
        raise NotImplementedError

    # --- agreement ---------------------------------------------------------------------------

    @abstractmethod
    def tables(self) -> Sequence[Table]:
        """Return the tables there are of the step, the first of them shown first."""

    @abstractmethod
    def parts(self, pair: PairAgreement) -> Sequence[Part]:
        """Return the measures whose kappas stand below one another."""

    def totals(self, pair: PairAgreement) -> Intraclass | None:
        """Return the correlation of the reviewers' totals, where there are totals."""
        del pair
        return None


def _by_value(column: Column) -> tuple[int, str, str]:
    """Verdicts in their order, answers by their words."""
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
