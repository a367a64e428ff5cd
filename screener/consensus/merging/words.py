"""The small words of the sentences about files: numbers, articles, lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence


def many(count: int, word: str) -> str:
    """Return a count with its word: "1 change", "2 entries", "2,000 rows of a list"."""
    if count == 1:
        return f"{count:,} {word}"
    noun, of, whose = word.partition(" of ")
    plural = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {plural}{of}{whose}"


def a(words: str) -> str:
    """Return words with the indefinite article they need."""
    return f"{'an' if words[:1] in 'aeio' else 'a'} {words}"


def listed(words: Sequence[str]) -> str:
    """Return words as a list in a sentence: "a", "a and b", "a, b and c"."""
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def grouped(names: Iterable[str]) -> str:
    """Return names in their order, each once with how often it comes: "Join (3 times); Remove"."""
    counts = Counter(names)
    return "; ".join(name if n == 1 else f"{name} ({n:,} times)" for name, n in counts.items())
