"""The spelling of a report's own sentences; what the review says itself is never touched."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from enum import StrEnum
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[3] / "resources" / "report"
_WORD = re.compile(r"[A-Za-z]+")
_PLACE = re.compile(r"(\{[^{}]*\})")


class Spelling(StrEnum):
    """How the words of the report are spelled."""

    BRITISH = "british"
    AMERICAN = "american"

    @property
    def language(self) -> str:
        """The language of the document."""
        return "en-US" if self is Spelling.AMERICAN else "en-GB"


@cache
def _american() -> Mapping[str, str]:
    words: dict[str, str] = tomllib.loads((FOLDER / "american.toml").read_text("utf-8"))["words"]
    return words


class Voice:
    """Spells sentences. They are written with places for what the review says, such as {title}."""

    def __init__(self, spelling: Spelling = Spelling.BRITISH) -> None:
        self.spelling = spelling

    def __call__(self, sentence: str, **said: object) -> str:
        """Return a sentence in the spelling that was chosen, its places filled as they are."""
        parts = _PLACE.split(sentence)
        own = (part if place % 2 else self._spelled(part) for place, part in enumerate(parts))
        return "".join(own).format(**said)

    def _spelled(self, text: str) -> str:
        if self.spelling is Spelling.BRITISH:
            return text
        return _WORD.sub(self._word, text)

    def _word(self, found: re.Match[str]) -> str:
        word = found.group()
        other = _american().get(word.lower(), word)
        return other.capitalize() if word[0].isupper() and other != word else other
