"""Menus: of the menu line, of a chooser, of a word; the keyboard reaches every line of them."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QMenu, QMenuBar, QWidget


class Menu(QMenu):
    """A menu whose Home and End mark its first and last line, which Enter then takes.

    Qt's own only scroll there. Esc gives the keyboard back to what had it: Qt leaves it on the menu
    line, where no key of a page acts.
    """

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take Home, End and Esc; all other keys are Qt's."""
        key, bar = event.key(), self.parentWidget()
        if key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self._mark(0 if key == Qt.Key.Key_Home else -1)
        elif key == Qt.Key.Key_Escape and isinstance(bar, QMenuBar):
            self.hide()
            _leave(bar)
        else:
            super().keyPressEvent(event)

    def open_under(self, widget: QWidget) -> None:
        """Open below a widget with the first line marked, so that the keyboard can go on."""
        self.popup(widget.mapToGlobal(widget.rect().bottomLeft()))
        self._mark(0)

    def _mark(self, place: int) -> None:
        lines = [a for a in self.actions() if a.isVisible() and a.isEnabled()]
        lines = [a for a in lines if not a.isSeparator()]
        if lines:
            self.setActiveAction(lines[place])


def _leave(bar: QWidget) -> None:
    """End the keyboard's stay on a menu line that was entered with Alt, as Esc on it does."""
    if bar.hasFocus():
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(bar, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Escape, none))
