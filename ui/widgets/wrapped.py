"""Buttons side by side that go on in another row where there is no room for all."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.theme import follow, look_of


class Wrapped(QWidget):
    """Lays its widgets in rows, as words in a paragraph; the last ones at the far side.

    `far` counts the last widgets that stand at the right as long as all share one row.
    """

    def __init__(
        self, *, gap: int = 8, row_gap: int = 8, far: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._gap, self._row_gap, self._far = gap, row_gap, far
        self._widgets: list[QWidget] = []
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, self.arrange)

    def set_widgets(self, widgets: Sequence[QWidget], *, far: int | None = None) -> None:
        """Lay these widgets; `far` counts from now on how many stand at the far side."""
        self._far = self._far if far is None else far
        for old in self._widgets:
            if old not in widgets:
                old.hide()
                old.deleteLater()
        self._widgets = list(widgets)
        for widget in widgets:
            widget.setParent(self)
            widget.show()
        self.arrange()

    def arrange(self) -> None:
        """Place the widgets anew and be as high as they need."""
        look = look_of(self)
        gap, row_gap = look.px(self._gap), look.px(self._row_gap)
        shown = [w for w in self._widgets if not w.isHidden()]
        whole = sum(self._size(w).width() + gap for w in shown) - gap
        if whole <= self.width():
            height = self._one_row(shown, gap)
        else:
            height = self._rows(shown, gap, row_gap)
        if height != self.minimumHeight() or height != self.maximumHeight():
            self.setFixedHeight(height)

    def sizeHint(self) -> QSize:
        """Ask for the width of one row."""
        gap = look_of(self).px(self._gap)
        widths = [w.sizeHint().width() + gap for w in self._widgets if not w.isHidden()]
        return QSize(max(0, sum(widths) - gap), self.minimumHeight())

    def _one_row(self, shown: Sequence[QWidget], gap: int) -> int:
        height = max((self._size(w).height() for w in shown), default=0)
        hidden = sum(w.isHidden() for w in self._widgets[len(self._widgets) - self._far :])
        far = self._far - hidden
        near = shown[: max(0, len(shown) - far)]
        left = 0
        for widget in near:
            left = self._put(widget, left, 0, height) + gap
        right = self.width()
        for widget in reversed(shown[len(near) :]):
            right -= self._size(widget).width()
            self._put(widget, right, 0, height)
            right -= gap
        return height

    def _rows(self, shown: Sequence[QWidget], gap: int, row_gap: int) -> int:
        rows: list[list[QWidget]] = [[]]
        left = top = 0
        for widget in shown:
            wide = self._size(widget).width()
            if left and left + wide > self.width():
                rows.append([])
                left = 0
            rows[-1].append(widget)
            left += wide + gap
        for row in rows:
            high = max((self._size(w).height() for w in row), default=0)
            left = 0
            for widget in row:
                left = self._put(widget, left, top, high) + gap
            top += high + row_gap
        return top - row_gap

    def _size(self, widget: QWidget) -> QSize:
        """Return what a widget wants, within its bounds and never wider than a row."""
        hint = widget.sizeHint().expandedTo(widget.minimumSize())
        return hint.boundedTo(widget.maximumSize()).boundedTo(QSize(self.width(), hint.height()))

    def _put(self, widget: QWidget, left: int, top: int, row: int) -> int:
        """Place a widget in the middle of its row; return where it ends."""
        hint = self._size(widget)
        place = QRect(left, top + (row - hint.height()) // 2, hint.width(), hint.height())
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            place.moveRight(self.width() - 1 - left)
        widget.setGeometry(place)
        return left + hint.width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the rows where they end now."""
        super().resizeEvent(event)
        self.arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay anew: nobody is asked for room for words that change where they are not seen."""
        super().showEvent(event)
        self.arrange()

    def event(self, event: QEvent) -> bool:
        """Lay again when a widget needs other room, or comes or goes."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.arrange()
        return super().event(event)
