"""Two halves of a view side by side, one below the other where there is no room."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QScrollArea, QWidget

from ui.widgets import tokens
from ui.widgets.theme import look_of
from ui.widgets.words import Row

_NARROW = 720


class Halves(QScrollArea):
    """Scrolls down; the right half goes below the left one under 720 px."""

    def __init__(self, left: QLayout, right: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner = QWidget()
        self._row = Row(inner, gap=48, margins=(tokens.MARGIN, 24, tokens.MARGIN, 16))
        self._row.addLayout(left, 4)
        self._row.addWidget(right, 5)
        self.setWidget(inner)

    @property
    def side_by_side(self) -> bool:
        """Whether there is room for both halves in one row."""
        return self._row.direction() is QBoxLayout.Direction.LeftToRight

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the row into a column, or back."""
        wide = self.width() >= look_of(self).px(_NARROW)
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.LeftToRight if wide else direction.TopToBottom)
        super().resizeEvent(event)
