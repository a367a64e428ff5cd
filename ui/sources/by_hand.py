"""Adding a record by hand: paste it, or write it into the form."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from screener.model import UserError
from ui.session.session import Session
from ui.sources import pasted
from ui.sources.fields import TextEditor, enters, leaves
from ui.sources.foot import Foot
from ui.sources.halves import Halves
from ui.sources.record_form import MAIN, RecordForm
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.words import Column, Words


class ByHandView(QWidget):
    """Pasted text at the left, the record at the right; `written` carries what to import."""

    written = Signal(object)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._raw: tuple[tuple[str, str], ...] = ()  # what was pasted, kept with the record
        self.paste = TextEditor(
            "Pasted text",
            lines=10,
            hint="a citation or a list of them, a DOI, a PMID, BibTeX or RIS",
        )
        self.read = Button("Read it", key="Ctrl+Return")
        self.form = RecordForm(MAIN)
        self.cancel = Button("Cancel", key="Esc")
        self.go_on = Button("Next: where it comes from", kind="filled", key="Return")
        self._lay_out()
        self.read.clicked.connect(self._on_read)
        self.cancel.clicked.connect(self.left)
        self.go_on.clicked.connect(self._on_go_on)

    def _lay_out(self) -> None:
        left = Column(gap=12)
        left.addWidget(Words("Paste it", step="strong"))
        left.addWidget(self.paste)
        left.addWidget(self.read, 0, Qt.AlignmentFlag.AlignLeading)
        hint = "What is found stands at the right, to be looked at. Several records go on at once."
        left.addWidget(Words(hint, step="small", colour="quiet", wrap=True))
        left.addStretch(1)
        right = QWidget()
        record = Column(right, gap=12)
        record.addWidget(Words("The record", step="strong"))
        record.addWidget(self.form)
        column = Column(self, gap=0)
        column.addWidget(Halves(left, right), 1)
        sentence = "Semicolons part authors and keywords."
        column.addWidget(Foot(sentence, (self.cancel, self.go_on)))

    def begin(self) -> None:
        """Show an empty form with the keyboard where text is pasted."""
        self.paste.clear()
        self._raw = ()
        self.form.set_fields(pasted.NOTHING)
        self.paste.setFocus(Qt.FocusReason.OtherFocusReason)

    def dress(self, header: PageHeader) -> None:
        """Say in the header that nothing is stored."""
        header.set_name("Add by hand")
        header.set_words("")
        header.set_lead(())
        header.set_actions(())
        header.set_right("nothing is stored yet")

    def _on_read(self) -> None:
        try:
            found = pasted.entries(self.paste.toPlainText())
        except UserError as error:
            self._session.complain(error)
            return
        if len(found) > 1:
            self.written.emit(pasted.by_hand(found, name="pasted text"))
            return
        self._raw = found[0].raw
        self.form.set_fields(found[0].fields)
        self.form.fields["title"].setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_go_on(self) -> None:
        try:
            entry = replace(pasted.entry(self.form.texts()), raw=self._raw)
        except UserError as error:
            self._session.complain(error)
            return
        self.written.emit(pasted.by_hand((entry,), name="one record"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on (in the pasted text, with Ctrl, it reads), Escape leaves."""
        if enters(event):
            if self.paste.hasFocus():
                self._on_read()
            else:
                self._on_go_on()
        elif leaves(event, self):
            self.left.emit()
        else:
            super().keyPressEvent(event)
