"""Highlights: tint and underline painted under a document that knows nothing of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen, QTextBlock, QTextDocument, QTextLine

from ui.widgets import tokens
from ui.widgets.marks import paint_underline
from ui.widgets.theme import Look


class Stretch(Protocol):
    """A highlighted stretch of the title or the abstract, in characters of that text."""

    @property
    def start(self) -> int:
        """The first character."""

    @property
    def end(self) -> int:
        """The character after the last."""

    @property
    def element(self) -> str:
        """A word of `tokens.ELEMENTS`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Painted:
    """A stretch as positions of the document."""

    element: str
    start: int
    end: int


def paint_highlights(
    painter: QPainter, document: QTextDocument, stretches: Iterable[Painted], look: Look
) -> None:
    """Paint tint and underline of every stretch, once per line it runs over."""
    size = look.theme.scale / 100
    for stretch in stretches:
        strong, tint = look.element(stretch.element)
        known = tokens.ELEMENTS.get(stretch.element, tokens.ELEMENTS["other"])
        for area, baseline in _lines(document, stretch):
            painter.fillRect(area.adjusted(-1.5 * size, 0, 1.5 * size, 0), tint)
            below = baseline if known.underline == "struck" else baseline + 4 * size
            paint_underline(
                painter, known.underline, strong, area.left(), area.right(), below, size
            )


def paint_found(
    painter: QPainter, document: QTextDocument, stretches: Iterable[Painted], look: Look
) -> None:
    """Paint a frame round every stretch that was searched for: no element has one."""
    size = look.theme.scale / 100
    painter.setPen(QPen(look.colour("accent"), 1.5 * size))
    for stretch in stretches:
        for area, _ in _lines(document, stretch):
            painter.drawRect(area.adjusted(-size, 0, size, 0))


def _lines(document: QTextDocument, stretch: Painted) -> Iterator[tuple[QRectF, float]]:
    """Give the area and the baseline of each line that the stretch runs over."""
    block = document.findBlock(stretch.start)
    while block.isValid() and block.position() < stretch.end:
        for number in range(block.layout().lineCount()):
            line = block.layout().lineAt(number)
            found = _on_line(document, block, line, stretch)
            if found is not None:
                yield found
        block = block.next()


def _on_line(
    document: QTextDocument, block: QTextBlock, line: QTextLine, stretch: Painted
) -> tuple[QRectF, float] | None:
    first = max(stretch.start - block.position(), line.textStart())
    last = min(stretch.end - block.position(), line.textStart() + line.textLength())
    while last > first and document.characterAt(block.position() + last - 1).isspace():
        last -= 1
    if last <= first:
        return None
    # A text edit lays out lazily: asking for the block's place lays out everything above it.
    origin = document.documentLayout().blockBoundingRect(block).topLeft()
    ends = sorted((_x(line, first), _x(line, last)))
    baseline = origin.y() + line.y() + line.ascent()
    top = baseline - line.ascent() * 0.86
    area = QRectF(origin.x() + ends[0], top, ends[1] - ends[0], baseline - top + line.descent())
    return area, baseline


def _x(line: QTextLine, position: int) -> float:
    x: object = line.cursorToX(position)
    found = x[0] if isinstance(x, tuple) else x
    return found if isinstance(found, float) else 0.0
