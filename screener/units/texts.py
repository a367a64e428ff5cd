"""Texts of many records, searched for words at every letter and kept in little memory."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

_TOGETHER = 1_000


class Texts:
    """What many records are found by, in their order; a thousand of them are one string.

    An object and a string for each would be several times as large, and slower to look through.
    """

    def __init__(self, lines: Iterable[tuple[str, str]] = ()) -> None:
        """Take keys and texts; whoever searches folds the words as the texts are folded."""
        self.keys: list[str] = []
        self._texts: list[str] = []
        rest = iter(lines)
        while some := list(islice(rest, _TOGETHER)):
            self.keys += (key for key, _ in some)
            self._texts.append("\n".join(text.replace("\n", " ") for _, text in some))

    def holding(self, words: Sequence[str]) -> list[str]:
        """Return the keys of the texts that hold all of the words."""
        return [self.keys[place] for place in self._holding(words)] if words else self.keys

    def _holding(self, words: Sequence[str]) -> Iterator[int]:
        for number, texts in enumerate(self._texts):
            if all(word in texts for word in words):
                for place, text in enumerate(texts.split("\n"), number * _TOGETHER):
                    if all(word in text for word in words):
                        yield place
