"""Changing what is said about a search; its records stay as they are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from screener.model import Batch, UserError
from ui.session.session import Session
from ui.sources.form import SearchForm
from ui.sources.view import Foot, View, dress
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.words import Column, Row


class EditView(View):
    """The form of one search; `left` goes back to the searches."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._batch: Batch | None = None
        self.form = SearchForm()
        self.cancel = Button("Cancel", key="Esc")
        self.save = Button("Save", kind="filled", key="Return")
        foot = Foot("The records stay as they are.", (self.cancel, self.save))
        Column(self, gap=0).add(
            Row(margins=(tokens.MARGIN, 24, tokens.MARGIN, 16)).add((self.form, 3), 2), 1, foot
        )
        self.cancel.clicked.connect(self.left)
        self.save.clicked.connect(self.accept)

    def show_batch(self, batch: Batch) -> None:
        """Fill the form with what is said now."""
        self._batch = batch
        self.form.set_search(batch.search)
        self.form.source.setFocus(Qt.FocusReason.OtherFocusReason)

    def dress(self, header: PageHeader) -> None:
        """Name the search in the header."""
        if self._batch is not None:
            dress(header, f"Edit {self._batch.search.source}", self._batch.file)

    def set_busy(self, busy: bool) -> None:
        """While something is written, nothing can be saved."""
        self.save.setEnabled(not busy)

    def accept(self) -> None:
        """Save what the form says."""
        batch = self._batch
        if batch is None or not self.save.isEnabled():
            return
        sources = self._session.project.sources
        saved = self._session.attempt(lambda: sources.describe(batch.id, self.form.search()))
        if saved is not None:
            sentence = f"Saved what is said about {saved.value.search.source}"
            self._session.say(sentence, can_take_back=True)
            self.left.emit()

    def unsaved(self) -> bool:
        """Say whether the form says something else than the search."""
        if self._batch is None or not self.isVisible():
            return False
        try:
            return self.form.search() != self._batch.search
        except UserError:
            return True

    def leave(self) -> None:
        """Leave everything as it was."""
        self.left.emit()
