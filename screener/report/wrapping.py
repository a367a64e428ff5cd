"""Paragraphs wrapped to the width of a box."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from screener.report.typeface import width
from screener.report.wording import Paragraph, Piece, Word


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a paragraph: runs of text from the left, and the space above it."""

    pieces: tuple[Piece, ...]
    indent: float
    above: float


def piece_width(piece: Piece, size: float) -> float:
    """Measure one piece."""
    return width(piece.text, size, strong=piece.strong)


def wrapped(paragraphs: Iterable[Paragraph], wide: float, size: float) -> Iterator[Row]:
    """Give the lines of the paragraphs, none wider than `wide`."""
    for paragraph in paragraphs:
        above = paragraph.above
        for pieces in _lines(paragraph.words, wide - paragraph.indent, size):
            yield Row(pieces=_joined(pieces), indent=paragraph.indent, above=above)
            above = 0


def _lines(words: Iterable[Word], space: float, size: float) -> Iterator[list[Piece]]:
    line: list[Piece] = []
    taken = 0.0
    for word in _fitting(words, space, size):
        long = _word_width(word, size)
        # The space between two words belongs to the first, and is no part of a link.
        gap = [Piece(text=" ", strong=line[-1].strong, role=line[-1].role)] if line else []
        if line and taken + _word_width(gap, size) + long > space:
            yield line
            line, gap, taken = [], [], 0.0
        line = [*line, *gap, *word]
        taken += _word_width(gap, size) + long
    yield line


def _fitting(words: Iterable[Word], space: float, size: float) -> Iterator[Word]:
    """Break what is wider than a line: first between words, then between letters."""
    for word in words:
        if _word_width(word, size) <= space:
            yield word
            continue
        first, *others = word
        *parts, last = first.text.split() or [""]
        for part in parts:
            yield from _broken(replace(first, text=part), space, size)
        # What was bound to the first piece stays bound to its last word, where that fits.
        bound = (replace(first, text=last), *others)
        if _word_width(bound, size) <= space:
            yield bound
            continue
        yield from _broken(bound[0], space, size)
        if rest := tuple(piece for piece in others if piece.text.strip()):
            yield rest


def _broken(piece: Piece, space: float, size: float) -> Iterator[Word]:
    letters = ""
    for letter in piece.text:
        if letters and width(letters + letter, size, strong=piece.strong) > space:
            yield (replace(piece, text=letters),)
            letters = ""
        letters += letter
    yield (replace(piece, text=letters),)


def _word_width(word: Sequence[Piece], size: float) -> float:
    return sum(piece_width(piece, size) for piece in word)


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Join neighbours of the same style, so that a line is few runs and not many words."""
    joined: list[Piece] = []
    for piece in pieces:
        if joined and replace(joined[-1], text="") == replace(piece, text=""):
            joined[-1] = replace(joined[-1], text=joined[-1].text + piece.text)
        else:
            joined.append(piece)
    return tuple(joined)
