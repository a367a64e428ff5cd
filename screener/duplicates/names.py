"""Authors: sets of name tokens, because databases glue, swap and shorten names."""

from __future__ import annotations

import re
from sys import intern

from screener.duplicates.folding import fold

_PARTICLES_WORDS = """
    and et al van von der den de la le les del della di da dos du el ten ter jr sr st group
    study investigators committee anonymous author authors no not available listed none the of
    for on behalf trial ii iii
"""
_PARTICLES = frozenset(_PARTICLES_WORDS.split())


_GLUED = re.compile(
    r"(?<=[a-z])(?<!\bMc)(?<!\bMac)(?<!\bDe)(?<!\bDi)(?<!\bDu)(?<!\bLa)(?<!\bLe)(?<!\bVan)(?=[A-Z][a-z])"
)


def tokens(authors: str) -> frozenset[str]:
    """Every word of the names that is longer than initials."""
    return frozenset(
        intern(word) for word in _words(authors) if len(word) > 1 and word not in _PARTICLES
    )


def first(authors: str) -> frozenset[str]:
    """Return the tokens of the first author alone."""
    return tokens(_first(authors))


def _first(authors: str) -> str:
    for mark in ("; ", ";", " and ", " & "):
        if mark in authors:
            return authors.split(mark, 1)[0]
    glued = re.match(r"(.+?[ .][A-Z]\.)(?=[A-Z][^.\W])", authors)
    return glued[1] if glued else authors


def _words(authors: str) -> list[str]:
    # "Adeli K.Lewis G. F.": the full stop parts two names; "Wenxing HuDongdong Lin" has none
    parted = _GLUED.sub(" ", authors.replace(".", " "))
    words = fold(parted).split()
    return [word for word in words if not word.isdigit()]
