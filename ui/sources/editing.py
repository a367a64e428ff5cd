"""Changing what is said about a search; its records stay as they are."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from screener.model import Batch
from ui.session.session import Session
from ui.sources.fields import enters, leaves
from ui.sources.foot import Foot
from ui.sources.form import SearchForm
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.words import Column, Row


class EditView(QWidget):
    """The form of one search; `left` goes back to the searches."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._batch: Batch | None = None
        self.form = SearchForm()
        self.cancel = Button("Cancel", key="Esc")
        self.save = Button("Save", kind="filled", key="Return")
        row = Row(margins=(tokens.MARGIN, 24, tokens.MARGIN, 16))
        row.addWidget(self.form, 3)
        row.addStretch(2)
        column = Column(self, gap=0)
        column.addLayout(row)
        column.addStretch(1)
        column.addWidget(Foot("The records stay as they are.", (self.cancel, self.save)))
        self.cancel.clicked.connect(self.left)
        self.save.clicked.connect(self._on_save)

    def show_batch(self, batch: Batch) -> None:
        """Fill the form with what is said now."""
        self._batch = batch
        self.form.set_search(batch.search)
        self.form.source.setFocus(Qt.FocusReason.OtherFocusReason)

    def dress(self, header: PageHeader) -> None:
        """Name the search in the header."""
        if self._batch is not None:
            header.set_name(f"Edit {self._batch.search.source}")
            header.set_words(self._batch.file)
            header.set_right("")
            header.set_lead(())
            header.set_actions(())

    def set_busy(self, busy: bool) -> None:
        """While something is written, nothing can be saved."""
        self.save.setEnabled(not busy)

    def _on_save(self) -> None:
        batch = self._batch
        if batch is None or not self.save.isEnabled():
            return
        sources = self._session.project.sources
        saved = self._session.attempt(lambda: sources.describe(batch.id, self.form.search()))
        if saved is not None:
            sentence = f"Saved what is said about {saved.value.search.source}"
            self._session.say(sentence)
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter saves, Escape leaves everything as it was."""
        if enters(event):
            self._on_save()
        elif leaves(event, self):
            self.left.emit()
        else:
            super().keyPressEvent(event)
