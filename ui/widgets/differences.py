"""Which words of several texts differ: for looking at records side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from rapidfuzz.distance import Indel

_WORD = re.compile(r"\w+|[^\w\s]")

Span = tuple[int, int]
_MOST_COMPARED = 500_000


def differing(texts: Sequence[str]) -> tuple[tuple[Span, ...], ...]:
    """Return, for each text, the stretches whose words differ from the first text.

    In the first text a stretch is marked when its words are missing from every other text that
    says anything. A stretch runs from its first word to its last; empty texts have none.
    """
    if not texts:
        return ()
    first = texts[0]
    found: list[tuple[Span, ...]] = [()]
    missing: list[set[int]] = []
    for text in texts[1:]:
        if not first or not text:
            found.append(())
            continue
        mine, others = _differing(first, text)
        missing.append(mine)
        found.append(_spans(text, others))
    if missing:
        found[0] = _spans(first, set.intersection(*missing))
    return tuple(found)


def _differing(one: str, other: str) -> tuple[set[int], set[int]]:
    """Return the numbers of the words of each that the other does not have in that place."""
    left = [word.casefold() for word in _WORD.findall(one)]
    right = [word.casefold() for word in _WORD.findall(other)]
    mine: set[int] = set()
    others: set[int] = set()
    for kind, a, b, c, d in _edits(left, right):
        if kind != "equal":
            mine.update(range(a, b))
            others.update(range(c, d))
    return mine, others


def _edits(left: list[str], right: list[str]) -> Iterable[tuple[str, int, int, int, int]]:
    """Return what makes one list of words the other.

    Blocks of words that stay together read best; of very long texts finding them takes seconds.
    """
    if len(left) * len(right) > _MOST_COMPARED:
        return (
            (edit.tag, edit.src_start, edit.src_end, edit.dest_start, edit.dest_end)
            for edit in Indel.opcodes(left, right)
        )
    return SequenceMatcher(None, left, right, autojunk=False).get_opcodes()


def _spans(text: str, numbers: set[int]) -> tuple[Span, ...]:
    """Join the words of those numbers into stretches of `text`."""
    spans: list[Span] = []
    before = -2
    for number, word in enumerate(_WORD.finditer(text)):
        if number not in numbers:
            continue
        if before == number - 1 and spans:
            spans[-1] = (spans[-1][0], word.end())
        else:
            spans.append((word.start(), word.end()))
        before = number
    return tuple(spans)
