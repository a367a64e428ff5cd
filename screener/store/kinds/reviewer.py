"""The kinds of a reviewer's log: what one person records alone."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated

from msgspec import Meta, field

from screener.model import AnswerState, Judgement, Origin, Verdict, field_value
from screener.model import Kind as Touched
from screener.store.kinds.body import (
    NOTHING,
    STANDS,
    Body,
    Columns,
    Digest,
    Kind,
    LogKind,
    MaybeDigest,
    MaybeId,
    MaybeWord,
    Row,
    Text,
    Version,
    Word,
    canonical,
)


class Decision(Body, frozen=True, kw_only=True):
    """One reviewer's decision on a unit at a screening step.

    `seen` is the version of the record that was on the screen, `protocol` the version in force,
    each by the first 16 digits of its digest.
    """

    verdict: Verdict
    reason: MaybeWord = ""
    judgements: dict[Word, Judgement] = field(default_factory=dict)
    seen: Version = ""
    protocol: Version = ""

    def __post_init__(self) -> None:
        """Refuse a verdict that says nothing, and a reason for anything but an exclusion."""
        if self.verdict is Verdict.NONE:
            raise ValueError("a decision says include, maybe or exclude")
        if self.reason and self.verdict is not Verdict.EXCLUDE:
            raise ValueError("only an exclusion has a reason")

    def columns(self) -> Columns:
        """Return what is decided, the one value of the question ""."""
        return Columns(
            value=decided(self.verdict, self.reason, tuple(sorted(self.judgements.items()))),
            protocol=self.protocol,
            seen=self.seen,
        )


@lru_cache(maxsize=4096)
def decided(verdict: str, reason: str, judged: tuple[tuple[str, str], ...]) -> str:
    """Return the value of a decision: the canonical JSON of what it says."""
    said: dict[str, object] = {"verdict": str(verdict)}
    if reason:
        said["reason"] = reason
    if judged:
        said["judgements"] = {criterion: str(word) for criterion, word in judged}
    return canonical(said)


class Answer(Body, frozen=True, kw_only=True):
    """One reviewer's answer to one question of a form on one subject (and one row of a list).

    `value` is text as it was typed; a special state has none. `form` is the version in force.
    """

    question: Word
    row: Row = ""
    state: AnswerState = AnswerState.VALUE
    value: Text = ""
    form: Version
    report: MaybeId = ""
    page: Text = ""
    quote: Text = ""
    note: Text = ""
    origin: Origin | None = None
    unit: Text = ""
    suggested: Text = ""
    seen: MaybeDigest = ""

    def __post_init__(self) -> None:
        """Refuse a value beside a special state, and a state of value without one."""
        if (self.state is AnswerState.VALUE) != bool(self.value):
            raise ValueError("an answer has a value or a special state")

    def columns(self) -> Columns:
        """Return what is compared; page, quote and note make no difference."""
        return Columns(
            value=answered(self.state, self.value, self.unit),
            question=self.question,
            row=self.row,
            protocol=self.form,
            seen=self.seen,
        )


@lru_cache(maxsize=4096)
def answered(state: str, value: str, unit: str = "") -> str:
    """Return the value of an answer in the cache; "" when it is taken back or blank."""
    if state == AnswerState.NONE:
        return ""
    said = {"state": str(state)} | {k: v for k, v in (("value", value), ("unit", unit)) if v}
    return canonical(said)


class ListRow(Body, frozen=True, kw_only=True):
    """A row is added to a list of a form, or taken away; `key` is what it is recognised by."""

    list: Word
    id: Word
    key: Text = ""
    gone: bool = False

    def columns(self) -> Columns:
        """Return the list and the id that a row stands under, and its key as canonical JSON."""
        return Columns(
            value="" if self.gone else canonical({"key": self.key}), question=self.list, row=self.id
        )


class Note(Body, frozen=True, kw_only=True):
    """A note on a unit; an empty text takes it away."""

    text: Text

    def columns(self) -> Columns:
        """Return that a note stands; an empty one is none."""
        return STANDS if self.text else NOTHING


class Flag(Body, frozen=True, kw_only=True):
    """A unit is flagged for the meeting, perhaps as a duplicate of another."""

    on: bool
    duplicate_of: MaybeId = ""

    def columns(self) -> Columns:
        """Return the other unit of a proposed duplicate."""
        return Columns(value="1" if self.on else "", other=self.duplicate_of if self.on else "")


class Proposal(Body, frozen=True, kw_only=True):
    """A field of a record would say something else; the coordinator takes it or leaves it.

    `field` is one of `Fields`, `value` as a person writes it (lists with semicolons between the
    parts), `why` where it is from; `seen` is the version of the record that was on the screen.
    """

    field: Text
    value: Annotated[str, Meta(max_length=50_000)]
    why: Annotated[str, Meta(max_length=2_000)] = ""
    seen: Version = ""

    def __post_init__(self) -> None:
        """Refuse a field that records have not, and a value that it cannot have or is none."""
        require_value(self.field, self.value)

    def columns(self) -> Columns:
        """Return the field: a reviewer proposes one value for each."""
        return Columns(question=at_field(self.field), seen=self.seen)


def require_value(name: str, text: str) -> None:
    """Raise `ValueError` unless a text is what a field of a record can hold."""
    if not field_value(name, text):
        raise ValueError("a proposal says what the field would hold")


def at_field(name: str) -> str:
    """Return where what is said of a field of a record stands; ids have hyphens."""
    return name.replace("_", "-")


class Labels(Body, frozen=True, kw_only=True):
    """A reviewer's own words for a unit, in place of those it had; none takes them away."""

    names: tuple[Text, ...]

    def columns(self) -> Columns:
        """Return that labels stand; none are no labels."""
        return STANDS if self.names else NOTHING


