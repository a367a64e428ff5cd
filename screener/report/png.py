"""A drawing as PNG, twice as many points as the screen has pixels."""

from __future__ import annotations

import io
from dataclasses import replace
from functools import cache, singledispatchmethod
from math import ceil, floor
from typing import TypeVar

from PIL import Image, ImageDraw, ImageFont

from screener.report import typeface
from screener.report.drawing import PAPER, Arrow, Box, Drawing, Role, Shape, Text

SCALE = 2
_FINER = 2  # drawn larger and made smaller again, so that slanted and round edges are smooth
_DRAWN = SCALE * _FINER
_DOTS_PER_INCH = 96 * SCALE
Placed = TypeVar("Placed", Box, Text)


def png(drawing: Drawing) -> bytes:
    """Give the file, the same for the same drawing."""
    image = _Canvas(drawing).image()
    written = io.BytesIO()
    image.save(written, "PNG", dpi=(_DOTS_PER_INCH, _DOTS_PER_INCH))
    return written.getvalue()


class _Canvas:
    """The picture, larger than wanted, and how each shape is drawn on it."""

    def __init__(self, drawing: Drawing) -> None:
        self._size = _points(drawing.width) * _FINER, _points(drawing.height) * _FINER
        self._image = Image.new("RGB", self._size, PAPER[Role.PAGE])
        self._draw = ImageDraw.Draw(self._image)
        for shape in drawing.shapes:
            self._add(shape)

    def image(self) -> Image.Image:
        """Make the picture as small as it is wanted."""
        return self._image.reduce(_FINER)

    @singledispatchmethod
    def _add(self, shape: Shape) -> None:
        raise TypeError(shape)

    @_add.register
    def _box(self, box: Box) -> None:
        fill = PAPER[box.fill] if box.fill else None
        edge = PAPER[box.edge] if box.edge else None
        if not box.turn:
            _rectangle(self._draw, box, fill=fill, outline=edge)
            return
        turned = _Turned(box.middle, reach=max(box.width, box.height), turn=box.turn)
        _rectangle(turned.draw, turned.shifted(box), fill=0, outline=255)
        turned.paste(self._image, edge or PAPER[Role.TEXT])

    @_add.register
    def _arrow(self, arrow: Arrow) -> None:
        colour = PAPER[arrow.role]
        shaft = [(x * _DRAWN, y * _DRAWN) for x, y in arrow.shaft()]
        self._draw.line(shaft, fill=colour, width=round(arrow.line * _DRAWN))
        self._draw.polygon([(x * _DRAWN, y * _DRAWN) for x, y in arrow.head()], fill=colour)

    @_add.register
    def _text(self, text: Text) -> None:
        if not text.turn:
            _letters(self._draw, text, PAPER[text.role])
            return
        turned = _Turned((text.x, text.y), reach=text.width + text.size, turn=text.turn)
        _letters(turned.draw, turned.shifted(text), 255)
        turned.paste(self._image, PAPER[text.role])


class _Turned:
    """A small mask around a point, on which something is drawn straight and then turned."""

    def __init__(self, point: tuple[float, float], *, reach: float, turn: float) -> None:
        self._corner = floor(point[0] - reach), floor(point[1] - reach)
        self._point = point[0] - self._corner[0], point[1] - self._corner[1]
        self._turn = turn
        side = ceil(2 * reach + 2) * _DRAWN
        self._mask = Image.new("L", (side, side), 0)
        self.draw = ImageDraw.Draw(self._mask)

    def shifted(self, shape: Placed) -> Placed:
        """Give a box or a text as it lies on the mask."""
        return replace(shape, x=shape.x - self._corner[0], y=shape.y - self._corner[1])

    def paste(self, image: Image.Image, colour: str) -> None:
        """Put what was drawn, turned, on the picture."""
        turned = self._mask.rotate(
            -self._turn,  # Pillow counts degrees the other way round
            resample=Image.Resampling.BICUBIC,
            center=(self._point[0] * _DRAWN, self._point[1] * _DRAWN),
        )
        image.paste(colour, (self._corner[0] * _DRAWN, self._corner[1] * _DRAWN), turned)


def _rectangle(
    draw: ImageDraw.ImageDraw,
    box: Box,
    *,
    fill: str | int | None,
    outline: str | int | None,
) -> None:
    # An edge lies half inside and half outside of the box, as in SVG and PDF.
    half = box.line / 2 if box.edge else 0.0
    corners = (
        (box.x - half) * _DRAWN,
        (box.y - half) * _DRAWN,
        (box.right + half) * _DRAWN - 1,
        (box.bottom + half) * _DRAWN - 1,
    )
    draw.rounded_rectangle(
        corners,
        radius=(box.radius + half) * _DRAWN if box.radius else 0,
        fill=fill,
        outline=outline if box.edge else None,
        width=round(box.line * _DRAWN) if box.edge else 0,
    )


def _letters(draw: ImageDraw.ImageDraw, text: Text, colour: str | int) -> None:
    font = _font(text.size, strong=text.strong)
    x, y = text.x * _DRAWN, text.y * _DRAWN
    if not text.tracking:
        draw.text((x, y), text.text, fill=colour, font=font, anchor="ls")
        return
    for letter in text.text:
        draw.text((x, y), letter, fill=colour, font=font, anchor="ls")
        x += font.getlength(letter) + text.tracking * _DRAWN


@cache
def _font(size: float, *, strong: bool) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(
        typeface.file(strong=strong), size * _DRAWN, layout_engine=ImageFont.Layout.BASIC
    )


def _points(length: float) -> int:
    return round(length * SCALE)
