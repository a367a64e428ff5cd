"""A plot being laid out from the top down: its heading, then texts, boxes and marks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from screener.report import wording
from screener.report.drawing import Box, Drawing, Role, Shape
from screener.report.lettering import LINE, SIZE, run, written
from screener.report.plots.marks import Mark
from screener.report.plots.said import Headed
from screener.report.typeface import CAPITAL, width
from screener.report.wording import Piece

MARGIN = 24
NARROWEST = 560
"""The least a plot is wide, so that its heading is no column of words."""
DISC = 20
_TITLE = 18
_SMALL, _SMALL_LINE = 12.5, 16
_LEGEND_GAP = 20
_IN_DISC = {1: 15.0, 3: 9.5}
"""The size of a sign in its disc, by how many letters it has."""


class Sheet:
    """The page of a plot; `bottom` is where the next thing goes."""

    def __init__(self, wide: float) -> None:
        self.width = max(wide, NARROWEST)
        self.bottom: float = MARGIN
        self._boxes: list[Shape] = []
        self._texts: list[Shape] = []

    @property
    def room(self) -> float:
        """How wide the page is between its margins."""
        return self.width - 2 * MARGIN

    def drawing(self, head: Headed, spoken: str) -> Drawing:
        """Return what was laid out; `spoken` says the same in words."""
        height = self.bottom + MARGIN
        paper = Box(x=0, y=0, width=self.width, height=height, fill=Role.PAGE, radius=0)
        said = " ".join(filter(None, (f"{head.about}.", head.open, spoken)))
        return Drawing(
            width=self.width,
            height=height,
            shapes=(paper, *self._boxes, *self._texts),
            title=head.title,
            description=said,
        )

    def head(self, head: Headed) -> None:
        """Write the title, what the plot is of, and what is open."""
        self.paragraph(head.title, strong=True, size=_TITLE, line=24)
        self.paragraph(head.about, role=Role.QUIET)
        if head.open:
            self.bottom += 4
            self.paragraph(head.open, strong=True, role=Role.WARN)
        self.bottom += 14

    def paragraph(
        self,
        words: str,
        *,
        strong: bool = False,
        role: Role = Role.TEXT,
        size: float = SIZE,
        line: float = LINE,
    ) -> None:
        """Write a paragraph over the whole width, below what is there."""
        texts, self.bottom = written(
            [wording.text(words, strong=strong, role=role)],
            MARGIN,
            self.bottom,
            self.room,
            size,
            line,
        )
        self._texts += texts

    def small(self, words: str) -> None:
        """Write a small line over the whole width."""
        self.paragraph(words, size=_SMALL, line=_SMALL_LINE)

    # --- at a place ---------------------------------------------------------------------------

    def box(
        self,
        x: float,
        y: float,
        wide: float,
        high: float,
        *,
        fill: Role | None = None,
        edge: Role | None = None,
        radius: float = 0,
    ) -> None:
        """Draw a box."""
        self._boxes.append(
            Box(x=x, y=y, width=wide, height=high, fill=fill, edge=edge, radius=radius)
        )

    def hairline(self, y: float, left: float = MARGIN, right: float = 0) -> None:
        """Draw a fine line across."""
        self.box(left, y, (right or self.width - MARGIN) - left, 1, fill=Role.TITLE)

    def block(
        self, words: str, x: float, middle: float, wide: float, *, strong: bool = False
    ) -> None:
        """Write wrapped words so that the middle of their lines is at `middle`."""
        high = lines_of(words, wide, strong=strong) * LINE
        paragraph = wording.text(words, strong=strong)
        self._texts += written([paragraph], x, middle - high / 2, wide)[0]

    def word(
        self,
        words: str,
        x: float,
        middle: float,
        *,
        size: float = SIZE,
        strong: bool = False,
        role: Role = Role.TEXT,
        centred: bool = False,
        right: bool = False,
    ) -> None:
        """Write one line that begins at `x`, ends there (`right`), or has its middle there."""
        words = wording.plain(words)
        wide = width(words, size, strong=strong)
        start = x - wide / 2 if centred else x - wide if right else x
        piece = Piece(text=words, strong=strong, role=role)
        text = run(piece, start, middle + size * CAPITAL / 2, size)
        self._texts.append(replace(text, centred=centred))

    def mark(self, mark: Mark, x: float, middle: float) -> None:
        """Draw a mark whose middle is there: the sign in a disc of its colour, or in a ring."""
        edge = Role.EDGE if mark.role is None else None
        fill = mark.role
        self.box(x - DISC / 2, middle - DISC / 2, DISC, DISC, fill=fill, edge=edge, radius=DISC / 2)
        self.sign(mark, x, middle)

    def sign(self, mark: Mark, x: float, middle: float) -> None:
        """Draw the sign of a mark alone; what is open has none."""
        if not mark.sign:
            return
        size = _IN_DISC.get(len(mark.sign), 11.0)
        role = Role.SIGN if mark.role else Role.QUIET
        self.word(mark.sign, x, middle, size=size, strong=True, role=role, centred=True)

    def legend(self, marks: Sequence[Mark]) -> None:
        """Say what every mark means, in as many rows as they need."""
        self.bottom += 12
        x, row = float(MARGIN), self.bottom + DISC / 2
        for mark in marks:
            wide = DISC + 8 + width(mark.words, SIZE, strong=False)
            if x > MARGIN and x + wide > self.width - MARGIN:
                x, row = float(MARGIN), row + DISC + 8
            self.mark(mark, x + DISC / 2, row)
            self.word(mark.words, x + DISC + 8, row)
            x += wide + _LEGEND_GAP
        self.bottom = row + DISC / 2 + 8


def lines_of(words: str, wide: float, *, strong: bool = False) -> int:
    """Return how many lines words take in a column that is so wide."""
    texts, high = written([wording.text(words, strong=strong)], 0, 0, wide)
    del texts
    return round(high / LINE)


def column(names: Sequence[str], most: float, *, strong: bool = False) -> float:
    """Return how wide a column of names is: as its longest, but no wider than `most`."""
    return min(most, max((width(name, SIZE, strong=strong) for name in names), default=0) + 1)
