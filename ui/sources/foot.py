"""The foot of a view: a quiet sentence, and what ends the view."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.widgets import tokens
from ui.widgets.theme import look_of
from ui.widgets.words import ElidedWords, Row, Surface


class Foot(Surface):
    """A line at the foot of a view, under a hairline."""

    def __init__(
        self, sentence: str, buttons: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__("page", parent)
        self._sentence = ElidedWords(sentence, step="small", colour="quiet")
        row = Row(self, gap=12, margins=(tokens.MARGIN, 14, tokens.MARGIN, 14))
        row.addWidget(self._sentence, 1)
        for button in buttons:
            row.addWidget(button)

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self._sentence.setText(sentence)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and the hairline above it."""
        super().paintEvent(event)
        QPainter(self).fillRect(QRectF(0, 0, self.width(), 1), look_of(self).colour("line"))
