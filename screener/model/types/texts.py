"""Free text: one line, or several."""

from __future__ import annotations

import unicodedata

from screener.model.question import Question
from screener.model.types.base import QuestionType, checked


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
