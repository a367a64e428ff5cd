"""The kinds of the meeting log: what settles; it never leaves the project."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from screener.model import AnswerState, Mode
from screener.model import Kind as Touched
from screener.store.kinds.body import (
    Body,
    Columns,
    Digest,
    Id,
    Kind,
    LogKind,
    MaybeDigest,
    MaybeWord,
    Row,
    Text,
    Word,
    canonical,
)
from screener.store.kinds.reviewer import at_field, require_value


class Consensus(Body, frozen=True, kw_only=True):
    """What was agreed on one question of a subject; the question of a screening step is "".

    `value` and `reason` are an outcome and its reason at a screening step; `unit` is that of a
    number. `basis` are the events that were on the table, the answers and what others had agreed,
    which this replaces; `by` are the people, by their ids, who agreed or decided.
    """

    question: MaybeWord = ""
    row: Row = ""
    state: AnswerState = AnswerState.VALUE
    value: Text = ""
    reason: MaybeWord = ""
    unit: Text = ""
    same_meaning: bool = False
    page: Text = ""
    quote: Text = ""
    why: Text
    by: Annotated[tuple[Id, ...], Meta(min_length=1)]
    mode: Mode
    basis: tuple[Digest, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a value beside a special state, and a state of value without one."""
        if (self.state is AnswerState.VALUE) != bool(self.value):
            raise ValueError("a consensus has a value or a special state")

    def columns(self) -> Columns:
        """Return what was agreed; `other` keeps the events it was made on."""
        return Columns(
            value=settled(self.state, self.value, self.reason, self.unit),
            question=self.question,
            row=self.row,
            other=canonical(list(self.basis)),
        )


def settled(state: str, value: str, reason: str = "", unit: str = "") -> str:
    """Return what was agreed as the cache keeps it: its canonical JSON."""
    more = (("value", value), ("reason", reason), ("unit", unit))
    return canonical({"state": str(state)} | {k: v for k, v in more if v})


class Pair(Body, frozen=True, kw_only=True):
    """Rows of several reviewers are one row, known by `key`; or there is no such row.

    `name` is what the meeting called it, where that is no reviewer's name of it. `by` are the ids
    of who agreed or decided so, `mode` how, `why` the reason: what the question was settled with
    that it was written for, or what was said of the row itself. Nobody is named where nobody was.
    """

    list: Word
    key: Word
    rows: tuple[tuple[Id, Word], ...]
    exists: bool = True
    name: Text = ""
    why: Text = ""
    by: tuple[Id, ...] = ()
    mode: Mode = Mode.DISCUSSION

    def columns(self) -> Columns:
        """Return the list and the key that a pair stands under."""
        return Columns(value="1" if self.exists else "0", question=self.list, row=self.key)


class Present(Body, frozen=True, kw_only=True):
    """Who is at the meeting."""

    people: tuple[Id, ...]


class Reveal(Body, frozen=True, kw_only=True):
    """How much of the decisions the meeting sees from now on."""

    level: Annotated[int, Meta(ge=0, le=3)]


class OpenedEarly(Body, frozen=True, kw_only=True):
    """What was opened between two project events is shown before everybody has closed it.

    `after` is the last one that is not covered, `review` the last one that is.
    """

    review: MaybeDigest = ""
    after: MaybeDigest = ""
    why: Text = ""


class ProposalLeft(Body, frozen=True, kw_only=True):
    """What was proposed for a field of a record, whoever proposed it, is not taken.

    It stands in this log because no copy may say what others proposed.
    """

    field: Text
    value: Text

    def __post_init__(self) -> None:
        """Refuse what nobody could propose."""
        require_value(self.field, self.value)

    def columns(self) -> Columns:
        """Return the field; several values may be left."""
        return Columns(question=at_field(self.field))


_M = LogKind.MEETING
KINDS = (
    Kind(
        name="consensus", log=_M, body=Consensus, touches=Touched.CONSENSUS, words="consensus",
        undone=True, on_something=True, at_step=True,
    ),
    Kind(
        name="pair", log=_M, body=Pair, touches=Touched.CONSENSUS, words="pairing", undone=True,
        on_something=True, at_step=True,
    ),
    Kind(name="present", log=_M, body=Present, touches=Touched.MEETING, words="who is present"),
    Kind(name="reveal", log=_M, body=Reveal, touches=Touched.MEETING, words="reveal level"),
    Kind(
        name="opened-early", log=_M, body=OpenedEarly, touches=Touched.STAGES,
        words="opening early", at_step=True,
    ),
    Kind(
        name="proposal-left", log=_M, body=ProposalLeft, touches=Touched.PROPOSALS,
        words="answer to a proposal", undone=True, on_record=True,
    ),
)  # fmt: skip
