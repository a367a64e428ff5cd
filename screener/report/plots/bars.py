"""Bars: the score of each study out of what is possible, and how many studies there are of each."""

from __future__ import annotations

from decimal import Decimal
from math import ceil

from screener.report.drawing import Drawing, Role
from screener.report.lettering import LINE, SIZE
from screener.report.plots.said import Counts, Score, Scores
from screener.report.plots.sheet import MARGIN, Sheet, column, lines_of
from screener.report.typeface import width

_NAME = 260  # the widest the column of names is
_BAR, _HIGH = 360, 14
_ROW = 26
_GAP = 16
_SMALL = 12.5
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
_MOST_TICKS = 9


def scores(found: Scores) -> Drawing:
    """Draw a bar for each study: filled as far as its score, outlined as far as is possible."""
    most = max((line.possible for line in found.lines), default=Decimal(0)) or Decimal(1)
    name = column([line.name for line in found.lines], _NAME)
    words = column([line.words for line in found.lines], 400)
    left = MARGIN + name + _GAP
    sheet = Sheet(left + _BAR + _GAP + words + MARGIN)
    sheet.head(found.head)

    def place(score: Decimal) -> float:
        return left + _BAR * float(score / most)

    for start, text in found.bands:
        sheet.word(f"{text}: from {start:f}", place(start), sheet.bottom + 8, size=_SMALL,
                   role=Role.ACCENT, centred=True)  # fmt: skip
    sheet.bottom += 20 if found.bands else 0
    top = sheet.bottom
    for line in found.lines:
        high = max(_ROW, lines_of(line.name, name) * LINE + 6)
        _score(
            sheet,
            line,
            sheet.bottom + high / 2,
            left,
            name,
            place(line.total),
            place(line.possible),
        )
        sheet.bottom += high
    for start, _ in found.bands:
        sheet.box(place(start) - 0.75, top, 1.5, sheet.bottom - top, fill=Role.ACCENT)
    sheet.hairline(sheet.bottom + 3, left, left + _BAR)
    for tick in _ticks(most):
        sheet.word(f"{tick:f}", place(tick), sheet.bottom + 14, size=_SMALL, role=Role.QUIET,
                   centred=True)  # fmt: skip
    sheet.bottom += 24
    sheet.small("The filled part is the score, the outline what is possible.")
    if not all(line.whole for line in found.lines):
        sheet.small("A pale part may still grow: items are open.")
    spoken = (f"{line.name}: {line.words}." for line in found.lines)
    return sheet.drawing(found.head, " ".join(spoken))


def _score(
    sheet: Sheet, line: Score, middle: float, left: float, name: float, at: float, end: float
) -> None:
    sheet.block(line.name, MARGIN, middle, name)
    top = middle - _HIGH / 2
    sheet.box(left, top, max(end - left, 1), _HIGH, edge=Role.EDGE)
    # What is not whole is paler: it may still grow, and says so in words.
    fill = Role.ACCENT if line.whole else Role.WASH
    if at > left:
        sheet.box(left, top, at - left, _HIGH, fill=fill, edge=Role.EDGE)
    sheet.word(line.words, left + _BAR + _GAP, middle)


def _ticks(most: Decimal) -> list[Decimal]:
    """Return the numbers below the axis: round ones, and the most that is possible."""
    step = next((s for s in _STEPS if most / s <= _MOST_TICKS), ceil(most / _MOST_TICKS))
    ticks = [Decimal(n) for n in range(0, int(most) + 1, step)]
    if ticks[-1] != most:
        if most - ticks[-1] < Decimal(step) / 2 and len(ticks) > 1:
            ticks.pop()
        ticks.append(most)
    return ticks


def counts(found: Counts) -> Drawing:
    """Draw a bar for each kind of study with how many there are; empty for what is open."""
    name = column([line.name for line in found.lines], _NAME)
    most = max((line.studies for line in found.lines), default=0) or 1
    left = MARGIN + name + _GAP
    number = width(f"{most}", SIZE, strong=True)
    sheet = Sheet(left + _BAR + 8 + number + MARGIN)
    sheet.head(found.head)
    for line in found.lines:
        high = max(_ROW, lines_of(line.name, name) * LINE + 6)
        middle = sheet.bottom + high / 2
        sheet.block(line.name, MARGIN, middle, name)
        wide = _BAR * line.studies / most
        if line.studies:
            fill = None if line.open else Role.ACCENT
            sheet.box(left, middle - _HIGH / 2, wide, _HIGH, fill=fill, edge=Role.EDGE)
        sheet.word(f"{line.studies}", left + wide + 8, middle, strong=True)
        sheet.bottom += high
    spoken = (f"{line.name}: {line.studies}." for line in found.lines)
    return sheet.drawing(found.head, " ".join(spoken))
