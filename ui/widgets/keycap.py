"""Key caps: the key that presses a control, drawn on it."""

from __future__ import annotations

import sys

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets import tokens
from ui.widgets.theme import Look, follow, look_of

_HEIGHT = 20
_SIGNS = {"Backspace": "⌫", "-": "−", "Left": "←", "Right": "→", "Up": "↑", "Down": "↓"}
"""What stands on a cap for a key; aloud its name is said."""
_NAMES = {
    "Return": "Enter",
    "Escape": "Esc",
    "PgDown": "Page Down",
    "PgUp": "Page Up",
}
_MAC = {"Ctrl": "Cmd", "Meta": "Control", "Alt": "Option"}
"""What Qt's names of keys stand for on a Mac: it takes Command where others take Control."""


def key_words(key: str, platform: str = sys.platform) -> str:
    """Return a key sequence ("Ctrl+I", "Backspace") as it is shown everywhere, as on a key cap."""
    return " ".join(_SIGNS.get(part, part) for part in _parts(key, platform))


def key_spoken(key: str, platform: str = sys.platform) -> str:
    """Return a key sequence as it is said aloud: as `key_words`, without signs."""
    words = {sign: name for name, sign in _SIGNS.items()} | {"-": "minus", "−": "minus"}
    return " ".join(words.get(part, part) for part in _parts(key, platform))


def _parts(key: str, platform: str) -> list[str]:
    if len(key) < 2 or " " in key:  # it stands on a cap already
        return [key]
    parts = [*key[:-2].split("+"), "+"] if key.endswith("++") else key.split("+")
    names = _NAMES | _MAC if platform == "darwin" else _NAMES
    return [names.get(part, part) for part in parts]


def cap_size(look: Look, key: str) -> QSize:
    """Return how much room a key cap takes."""
    height = look.px(_HEIGHT)
    words = look.width("label", key_words(key))
    return QSize(max(height, round(words) + look.px(10)), height)


def paint_cap(painter: QPainter, rect: QRectF, look: Look, key: str, colour: QColor) -> None:
    """Paint a key cap into `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour, look.px(tokens.HAIRLINE)))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    radius = look.px(tokens.RADIUS_SMALL)
    painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
    painter.setFont(look.font("label"))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, key_words(key))
    painter.restore()


class KeyCap(QWidget):
    """A key cap by itself, such as in a table of keys."""

    def __init__(self, key: str, *, colour: str = "quiet", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._colour = colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_key(key)
        follow(self, self.updateGeometry)

    def set_key(self, key: str) -> None:
        """Show another key."""
        self.key = key
        self.setAccessibleName(f"key {key_spoken(key)}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the key's words."""
        return cap_size(look_of(self), self.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the cap."""
        look = look_of(self)
        paint_cap(QPainter(self), QRectF(self.rect()), look, self.key, look.colour(self._colour))
