"""The left side of the meeting: the list of discrepancies and the field that searches them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.consensus.listing import DiscrepancyView
from ui.consensus.model import DiscrepancyList
from ui.widgets.words import Column, Hairline, Row


class SearchField(QLineEdit):
    """Words to search for; Enter ends there and never reaches what has the keyboard next."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type; Enter says that the line is finished, once however long it is held."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if not (enter and event.isAutoRepeat()):
            super().keyPressEvent(event)
        if enter:
            event.accept()


class DiscrepancySide(QWidget):
    """Holds the list; the field is there while it is typed into or says what is searched for."""

    def __init__(self, model: DiscrepancyList, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = SearchField()
        self.search.setAccessibleName("Search the discrepancies")
        self.search.setPlaceholderText("words of title, abstract, authors")
        self.search.hide()
        self.list = DiscrepancyView(model)
        Row(self, gap=0).add(
            Column(gap=0).add(self.search, (self.list, 1)), Hairline(vertical=True)
        )
        self.search.returnPressed.connect(self.end_search)

    @property
    def has_keyboard(self) -> bool:
        """Whether what is typed goes to the list or to its search."""
        focus = self.window().focusWidget()
        return focus is not None and self.isAncestorOf(focus)

    def begin_search(self) -> None:
        """Put the keyboard into the field."""
        self.show()
        self.search.show()
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def end_search(self) -> None:
        """Put the keyboard on what was found."""
        if not self.search.text():
            self.search.hide()
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def give_up_search(self) -> bool:
        """Search no more; says whether anything was searched for, or typed into the field."""
        searched = self.search.hasFocus() or bool(self.search.text())
        if searched:
            self.search.clear()
            self.search.hide()
        return searched