class Close(Body, frozen=True, kw_only=True):
    """A reviewer has finished a step; `review` is the last project event in the copy.

    `known` names the last entries of the reviewer's other logs in the file (of another computer, of
    a branch that was merged): what they say was there when the step was closed, and the closing
    code binds it. The entry before it in its own log is known anyway.
    """

    review: MaybeDigest = ""
    known: tuple[Digest, ...] = ()


class Reopen(Body, frozen=True, kw_only=True):
    """A reviewer opens a closed step again; `known` is as in `Close`."""

    why: Text
    known: tuple[Digest, ...] = ()


_R = LogKind.REVIEWER
KINDS = (
    Kind(
        name="decision", log=_R, body=Decision, touches=Touched.DECISIONS, words="decision",
        undone=True, answers=True, on_record=True, at_step=True,
    ),
    Kind(
        name="answer", log=_R, body=Answer, touches=Touched.DECISIONS, words="answer",
        undone=True, answers=True, on_something=True, at_step=True,
    ),
    Kind(
        name="row", log=_R, body=ListRow, touches=Touched.DECISIONS, words="row of a list",
        undone=True, answers=True, on_something=True, at_step=True,
    ),
    Kind(
        name="note", log=_R, body=Note, touches=Touched.NOTES, words="note", undone=True,
        on_record=True, at_step=True,
    ),
    Kind(
        name="flag", log=_R, body=Flag, touches=Touched.NOTES, words="flag", undone=True,
        on_record=True, at_step=True,
    ),
    Kind(
        name="proposal", log=_R, body=Proposal, touches=Touched.PROPOSALS, words="proposal",
        undone=True, on_record=True,
    ),
    Kind(
        name="labels", log=_R, body=Labels, touches=Touched.NOTES, words="label", undone=True,
        on_record=True, own=True,
    ),
    Kind(
        name="close", log=_R, body=Close, touches=Touched.STAGES, words="closing", at_step=True
    ),
    Kind(
        name="reopen", log=_R, body=Reopen, touches=Touched.STAGES, words="reopening",
        at_step=True,
    ),
)  # fmt: skip
