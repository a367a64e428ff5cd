"""The progress line: a long action, how far it is, and how to stop it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.theme import follow, look_of
from ui.widgets.words import ElidedWords, Row, Surface, Words


class ProgressLine(Surface):
    """What is being done, how many of how many, and *Stop*; takes the echo line's place."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._share = 0.0
        self._what = Words(step="strong")
        self._left = ElidedWords(step="small", colour="quiet")
        self.stop = Button("Stop", key="Esc")
        Row(self, gap=16, margins=(tokens.MARGIN, 3, 24, 0)).add(
            self._what,
            (self._left, 1),
            Words("Stopping changes nothing.", step="small", colour="quiet"),
            self.stop,
        )
        self.stop.clicked.connect(self.stopped)
        self.setAccessibleName("Progress")
        follow(self, self._restyle)

    def show_progress(self, what: str, done: int, total: int | None, left: str = "") -> None:
        """Say that `done` of `total` (None while unknown) are finished, and how long is left."""
        counted = f"{done:,} of {total:,}" if total else f"{done:,}" if done else ""
        self._what.setText(f"{what}: {counted}" if counted else what)
        self._left.setText(left)
        self._share = done / total if total else 0.0
        self.setAccessibleDescription(self._what.text())
        self.update()

    def _restyle(self) -> None:
        self.setFixedHeight(look_of(self).px(56))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and the share as its upper edge."""
        super().paintEvent(event)
        look = look_of(self)
        painter, thick = QPainter(self), look.px(3)
        painter.fillRect(QRectF(0, 0, self.width(), thick), look.colour("line"))
        painter.fillRect(
            QRectF(0, 0, self.width() * min(1.0, self._share), thick), look.colour("accent")
        )
