"""What a drawing is made of: boxes, arrows and texts, each in a colour named by its role."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias


class Role(StrEnum):
    """What a colour is for; the window has a colour of its own for each, paper has these."""

    PAGE = "page"
    TEXT = "text"
    QUIET = "quiet"
    EDGE = "edge"
    TITLE = "title"
    WASH = "wash"
    ACCENT = "accent"
    WARN = "warn"
    GOOD = "good"
    SOME = "some"
    BAD = "bad"
    WORST = "worst"
    UNKNOWN = "unknown"
    SIGN = "sign"


RATINGS = (Role.GOOD, Role.SOME, Role.BAD, Role.WORST, Role.UNKNOWN)
"""The colours of ratings, which only plots have."""
PAPER = {
    Role.PAGE: "#FFFFFF",
    Role.TEXT: "#000000",
    Role.QUIET: "#5A5F64",
    Role.EDGE: "#85827C",
    Role.TITLE: "#F4F2EE",
    Role.WASH: "#E6F0F3",
    Role.ACCENT: "#0F5F78",
    Role.WARN: "#8A4B00",
    Role.GOOD: "#A5D6C5",
    Role.SOME: "#F3E09A",
    Role.BAD: "#E6A383",
    Role.WORST: "#C9706A",
    Role.UNKNOWN: "#CBD4DE",
    Role.SIGN: "#000000",
}
"""Black on white: a diagram on paper is always light.

The five colours of ratings lie behind a sign, which says the same without them. They differ in
lightness, and green and red are apart for eyes that do not part them.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A rectangle with round corners; `turn` is in degrees, clockwise, about its middle."""

    x: float
    y: float
    width: float
    height: float
    fill: Role | None = None
    edge: Role | None = None
    line: float = 1
    radius: float = 4
    turn: float = 0

    @property
    def bottom(self) -> float:
        """The y of its lower edge."""
        return self.y + self.height

    @property
    def right(self) -> float:
        """The x of its right edge."""
        return self.x + self.width

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return self.x + self.width / 2, self.y + self.height / 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """A line of straight pieces, with a head at its last point."""

    points: tuple[tuple[float, float], ...]
    role: Role = Role.EDGE
    line: float = 1

    def head(self, length: float = 8, half: float = 3.5) -> tuple[tuple[float, float], ...]:
        """Give the three corners of the head, the point first."""
        (x0, y0), (x, y) = self.points[-2:]
        along = max(abs(x - x0), abs(y - y0))
        dx, dy = (x - x0) / along, (y - y0) / along
        foot_x, foot_y = x - dx * length, y - dy * length
        return (
            (x, y),
            (foot_x - dy * half, foot_y + dx * half),
            (foot_x + dy * half, foot_y - dx * half),
        )

    def shaft(self) -> tuple[tuple[float, float], ...]:
        """Give the points of the line; it ends inside the head, so that the tip stays sharp."""
        (x0, y0), (x, y) = self.points[-2:]
        along = max(abs(x - x0), abs(y - y0))
        end = (x - (x - x0) / along * 4, y - (y - y0) / along * 4)
        return (*self.points[:-1], end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A run of text from `x` on the baseline `y`; `turn` is about that point.

    Whoever draws in another face keeps what is `centred` in the middle of its measured width. A
    number has the name of its flow field as `link`, and as `item` the label within a list.
    """

    x: float
    y: float
    text: str
    size: float
    width: float
    strong: bool = False
    role: Role = Role.TEXT
    tracking: float = 0
    turn: float = 0
    centred: bool = False
    link: str = ""
    item: str = ""


Shape: TypeAlias = Box | Arrow | Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """Everything to draw, in this order, on a page of this size (in pixels of 1/96 inch)."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str
    description: str
