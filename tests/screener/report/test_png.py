"""The PNG file, opened again."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from screener.report.diagram import diagram
from screener.report.drawing import PAPER, RATINGS, Box, Role
from screener.report.png import SCALE, png


def opened(flow) -> Image.Image:
    with Image.open(io.BytesIO(png(diagram(flow)))) as image:
        image.load()
        return image


def colours(image: Image.Image) -> set[str]:
    found = image.getcolors(maxcolors=1 << 24)
    return {f"#{red:02X}{green:02X}{blue:02X}" for _, (red, green, blue) in found}


@pytest.mark.parametrize("name", ["finished", "databases_only"])
def test_twice_as_large_as_on_the_screen(name, request):
    flow = request.getfixturevalue(name)
    image, drawing = opened(flow), diagram(flow)
    assert image.format == "PNG"
    assert image.mode == "RGB"
    assert image.size == (round(drawing.width * SCALE), round(drawing.height * SCALE))
    assert image.info["dpi"] == pytest.approx((192, 192), abs=0.1)


def test_the_colours_of_paper(finished, draft):
    always = {PAPER[role] for role in Role if role not in (Role.WARN, *RATINGS)}
    assert always <= colours(opened(finished))
    assert PAPER[Role.WARN] not in colours(opened(finished))
    assert PAPER[Role.WARN] in colours(opened(draft))


def test_every_box_holds_black_letters_inside_its_edge(draft):
    image = opened(draft)
    for shape in diagram(draft).shapes:
        if isinstance(shape, Box) and shape.edge and not shape.turn:
            inner = (shape.x + 2, shape.y + 2, shape.right - 2, shape.bottom - 2)
            part = image.crop([round(side * SCALE) for side in inner])
            assert part.convert("L").getextrema() == (0, 255)
            rim = part.crop((0, 0, part.width, 8)).getcolors()
            assert rim == [(part.width * 8, (255, 255, 255))]


def test_the_stamp_is_turned(draft):
    """It leans: left of its middle it lies lower than right of it."""
    (stamp,) = [s for s in diagram(draft).shapes if isinstance(s, Box) and s.turn]
    image = opened(draft)
    x, y = stamp.middle
    warn = tuple(bytes.fromhex(PAPER[Role.WARN][1:]))

    def top(at: float) -> int:
        column = round(at * SCALE)
        rows = range(round((y - 60) * SCALE), round(y * SCALE))
        return next(row for row in rows if image.getpixel((column, row)) == warn)

    assert top(x - 60) > top(x) > top(x + 60)
