"""Adding a record by hand: paste it, or write it into the form."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from screener.model import UserError
from ui.session.session import Session
from ui.sources import pasted
from ui.sources.fields import TextEditor
from ui.sources.record import MAIN, RecordForm
from ui.sources.view import Foot, Refusals, SideBySide, View
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.words import Column, Words

_REPLACES = "What you wrote in the record would be replaced by this text; read it again to do so."


class ByHandView(View):
    """Pasted text at the left, the record at the right; `written` carries what to import."""

    written = Signal(object)
    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._refusals = Refusals(session)
        self._given_up_for = ""  # the pasted text that may replace what was written
        self._raw: tuple[tuple[str, str], ...] = ()  # what was pasted, kept with the record
        self.paste = TextEditor(
            "Pasted text",
            lines=10,
            hint="a citation or a list of them, a DOI, a PMID, BibTeX or RIS",
        )
        self.read = Button("Read it", key="Ctrl+Return", does=self._on_read)
        self.form = RecordForm(MAIN)
        self.cancel = Button("Give up", key="Esc")
        self.go_on = Button(
            "Next: where it comes from", kind="filled", key="Return", does=self._on_go_on
        )
        self.show_enter(self.go_on)
        hint = "What is found stands at the right, to be looked at. Several records go on at once."
        left = Column(gap=12).add(
            Words("Paste it", step="strong"), self.paste,
            (self.read, Qt.AlignmentFlag.AlignLeading),
            Words(hint, step="small", colour="quiet", wrap=True), 1,
        )  # fmt: skip
        right = QWidget()
        Column(right, gap=12).add(Words("The record", step="strong"), self.form)
        foot = Foot("Semicolons part authors and keywords.", (self.cancel, self.go_on))
        Column(self, gap=0).add((SideBySide(left, right), 1), foot)

    def begin(self) -> None:
        """Show an empty form with the keyboard where text is pasted."""
        self.paste.clear()
        self._raw, self._given_up_for = (), ""
        self.form.set_fields(pasted.NOTHING)
        self.paste.setFocus()

    def dress(self, header: PageHeader) -> None:
        """Say in the header that nothing is stored."""
        header.dress("Add by hand", right="nothing is stored yet")

    def _on_read(self) -> None:
        try:
            found = pasted.entries(self.paste.toPlainText())
        except UserError as error:
            self._refusals.say(error)
            return
        self._refusals.over()
        if len(found) > 1:
            self.written.emit(pasted.by_hand(found, name="pasted text"))
            return
        text = self.paste.text()
        if self.form.changes() and text != self._given_up_for:
            self._given_up_for = text
            self._refusals.say(_REPLACES)
            return
        self._raw, self._given_up_for = found[0].raw, ""
        self.form.set_fields(found[0].fields)
        self.form.fields["title"].setFocus()

    def _on_go_on(self) -> None:
        try:
            entry = replace(pasted.entry(self.form.texts()), raw=self._raw)
        except UserError as error:
            self._refusals.say(error)
            return
        self._refusals.over()
        self.written.emit(pasted.by_hand((entry,), name="one record"))

    def accept(self) -> None:
        """Go on; in the pasted text, where Enter comes with Ctrl, read it."""
        if self.paste.hasFocus():
            self._on_read()
        else:
            self._on_go_on()

    def enter_key(self, focus: QWidget) -> str:
        """Return the key that goes on; in the pasted text it reads the text instead."""
        return "" if focus is self.paste else super().enter_key(focus)

    def unsaved(self) -> bool:
        """Say whether anything was pasted or written."""
        return bool(self.paste.text().strip() or any(self.form.texts().values()))

    def leave(self) -> None:
        """Go back to the searches."""
        self.left.emit()
