"""Paragraphs as runs of text at their places, for every drawing."""

from __future__ import annotations

from collections.abc import Sequence

from screener.report.drawing import Text
from screener.report.typeface import CAPITAL
from screener.report.wording import Paragraph, Piece
from screener.report.wrapping import piece_width, wrapped

SIZE, LINE = 14, 18
"""The usual size of the letters of a drawing, and the height of a line of them."""


def run(piece: Piece, x: float, y: float, size: float = SIZE) -> Text:
    """Give a piece as text that begins at `x` on the baseline `y`."""
    return Text(
        x=x,
        y=y,
        text=piece.text,
        size=size,
        width=piece_width(piece, size),
        strong=piece.strong,
        role=piece.role,
        link=piece.link,
        item=piece.item,
    )


def written(
    words: Sequence[Paragraph],
    x: float,
    y: float,
    wide: float,
    size: float = SIZE,
    line: float = LINE,
) -> tuple[list[Text], float]:
    """Give paragraphs as texts from the upper left corner, and the y below the last line."""
    texts: list[Text] = []
    for row in wrapped(words, wide, size):
        at = x + row.indent
        y += row.above
        for piece in row.pieces:
            text = run(piece, at, y + (line + size * CAPITAL) / 2, size)
            at += text.width
            texts.append(text)
        y += line
    return texts, y
