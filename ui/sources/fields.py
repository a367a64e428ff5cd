"""Fields a person types into: one line, several lines, and the grid they stand in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.widgets import tokens
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Words

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineField(QLineEdit):
    """One line; a file dropped on it goes to the page."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAcceptDrops(False)
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.setFont(look_of(self).font("body"))
        self.setFixedHeight(look_of(self).px(tokens.CONTROL))


class TextField(QPlainTextEdit):
    """Several lines; Enter begins a new one, Ctrl+Enter goes to the page, Tab leaves."""

    def __init__(self, name: str, *, lines: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self.setAccessibleName(name)
        self.setAcceptDrops(False)
        self.setTabChangesFocus(True)
        follow(self, self._restyle)

    def _restyle(self) -> None:
        look = look_of(self)
        self.setFont(look.font("small"))
        self.setFixedHeight(self._lines * look.line("small") + look.px(18))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter and Escape to the page."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() == Qt.Key.Key_Escape or (control and event.key() in _ENTER):
            event.ignore()
        else:
            super().keyPressEvent(event)


class Label(Words):
    """The quiet name beside a field, as high as one line of it."""

    def __init__(self, name: str, field: QWidget | None = None) -> None:
        super().__init__(name, step="small", colour="quiet")
        self.setAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        if field is not None:
            self.setBuddy(field)
        follow(self, self._resize)

    def _resize(self) -> None:
        self.setFixedHeight(look_of(self).px(tokens.CONTROL))


def enters(event: QKeyEvent) -> bool:
    """Say whether a key is Enter, alone or with Ctrl."""
    return event.key() in _ENTER
