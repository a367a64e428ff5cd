"""A list whose rows are of different heights."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from ui.widgets.lists import RowList, is_letter
from ui.widgets.ring import Ringed
from ui.widgets.rows import RowsModel


class Lines(Ringed, RowList):
    """`marked` says that a person marked another row, `focused` that the list has the keyboard.

    A subclass says how high a row is. What follows from a mark changes rows: that comes after the
    key or the click that set it, which Qt has not done with before.
    """

    marked = Signal()
    focused = Signal()

    def __init__(self, name: str, rows: RowsModel[Any]) -> None:
        self.rows = rows
        super().__init__(name, rows)
        self._showing = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self.marked)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentRowChanged.connect(self._on_current)

    def height_of(self, row: int) -> int:
        """Return the height of a row in pixels."""
        raise NotImplementedError

    def current(self) -> int:
        """Return the row that is marked, -1 for none."""
        return self.currentIndex().row()

    def show_rows(self, rows: Sequence[object], at: int) -> None:
        """Show these rows, and one of them marked; what is in sight stays there."""
        self._showing, before = True, self.verticalScrollBar().value()
        self.rows.set_rows(rows)
        self.lay()
        self.verticalScrollBar().setValue(before)
        self._showing = False
        self.mark(at)

    def mark(self, at: int) -> None:
        """Mark a row and bring it into sight; `marked` is not said."""
        self._showing = True
        index = self.rows.index(at, 0)
        self.setCurrentIndex(index)
        if index.isValid():
            self.scrollTo(index)
        self._showing = False

    def _on_current(self) -> None:
        if not self._showing:
            self._soon.start()

    def lay(self, few: Iterable[int] | None = None) -> None:
        """Give every row its height, or a few of them."""
        changed = False
        for row in range(self.rows.rowCount()) if few is None else few:
            height = self.height_of(row)
            if height != self.rowHeight(row):
                self.setRowHeight(row, height)
                changed = True
        if changed:  # Qt would do so later, and scroll until then as far as it went before
            self.updateGeometries()

    def restyle(self) -> None:
        """Take the heights of rows from the look."""
        super().restyle()
        self.lay()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the rows anew: what is broken into lines is as high as its width lets it be."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.lay()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the list has the keyboard."""
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move; letters belong to the page."""
        if is_letter(event):
            event.ignore()
        else:
            super().keyPressEvent(event)
