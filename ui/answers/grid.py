"""The painted table of a list: headings, rows and hairlines, as many columns as there is room."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import ceil
from typing import Protocol

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui.widgets.lists import paint_hairline, paint_words
from ui.widgets.theme import Look, follow, look_of

ROW = 32
"""The height of a row."""
EDGE, END, GAP = 28, 20, 16
"""The room before the first column, behind the last one, and between two."""
_NUMBER, _WORDS = 76, 132
"""The least widths of columns of numbers, and of words."""
_AROUND = 28
"""The room around the words of the field: its edge, its padding, and the cursor."""
_WRAP = Qt.TextFlag.TextWordWrap
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_SIDES = ((0, -1), (0, 1))
_STEPS = {
    Qt.Key.Key_Return: (1, 0),
    Qt.Key.Key_Enter: (1, 0),
    Qt.Key.Key_Down: (1, 0),
    Qt.Key.Key_Up: (-1, 0),
    Qt.Key.Key_Left: (0, -1),
    Qt.Key.Key_Right: (0, 1),
}
Spot = tuple[int, int]
"""A cell by its row and column; the row after the last one is the next row to be typed."""


class Shown(Protocol):
    """What the grid asks of its table."""

    headings: list[str]

    @property
    def key_columns(self) -> int:
        """How many columns name the row."""

    @property
    def count(self) -> int:
        """How many rows there are."""

    @property
    def grows(self) -> bool:
        """Whether rows can be added."""

    @property
    def focused(self) -> Spot | None:
        """The cell in focus."""

    def side(self, column: int) -> Qt.AlignmentFlag:
        """Return where the words of a column stand."""

    def cell_words(self, spot: Spot) -> tuple[str, str]:
        """Return what a cell says, and in which colour."""

    def next_words(self) -> str:
        """Return what stands in the place of the next row."""


class CellEditor(QLineEdit):
    """The field over a cell: arrows and Enter leave it as in a spreadsheet.

    `pastes` takes text that is several cells, and says whether it is; `stays` says that what stands
    in the cell has to be mended, which Enter does not leave. `moved` says how many rows down and
    columns to the right the keyboard wants to go.
    """

    moved = Signal(int, int)

    def __init__(
        self, parent: QWidget, pastes: Callable[[str], bool], stays: Callable[[], bool]
    ) -> None:
        super().__init__(parent)
        self._over = parent
        self._pastes, self._stays = pastes, stays

    def cover(self, area: QRectF, side: Qt.AlignmentFlag) -> None:
        """Lie over a cell, and beside it as far as its words need; they begin or end there."""
        px, whole = look_of(self).px, self._over.rect()
        words = self.fontMetrics().horizontalAdvance(self.text()) + px(_AROUND)
        lies = area.adjusted(-px(10), 0, px(10), 0)
        wide = min(max(lies.width(), words), whole.width())
        if side is Qt.AlignmentFlag.AlignRight:
            lies.setLeft(max(lies.right() - wide, 0))
        lies.setRight(min(lies.left() + wide, whole.right()))
        self.setGeometry(lies.toRect())
        self.setAlignment(side)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keys of a spreadsheet; left and right only where there is no text to move in."""
        whole, at = self.selectedText() == self.text(), self.cursorPosition()
        step = _STEPS.get(Qt.Key(event.key())) if not event.modifiers() & ~_KEYPAD else None
        inside = step in _SIDES and not whole and at != (0 if step == (0, -1) else len(self.text()))
        paste = event.matches(QKeySequence.StandardKey.Paste)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._stays():
            self.selectAll()
        elif step is not None and not inside:
            self.moved.emit(*step)
        elif not (paste and self._pastes(QGuiApplication.clipboard().text())):
            super().keyPressEvent(event)


