"""The header of the screening page: stage, queue, search, how far."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.screening import wording
from ui.screening.model import ScreeningModel, State
from ui.screening.queue_chooser import QueueChooser
from ui.session.keys import ActionButton, Keys
from ui.widgets.fields import SearchField
from ui.widgets.header import PageHeader


class ScreeningHeader(PageHeader):
    """Says which queue is gone through and how far; opens the queues and the search."""

    searched = Signal(str)
    """A text to search for, "" to search no more; the record wants the focus again."""
    back_asked = Signal()
    """The page of the closed stage is wanted again."""

    def __init__(self, name: str, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self._narrow = False
        self.queue = QueueChooser()
        self.search = ActionButton("Search", "search", keys, does=self.open_search)
        self.field = SearchField("Words in any field, then Enter", "Search")
        self.field.hide()
        self.field.installEventFilter(self)
        self.back = ActionButton("To the closing page", "leave", keys, does=self.back_asked)
        self.set_lead([self.queue])
        self.set_actions([self.back, self.search, self.field])
        self.field.hide()
        self.back.hide()
        self.field.returnPressed.connect(self._on_entered)

    def set_narrow(self, narrow: bool) -> None:
        """Leave out what there is no room for."""
        if narrow != self._narrow:
            self._narrow = narrow
            self.search.setVisible(not narrow and self.field.isHidden())

    def show_model(self, model: ScreeningModel) -> None:
        """Show the counts as they are now."""
        shown = model.state in (State.RECORD, State.EMPTY)
        self.queue.setVisible(shown)
        self.back.setVisible(shown and model.looking)
        self.search.setVisible(shown and not self._narrow and self.field.isHidden())
        self.queue.show_model(model)
        self.set_words(f"found for “{model.search}”" if model.search else "")
        today = f"{wording.number(model.today)} today" if model.today and not self._narrow else ""
        far = f"{wording.number(model.decided)} of {wording.number(model.total)}"
        self.set_right(today, far if model.total else "")
        self.set_share(model.decided / model.total if model.total else None)

    def open_search(self) -> None:
        """Open the search field and put the keyboard into it."""
        self.search.hide()
        self.field.show()
        self.field.selectAll()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_entered(self) -> None:
        self._fold_search()
        self.searched.emit(self.field.text())

    def _fold_search(self) -> None:
        self.field.hide()
        self.search.setVisible(not self._narrow)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let Escape leave the search."""
        if (
            watched is self.field
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Escape
        ):
            self.field.clear()
            self._fold_search()
            self.searched.emit("")
            return True
        return super().eventFilter(watched, event)
