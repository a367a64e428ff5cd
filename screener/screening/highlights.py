"""Where a protocol's highlight words stand in a text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from screener.model import Element, Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One highlighted stretch: from `start` to `end` (characters), and whose word it is.

    `element` is a word of `Element`, or "exclusion" for a word that speaks against inclusion.
    """

    start: int
    end: int
    element: str


@lru_cache(maxsize=64)
def _pattern(words: tuple[str, ...]) -> re.Pattern[str] | None:
    parts = []
    for word in sorted({w.strip() for w in words if w.strip(" *?")}, key=len, reverse=True):
        escaped = r"\s+".join(
            re.escape(piece).replace(r"\*", r"\w*").replace(r"\?", r"\w") for piece in word.split()
        )
        parts.append(escaped)
    if not parts:
        return None
    return re.compile(rf"(?<!\w)(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


def spans(text: str, protocol: Protocol, own: Iterable[tuple[str, str]] = ()) -> tuple[Span, ...]:
    """Return the stretches to highlight, in order, without overlap.

    `*` stands for any letters, `?` for one; phrases match over line breaks. `own` are the
    reviewer's own words as (element, word). Where two words meet, the first and longer wins.
    """
    words: dict[str, list[str]] = {}
    for criterion in protocol.criteria:
        words.setdefault(str(criterion.element), []).extend(criterion.highlight)
    for element, word in own:
        words.setdefault(element, []).append(word)
    found = []
    for order, element in enumerate([*map(str, Element), "exclusion"]):
        pattern = _pattern(tuple(words.get(element, ())))
        if pattern is not None:
            found += [(m.start(), -m.end(), order, element) for m in pattern.finditer(text)]
    kept: list[Span] = []
    at = -1
    for start, minus_end, _, element in sorted(found):
        if start >= at:
            kept.append(Span(start=start, end=-minus_end, element=element))
            at = -minus_end
    return tuple(kept)
