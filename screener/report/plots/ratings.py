"""Ratings drawn: a light for each study and item, and the share of each rating per item."""

from __future__ import annotations

from collections.abc import Mapping

from screener.model.words import counted
from screener.report.drawing import Drawing, Role
from screener.report.lettering import LINE, SIZE
from screener.report.plots.marks import OPEN, Mark
from screener.report.plots.said import RatedItem, Ratings
from screener.report.plots.sheet import DISC, MARGIN, Sheet, column, lines_of
from screener.report.typeface import width

_NAME = 250  # the widest the column of names is
_CELL = 32  # the least width of the column of an item
_ROW = 28
_APART = 12  # between the items and the overall rating
_ITEM = 300  # the widest the column of items is in the summary
_BAR, _HIGH = 300, 22
_LEAST_SIGN = 16  # a part of a bar that is narrower has its sign in the figures alone
_GAP = 16


def traffic_light(found: Ratings) -> Drawing:
    """Draw a row for each study with a mark for each item; what the codes mean stands below."""
    name = column([line.name for line in found.lines], _NAME)
    cells = [max(_CELL, width(i.code, SIZE, strong=True) + 12) for i in found.items]
    apart = _APART if found.overall and len(found.items) > 1 else 0
    left = MARGIN + name + _GAP
    sheet = Sheet(left + sum(cells) + apart + MARGIN)
    middles, x = [], left
    for place, cell in enumerate(cells):
        x += apart if place == len(cells) - 1 else 0
        middles.append(x + cell / 2)
        x += cell
    sheet.head(found.head)
    head = sheet.bottom + LINE / 2
    for item, middle in zip(found.items, middles, strict=True):
        sheet.word(item.code, middle, head, strong=True, centred=True)
    sheet.bottom += LINE + 4
    for line in found.lines:
        high = max(_ROW, lines_of(line.name, name) * LINE + 8)
        middle = sheet.bottom + high / 2
        sheet.hairline(sheet.bottom, right=x)
        sheet.block(line.name, MARGIN, middle, name)
        for mark, at in zip(line.marks, middles, strict=True):
            if mark is not None:
                sheet.mark(mark, at, middle)
        sheet.bottom += high
    sheet.legend(found.marks)
    for item in found.items:
        if item.words != item.code:
            sheet.small(f"{item.code}: {item.words}")
    return sheet.drawing(found.head, _spoken_lines(found))


def summary(found: Ratings) -> Drawing:
    """Draw a bar for each item, of the shares of each rating, with the numbers beside it."""
    said = [_item_words(item) for item in found.items]
    name = column(said, _ITEM)
    bar = MARGIN + name + _GAP
    marks = found.marks
    wide = [max(76, width(mark.words, SIZE, strong=False) + DISC + 14) for mark in marks]
    sheet = Sheet(bar + _BAR + _GAP + sum(wide) + MARGIN)
    rights, x = [], bar + _BAR + _GAP
    for each in wide:
        x += each
        rights.append(x)
    sheet.head(found.head)
    middle = sheet.bottom + DISC / 2
    for mark, right in zip(marks, rights, strict=True):
        start = right - width(mark.words, SIZE, strong=False)
        sheet.word(mark.words, start, middle)
        sheet.mark(mark, start - 6 - DISC / 2, middle)
    sheet.bottom += DISC + 8
    for place, words in enumerate(said):
        high = max(_HIGH + 10, lines_of(words, name) * LINE + 8)
        middle = sheet.bottom + high / 2
        if found.overall and place == len(said) - 1:
            sheet.hairline(sheet.bottom)
        sheet.block(words, MARGIN, middle, name)
        counts = found.counts(place)
        _bar(sheet, counts, bar, middle)
        whole = _agreed(counts)
        for mark, right in zip(marks, rights, strict=True):
            n = counts[mark]
            share = f" ({100 * n / whole:.0f} %)" if mark != OPEN and whole else ""
            quiet = Role.TEXT if n else Role.QUIET
            sheet.word(f"{n}{share}", right, middle, right=True, role=quiet)
        sheet.bottom += high
    return sheet.drawing(found.head, _spoken_items(found))


def _bar(sheet: Sheet, counts: Mapping[Mark, int], left: float, middle: float) -> None:
    """Draw the shares of what is agreed, each with its sign where there is room for it."""
    whole, top = _agreed(counts), middle - _HIGH / 2
    if not whole:
        sheet.box(left, top, _BAR, _HIGH, edge=Role.EDGE)
        return
    x = left
    for mark, n in counts.items():
        if not n or mark == OPEN:
            continue
        wide = _BAR * n / whole
        sheet.box(x, top, wide, _HIGH, fill=mark.role or Role.PAGE, edge=Role.EDGE)
        if wide >= _LEAST_SIGN + (8 if len(mark.sign) > 1 else 0):
            sheet.sign(mark, x + wide / 2, middle)
        x += wide


def _agreed(counts: Mapping[Mark, int]) -> int:
    return sum(n for mark, n in counts.items() if mark != OPEN)


def _item_words(item: RatedItem) -> str:
    return item.words if item.words == item.code else f"{item.code}: {item.words}"


def _spoken_lines(found: Ratings) -> str:
    said = []
    for line in found.lines:
        marked = zip(found.items, line.marks, strict=True)
        told = (f"{item.code} {mark.words.lower()}" for item, mark in marked if mark is not None)
        said.append(f"{line.name}: {', '.join(told)}.")
    return " ".join(said)


def _spoken_items(found: Ratings) -> str:
    said = []
    for place, item in enumerate(found.items):
        some = (f"{mark.words.lower()} {n}" for mark, n in found.counts(place).items() if n)
        said.append(f"{item.words}, {counted(len(found.lines), 'line')}: {', '.join(some)}.")
    return " ".join(said)
