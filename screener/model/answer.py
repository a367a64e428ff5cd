"""Answers: what one reviewer recorded for one question about one subject."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from screener.model.reviewer import ReviewerId


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
