"""What a person types into on these pages: one line, several lines, and the name beside them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets import tokens
from ui.widgets.fields import ChoiceEditor, PlainEditor
from ui.widgets.theme import Sized, look_of
from ui.widgets.words import Grid, Words

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class LineEditor(QLineEdit):
    """One line; a file dropped on it goes to the page."""

    def __init__(self, name: str, *, hint: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setAcceptDrops(False)
        Sized(self, height=tokens.CONTROL)

    def fill(self, text: str) -> None:
        """Write a text and show its beginning."""
        self.setText(text)
        self.setCursorPosition(0)


class KindEditor(ChoiceEditor):
    """One of a few words; Enter belongs to the page."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        Sized(self, height=tokens.CONTROL)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Enter to the page; the arrows choose."""
        if event.key() in _ENTER:
            event.ignore()
        else:
            super().keyPressEvent(event)


class TextEditor(PlainEditor):
    """Several lines; Enter begins a new one, Ctrl+Enter and Escape go to the page.

    One that is only `wrapped` holds one text that may be long: Enter goes to the page as well.
    """

    def __init__(
        self,
        name: str,
        *,
        lines: int = 4,
        hint: str = "",
        wrapped: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(lines=lines, parent=parent)
        self.breaks = not wrapped
        """Whether Enter begins a new line."""
        self.setAccessibleName(name)
        self.setPlaceholderText(hint)
        self.setAcceptDrops(False)

    def fill(self, text: str) -> None:
        """Write a text."""
        self.setPlainText(text)

    def text(self) -> str:
        """Return what is written."""
        return self.toPlainText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Ctrl+Enter and Escape to the page, and Enter where it begins no line."""
        control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        goes_on = enters(event) and (control or not self.breaks)
        if event.key() == Qt.Key.Key_Escape or goes_on:
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
        Sized(self, height=tokens.CONTROL)


class FormGrid(Grid):
    """Names beside fields; `names` is the least room that the names have."""

    def __init__(
        self, parent: QWidget | None = None, *, names: int, gap: int = tokens.GAP_OUT,
        row_gap: int = tokens.GAP,
    ) -> None:  # fmt: skip
        self._names = names
        super().__init__(parent, gap=gap, row_gap=row_gap)
        self.setColumnStretch(1, 1)

    def add_field(self, label: QWidget, field: QWidget) -> None:
        """Add a field below those that are there, its name at the top beside it."""
        self.add_row((label, Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading), field)

    def _restyle(self) -> None:
        super()._restyle()
        self.setColumnMinimumWidth(0, look_of(self).px(self._names))


def enters(event: QKeyEvent) -> bool:
    """Say whether a key is Enter, alone or with Ctrl."""
    return event.key() in _ENTER
