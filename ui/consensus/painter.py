"""What the meeting shows of a step's items, and what can be chosen to settle one; no Qt.

A step has one painter: `decision_painter.py` is that of the screening steps, which show one item
beside its record (`item_painter.py`), `answer_painter.py` that of a form, which shows all items of
a study (`sheet.py`). Whatever a painter returns holds nothing that the reveal level hides.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

from screener.consensus.agreement.agreement import PairAgreement
from screener.consensus.agreement.intraclass import Intraclass
from screener.consensus.grouping import GroupBy, Key
from screener.consensus.reveal import KIND_WORDS, Level
from screener.model import (
    AnswerState,
    Consensus,
    Discrepancy,
    DiscrepancyKind,
    Item,
    State,
)
from screener.model.step import Pairing
from screener.model.words import NO_TITLE

_KEYS = 10


class ItemId(NamedTuple):
    """Which item of the review it is: a subject, and what is asked of it."""

    subject: str
    item: Item


def id_of(one: State | Discrepancy) -> ItemId:
    """Return which item a state or a discrepancy is about."""
    return ItemId(one.subject, one.item)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What would be settled: an outcome or a value, and words that are usual for it.

    `page` and `quote` are those of the answer that is taken. A choice with a `pairing` says which
    rows are one, and one with `wordings_of` takes a reviewer's wording on the whole subject.
    """

    value: str = ""
    state: AnswerState = AnswerState.VALUE
    unit: str = ""
    reason: str = ""
    phrase: str = ""
    page: str = ""
    quote: str = ""
    same_meaning: bool = False
    pairing: Pairing | None = None
    wordings_of: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing to choose: its action, the words and the look of its button.

    `verdict` gives the button its mark. One with `numbered` stands in the lower row, with that
    number as its key, and so does one that is `low`, with the key of its action; `within` names the
    offer that has to be chosen before it is shown.
    """

    action: str
    words: str
    choice: Choice
    verdict: str = ""
    numbered: int = 0
    low: bool = False
    within: str = ""

    @property
    def below(self) -> bool:
        """Whether it stands in the lower row."""
        return self.low or bool(self.numbered)


def quoted(found: Discrepancy | None) -> str:
    """Return the title of an item's record in quotation marks."""
    return f"“{(found.unit.fields.title if found else '') or NO_TITLE}”"


def digit_of(number: int) -> str:
    """Return the key of a number of the lower row, "" beyond the tenth."""
    return str(number % 10) if number <= _KEYS else ""


def numbered(number: int, words: str, choice: Choice, within: str = "") -> Offer:
    """Return an offer of the lower row; the digits choose the first ten, 0 the tenth."""
    action = f"settle-reason-{digit_of(number) or number}"
    return Offer(action=action, words=words, choice=choice, numbered=number, within=within)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the list: a heading with its count, or what can be shown, as the level has it.

    `number` stands at its right: so much of it is to settle.
    """

    at: ItemId | None = None
    heading: str = ""
    count: int = 0
    title: str = ""
    signs: tuple[str, ...] = ()
    below: str = ""
    number: int = 0
    spoken: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table of agreement: its measure, its categories as (id, words), what is said of it.

    `sides` are the two verdicts whose specific agreement is a figure of its own, and whose marks
    are shown; `note` is the last sentence of the reading. `noun` is what is counted: "record".
    """

    measure: str
    words: str
    categories: Sequence[tuple[str, str]]
    sides: tuple[str, str] | None = None
    note: str = ""
    noun: str = "record"


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
    subject: ClassVar[str] = "record"
    """What is decided or answered on."""
    names_items: ClassVar[bool] = False
    """Whether a subject has several items, so that the list names them at every level."""
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
    def agreed(self, found: Consensus, level: Level = Level.DECISIONS) -> str:
        """Return what a meeting agreed, in words; with everything seen, its reason too."""

    def sign(self, agreed: Consensus) -> str:
        """Return the mark of what was agreed; of what is no verdict, that it is done."""
        return "met"

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
