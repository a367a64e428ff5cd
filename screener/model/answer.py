"""Answers: what one reviewer said to one question."""

from __future__ import annotations

from enum import StrEnum


class AnswerState(StrEnum):
    """What an answer is: a value, or one of the special values, or nothing."""

    VALUE = "value"
    NOT_REPORTED = "not-reported"
    UNCLEAR = "unclear"
    NOT_APPLICABLE = "not-applicable"
    NONE = "none"


class Origin(StrEnum):
    """How a value was come by."""

    REPORTED = "reported"
    CALCULATED = "calculated"
    FIGURE = "figure"
    AUTHORS = "authors"
