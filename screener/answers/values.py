"""What an answer says, as it is compared, shown and counted; answers as values for people."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from fractions import Fraction
from functools import lru_cache, partial

from screener.model import (
    Answer,
    AnswerState,
    Compare,
    Question,
    ReviewerId,
    UserError,
    categories,
    comparable,
    ordered,
    special_values,
    type_of,
)
from screener.model.step import Measure
from screener.model.types.base import fold
from screener.model.words import unturned
from screener.store.heads import Head
from screener.store.kinds.body import canonical
from screener.store.kinds.reviewer import Answer as Recorded
from screener.store.kinds.reviewer import answered

_HOURS = {
    unit: Fraction(hours)
    for unit, hours in (("hour", 1), ("day", 24), ("week", 168), ("month", "730.5"), ("year", 8766))
}
_ROUNDED = Fraction(11, 10)
_NEARLY = 0.8
"""From this likeness of two texts on, of 1, they may mean the same."""
_SPECIAL = frozenset(state.value for state in AnswerState) - {AnswerState.VALUE, AnswerState.NONE}


@dataclass(frozen=True, slots=True)
class Value:
    """What is said for a question: a special state, or a value and the unit it was given in."""

    state: AnswerState
    value: str = ""
    unit: str = ""

    @property
    def text(self) -> str:
        """The canonical JSON of it, as answers are said."""
        return answered(self.state, self.value, self.unit)

    @property
    def words(self) -> list[str]:
        """The ids of what is chosen, or the word of the special state."""
        return (self.value or str(self.state)).split(";")


@lru_cache(maxsize=8192)
def value_of(text: str) -> Value:
    """Return what the canonical JSON of an answer says; `ValueError` when it is none."""
    try:
        said = json.loads(text)
        return Value(AnswerState(said["state"]), said.get("value", ""), said.get("unit", ""))
    except (LookupError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError("this is not what an answer says") from error


def parsed(question: Question, state: AnswerState, value: str, unit: str) -> Value:
    """Return what is recorded for an answer as it was given.

    Least and most are of the first unit; nothing is converted, and another unit has no limits.
    `UserError` when the value is none of the question's type, the special value is not offered, or
    the unit is none of the question's.
    """
    if state is AnswerState.NONE:
        return Value(state)
    if state is not AnswerState.VALUE:
        if value or unit:
            raise UserError(f"“{state.words}” stands alone; leave the value and the unit out.")
        if state not in special_values(question):
            raise UserError(f"{question.words} offers no “{state.words}”; give a value.")
        return Value(state)
    if unit and unit not in question.units:
        known = ", ".join(question.units) or "no units"
        raise UserError(f"“{unit}” is none of the units of {question.words} ({known}).")
    if unit and unit != question.units[0]:
        question = replace(question, minimum=None, maximum=None)
    stored = type_of(question).parse(value, question)
    if stored in _SPECIAL and any(o.id == stored for o in type_of(question).options(question)):
        return Value(AnswerState(stored))
    return Value(state, stored, unit)


def entered(question: Question, state: AnswerState, value: str, unit: str) -> Value:
    """Return what is recorded for an answer that is given now; see `parsed`.

    What turns the direction of writing is left out, and no zero is below zero. What a file holds is
    read by `parsed`: it was right when it was given.
    """
    said = parsed(question, state, unturned(value), unit)
    zero = question.type in ("integer", "decimal") and not said.value.strip("-0.")
    return replace(said, value=said.value.lstrip("-")) if zero else said


def typed(question: Question | None, text: str, *, literal: bool = False) -> Value:
    """Return what a word of a table says: a special value, nothing, or a value with its unit.

    With `literal` a special word is text.
    """
    word = text.strip()
    if not literal and word in set(AnswerState) and word != AnswerState.VALUE:
        return Value(AnswerState(word))
    for unit in question.units if question is not None else ():
        number = word.removesuffix(f" {unit}")
        if number.strip() and number != word:
            return Value(AnswerState.VALUE, number.strip(), unit)
    return Value(AnswerState.VALUE, text)


def key_of(question: Question, text: str) -> tuple[str, str, str]:
    """Return what two answers have in common when they are the same."""
    said = value_of(text)
    return comparable(said.state, said.value, question, unit=said.unit)


def same(question: Question, one: str, other: str) -> bool:
    """Say whether two answers are the same; what is compared by wording alone never differs."""
    if one == other or question.compare is not Compare.VALUE:
        return True
    return key_of(question, one) == key_of(question, other)


def first(texts: list[str]) -> str:
    """Return, of answers that are the same, the one that sorts first by code point."""
    said = ((value_of(text), text) for text in texts)
    return min(said, key=lambda pair: (pair[0].state, pair[0].value, pair[0].unit))[1]


def meant(answers: Iterable[Answer]) -> Answer:
    """Return which of some answers is agreed where the meeting says that they mean the same.

    As where they are alike: the one that sorts first by code point, with its page and quote.
    `UserError` where not two reviewers answered, or a value stands beside none.
    """
    said = {text_of(one): one for one in reversed(list(answers))}
    if len({one.reviewer for one in said.values()}) < 2:
        raise UserError("Only one answer is here, so there is nothing that means the same.")
    if not have_one_kind(said.values()):
        raise UserError(
            "An answer that says “not reported” or the like means no value; choose which is right."
        )
    return said[first(list(said))]


def have_one_kind(answers: Iterable[Answer]) -> bool:
    """Say whether all answers are values, or all the same special one: else they cannot be same."""
    states = {one.state for one in answers}
    return len(states) == 1


def perhaps_same(question: Question, one: str, other: str) -> bool:
    """Say whether two answers that differ may mean the same: other words, or about as long a time.

    Of units that are no times nothing is known. It settles nothing; the meeting is told.
    """
    values = [value_of(text) for text in (one, other)]
    if any(value.state is not AnswerState.VALUE for value in values):
        return False
    first_, second = values
    if question.units and first_.unit != second.unit:
        return _about_as_long(first_, second)
    if question.type not in ("text", "long-text"):
        return False
    a, b = fold(first_.value), fold(second.value)
    return a in b or b in a or SequenceMatcher(None, a, b, autojunk=False).ratio() >= _NEARLY


def _about_as_long(one: Value, other: Value) -> bool:
    """Say whether two times in two units are the same but for their rounding (a tenth)."""
    hours = [_hours(value) for value in (one, other)]
    return min(hours) > 0 and max(hours) / min(hours) <= _ROUNDED


def _hours(value: Value) -> Fraction:
    """Return how many hours a time has; 0 of what is none."""
    unit = fold(value.unit).removesuffix("s")
    try:
        return Fraction(value.value) * _HOURS.get(unit, 0)
    except ValueError:
        return Fraction(0)


def text_of(answer: Answer) -> str:
    """Return what an answer says as its canonical JSON, as answers are compared."""
    return Value(answer.state, answer.value, answer.unit).text


def shown(question: Question, text: str) -> str:
    """Return an answer in words for people; "" where nothing is said, or agreed to be recorded."""
    return words_of(question, value_of(text)) if text else ""


def words_of(question: Question, said: Value) -> str:
    """Return the value of an answer in words for people."""
    if said.state is not AnswerState.VALUE:
        option = question.option(said.state)
        return option.words if option else said.state.words
    words = type_of(question).show(said.value, question)
    return f"{words} {unit_of(question, said)}".rstrip()


def unit_of(question: Question, said: Value) -> str:
    """Return the unit of a value: the first of the question where none was given; "" of none."""
    valued = said.state is AnswerState.VALUE
    return said.unit or (next(iter(question.units), "") if valued else "")


def measure(question: Question) -> Measure | None:
    """Return what agreement is computed of for a question; None where it is not compared."""
    if question.compare is not Compare.VALUE:
        return None
    every = categories(question) or ()
    if len(every) < 2:  # nothing to tabulate: text, numbers, several options at once
        return Measure(id=question.id, options=(), read=partial(_whole, question))
    scale = ordered(question)
    scale = scale if scale and len(scale) > 1 else None
    options = scale or tuple(word for word in every if word not in _SPECIAL)
    return Measure(
        id=question.id,
        options=options,
        special=tuple(word for word in every if word not in options),
        ordered=scale is not None,
        scores=_scores(question, options) if question.type == "score" and scale else None,
        read=partial(_category, question, frozenset(every)),
    )


def _scores(question: Question, options: tuple[str, ...]) -> tuple[Fraction, ...]:
    by_id = {option.id: option.score for option in type_of(question).options(question)}
    return tuple(Fraction(by_id[id_] or "0") for id_ in options)


def _category(question: Question, known: frozenset[str], text: str) -> str | None:
    """Return the category of an answer; None for an option that is not declared any more."""
    state, value, _ = key_of(question, text)
    word = value if state == AnswerState.VALUE else str(state)
    return word if word in known else None


def _whole(question: Question, text: str) -> str:
    return canonical(list(map(str, key_of(question, text))))


def answer_from(head: Head[Recorded]) -> Answer:
    """Return an answer out of its event."""
    body = head.body
    return Answer(
        step=head.step,
        subject=head.subject,
        question=body.question,
        row=body.row,
        reviewer=ReviewerId(head.author),
        state=body.state,
        value=body.value,
        page=body.page,
        quote=body.quote,
        note=body.note,
        origin=body.origin,
        unit=body.unit,
        report=body.report,
        form=body.form,
        seen=body.seen,
        event=head.event,
        time=head.time,
    )
