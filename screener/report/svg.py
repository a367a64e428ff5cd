"""A drawing as SVG: one file of plain text, nothing loaded from elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import singledispatch
from xml.sax.saxutils import escape, quoteattr

from screener.report.drawing import PAPER, Arrow, Box, Drawing, Shape, Text
from screener.report.typeface import FAMILY


def svg(drawing: Drawing) -> str:
    """Give the file, the same for the same drawing."""
    return "\n".join(_lines(drawing)) + "\n"


def _lines(drawing: Drawing) -> Iterator[str]:
    wide, high = _number(drawing.width), _number(drawing.height)
    yield '<?xml version="1.0" encoding="UTF-8"?>'
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}"'
        f' viewBox="0 0 {wide} {high}" role="img" font-family={quoteattr(FAMILY)}'
        ' xml:space="preserve">'
    )
    yield f"<title>{escape(drawing.title)}</title>"
    yield f"<desc>{escape(drawing.description)}</desc>"
    yield from _shapes(drawing.shapes)
    yield "</svg>"


def _shapes(shapes: Iterable[Shape]) -> Iterator[str]:
    """Write each shape; the runs of one line of text are written as one text."""
    line: list[Text] = []
    for shape in shapes:
        if line and not _goes_on(line[-1], shape):
            yield _text(line)
            line = []
        if isinstance(shape, Text):
            line.append(shape)
        else:
            yield _shape(shape)
    if line:
        yield _text(line)


def _goes_on(last: Text, shape: Shape) -> bool:
    """Say whether a run begins where the one before it ended."""
    if not isinstance(shape, Text) or shape.y != last.y:
        return False
    return abs(last.x + last.width - shape.x) < 0.01


@singledispatch
def _shape(shape: Shape) -> str:
    raise TypeError(shape)


@_shape.register
def _box(box: Box) -> str:
    fill = PAPER[box.fill] if box.fill else "none"
    edge = f' stroke="{PAPER[box.edge]}" stroke-width="{_number(box.line)}"' if box.edge else ""
    round_corners = f' rx="{_number(box.radius)}"' if box.radius else ""
    return (
        f'<rect x="{_number(box.x)}" y="{_number(box.y)}" width="{_number(box.width)}"'
        f' height="{_number(box.height)}"{round_corners} fill="{fill}"{edge}'
        f"{_turned(box.turn, *box.middle)}/>"
    )


@_shape.register
def _arrow(arrow: Arrow) -> str:
    colour = PAPER[arrow.role]
    return (
        f'<polyline points="{_points(arrow.shaft())}" fill="none" stroke="{colour}"'
        f' stroke-width="{_number(arrow.line)}"/>'
        f'<polygon points="{_points(arrow.head())}" fill="{colour}"/>'
    )


def _text(runs: Sequence[Text]) -> str:
    # The measured length keeps every line in its box, whatever face stands in for ours.
    first, length = runs[0], sum(run.width for run in runs)
    start = first.x + length / 2 if first.centred else first.x
    anchor = ' text-anchor="middle"' if first.centred else ""
    tracking = f' letter-spacing="{_number(first.tracking)}"' if first.tracking else ""
    fitted = f' textLength="{_number(length)}" lengthAdjust="spacingAndGlyphs"'
    return (
        f'<text x="{_number(start)}" y="{_number(first.y)}" font-size="{_number(first.size)}"'
        f"{anchor}{tracking}{'' if tracking else fitted}{_turned(first.turn, first.x, first.y)}>"
        f"{''.join(_run(run) for run in runs)}</text>"
    )


def _run(run: Text) -> str:
    weight = ' font-weight="600"' if run.strong else ""
    field = f" data-field={quoteattr(run.link)}" if run.link else ""
    return f'<tspan fill="{PAPER[run.role]}"{weight}{field}>{escape(run.text)}</tspan>'


def _turned(turn: float, x: float, y: float) -> str:
    return f' transform="rotate({_number(turn)} {_number(x)} {_number(y)})"' if turn else ""


def _points(points: tuple[tuple[float, float], ...]) -> str:
    return " ".join(f"{_number(x)},{_number(y)}" for x, y in points)


def _number(value: float) -> str:
    """Write a coordinate with two decimals at most, and none where there are none."""
    return f"{value:.2f}".rstrip("0").rstrip(".")
