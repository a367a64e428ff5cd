"""A word with a box before it that is ticked or not."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QKeyEvent, QPainter

from ui.widgets.button import Button, Paint
from ui.widgets.marks import paint_outline, paint_sign
from ui.widgets.theme import Look


def _never() -> bool:
    return False


class Tick(Button):
    """One thing to tick; Space and a click change it, the arrows move, Enter is the card's.

    `strays` says that the blank which is pressed belongs to what was being typed elsewhere.
    """

    lead = 30

    def __init__(
        self, name: str, second: str = "", strays: Callable[[], bool] = _never, *, on: bool = False
    ) -> None:
        self._beside, self._strays = second, strays
        super().__init__(name, kind="words", name=name)
        self.setCheckable(True)
        self.setChecked(on)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.toggled.connect(self._restyle)
        self._restyle()

    def _name(self) -> str:
        parts = [self.text(), self._beside, "ticked" if self.isChecked() else "not ticked"]
        return ", ".join(part for part in parts if part)

    def _colours(self) -> Paint:
        return Paint(fill="", edge="", text="text", second="quiet", cap="quiet")

    def _paint_lead(self, painter: QPainter, look: Look, paint: Paint, area: QRectF) -> None:
        side = look.px(18)
        box = QRectF(area.left(), area.center().y() - side / 2, side, side)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            box.moveRight(area.right())
        paint_outline(painter, box, look, "edge", fill="raised", radius=3)
        if self.isChecked():
            inside = box.adjusted(side / 6, side / 6, -side / 6, -side / 6)
            paint_sign(painter, inside, "met", look.colour("text"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Change it with Space; all other keys go to the card."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        elif key == Qt.Key.Key_Space and not self._strays():
            super().keyPressEvent(event)
        else:
            event.ignore()
