"""Steps: where reviewers answer independently; what is said, found and settled there."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple, Protocol, TypeAlias

from screener.model.admits import WHOLE as WHOLE
from screener.model.admits import Admits
from screener.model.admits import Agreed as Agreed
from screener.model.admits import Item as Item
from screener.model.changes import Kind
from screener.model.decision import Decision
from screener.model.gathering import gathered
from screener.model.question import Answer
from screener.model.unit import DiscrepancyKind, Outcome, Status

Recorded: TypeAlias = Decision | Answer
"""What a reviewer recorded, as a value for people."""


class Said(NamedTuple):
    """What one reviewer says to one question of a subject (and row of a list).

    `value` is canonical JSON; that of a decision holds verdict, reason and judgements. A row of a
    list is said too: `question` is the list, `row` its id, and `value` holds its key.
    """

    author: str
    question: str
    row: str
    value: str


def by_author(said: Iterable[Said]) -> dict[str, list[Said]]:
    """Return what each reviewer says."""
    found: dict[str, list[Said]] = {}  # without `gathered`: it is asked of every subject
    for one in said:
        found.setdefault(one.author, []).append(one)
    return found


def values_by_author(said: Iterable[Said]) -> dict[str, list[str]]:
    """Return the values of what each reviewer says."""
    return gathered((one.author, one.value) for one in said)


class Found(NamedTuple):
    """Where an item stands: what follows from the answers, or from a consensus on them.

    `value` is what was agreed, as the answers have it, where the step has no outcome.
    """

    status: Status
    outcome: Outcome | None = None
    kind: DiscrepancyKind | None = None
    elements: tuple[str, ...] = ()
    reason: str = ""
    value: str = ""

    def kind_after(self, *, settled: bool) -> DiscrepancyKind | None:
        """Return what an item of which this follows is listed as once the meeting settled it.

        What was settled stays listed, also when the answers have come to agree since. What holds
        nothing up (a wording that was taken, a value where nobody gave one) is on no list.
        """
        if settled and self.status in (Status.WORDING, Status.BLANK):
            return None
        return (self.kind if settled else None) or DiscrepancyKind.REOPENED


class Asked(NamedTuple):
    """An item of a subject, with what the reviewers say to it.

    `found` is where it stands whatever they say; None when it follows from what they say.
    """

    item: Item
    said: tuple[Said, ...]
    found: Found | None = None


@dataclass(frozen=True, order=True, slots=True, kw_only=True)
class Pairing:
    """Rows of several reviewers that are one row of a list, known by `key`.

    `rows` are (reviewer, id); where `exists` is False the meeting said that there is no such row.
    `name` is what the meeting called it, "" where it is called as a reviewer wrote it.
    """

    list: str
    key: str
    rows: tuple[tuple[str, str], ...]
    exists: bool = True
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Where one item of a subject stands at a step.

    `kind` is the discrepancy it is or, once resolved, was; None when the reviewers agreed. `stale`:
    what the answers rest on changed after the consensus or after the answers; it blocks nothing.
    """

    subject: str
    step: str
    found: Found
    item: Item = WHOLE
    stale: bool = False

    @property
    def status(self) -> Status:
        """The one status it has."""
        return self.found.status

    @property
    def outcome(self) -> Outcome | None:
        """What the review does with it, where that is known and the step has outcomes."""
        return self.found.outcome

    @property
    def kind(self) -> DiscrepancyKind | None:
        """The discrepancy it is or was."""
        return self.found.kind

    @property
    def elements(self) -> tuple[str, ...]:
        """The criteria in dispute."""
        return self.found.elements

    @property
    def reason(self) -> str:
        """The reason of an exclusion that is agreed."""
        return self.found.reason

    @property
    def open(self) -> bool:
        """Whether it waits for the meeting."""
        return self.found.kind is not None and self.found.status is not Status.RESOLVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Scale:
    """The values a question may be answered with.

    `options` are the declared ones, of an ordered choice in their order; `special` those a field
    offers besides (*not reported*, *not applicable*). `scores` has one number for each option and
    makes the scale an ordered one. All of them are categories of the figures without weights;
    special ones have no place in the order. `sides` are the positive and the negative value, left
    out the first and the last of two options. Raises ValueError where a value stands twice,
    the scores do not fit the options or a side is no value of the scale.
    """

    options: tuple[str, ...]
    special: tuple[str, ...] = ()
    ordered: bool = False
    scores: tuple[Fraction, ...] | None = None
    sides: tuple[str, str] | None = None

    def __post_init__(self) -> None:
        if len(set(self.categories)) != len(self.categories):
            raise ValueError("a value stands twice among the options and special values")
        if self.scores is not None and len(self.scores) != len(self.options):
            raise ValueError("scores need one number for each option")
        if self.sides is not None and not set(self.sides) <= set(self.categories):
            raise ValueError("a side is no value of the scale")
        if self.sides is None and len(self.options) == 2:
            object.__setattr__(self, "sides", self.options)

    @property
    def categories(self) -> tuple[str, ...]:
        """The options, and after them the special values."""
        return (*self.options, *self.special)

    @property
    def has_order(self) -> bool:
        """Say whether a disagreement may be near or far: an ordered choice, or scores."""
        return self.ordered or self.scores is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure(Scale):
    """What agreement is computed of: a question, its scale, how an answer is read.

    `read` returns the value an answer has on the scale, or None where it has none. Without
    `options` there is no scale: only the share of answers that are read alike is counted. The ids
    of measures that are printed under one heading begin with it: "criteria/participants".
    """

    id: str
    read: Callable[[str], str | None]


