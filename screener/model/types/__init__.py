"""The types of questions, by name, and what is asked of a question whatever its type.

A new type is one class with `parse`, `canonical`, `same` and `show`, and one entry in `TYPES`.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from screener.model.question import SPECIAL_VALUES, AnswerState, Question
from screener.model.types.base import LONGEST, LongText, QuestionType, Text
from screener.model.types.choices import (
    Choice,
    Choices,
    JudgementType,
    Rating,
    Reason,
    Score,
    VerdictType,
    YesNo,
)
from screener.model.types.numbers import Date, Integer, Number

__all__ = [
    "LONGEST",
    "TYPES",
    "QuestionType",
    "categories",
    "comparable",
    "ordered",
    "same_answer",
    "special_values",
    "type_of",
]

_ALL: tuple[QuestionType, ...] = (
    Text(), LongText(), Integer(), Number(), Date(), Choice(), Choices(), YesNo(), Score(),
    Rating(), VerdictType(), Reason(), JudgementType(),
)  # fmt: skip

TYPES: Mapping[str, QuestionType] = MappingProxyType({kind.name: kind for kind in _ALL})
"""Every type by the name it has in a form."""

_SPECIAL = frozenset(s.value for s in SPECIAL_VALUES)


def type_of(question: Question) -> QuestionType:
    """Return the type of a question; raises `KeyError` when its form names no such type."""
    return TYPES[question.type]


def special_values(question: Question) -> tuple[AnswerState, ...]:
    """Return the special values a reviewer can give: in `special`, or one of the options."""
    ids = {o.id for o in type_of(question).options(question)}
    return tuple(s for s in SPECIAL_VALUES if s in question.special or s.value in ids)


def categories(question: Question) -> tuple[str, ...] | None:
    """Return the categories of the question's table of agreement, or None where there is none.

    They are the declared options and then the special values the question offers; verdict,
    judgement, choice, yes-no, score and rating have them. The category of an answer is the value
    that `comparable` gives, or the word of its special value.
    """
    return type_of(question).categories(question)


def ordered(question: Question) -> tuple[str, ...] | None:
    """Return the categories from one end to the other, for weighted kappa, or None.

    Scores and ordered choices and ratings have them; special values stand on no scale and are
    left out.
    """
    return type_of(question).ordered(question)


def comparable(
    state: AnswerState, value: str, question: Question, *, unit: str = ""
) -> tuple[AnswerState, str, str]:
    """Return state, canonical value and unit; two answers are the same when these are equal.

    A special value has neither value nor unit, also where it is one of the question's options and
    was recorded as its id. Raises `ValueError` for a blank, which is compared with nothing.
    """
    if state is AnswerState.NONE:
        raise ValueError("a blank is no answer and is never compared")
    if state is not AnswerState.VALUE:
        return state, "", ""
    canonical = type_of(question).canonical(value, question)
    if canonical in _SPECIAL and any(
        o.id == canonical for o in type_of(question).options(question)
    ):
        return AnswerState(canonical), "", ""
    usual = question.units[0] if question.units else ""
    return state, canonical, unit or usual


def same_answer(
    a: tuple[AnswerState, str],
    b: tuple[AnswerState, str],
    question: Question,
    *,
    units: tuple[str, str] = ("", ""),
) -> bool:
    """Say whether two answers (state and value) to a question are the same.

    *Not reported*, *unclear* and *not applicable* are values like others: the same as themselves
    and different from everything else. `units` are those of `a` and `b`: 12 weeks are not 12
    months. Raises `ValueError` for a blank, which is compared with nothing.
    """
    one, other = (
        comparable(*said, question, unit=unit) for said, unit in zip((a, b), units, strict=True)
    )
    return one == other
