"""A segmented control: a few choices side by side in one outline."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.marks import paint_outline
from ui.widgets.ring import Ringed
from ui.widgets.theme import Look, follow, look_of
from ui.widgets.words import announce


class Segmented(Ringed, QWidget):
    """Exactly one of a few words is taken; arrow keys move, `chosen` carries the id."""

    chosen = Signal(str)

    def __init__(
        self, choices: Sequence[tuple[str, str]], *, name: str, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._choices = tuple(choices)
        self._current = self._choices[0][0]
        self._name = name
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._say()
        follow(self, self.updateGeometry)

    def current(self) -> str:
        """Return the id that is taken."""
        return self._current

    def choose(self, id_: str) -> None:
        """Take a choice; says nothing."""
        self._current = id_
        self._say()
        self.update()

    def _say(self) -> None:
        self.setAccessibleName(f"{self._name}: {dict(self._choices)[self._current]}")

    def _take(self, place: int) -> None:
        id_, words = self._choices[place]
        if id_ != self._current:
            self.choose(id_)
            announce(self, words)
            self.chosen.emit(id_)

    def _places(self, look: Look) -> list[QRectF]:
        """Give the area of each choice, left to right on the screen."""
        metrics, edge = QFontMetricsF(look.font("label")), look.px(14)
        found, left = [], 0.0
        for _, words in self._choices:
            width = math.ceil(metrics.horizontalAdvance(words)) + 2 * edge
            found.append(QRectF(left, 0, width, look.px(28)))
            left += width
        return found

    def sizeHint(self) -> QSize:
        """Give every choice the room of its words."""
        last = self._places(look_of(self))[-1]
        return QSize(math.ceil(last.right()), math.ceil(last.height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the outline, the words, and the one that is taken."""
        look, painter = look_of(self), QPainter(self)
        painter.setFont(look.font("label"))
        places = self._places(look)
        outline = QRectF(0, 0, places[-1].right(), places[-1].height())
        edge = "edge" if self.isEnabled() else "line"
        paint_outline(painter, outline, look, edge, fill="raised", width=look.px(1))
        painter.setPen(QPen(look.colour("line"), 1))
        for place in places[1:]:
            x = round(place.left()) + 0.5
            inset = look.px(6)
            painter.drawLine(QPointF(x, inset), QPointF(x, place.height() - inset))
        for (id_, words), place in zip(self._choices, places, strict=True):
            taken = id_ == self._current
            if taken:
                thick = look.px(2)
                paint_outline(
                    painter, place, look, "accent", fill="wash", width=thick, inset=thick / 2
                )
            plain = "text" if self.isEnabled() else "quiet"
            painter.setPen(look.colour("accent" if taken else plain))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the choice that is clicked."""
        for number, place in enumerate(self._places(look_of(self))):
            if place.contains(event.position()):
                self._take(number)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrow keys."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1}
        step = next((s for key, s in steps.items() if key == event.key()), 0)
        if not step:
            super().keyPressEvent(event)
            return
        now = [id_ for id_, _ in self._choices].index(self._current)
        self._take(min(len(self._choices) - 1, max(0, now + step)))
