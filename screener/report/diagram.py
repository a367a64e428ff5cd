"""The PRISMA 2020 diagram of a flow: one layout for the window, SVG, PDF and PNG."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from math import cos, radians, sin

from screener.report import wording
from screener.report.drawing import Arrow, Box, Drawing, Role, Shape
from screener.report.flow import Flow
from screener.report.lettering import LINE, SIZE, run, written
from screener.report.typeface import CAPITAL, width
from screener.report.wording import Paragraph, Piece
from screener.report.wrapping import wrapped

MARGIN = 24
BAND = 22
NOTE, NOTE_LINE = 11.5, 15
PAD_X, PAD_Y = 12, 10
TITLE = 32
LOWEST = 46  # of a box
LOWEST_INCLUDED = 66  # its band has to hold the word
GAP = 28  # between two rows
BAND_GAP = 34  # between the rows of two bands
COLUMNS = ((60, 264), (352, 248), (632, 188), (848, 208))  # x and width
PREVIOUS = (60, 168)  # the column of an updated review, before the others
BESIDE_PREVIOUS = 196  # so much further right the others begin then
STAMP = (168, 56, 30, 5, -8)  # width, height, size of the letters, space between them, degrees


def diagram(flow: Flow) -> Drawing:
    """Lay out the diagram: one of the four templates of PRISMA 2020.

    The column of other methods stands only where one was used, the boxes of an updated review only
    where the protocol says what its earlier version included.
    """
    page = _Page(flow)
    page.lay_out()
    return Drawing(
        width=page.width,
        height=page.bottom,
        shapes=(
            Box(x=0, y=0, width=page.width, height=page.bottom, fill=Role.PAGE, radius=0),
            *page.arrows,
            *page.boxes,
            *page.texts,
        ),
        title="PRISMA 2020 flow diagram" + (" (DRAFT)" if flow.draft else ""),
        description=wording.spoken(flow),
    )


class _Page:
    """A diagram being laid out, from the top down."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        columns = COLUMNS if flow.other_methods else COLUMNS[:2]
        beside = BESIDE_PREVIOUS if flow.updated else 0
        self._columns = [(x + beside, wide) for x, wide in columns]
        self.left = COLUMNS[0][0]
        self.right = sum(self._columns[-1])
        self.width = self.right + MARGIN
        self.bottom: float = MARGIN
        self.boxes: list[Box] = []
        self.arrows: list[Arrow] = []
        self.texts: list[Shape] = []

    def lay_out(self) -> None:
        """Place everything."""
        self._draft_line()
        self._titles()
        top = self.bottom
        before = self._previous() if self._flow.updated else None
        first, other = self._identification(before)
        self._band("Identification", top)
        self.bottom += BAND_GAP
        top = self.bottom
        first, other = self._screening(first, other)
        self._band("Screening", top)
        self.bottom += BAND_GAP
        top = self.bottom
        self._included(first, other, before)
        self._band("Included", top)
        self._footnotes()
        self.bottom += MARGIN

    # --- from the top down ---------------------------------------------------------------

    def _draft_line(self) -> None:
        if not self._flow.draft:
            return
        line = wording.text(self._flow.draft_sentence, strong=True, role=Role.WARN)
        self.bottom = self._write([line], self.left, self.bottom, self.right - self.left)
        self.bottom += 12

    def _titles(self) -> None:
        flow, columns = self._flow, self._columns
        spans = [(wording.via_databases(flow), columns[0][0], sum(columns[1]))]
        if flow.updated:
            spans.append((wording.PREVIOUS, PREVIOUS[0], sum(PREVIOUS)))
        if flow.other_methods:
            spans.append((wording.via_others(flow), columns[2][0], sum(columns[3])))
        for title, left, right in spans:
            box = Box(x=left, y=self.bottom, width=right - left, height=TITLE, fill=Role.TITLE)
            self.boxes.append(box)
            wide = width(title, SIZE, strong=True)
            x, y = box.middle
            text = run(Piece(text=title, strong=True), x - wide / 2, y + SIZE * CAPITAL / 2)
            self.texts.append(replace(text, centred=True))
        self.bottom += TITLE + 12

    def _previous(self) -> Box:
        """Place what the earlier version included, beside what was identified now."""
        words = wording.previous(self._flow)
        x, wide = PREVIOUS
        return self._box_at(x, wide, self.bottom, words, _height(words, wide))

    def _identification(self, before: Box | None) -> tuple[Box, Box | None]:
        flow, top = self._flow, self.bottom
        found, removed = wording.identified(flow), wording.removed(flow)
        height = max(self._height(found, 0), self._height(removed, 1))
        other = None
        if flow.other_methods:
            words = wording.other_identified(flow)
            other = self._box(2, top, words, self._height(words, 2))
            if flow.draft:
                # The stamp needs the free corner beside this box to be high enough for it.
                height = max(height, STAMP[1] + 32)
                self._stamp(self._middle(3), top + height / 2)
        first = self._pair(0, top, found, removed, height)
        self.bottom = max(box.bottom for box in (first, other, before) if box is not None)
        return first, other

    def _screening(self, first: Box, other: Box | None) -> tuple[Box, Box | None]:
        flow = self._flow
        screened, excluded = wording.screened(flow), wording.excluded(flow)
        height = max(self._height(screened, 0), self._height(excluded, 1))
        first = self._below(first, self._pair(0, self.bottom, screened, excluded, height))
        self.bottom = first.bottom + GAP
        sides = [("dbr", 0)] + ([("other", 2)] if other else [])

        words = {s: (wording.sought(flow, s), wording.not_retrieved(flow, s)) for s, _ in sides}
        height = max(
            self._height(part, column + place)
            for side, column in sides
            for place, part in enumerate(words[side])
        )
        top = self.bottom
        first = self._below(first, self._pair(0, top, *words["dbr"], height))
        if other:
            other = self._below(other, self._pair(2, top, *words["other"], height))
        self.bottom = first.bottom + GAP

        assessed = {side: wording.assessed(flow, side) for side, _ in sides}
        height = max(self._height(assessed[side], column) for side, column in sides)
        last: dict[str, Box] = {}
        lowest = self.bottom
        for side, column in sides:
            reasons = wording.not_included(flow, side)
            above = other if other and side == "other" else first
            main = self._box(column, self.bottom, assessed[side], height)
            beside = max(height, self._height(reasons, column + 1))
            aside = self._box(column + 1, self.bottom, reasons, beside)
            self._across(main, aside)
            last[side] = self._below(above, main)
            lowest = max(lowest, aside.bottom)
        self.bottom = lowest
        return last["dbr"], last.get("other")

    def _included(self, first: Box, other: Box | None, before: Box | None) -> None:
        words = wording.included(self._flow)
        height = max(LOWEST_INCLUDED, self._height(words, 0))
        box = self._below(first, self._box(0, self.bottom, words, height))
        if other:
            x, y = other.middle[0], box.middle[1]
            self.arrows.append(Arrow(points=((x, other.bottom), (x, y), (box.right, y))))
        elif self._flow.draft:
            self._stamp(self._middle(1), box.middle[1])
        self.bottom = box.bottom
        if before is not None:
            self._total(box, before)

    def _total(self, new: Box, before: Box) -> None:
        """Place what is included in all, which what is new and what was before lead to."""
        words = wording.total(self._flow)
        height = self._height(words, 0)
        box = self._below(new, self._box(0, self.bottom + GAP, words, height))
        x, y = before.middle[0], box.middle[1]
        self.arrows.append(Arrow(points=((x, before.bottom), (x, y), (box.x, y))))
        self.bottom = box.bottom

    def _footnotes(self) -> None:
        self.bottom += 22
        for note in wording.FOOTNOTES:
            paragraph = wording.text(note, role=Role.QUIET)
            self.bottom = self._write(
                [paragraph], self.left, self.bottom, self.right - self.left, NOTE, NOTE_LINE
            )
            self.bottom += 3

    # --- parts ---------------------------------------------------------------------------

    def _pair(
        self,
        column: int,
        top: float,
        words: Sequence[Paragraph],
        aside: Sequence[Paragraph],
        height: float,
    ) -> Box:
        """Place a box and the one at its right, equally high, and the arrow between them."""
        box = self._box(column, top, words, height)
        self._across(box, self._box(column + 1, top, aside, height))
        return box

    def _box(self, column: int, top: float, words: Sequence[Paragraph], height: float) -> Box:
        return self._box_at(*self._columns[column], top, words, height)

    def _box_at(
        self, x: float, wide: float, top: float, words: Sequence[Paragraph], height: float
    ) -> Box:
        box = Box(x=x, y=top, width=wide, height=height, fill=Role.PAGE, edge=Role.EDGE)
        self.boxes.append(box)
        space = height - _height(words, wide, lowest=0)
        self._write(words, x + PAD_X, top + PAD_Y + space / 2, wide - 2 * PAD_X)
        return box

    def _height(self, words: Sequence[Paragraph], column: int) -> float:
        return _height(words, self._columns[column][1])

    def _middle(self, column: int) -> float:
        x, wide = self._columns[column]
        return x + wide / 2

    def _below(self, above: Box, box: Box) -> Box:
        """Draw the arrow that leads down to `box`, and hand the box on."""
        x = above.middle[0]
        self.arrows.append(Arrow(points=((x, above.bottom), (x, box.y))))
        return box

    def _across(self, left: Box, right: Box) -> None:
        y = left.middle[1]
        self.arrows.append(Arrow(points=((left.right, y), (right.x, y))))

    def _band(self, name: str, top: float) -> None:
        box = Box(x=MARGIN, y=top, width=BAND, height=self.bottom - top, fill=Role.WASH)
        self.boxes.append(box)
        x, y = box.middle
        piece = Piece(text=name, strong=True, role=Role.ACCENT)
        wide = width(name, SIZE - 1, strong=True)
        start = run(piece, x + (SIZE - 1) * CAPITAL / 2, y + wide / 2, SIZE - 1)
        self.texts.append(replace(start, turn=-90, centred=True))

    def _stamp(self, x: float, y: float) -> None:
        wide, high, size, tracking, turn = STAMP
        self.boxes.append(
            Box(
                x=x - wide / 2,
                y=y - high / 2,
                width=wide,
                height=high,
                edge=Role.WARN,
                line=2,
                radius=6,
                turn=turn,
            )
        )
        piece = Piece(text="DRAFT", strong=True, role=Role.WARN)
        text = run(piece, 0, 0, size)
        letters = text.width + tracking * (len(piece.text) - 1)
        across, down = -letters / 2, size * CAPITAL / 2
        angle = radians(turn)
        self.texts.append(
            replace(
                text,
                x=x + across * cos(angle) - down * sin(angle),
                y=y + across * sin(angle) + down * cos(angle),
                width=letters,
                tracking=tracking,
                turn=turn,
                centred=True,
            )
        )

    def _write(
        self,
        words: Sequence[Paragraph],
        x: float,
        y: float,
        wide: float,
        size: float = SIZE,
        line: float = LINE,
    ) -> float:
        """Write paragraphs from the upper left corner; give the y below the last line."""
        texts, bottom = written(words, x, y, wide, size, line)
        self.texts += texts
        return bottom


def _height(words: Sequence[Paragraph], wide: float, lowest: float = LOWEST) -> float:
    """How high a box of that width must be to hold `words`."""
    rows = wrapped(words, wide - 2 * PAD_X, SIZE)
    return max(lowest, sum(LINE + row.above for row in rows) + 2 * PAD_Y)
