"""Strips drawn on PDF pages: an item is on one page where it fits on one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from fpdf import FPDF

from screener.model import Progress, silent
from screener.printing import document as d
from screener.printing.lines import POINT, Line, Type
from screener.printing.signs import box, sign
from screener.printing.strips import BOX, HANG, Column, Strip, Strips, present, strips

_FIRST = 12.0
_LEAST = 60.0
"""Of an item that is longer than a page so much stands under the one before it."""


class Pages(Protocol):
    """Pages with a running head, as what is drawn on them sees them."""

    left: float
    wide: float

    @property
    def pdf(self) -> FPDF:
        """The pages themselves."""

    def body(self) -> float:
        """Return how high the free part of a new page is now."""

    def room(self) -> float:
        """Return how much of this page is left."""

    def begin_group(self, heading: str) -> None:
        """Write the heading of a group, and again on the pages that follow."""

    def end_group(self) -> None:
        """Have no heading written again."""

    def heading_height(self, heading: str) -> float:
        """Return how high the heading of a group is."""


def draw_group(pages: Pages, block: d.Group, progress: Progress = silent) -> None:
    """Draw the items of a group; its heading stands with the first of them."""
    head = pages.heading_height(block.heading)
    for place, item in enumerate(block.items):
        progress(place, len(block.items), "Writing the items")
        laid = strips(item, pages.wide)
        need, more = laid.high - laid.rows[-1].after, 0.0 if place else head
        fits = need <= pages.body() - more
        if min(need, _LEAST if not fits else need) + more > pages.room():
            pages.pdf.add_page()
        if not place:
            pages.begin_group(block.heading)
        _draw(pages, (*laid.top, *laid.rows), laid)
    pages.end_group()


def draw_present(pages: Pages, block: d.Present) -> None:
    """Draw the line of who is present."""
    laid = present(block, pages.wide)
    _draw(pages, laid, None)


def _draw(pages: Pages, wanted: Sequence[Strip], item: Strips | None) -> None:
    waiting = list(wanted)
    while waiting:
        strip = waiting.pop(0)
        # What stands over the rows is never the last on a page.
        with_next = item is not None and strip in item.top[1:] and waiting
        more = min(waiting[0].high, _FIRST) if with_next else 0.0
        if strip.high - strip.after + more <= pages.room() + 0.01:
            draw_strip(pages, strip)
            continue
        if strip.high > pages.body() - sum(one.high for one in (item.again if item else ())):
            above, strip = strip.parted(pages.room())
            draw_strip(pages, above)
        pages.pdf.add_page()
        waiting = [*(item.again if item else ()), strip, *waiting]


def draw_strip(pages: Pages, strip: Strip) -> None:
    """Draw one strip where the page is written next, and go below it."""
    page, top = pages.pdf, pages.pdf.get_y()
    for column in strip.columns:
        _draw_column(page, column, pages.left + column.x, top)
    foot = top + strip.high - strip.after
    if strip.bar:
        page.set_fill_color(0)
        page.rect(pages.left + HANG - 3.2, top - 0.3, 0.9, foot - top + 0.6, style="F")
    page.set_draw_color(0)
    page.set_line_width(0.2)
    for begin, end in strip.pens:
        page.line(pages.left + begin, foot, pages.left + end, foot)
    if strip.rule:
        page.line(pages.left, foot, pages.left + pages.wide, foot)
    page.set_y(top + strip.high)


def _draw_column(page: FPDF, column: Column, x: float, top: float) -> None:
    y = top + column.down
    if column.box is not None:
        box(page, x, y + (column.type.lead - 4) / 2, 4, ticked=column.box)
        x += BOX
    for line in column.lines:
        draw_line(page, line, column.type, x, y)
        y += column.type.lead


def draw_line(page: FPDF, line: Line, type_: Type, x: float, y: float) -> None:
    """Draw one line of letters and signs, its upper left corner at `x` and `y`."""
    size = type_.size * POINT
    base = y + (type_.lead + 0.66 * size) / 2
    for piece in line:
        left = x + piece.x
        if piece.mark:
            sign(page, piece.mark, left, base - 0.33 * size, size * 0.85)
            left += size * 1.35
        if piece.text:
            page.set_font(type_.face, "B" if piece.strong else "", type_.size)
            page.text(left, base, piece.text)
