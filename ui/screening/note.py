"""The note on a record: a field between the record and the buttons, kept on every pause."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.widgets import tokens
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, ElidedWords, Words

PAUSE = 800  # milliseconds without a key before the text is kept


class NoteArea(QWidget):
    """Shows the note as one line, which says if it is not saved, or open to write.

    `kept` carries unit and text.
    """

    kept = Signal(str, str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._unit = ""
        self._saved = True
        self._line = ElidedWords(step="small", colour="quiet")
        self._heading = Words("Note", step="label", colour="quiet")
        self.field = QPlainTextEdit(
            tabChangesFocus=True,
            placeholderText="For yourself and the meeting. Esc goes back to the record.",
        )
        self.field.setAccessibleName("Note")
        self.field.installEventFilter(self)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self.keep)
        self.field.textChanged.connect(self._pause.start)
        Column(self, gap=tokens.GAP_IN).add(self._line, self._heading, self.field)
        follow(self, self._restyle)
        self.close_field()

    @property
    def open(self) -> bool:
        """Whether the note is being written."""
        return not self.field.isHidden()

    def show_note(self, unit: str, text: str, *, saved: bool = True) -> None:
        """Show the note of a unit; one that is being written on that unit stays open."""
        if self.open and unit == self._unit:
            return
        self.keep()
        self._unit, self._saved = unit, saved
        self.close_field(text)

    def set_saved(self, unit: str, *, saved: bool) -> None:
        """Say whether what was written on a unit is in the file."""
        if unit == self._unit:
            self._saved = saved

    def close_field(self, text: str | None = None) -> None:
        """Show the note as one line: what was written, or another text."""
        self._pause.stop()
        shown = self.field.toPlainText() if text is None else text
        self._set_open(shown=False)
        heading = "Note" if self._saved else "Note, not saved"
        there = bool(shown) or not self._saved  # a note that was taken away may not be saved either
        self._line.set_look(colour="quiet" if self._saved else "warn")
        self._line.show_text(f"{heading}: {' '.join(shown.split())}" if there else "")
        self.setVisible(there)

    def write(self, unit: str, text: str) -> None:
        """Open the note of a unit to write."""
        self._unit = unit
        with QSignalBlocker(self.field):  # filling is no writing
            self.field.setPlainText(text)
        self._line.hide()
        self._set_open(shown=True)
        self.show()
        self.field.moveCursor(self.field.textCursor().MoveOperation.End)
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keep(self) -> None:
        """Have the text kept as it is now."""
        self._pause.stop()
        if self.open:
            self.kept.emit(self._unit, self.field.toPlainText())

    def leave(self) -> None:
        """Keep the text and go back to the record."""
        self.keep()
        self.left.emit()

    def _set_open(self, *, shown: bool) -> None:
        self._heading.setVisible(shown)
        self.field.setVisible(shown)

    def _restyle(self) -> None:
        look = look_of(self)
        self.field.setFont(look.font("note"))
        self.field.setFixedHeight(3 * look.line("note") + look.px(20))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Escape and Ctrl+Enter leave the field."""
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
        ):
            enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
            if event.key() == Qt.Key.Key_Escape or (enter and control):
                self.leave()
                return True
        return super().eventFilter(watched, event)