class Step(Admits, Protocol):
    """What a place where people answer declares; consensus works over it and knows no other.

    `id` names it in the events, `words` is its heading ("Title and abstract"). `opened_by_import`
    says that its subjects are open from their import on; else `open` events name them. What a value
    is, alone this knows: where an answer or a consensus is given as text, it is canonical JSON.
    """

    @property
    def id(self) -> str:
        """The id, as it stands in the events."""

    @property
    def words(self) -> str:
        """The heading for people."""

    @property
    def opened_by_import(self) -> bool:
        """Whether subjects are open from their import on."""

    @property
    def joined_by_copy(self) -> bool:
        """Whether everybody a copy is written for takes part in it."""

    @property
    def unmoved_by(self) -> frozenset[Kind]:
        """The kinds of changes after which nothing here is otherwise."""

    def touched(self, changed: Collection[str]) -> Collection[str]:
        """Return the subjects that may be otherwise when these subjects or units changed."""

    @property
    def answered_by(self) -> frozenset[str]:
        """The kinds of events that answer it; another kind at this step is refused."""

    @property
    def needed(self) -> int:
        """How many reviewers have to answer each subject."""

    def subjects(self) -> Sequence[str]:
        """Return all subjects in their order, those that nobody answers included."""

    def shown(self, subjects: Iterable[str]) -> Mapping[str, str]:
        """Return the unit that is shown for each of some subjects that has one."""

    def name_of(self, subject: str) -> str:
        """Return the name of a subject that has one of its own, as a study has; else ""."""

    def barred(self, only: Collection[str] | None = None) -> Mapping[str, Status]:
        """Return the subjects (all, or of those named) that nobody answers, and why."""

    def pauses(self) -> Mapping[str, Sequence[tuple[str, bool]]]:
        """Return, by subject, the project events from which on nobody was asked, or was again.

        True for the former, in their order; nothing of a subject that was always asked.
        """

    def stale(self, only: Collection[str] | None = None) -> set[str]:
        """Return the subjects whose answers rest on what has changed since."""

    def items(
        self, said: Sequence[Said], pairings: Sequence[Pairing], agreed: Sequence[Agreed] = ()
    ) -> Iterable[Asked]:
        """Return what is compared on a subject; what was agreed may say whether it is asked."""

    def complete(self, said: Sequence[Said]) -> bool:
        """Say whether one reviewer, who says this of a subject, has answered all that is asked."""

    def compared(self, item: Item, said: Sequence[Said]) -> Found:
        """Return what follows from enough answers of distinct reviewers."""

    def lacking(self, item: Item, said: Sequence[Said]) -> Found:
        """Return what follows from too few answers when everybody who answers has closed."""

    def elements(self, said: Sequence[Said]) -> tuple[str, ...]:
        """Return the criteria that the answers differ in, for a step that has any."""

    def verdicts(self, said: Sequence[Said]) -> tuple[str, ...]:
        """Return the verdicts that were given, each once and in their order; none of a form."""

    def settled(self, item: Item, agreed: Agreed) -> Found:
        """Return what a consensus says of an item; its status is filled in by the caller."""

    def holds(self, item: Item, value: str, agreed: Agreed) -> bool:
        """Say whether an answer given after a consensus says the same as it does."""

    def same(self, item: Item, one: str, other: str) -> bool:
        """Say whether two answers of one reviewer say the same."""

    def equal(self, item: Item, one: str, other: str) -> bool:
        """Say whether the same is agreed by two values; of free text the wording counts here."""

    def measures(self, item: Item) -> Sequence[Measure]:
        """Return what agreement is computed of on an item."""

    def all_measures(self) -> Sequence[Measure]:
        """Return everything that agreement is computed of, the chief one first."""

    def recorded(
        self, subjects: Iterable[str] | None = None, *, without: Collection[str] = ()
    ) -> Mapping[str, Sequence[Recorded]]:
        """Return what reviewers recorded on some subjects (or all), as values for people.

        Some events, answers or notes, may be left out.
        """

    def called(self, item: Item, said: Sequence[Said], pairings: Sequence[Pairing]) -> str:
        """Return what an item is called for people, with its row; "" where a subject has one."""

    def said(self, item: Item, value: str) -> str:
        """Return what an answer says, or what was agreed as answers have it, in words."""

    def check(self, agreed: Agreed, why: str, unread: str = "") -> Agreed:
        """Return what is to be agreed on an item as it is recorded; `UserError` when it cannot.

        `unread` is the subject where no reviewer answered it.
        """

    def paired(self, wanted: Pairing, said: Sequence[Said], pairings: Sequence[Pairing]) -> Pairing:
        """Return a pair as it is recorded, with a key; `UserError` when there are no such rows."""

    def rests_on(
        self, item: Item, said: Sequence[Said], pairings: Sequence[Pairing]
    ) -> Sequence[Pairing]:
        """Return the pairs of rows that settling an item takes for granted."""
