"""Authors: sets of name tokens, because databases glue, swap and shorten names."""

from __future__ import annotations

import re
from sys import intern

from screener.units.folding import fold, readable

_PARTICLES_WORDS = """
    and et al van von der den de la le les del della di da dos du el ten ter jr sr st group
    study investigators committee anonymous author authors no not available listed none the of
    for on behalf trial ii iii
"""
_PARTICLES = frozenset(_PARTICLES_WORDS.split())


_GLUED = re.compile(
    r"(?<=[a-z])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bDi)(?<!\bDu)(?<!\bLa)(?<!\bLe)(?<!\bVan)(?=[A-Z][a-z])"
)


_PARTED = (";", "|", "\n", " and ", " & ")
_CAPITALS = re.compile(r"(?<![^\W_])[A-Z]{1,3}(?![^\W_])")
_INITIALS = re.compile(r"\s(?:[A-Z]\.?[- ]?){1,4}$")


def tokens(authors: str) -> frozenset[str]:
    """Every word of the names that is longer than initials."""
    return frozenset(
        intern(word) for word in _words(authors) if len(word) > 1 and word not in _PARTICLES
    )


def first(authors: str) -> frozenset[str]:
    """Return the tokens of the first author alone."""
    return tokens(_first(authors))


def _first(authors: str) -> str:
    authors = readable(authors)
    for mark in _PARTED:
        if mark in authors:
            authors = authors.split(mark, 1)[0]
    glued = re.match(r"(.+?[ .][A-Z]\.)(?=[A-Z][^.\W])", authors)
    return glued[1] if glued else _first_of_commas(authors)


def _first_of_commas(authors: str) -> str:
    """Take the first of "Smith J, Doe A" or "Smith, J., Doe, A."; "Smith, John" is one author."""
    parts = authors.split(",", 2)
    if len(parts) > 1 and _INITIALS.search(parts[0].strip()):
        return parts[0]
    return ",".join(parts[:2])


def _words(authors: str) -> list[str]:
    # "Adeli K.Lewis G. F.": the full stop parts two names; "Wenxing HuDongdong Lin" has none
    parted = _GLUED.sub(" ", readable(authors).replace(".", " "))
    if not parted.isupper():
        parted = _CAPITALS.sub(" ", parted)  # "Smith MA": two authors may share initials
    return [word for word in fold(parted).split() if not word.isdigit()]
