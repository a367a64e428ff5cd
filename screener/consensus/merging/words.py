"""The small words of the sentences about files: articles, and names with how often each comes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable


def a(words: str) -> str:
    """Return words with the indefinite article they need."""
    return f"{'an' if words[:1] in 'aeio' else 'a'} {words}"


def grouped(names: Iterable[str]) -> str:
    """Return names in their order, each once with how often it comes: "Join (3 times); Remove"."""
    counts = Counter(names)
    return "; ".join(name if n == 1 else f"{name} ({n:,} times)" for name, n in counts.items())
