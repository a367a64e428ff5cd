"""Phrases used before, offered in a list beside a field; nothing of them comes in unasked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QListWidget

from ui.widgets.theme import look_of
from ui.widgets.words import announce

_MOST = 6
"""So many phrases are seen at a time."""
_WAYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class Phrases(QObject):
    """Offers phrases that go on from what is typed; Down and Up write one into the field.

    What is in the field is always what was typed or what the person went to: Enter means that. In
    an empty field, or from one of the phrases, Down goes through all of them, the first first.
    """

    def __init__(self, field: QLineEdit) -> None:
        super().__init__(field)
        self._field = field
        self._phrases: list[str] = []
        self._offered: list[str] = []
        self._at = -1
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setAccessibleName("Used before")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.hide()
        self.list.itemClicked.connect(lambda item: self._write(self.list.row(item)))
        field.destroyed.connect(self.list.deleteLater)
        field.textEdited.connect(self._on_edited)
        field.installEventFilter(self)

    def offer(self, phrases: Sequence[str]) -> None:
        """Offer these phrases, the first of them first."""
        self._phrases = list(phrases)
        self._forget()

    def _forget(self) -> None:
        self._offered, self._at = [], -1
        self.list.hide()

    def _on_edited(self, text: str) -> None:
        self._forget()
        if text.strip():
            self._offer([one for one in self._phrases if _goes_on(one, text)])

    def _offer(self, phrases: list[str]) -> None:
        self._offered = phrases
        self.list.clear()
        self.list.addItems(phrases)
        if phrases:
            self._show()
            announce(self.list, f"Used before: {', '.join(phrases[:_MOST])}. Down takes it.")

    def _show(self) -> None:
        """Show the list over the window, above the field where there is no room below."""
        field, window, shown = self._field, self._field.window(), self.list
        if shown.parent() is not window:
            shown.setParent(window)
        shown.setFont(field.font())
        rows = min(_MOST, shown.count())
        height = rows * max(1, shown.sizeHintForRow(0)) + 2 * shown.frameWidth()
        top = field.mapTo(window, QPoint(0, 0))
        gap = look_of(field).px(2)
        below = top.y() + field.height() + gap
        y = below if below + height <= window.height() else top.y() - gap - height
        shown.setGeometry(top.x(), max(0, y), field.width(), height)
        shown.show()
        shown.raise_()

    def _step(self, way: int) -> None:
        text = self._field.text()
        if not self._offered and (not text or text in self._phrases):
            self._offer(self._phrases)
        if self._offered:
            self._write((self._at + way) % len(self._offered) if self._at >= 0 else 0)

    def _write(self, row: int) -> None:
        self._at = row
        self.list.setCurrentRow(row)
        self._field.setText(self._offered[row])
        self._field.selectAll()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Down and Up; the list goes with Enter, with Esc, and with the keyboard."""
        if event.type() in (QEvent.Type.FocusOut, QEvent.Type.Hide):
            self._forget()
        if not isinstance(event, QKeyEvent) or event.type() is not QEvent.Type.KeyPress:
            return False
        way = _WAYS.get(Qt.Key(event.key()), 0)
        if way and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._step(way)
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
            self._forget()
        return False


def _goes_on(phrase: str, text: str) -> bool:
    """Say whether a phrase begins with what is typed, and is not just that."""
    return phrase != text and phrase.casefold().startswith(text.casefold())
