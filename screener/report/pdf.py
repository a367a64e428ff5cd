"""A drawing as a PDF page of its own size, with the part of the face that it uses."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from datetime import UTC, datetime
from functools import singledispatchmethod

from fpdf import FPDF

from screener.report import typeface
from screener.report.drawing import PAPER, Arrow, Box, Drawing, Role, Shape, Text

POINTS = 0.75
"""A pixel of 1/96 inch in points of 1/72 inch."""

# The same flow gives the same bytes, so the file carries no time of its own.
_NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)


def pdf(drawing: Drawing) -> bytes:
    """Give the file, the same for the same drawing."""
    return _Page(drawing).file()


class _Page:
    """One page, and how each shape is drawn on it."""

    def __init__(self, drawing: Drawing) -> None:
        self._pdf = FPDF(unit=POINTS, format=(drawing.width, drawing.height))
        self._pdf.set_creation_date(_NO_TIME)
        self._pdf.set_title(drawing.title)
        self._pdf.set_subject(drawing.description)
        self._pdf.set_lang("en")
        self._pdf.set_auto_page_break(False)
        self._pdf.add_font("Source", "", typeface.file(strong=False))
        self._pdf.add_font("Source", "B", typeface.file(strong=True))
        self._pdf.add_page()
        for shape in drawing.shapes:
            self._draw(shape)

    def file(self) -> bytes:
        """Finish the page."""
        return bytes(self._pdf.output())

    @singledispatchmethod
    def _draw(self, shape: Shape) -> None:
        raise TypeError(shape)

    @_draw.register
    def _box(self, box: Box) -> None:
        style = ("D" if box.edge else "") + ("F" if box.fill else "")
        self._pdf.set_line_width(box.line)
        self._pdf.set_draw_color(PAPER[box.edge or Role.PAGE])
        self._pdf.set_fill_color(PAPER[box.fill or Role.PAGE])
        # The PDF library draws a corner that is half of the box or more as none.
        radius = min(box.radius, 0.4999 * min(box.width, box.height))
        with self._turned(box.turn, *box.middle):
            self._pdf.rect(
                box.x,
                box.y,
                box.width,
                box.height,
                style=style,
                round_corners=box.radius > 0,
                corner_radius=radius,
            )

    @_draw.register
    def _arrow(self, arrow: Arrow) -> None:
        self._pdf.set_line_width(arrow.line)
        self._pdf.set_draw_color(PAPER[arrow.role])
        self._pdf.set_fill_color(PAPER[arrow.role])
        self._pdf.polyline(arrow.shaft())
        self._pdf.polygon(arrow.head(), style="F")

    @_draw.register
    def _text(self, text: Text) -> None:
        self._pdf.set_font("Source", "B" if text.strong else "", text.size * POINTS)
        self._pdf.set_text_color(PAPER[text.role])
        self._pdf.set_char_spacing(text.tracking * POINTS)
        with self._turned(text.turn, text.x, text.y):
            self._pdf.text(text.x, text.y, text.text)

    def _turned(self, turn: float, x: float, y: float) -> AbstractContextManager[None]:
        # The PDF library counts degrees the other way round.
        return self._pdf.rotation(-turn, x, y) if turn else nullcontext()
