"""Records side by side: one field a row, equal columns, the names of the fields in view."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QScrollArea, QWidget

from ui.duplicates.groups import Line, letter
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.diffcell import DiffCell, differing
from ui.widgets.marks import paint_fade
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Surface, Words, drop

_LABELS, _GAP, _ROW_GAP = 112, 32, 12
_NARROWEST, _WIDEST = 240, 460
_SCROLLS = {Qt.Key.Key_PageDown: 1.0, Qt.Key.Key_Space: 1.0, Qt.Key.Key_PageUp: -1.0}
_NONE = "none"


def _cell_name(line: Line, column: int) -> str:
    return f"{line.label} of {letter(column)}"


class _Fade(QWidget):
    """Lets the last lines fade into the page while there is more below."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        bar = area.verticalScrollBar()
        bar.valueChanged.connect(self.place)
        bar.rangeChanged.connect(self.place)

    def place(self) -> None:
        """Lie over the foot of the area, when there is more below."""
        look, bar, port = look_of(self), self._area.verticalScrollBar(), self._area.viewport()
        height = look.px(tokens.FADE)
        self.setGeometry(port.x(), port.geometry().bottom() + 1 - height, port.width(), height)
        self.setVisible(bar.value() < bar.maximum() and not look.high_contrast)
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint from nothing to the page's colour."""
        paint_fade(QPainter(self), QRectF(self.rect()), look_of(self))


class SideBySide(QScrollArea):
    """Scrolls down as a whole; sideways the labels stay. `pressed` carries a column's number."""

    pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Records side by side")
        self.heads: list[Button] = []
        self._labels: list[Words] = []
        self._cells: list[list[QWidget]] = []
        self._lines: tuple[Line, ...] = ()
        self._sheet = Surface("page")
        self._names = Surface("page", self._sheet)
        self.setWidget(self._sheet)
        self.setCornerWidget(Surface("page"))
        self._fade = _Fade(self)
        self._presses = QButtonGroup(self)
        self._presses.idClicked.connect(self.pressed)
        self.horizontalScrollBar().valueChanged.connect(self._on_sideways)
        follow(self, self._lay_out)

    def show_lines(self, count: int, lines: Sequence[Line]) -> None:
        """Show `count` columns with these fields."""
        drop(*self.heads, *self._labels, *(c for row in self._cells for c in row))
        self.heads = [self._head(number) for number in range(count)]
        self._labels = [
            Words(line.label, step="small", colour="quiet", parent=self._names) for line in lines
        ]
        self._cells = [self._row(line) for line in lines]
        self._lines = tuple(lines)
        for widget in (*self.heads, *self._labels, *(c for row in self._cells for c in row)):
            widget.show()
        self._names.raise_()
        self._lay_out()
        self.verticalScrollBar().setValue(0)
        self.horizontalScrollBar().setValue(0)

    def _head(self, number: int) -> Button:
        head = Button(letter(number), kind="quiet", parent=self._sheet)
        self._presses.addButton(head, number)
        return head

    def _row(self, line: Line) -> list[QWidget]:
        if not line.differs:
            return [
                Words(text, step=line.step, colour="quiet", wrap=True, parent=self._sheet)
                for text in line.texts
            ]
        spans = differing(line.texts)
        cells: list[QWidget] = []
        for place, text in enumerate(line.texts):
            cell: QWidget
            if text:
                cell = DiffCell(text, spans[place], step=line.step, parent=self._sheet)
            else:
                cell = Words(_NONE, step=line.step, colour="quiet", wrap=True, parent=self._sheet)
                cell.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            cell.setAccessibleName(f"{_cell_name(line, place)}: {text or _NONE}")
            cells.append(cell)
        return cells

    def say_given(self, shown: int, given: Mapping[str, int]) -> None:
        """Say in the empty cells of the shown record which column fills them, by their lines."""
        for line, cells in zip(self._lines, self._cells, strict=True):
            for place, cell in enumerate(cells):
                if isinstance(cell, Words) and line.differs:
                    giver = given.get(line.label) if place == shown else None
                    words = _NONE if giver is None else f"{_NONE}; shown from {letter(giver)}"
                    cell.setText(words)
                    cell.setAccessibleName(f"{_cell_name(line, place)}: {words}")

    def _lay_out(self) -> None:
        """Give every column the same width and every row the height of its highest cell."""
        px = look_of(self).px
        count = max(1, len(self.heads))
        margin, labels, gap = px(tokens.MARGIN), px(_LABELS), px(_GAP)
        first = margin + labels
        room = self.viewport().width() - first - margin - (count - 1) * gap
        width = min(px(_WIDEST), max(px(_NARROWEST), room // count))
        lefts = [first + place * (width + gap) for place in range(count)]
        top = px(8)
        for left, head in zip(lefts, self.heads, strict=False):
            head.setGeometry(left, top, min(width, head.sizeHint().width()), px(24))
        top += px(28)
        for label, cells, line in zip(self._labels, self._cells, self._lines, strict=True):
            first_line = look_of(self).line(line.step)
            height = max((cell.heightForWidth(width) for cell in cells), default=0)
            small = look_of(self).line("small")
            label.setGeometry(margin, top + (first_line - small) // 2, labels - px(8), small)
            for left, cell in zip(lefts, cells, strict=False):
                cell.setGeometry(QRect(left, top, width, height))
            top += height + px(_ROW_GAP)
        whole = max(self.viewport().width(), lefts[-1] + width + margin)
        top += px(tokens.FADE)  # the last line can be read above the fade
        self._sheet.resize(whole, max(top, self.viewport().height()))
        self._names.resize(first - px(8), self._sheet.height())
        self._on_sideways(self.horizontalScrollBar().value())
        self._fade.place()

    def _on_sideways(self, value: int) -> None:
        self._names.move(value, 0)

    def show_column(self, number: int) -> None:
        """Bring a column into sight."""
        if 0 <= number < len(self.heads):
            self.ensureWidgetVisible(self.heads[number], look_of(self).px(_NARROWEST), 0)
            self.verticalScrollBar().setValue(self.verticalScrollBar().value())

    def look_sideways(self, step: int) -> None:
        """Bring the columns to the left (-1) or right (1) into sight."""
        if len(self.heads) > 1:
            column = self.heads[1].x() - self.heads[0].x()
            bar = self.horizontalScrollBar()
            bar.setValue(bar.value() + step * column)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width anew."""
        super().resizeEvent(event)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Scroll by pages; every other key belongs to the page."""
        pages = _SCROLLS.get(Qt.Key(event.key()))
        if pages is None:
            event.ignore()
            return
        if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            pages = -pages
        bar = self.verticalScrollBar()
        step = bar.pageStep() - look_of(self).line("abstract")
        bar.setValue(round(bar.value() + pages * step))
