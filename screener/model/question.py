"""Questions, what one reviewer answers to one, and how two answers to it are compared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import cast

from screener.model.decision import ReviewerId
from screener.model.words import as_lines, as_name


class AnswerState(StrEnum):
    """What kind of answer it is.

    *Not reported*, *unclear* and *not applicable* are special values: answers like any other, but
    none of the question's type. `NONE` is blank: an answer taken back, or a note without an
    answer; it is compared with nothing.
    """

    VALUE = "value"
    NOT_REPORTED = "not-reported"
    UNCLEAR = "unclear"
    NOT_APPLICABLE = "not-applicable"
    NONE = "none"

    @property
    def words(self) -> str:
        """The state as people read it: "not reported"."""
        return self.value.replace("-", " ")


SPECIAL_VALUES = (AnswerState.NOT_REPORTED, AnswerState.UNCLEAR, AnswerState.NOT_APPLICABLE)
"""The special values in the order they are offered in; their words are reserved option ids."""


class Origin(StrEnum):
    """Where a value comes from: written in the report, calculated, read off a figure, asked for."""

    REPORTED = "reported"
    CALCULATED = "calculated"
    FIGURE = "figure"
    AUTHORS = "authors"

    @property
    def words(self) -> str:
        """The origin in words for people."""
        return _ORIGINS.get(self, self.value)


_ORIGINS = {Origin.FIGURE: "read off a figure", Origin.AUTHORS: "asked of the authors"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer with its place in the report.

    `step` is the place where it was given (a stage or a form's id), `subject` the unit or study it
    is about, `question` the question's id, and `row` the row of a list it was asked for: "", an id,
    or "id/id" where lists are nested. `value` is text as the question's type stores it, and "" in
    every state but `VALUE`; `unit` is one of the question's units, "" for the first of them.

    `report` is the unit of the report it was found in, with `page` and `quote`; `origin` is None
    where the reviewer did not say. `form` is the first 16 hexadecimal digits of the digest of the
    form's version (the protocol's, for screening). `seen` is the id of the answer of somebody else
    that was in view, "" when it was given independently. `event` is the id of the event that
    recorded it (64 hexadecimal digits); `time` an ISO time with the computer's offset.
    """

    step: str
    subject: str
    question: str
    row: str = ""
    reviewer: ReviewerId
    state: AnswerState = AnswerState.VALUE
    value: str = ""
    page: str = ""
    quote: str = ""
    note: str = ""
    origin: Origin | None = None
    unit: str = ""
    report: str = ""
    form: str = ""
    seen: str = ""
    event: str = ""
    time: str = ""

    @property
    def blank(self) -> bool:
        """Whether it holds no answer: it was taken back, or is a note alone."""
        return self.state is AnswerState.NONE

    @property
    def said(self) -> tuple[AnswerState, str]:
        """State and value: what is compared with the answers of others."""
        return self.state, self.value


class Compare(StrEnum):
    """What a difference between two answers means.

    `VALUE`: a discrepancy, which is settled. `WORDING`: both are shown and neither is waited for;
    free text always differs. `NONE`: nothing; the question is a note to oneself.
    """

    VALUE = "value"
    WORDING = "wording"
    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One option of a question: its id, its text, and the score it counts for (a decimal number).

    An option whose id is the word of a special value *is* that special value, with a text and a
    score of its own. One that is `retired` is offered no more; answers that name it stay.
    """

    id: str
    text: str = ""
    score: str | None = None
    retired: bool = False

    @property
    def words(self) -> str:
        """The text; an option without one is read by its id: "Some concerns"."""
        return self.text or words_of(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """What a question or a section waits for: `field` is answered by one of some options."""

    field: str
    options: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question of a step.

    `type` is a key of `screener.model.types.TYPES`. `compare` left out is wording for long text
    and value for everything else. `list` are the ids of the lists whose rows it is asked for,
    outermost first: () for a question about the subject itself, ("arms",) for one about each arm,
    ("outcomes", "arms") for one about each arm of each outcome. `options` are those of the types
    that have them; `ordered` says that a choice or a rating lists them from one end to the other.
    `units` are the units a number may be given in, the first being the usual one; `minimum` and
    `maximum` bound a number. `special` are the special values it offers beside its options.

    `section` is the part of its form, `code` what is printed before it in an instrument, `help` how
    it is meant. `role` says what it is for the review (`design`, `modality`, `peer-role`): studies
    are counted by it. It is asked only `when` another has been answered so; one that is `retired`
    is asked no more, and its answers stay.
    """

    id: str
    words: str
    type: str
    required: bool = False
    compare: Compare = cast("Compare", None)  # noqa: RUF009 - the type says which; see below
    list: tuple[str, ...] = ()
    options: tuple[Option, ...] = ()
    ordered: bool = False
    units: tuple[str, ...] = ()
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    special: tuple[AnswerState, ...] = ()
    section: str = ""
    code: str = ""
    help: str = ""
    role: str = ""
    when: When | None = None
    retired: bool = False

    def __post_init__(self) -> None:
        # Filled in here, so that no reader of `compare` has to know the types' defaults.
        if self.compare is None:
            usual = Compare.WORDING if self.type == "long-text" else Compare.VALUE
            object.__setattr__(self, "compare", usual)

    def option(self, id_: str) -> Option | None:
        """Return the option of that id, or None."""
        return next((o for o in self.options if o.id == id_), None)


def clean_question(question: Question) -> Question:
    """Return a question with its label and other words as they are kept and shown."""
    return replace(
        question,
        words=as_name(question.words),
        code=as_name(question.code),
        help=as_lines(question.help),
        units=tuple(map(as_name, question.units)),
        options=tuple(replace(one, text=as_name(one.text)) for one in question.options),
    )


def words_of(id_: str) -> str:
    """Return an id as a person reads it: "some-concerns" is "Some concerns"."""
    return id_.replace("-", " ").strip().capitalize() or id_
