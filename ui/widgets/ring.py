"""The focus ring: 2 px wide, 2 px outside the control, only when the keyboard brought the focus."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from ui.widgets import tokens
from ui.widgets.theme import look_of

_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_MOVES = (QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide)


class FocusRing(QWidget):
    """The one ring of a window, lying over whatever has the keyboard's focus."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.around: QWidget | None = None
        self._watched: list[QWidget] = []

    def surround(self, widget: QWidget) -> None:
        """Lie around `widget` and move with it."""
        self.leave()
        self.around = widget
        step: QWidget | None = widget
        while step is not None and step is not self.parentWidget():
            step.installEventFilter(self)
            self._watched.append(step)
            step = step.parentWidget()
        self._place()

    def leave(self, widget: QWidget | None = None) -> None:
        """Go away, when it lies around `widget` (or around anything)."""
        if widget is not None and widget is not self.around:
            return
        for step in self._watched:
            step.removeEventFilter(self)
        self._watched.clear()
        self.around = None
        self.hide()

    def _place(self) -> None:
        widget, window = self.around, self.window()
        if widget is None:
            return
        reach = look_of(self).px(2 * tokens.RING)
        area = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
        self.setGeometry(area.adjusted(-reach, -reach, reach, reach))
        self.setVisible(widget.isVisible())
        self.raise_()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the widget and everything it lies in."""
        if event.type() in _MOVES:
            self._place()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the ring."""
        look = look_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = look.px(tokens.RING)
        painter.setPen(QPen(look.colour("focus"), width))
        radius = look.px(tokens.RADIUS + tokens.RING)
        half = width / 2
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(half, half, -half, -half), radius, radius
        )


def ring_of(widget: QWidget) -> FocusRing:
    """Return the ring of the window that `widget` stands in."""
    window = widget.window()
    ring = window.findChild(FocusRing, options=Qt.FindChildOption.FindDirectChildrenOnly)
    return ring if isinstance(ring, FocusRing) else FocusRing(window)


# A mixin: PySide makes no class of two of its own.
class Ringed(QWidget if TYPE_CHECKING else object):  # type: ignore[misc]
    """A widget that wears the focus ring while the keyboard brought the focus to it."""

    def _ringed(self) -> QWidget:
        return self.viewport() if isinstance(self, QAbstractScrollArea) else self

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard brought the focus."""
        super().focusInEvent(event)
        if event.reason() in _KEYBOARD:
            ring_of(self).surround(self._ringed())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        ring_of(self).leave(self._ringed())
