"""Searching texts for words: case, accents and apostrophes make no difference."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

MARKS = re.compile(
    "[\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff"
    "\u20d0-\u20ff\ufe20-\ufe2f]"
)
"""Accents and vowel points that stand by themselves after decomposition."""
APOSTROPHES = re.compile("['\u2018\u2019\u201b\u02bc\u00b4`\u2032]")
LETTERS = {
    "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ħ": "h",
}  # fmt: skip
"""Letters that Unicode does not take apart."""
_LETTERS = str.maketrans(LETTERS)
_ASCII = bytes(range(128))


def folded(text: str) -> str:
    """Return a text as it is searched: small letters without accents and apostrophes."""
    if not text.isascii():
        rest = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
        for sign in {*rest.decode("utf-8", "surrogatepass")}:  # a few, in a text of thousands
            text = text.replace(sign, _letters(sign))
    text = text.lower()
    return APOSTROPHES.sub("", text) if "'" in text or "`" in text else text


@lru_cache(maxsize=4096)
def _letters(text: str) -> str:
    plain = MARKS.sub("", unicodedata.normalize("NFKD", APOSTROPHES.sub("", text)))
    return plain.casefold().translate(_LETTERS)


def words_of(searched: str) -> list[str]:
    """Return the words that are searched for, folded."""
    return folded(searched).split()


def holds(text: str, searched: str) -> bool:
    """Say whether a text holds all the words that are searched for."""
    plain = folded(text)
    return all(word in plain for word in words_of(searched))


def stretches(text: str, searched: str) -> list[tuple[int, int]]:
    """Return where the words that are searched for stand in a text, within longer words too."""
    words = sorted(map(re.escape, set(words_of(searched))), key=len, reverse=True)
    if not words:
        return []
    plain, places = "", list[int]()
    for place, letter in enumerate(text):
        here = folded(letter)
        plain += here
        places += [place] * len(here)
    places.append(len(text))
    found = re.finditer("|".join(words), plain)
    return [(places[hit.start()], places[hit.end() - 1] + 1) for hit in found]
