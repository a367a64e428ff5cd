"""Boxes and arrows."""

from __future__ import annotations

import pytest

from screener.report.drawing import PAPER, Arrow, Box, Role


def test_box():
    box = Box(x=10, y=20, width=30, height=40)
    assert (box.right, box.bottom, box.middle) == (40, 60, (25, 40))


@pytest.mark.parametrize(
    ("end", "head", "shaft"),
    [
        ((0, 50), ((0, 50), (-3.5, 42), (3.5, 42)), (0, 46)),
        ((0, -50), ((0, -50), (3.5, -42), (-3.5, -42)), (0, -46)),
        ((50, 0), ((50, 0), (42, 3.5), (42, -3.5)), (46, 0)),
        ((-50, 0), ((-50, 0), (-42, -3.5), (-42, 3.5)), (-46, 0)),
    ],
)
def test_the_head_lies_at_the_end_and_points_away(end, head, shaft):
    arrow = Arrow(points=((0, 0), end))
    assert arrow.head() == head
    assert arrow.shaft() == ((0, 0), shaft)


def test_the_head_follows_the_last_piece():
    arrow = Arrow(points=((0, 0), (0, 30), (-20, 30)))
    assert arrow.head()[0] == (-20, 30)
    assert arrow.shaft() == ((0, 0), (0, 30), (-16, 30))


def contrast(one: str, other: str) -> float:
    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    high, low = sorted((light(one), light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_paper_is_black_on_white_and_readable():
    assert set(PAPER) == set(Role)
    assert (PAPER[Role.PAGE], PAPER[Role.TEXT]) == ("#FFFFFF", "#000000")
    for role, behind, least in (
        (Role.QUIET, Role.PAGE, 4.5),
        (Role.WARN, Role.PAGE, 4.5),
        (Role.ACCENT, Role.WASH, 4.5),
        (Role.TEXT, Role.TITLE, 7),
        (Role.EDGE, Role.PAGE, 3),
    ):
        assert contrast(PAPER[role], PAPER[behind]) >= least
