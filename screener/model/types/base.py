"""What every type of question can do, how text is folded for comparing, and free text."""

from __future__ import annotations

import unicodedata
from abc import ABC, abstractmethod
from typing import ClassVar

from screener.model.errors import UserError
from screener.model.question import Option, Question

LONGEST = 100_000
"""The longest answer in characters: each may take six bytes, and a string of an event 1 MB."""

_QUOTED = 40
_UNSEEN = ("Cf", "Cc")
_MEANT = ("<super>", "<sub>", "<fraction>")


class QuestionType(ABC):
    """A type of question: how its values are read, compared and shown.

    `canonical`, `same` and `show` accept any text, because a value may have been stored under an
    older version of the form; only `parse` refuses.
    """

    name: ClassVar[str]

    @abstractmethod
    def parse(self, text: str, question: Question) -> str:
        """Return what is stored for `text` as it was typed.

        Raises `UserError` when it is no value of this type, or none that `question` admits.
        """

    def canonical(self, value: str, question: Question) -> str:
        """Return the form in which two values are compared; white space and case do not count."""
        return fold(value)

    def same(self, a: str, b: str, question: Question) -> bool:
        """Say whether two values are the same answer."""
        return a == b or self.canonical(a, question) == self.canonical(b, question)

    def show(self, value: str, question: Question) -> str:
        """Return the value in words for people."""
        return value

    def options(self, question: Question) -> tuple[Option, ...]:
        """Return the options there are to choose from."""
        return question.options

    def categories(self, question: Question) -> tuple[str, ...] | None:
        """Return the rows of the type's table of agreement; None where it makes none."""
        return None

    def ordered(self, question: Question) -> tuple[str, ...] | None:
        """Return the categories from one end to the other; None where they have no order."""
        return None


def fold(text: str) -> str:
    """Return `text` without differences of white space, letter case and encoding.

    Invisible and control characters go; ligatures, full-width letters and composed accents become
    the plain ones (NFKC). Superscripts, subscripts and fractions stay: 10⁵ is not 105.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.casefold().split())
    plain = "".join(
        c if unicodedata.decomposition(c).startswith(_MEANT) else unicodedata.normalize("NFKC", c)
        for c in text
        if c.isspace() or unicodedata.category(c) not in _UNSEEN
    )
    return " ".join(unicodedata.normalize("NFC", plain.casefold()).split())


def bare(text: str) -> str:
    """Return `text` without white space around it and without the invisible characters in it."""
    return "".join(c for c in text if unicodedata.category(c) != "Cf").strip()


def checked(text: str) -> str:
    """Return `text` if something of it can be seen and stored.

    Raises `UserError` when it is empty, longer than `LONGEST` characters, or no valid Unicode.
    """
    if len(text) > LONGEST:
        raise UserError(
            f"This answer has {len(text)} characters and the most is {LONGEST}; shorten it."
        )
    if any("\ud800" <= c <= "\udfff" for c in text):
        raise UserError("This answer holds half a character, which no file can keep; type it anew.")
    if not fold(text):
        raise UserError("There is nothing to read in this answer; write one, or leave it blank.")
    return text


def quoted(text: str) -> str:
    """Return `text` for a sentence: on one line, short, visible, in quotation marks."""
    start = text[: 4 * _QUOTED].encode("utf-8", "replace").decode("utf-8")
    line = " ".join("".join(c if c.isprintable() else " " for c in start).split())
    cut = len(line) > _QUOTED or len(text) > 4 * _QUOTED
    return f"“{line[:_QUOTED]}{'…' if cut else ''}”"


class Text(QuestionType):
    """One line of text. What was pasted over several lines becomes one."""

    name = "text"

    def parse(self, text: str, question: Question) -> str:
        """Return the text on one line, with single spaces and without control characters."""
        return checked(" ".join(_without_controls(text).split()))


class LongText(QuestionType):
    """Text of several lines; its wording is compared only when the question says so."""

    name = "long-text"

    def parse(self, text: str, question: Question) -> str:
        """Return the text with its lines, without control characters and blanks at their ends."""
        lines = (_without_controls(line).rstrip() for line in text.splitlines())
        return checked("\n".join(lines).strip())


def _without_controls(text: str) -> str:
    """Drop the control characters that text from a PDF carries along; blanks stay blanks."""
    return "".join(
        (" " if c.isspace() else "") if c != "\t" and unicodedata.category(c) == "Cc" else c
        for c in text
    )
