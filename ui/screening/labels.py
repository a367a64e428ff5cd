"""The labels of a record: a quiet line, and a field in which they are written with commas."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.widgets import tokens
from ui.widgets.words import Column, ElidedWords, Words

_LEAVES = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)


def split(text: str) -> list[str]:
    """Return the labels that a line names, each once, without blanks around them."""
    return [*dict.fromkeys(" ".join(part.split()) for part in text.split(",") if part.strip())]


class LabelArea(QWidget):
    """Shows the reviewer's own labels of a record; `given` carries unit and labels."""

    given = Signal(str, list)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = ""
        self._before: list[str] = []
        self._line = ElidedWords(step="small", colour="quiet")
        self._heading = Words("Labels", step="label", colour="quiet")
        self.field = QLineEdit(
            placeholderText="Your own words for it, with commas between. Esc goes back."
        )
        self.field.setAccessibleName("Labels, with commas between")
        self.field.installEventFilter(self)
        self._known = ElidedWords(step="small", colour="quiet")
        Column(self, gap=tokens.GAP_IN).add(self._line, self._heading, self.field, self._known)
        self.show_labels("", ())

    @property
    def open(self) -> bool:
        """Whether labels are being written."""
        return not self.field.isHidden()

    def show_labels(self, unit: str, labels: Sequence[str]) -> None:
        """Show the labels of a unit as one line; what was being written is kept first."""
        self.keep()
        self._unit = unit
        self._close(labels)

    def write(self, unit: str, labels: Sequence[str], known: Sequence[str]) -> None:
        """Open the labels of a unit to write; those given to others are shown to choose from."""
        self._unit, self._before = unit, list(labels)
        self.field.setText(", ".join(labels))
        self._known.show_text(f"Given so far: {', '.join(known)}" if known else "")
        self._line.hide()
        self._heading.show()
        self.field.show()
        self.show()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keep(self) -> None:
        """Have what was written kept, and show it as a line again."""
        if not self.open:
            return
        labels = split(self.field.text())
        self._close(labels)
        if labels != self._before:
            self.given.emit(self._unit, labels)

    def _close(self, labels: Sequence[str]) -> None:
        for widget in (self._heading, self.field, self._known):
            widget.hide()
        self._line.show_text(f"Labels: {', '.join(labels)}" if labels else "")
        self.setVisible(bool(labels))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the labels and leave with Enter and Escape, as a note."""
        press = event.type() is QEvent.Type.KeyPress
        if press and isinstance(event, QKeyEvent) and event.key() in _LEAVES:
            self.left.emit()  # the focus first: a field that is hidden hands it on
            self.keep()
            return True
        return super().eventFilter(watched, event)
