"""The signs of verdicts and judgements and the boxes to tick, drawn on a PDF page."""

from __future__ import annotations

from fpdf import FPDF


def sign(page: FPDF, name: str, x: float, middle: float, size: float) -> None:
    """Draw the sign of a verdict or judgement, `size` high, its left end at `x`."""
    top, half = middle - size / 2, size / 2
    page.set_draw_color(0)
    page.set_fill_color(0)
    page.set_line_width(size / 10)
    if name in ("include", "maybe", "exclude"):
        page.ellipse(x, top, size, size, style="DF" if name == "include" else "D")
    if name == "maybe":
        page.solid_arc(x, top, size, 90, 270, style="F")
    if name == "exclude":
        reach = half * 0.7
        page.line(x + half - reach, middle + reach, x + half + reach, middle - reach)
    page.set_line_width(size / 7)
    if name == "met":
        page.polyline(
            [
                (x, middle),
                (x + size * 0.35, middle + size * 0.3),
                (x + size * 0.9, middle - size * 0.35),
            ]
        )
    if name == "not-met":
        low, high = size * 0.12, size * 0.78
        page.line(x + low, top + low, x + high, top + high)
        page.line(x + low, top + high, x + high, top + low)
    if name == "unclear":
        page.text(x + size * 0.15, middle + size * 0.36, "?")


def box(page: FPDF, x: float, y: float, size: float, *, ticked: bool) -> None:
    """Draw a box to tick, its upper left corner at `x` and `y`."""
    page.set_draw_color(0)
    page.set_line_width(0.3)
    page.rect(x, y, size, size)
    if ticked:
        page.set_line_width(0.5)
        page.line(x + 0.8, y + 0.8, x + size - 0.8, y + size - 0.8)
        page.line(x + 0.8, y + size - 0.8, x + size - 0.8, y + 0.8)
