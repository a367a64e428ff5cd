"""Whole numbers, decimal numbers and dates: kept as typed, compared by what they mean."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal

from screener.model.errors import UserError
from screener.model.question import Question
from screener.model.types.base import QuestionType, bare, fold, quoted

_DIGITS = 40
# [0-9] and not \d, which takes the digits of every script.
_WHOLE = re.compile(r"-?[0-9]+")
_DECIMAL = re.compile(r"-?(?:[0-9]+(?:[.,][0-9]+)?|[.,][0-9]+)")
# Could be one thousand as well as one: "1,000", but not "0,125".
_PERHAPS_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2},[0-9]{3}")
_MINUS = "\u2212\u2013"  # the minus sign and the dash that journals print in its place
_DATE = re.compile(r"([12][0-9]{3})(?:([-/.])([0-9]{1,2})(?:\2([0-9]{1,2}))?)?")


class Number(QuestionType):
    """A decimal number. A decimal comma is written as a point; thousands have no separator."""

    name = "decimal"

    def parse(self, text: str, question: Question) -> str:
        """Return the number as it was typed: "30.0" keeps its zero.

        Raises `UserError` for anything else, and for a number outside the question's bounds.
        """
        number = self.read(bare(text))
        if number is None:
            raise UserError(_of_units(bare(text), question) or self.refusal(bare(text)))
        if len(number) > _DIGITS:
            raise UserError(
                f"{quoted(text)} is too long for a number; the most is {_DIGITS} digits."
            )
        if question.minimum is not None and Decimal(number) < question.minimum:
            raise UserError(f"{number} is too low; the lowest number here is {question.minimum}.")
        if question.maximum is not None and Decimal(number) > question.maximum:
            raise UserError(f"{number} is too high; the highest number here is {question.maximum}.")
        return number

    def canonical(self, value: str, question: Question) -> str:
        """Return the number without zeros that say nothing: "30.0" and "030" are "30"."""
        folded = fold(value)
        number = self.read(folded)
        return folded if number is None else _shortest(number)

    def read(self, text: str) -> str | None:
        """Return `text` as a number with a hyphen for minus and a decimal point, or None."""
        text = _with_hyphen(text)
        if not _DECIMAL.fullmatch(text) or _PERHAPS_THOUSANDS.fullmatch(text):
            return None
        return text.replace(",", ".")

    def refusal(self, text: str) -> str:
        """Return the sentence that says why `text` is no number."""
        if _PERHAPS_THOUSANDS.fullmatch(_with_hyphen(text)):
            point, plain = text.replace(",", "."), text.replace(",", "")
            return f"{quoted(text)} can be read in two ways; write {point} or {plain}."
        return (
            f"{quoted(text)} is not a number: write digits with a decimal point or comma, and no "
            "separator of thousands, such as 1200, 2.5 or 2,5."
        )


class Integer(Number):
    """A whole number."""

    name = "integer"

    def read(self, text: str) -> str | None:
        """Return `text` as a whole number with a hyphen for minus, or None."""
        text = _with_hyphen(text)
        return text if _WHOLE.fullmatch(text) else None

    def refusal(self, text: str) -> str:
        """Return the sentence that says why `text` is no whole number."""
        return f"{quoted(text)} is not a whole number: write digits only, such as 30 or 1200."


class Date(QuestionType):
    """A date of the calendar, or a month, or a year: 2018-05-13, 2018-05, 2018."""

    name = "date"

    def parse(self, text: str, question: Question) -> str:
        """Return the date as it was typed: the year first, then month and day.

        Raises `UserError` for a day that does not exist and for a date with the year at its end,
        which says the month first in one country and the day in another.
        """
        text = bare(text)
        if not _DATE.fullmatch(text):
            raise UserError(
                f"{quoted(text)} is not a date: write the year first, such as 2018, 2018-05 or "
                "2018-05-13."
            )
        if _iso(text) is None:
            raise UserError(f"{quoted(text)} is not in the calendar; check month and day.")
        return text

    def canonical(self, value: str, question: Question) -> str:
        """Return the date as ISO 8601 writes it: "2018/5" is "2018-05", and not "2018"."""
        folded = fold(value)
        return _iso(folded) or folded


def _of_units(text: str, question: Question) -> str:
    """Return what is wrong with the word after a number, where a question has units; else ""."""
    number, _, unit = text.partition(" ")
    if not question.units or not unit or Number().read(number) is None:
        return ""
    known = ", ".join(question.units)
    return f"{quoted(unit)} is none of the units of {question.words} ({known})."


def _with_hyphen(text: str) -> str:
    return f"-{text[1:]}" if text.startswith(tuple(_MINUS)) else text


def _shortest(number: str) -> str:
    """Return a decimal number without zeros that say nothing. No digit is lost, however many."""
    sign, digits = ("-", number[1:]) if number.startswith("-") else ("", number)
    whole, _, fraction = digits.partition(".")
    whole, fraction = whole.lstrip("0") or "0", fraction.rstrip("0")
    shortest = f"{whole}.{fraction}" if fraction else whole
    return shortest if shortest == "0" else sign + shortest


def _iso(text: str) -> str | None:
    """Return a date with two digits for month and day, or None where there is no such day."""
    found = _DATE.fullmatch(text)
    if found is None:
        return None
    year, _, month, day = found.groups()
    try:
        whole = datetime.date(int(year), int(month or 1), int(day or 1)).isoformat()
    except ValueError:
        return None
    return whole if day else whole[:7] if month else whole[:4]