class TableGrid(QWidget):
    """Paints a table; the cell in focus is a field that lies over it."""

    pressed = Signal(int, int)
    resized = Signal()

    def __init__(self, table: Shown, parent: QWidget) -> None:
        super().__init__(parent)
        self._table = table
        self._first = 0  # the first column of answers that is shown, where there is no room for all
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, self.updateGeometry)

    def _least(self, column: int) -> int:
        """Return the least width of a column; one of numbers has room for "not reported" too."""
        look, table = look_of(self), self._table
        if table.side(column) is not Qt.AlignmentFlag.AlignRight:
            return look.px(_WORDS)
        metrics = QFontMetricsF(look.font("body"))
        cells = (table.cell_words((row, column))[0] for row in range(table.count))
        widest = max(map(metrics.horizontalAdvance, cells), default=0)
        return min(max(look.px(_NUMBER), ceil(widest) + 1), look.px(_WORDS))

    def _columns(self, room: float) -> list[int]:
        """Return the columns there is room for: the names of rows, and some of the answers."""
        table = self._table
        keys, every = list(range(table.key_columns)), len(table.headings)
        gap = look_of(self).px(GAP)
        focused = table.focused[1] if table.focused is not None else 0
        first = max(min(self._first, every - 1), table.key_columns)
        if focused >= table.key_columns:
            first = min(first, focused)
        while True:
            found, used = list(keys), float(sum(self._least(c) + gap for c in keys))
            for column in range(first, every):
                used += self._least(column) + gap
                if used - gap > room and len(found) > len(keys):
                    break
                found.append(column)
            if focused in found or focused < table.key_columns or first >= focused:
                self._first = first
                return found
            first += 1

    def edges(self) -> list[tuple[int, float, float]]:
        """Return the columns that are shown, each with its left and right edge."""
        px = look_of(self).px
        left, right = px(EDGE), max(self.width() - px(END), px(EDGE) + px(_WORDS))
        columns = self._columns(right - left)
        spare = right - left - sum(self._least(c) for c in columns) - px(GAP) * (len(columns) - 1)
        words = [c for c in columns if self._table.side(c) is not Qt.AlignmentFlag.AlignRight]
        found, at = [], float(left)
        for column in columns:
            width = self._least(column) + (spare / len(words) if column in words else 0)
            found.append((column, at, at + width))
            at += width + px(GAP)
        return found

    def hidden_columns(self) -> int:
        """Return for how many columns there is no room."""
        return len(self._table.headings) - len(self.edges())

    def _head(self, look: Look) -> int:
        metrics = QFontMetricsF(look.font("label"))
        heights = [
            metrics.boundingRect(
                QRectF(0, 0, right - left, 1000), int(_WRAP), self._table.headings[column]
            ).height()
            for column, left, right in self.edges()
        ]
        return round(max(heights, default=0)) + look.px(12)

    def area_of(self, spot: Spot) -> QRectF:
        """Return where a cell lies."""
        return self._area(spot, self._head(look_of(self)), self.edges())

    def _area(self, spot: Spot, head: float, edges: Sequence[tuple[int, float, float]]) -> QRectF:
        """Return where a cell lies, below the headings and between the edges, which cost to ask."""
        high = look_of(self).px(ROW)
        for column, left, right in edges:
            if column == spot[1]:
                return QRectF(left, head + spot[0] * high, right - left, high)
        return QRectF()

    def sizeHint(self) -> QSize:
        """Be as high as the rows, and the next one where there may be one."""
        look = look_of(self)
        rows = self._table.count + (1 if self._table.grows or not self._table.count else 0)
        return QSize(look.px(240), self._head(look) + rows * look.px(ROW) + look.px(4))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint headings, cells and hairlines."""
        look, painter, table = look_of(self), QPainter(self), self._table
        head, edges = self._head(look), self.edges()
        painter.setFont(look.font("label"))
        painter.setPen(look.colour("quiet"))
        for column, left, right in edges:
            area = QRectF(left, look.px(4), right - left, head - look.px(8))
            side = table.side(column) | Qt.AlignmentFlag.AlignBottom
            painter.drawText(area, int(side | _WRAP), table.headings[column])
        left_edge, right_edge = look.px(EDGE), self.width() - look.px(END)
        paint_hairline(painter, QRectF(left_edge, 0, right_edge - left_edge, head), look)
        for row in range(table.count):
            for column, *_ in edges:
                words, colour = table.cell_words((row, column))
                area = self._area((row, column), head, edges)
                paint_words(painter, look, area, words, colour=colour, side=table.side(column))
            line = self._area((row, 0), head, edges)
            line.setRight(right_edge)
            paint_hairline(painter, line, look)
        if table.focused is None or table.focused[0] != table.count:  # the field lies over a part
            area = self.area_of((table.count, 0))
            area.setRight(right_edge)
            paint_words(painter, look, area, table.next_words(), colour="quiet")

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Go to the cell that is pressed."""
        look = look_of(self)
        row = int((event.position().y() - self._head(look)) // look.px(ROW))
        column = next((c for c, _, r in self.edges() if event.position().x() < r), 0)
        self.pressed.emit(max(0, row), column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say that cells may lie elsewhere."""
        super().resizeEvent(event)
        self.resized.emit()
