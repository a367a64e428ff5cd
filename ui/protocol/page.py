"""The protocol page: to read; in the project the same page can be made editable."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QWidget

from screener.model import Changes, Kind, UserError
from screener.protocol import toml
from screener.protocol.protocol import read_protocol
from screener.report.saving import save_text
from ui.protocol.form import PROTOCOL, ProtocolForm
from ui.protocol.read import ReadView
from ui.session import files
from ui.session.actions import Where
from ui.session.dispatch import Handlers
from ui.session.page import EVERYTHING, NOT_SAVED, Page
from ui.session.session import Session
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.keycap import key_words
from ui.widgets.words import Column, stacked


class ProtocolPage(Page):
    """Shows the version in force; saving an edited one makes the next version."""

    id = "protocol"
    title = "Protocol"
    help = (
        "The protocol says what is asked of every record: the criteria by PICOS element, the "
        "reasons for excluding, how many reviewers decide, what *maybe* leads to. A change "
        "makes a new version with its reason; what was decided before keeps the version it "
        "was decided under."
    )
    where = Where.PROTOCOL
    takes_back = frozenset({Kind.PROTOCOL})
    reads = frozenset({Kind.PROTOCOL, Kind.REVIEWERS})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._header = PageHeader("Protocol")
        self.view = ReadView()
        self.form: ProtocolForm | None = None
        self._stack = stacked(self.view)
        self.add_reviewer = Button(
            "Add reviewer…", does=lambda: session.wanted.emit("add-reviewer")
        )
        self.edit = Button("Edit protocol", does=self.begin_edit)
        self.save = Button("Save", kind="filled", key="Ctrl+Return", does=self.save_edit)
        self.load = Button("Load a file…", kind="quiet", does=self._on_load)
        self.give_up = Button("Give up", key="Esc", does=self.dispatch.leave_by_click)
        Column(self, gap=0).add(self._header, (self._stack, 1))
        self.view.file_asked.connect(self._on_to_file)

    @property
    def editing(self) -> bool:
        """Whether the form is shown."""
        return self._stack.currentWidget() is not self.view

    def unsaved(self) -> str:
        """Return a sentence about a version that is being written, or ""."""
        changed = self.editing and self.form is not None and self.form.changed
        return NOT_SAVED if changed else ""

    def handlers(self) -> Handlers:
        """Return what the keys do while the protocol is edited."""
        if self.form is None or not self.editing:
            return {}
        return {
            "leave": self.end_edit,
            "save-protocol": self.save_edit,
            "undo": self.form.undo,
            "redo": self.form.redo,
        }

    def refresh(self, changes: Changes = EVERYTHING) -> None:
        """Show the version in force."""
        del changes
        project = self.session.project
        protocol = project.protocol.current
        self._header.set_words(f"version {protocol.version}")
        self.view.show_protocol(protocol, [r.name for r in project.consensus.reviewers()])
        if not self.editing:
            self._show_actions()

    def _show_actions(self) -> None:
        project = self.session.project
        if self.editing:
            self._header.set_actions([self.load, self.give_up, self.save])
        elif project.is_copy or not project.writable:
            self._header.set_actions([])
        else:
            self._header.set_actions([self.add_reviewer, self.edit])

    def focus_first(self) -> None:
        """Put the keyboard on the text, so that it scrolls."""
        if self.form is not None and self.editing:
            self.form.focus_first()
        else:
            self.view.setFocus()

    def begin_edit(self) -> None:
        """Make the page editable; once copies are out, it asks what changes and why."""
        if self.form is None:
            self.form = ProtocolForm()
            self._stack.addWidget(self.form)
        self.form.set_protocol(self.session.project.protocol.current)
        self.form.ask_why(needed=self._begun)
        self._stack.setCurrentWidget(self.form)
        self._header.set_name("Edit protocol")
        self._show_actions()
        self.form.focus_first()

    @property
    def _begun(self) -> bool:
        return bool(self.session.project.consensus.reviewers())

    def save_edit(self) -> None:
        """Make a new version of what the form holds."""
        if self.form is None:
            return
        form, project = self.form, self.session.project
        why = form.why.text().strip()
        try:
            protocol = form.protocol()
        except UserError as error:
            self.session.complain(error)
            return
        if self._begun and not why and protocol != project.protocol.current:
            self.session.complain(
                "Say in one sentence what changed and why; copies of this review are out already, "
                "and the report names it."
            )
            form.why.setFocus()
            return
        before = project.protocol.current.version
        done = self.session.attempt(lambda: project.protocol.set(protocol, why=why))
        if done is None:
            return
        self.end_edit()
        if done.value.version == before:
            self.session.say("Nothing was different; the protocol stays as it is")
        else:
            out = "; write newer copies for the reviewers" if self._begun else ""
            self.session.say(f"Protocol version {done.value.version} saved{out}")

    def end_edit(self) -> None:
        """Go back to reading."""
        self._stack.setCurrentWidget(self.view)
        self._header.set_name("Protocol")
        self.refresh()
        self.focus_first()

    def load_file(self, path: Path) -> None:
        """Fill the form from a protocol file; nothing is saved yet."""
        try:
            protocol = read_protocol(path)
        except UserError as error:
            self.session.complain(error)
            return
        if self.form is not None:
            self.form.replace(protocol)
            key = key_words(self.session.keys.first("undo"))
            self.session.remarked.emit(f"{path.name} fills the form; {key} undoes it")

    def save_file(self, path: Path) -> None:
        """Write the version in force as a protocol file."""
        current = self.session.project.protocol.current
        try:
            save_text(path, toml.text(current))
        except UserError as error:
            self.session.complain(error)
        else:
            self.session.say(f"Version {current.version} saved as {path.name}")

    def _on_to_file(self) -> None:
        near = self.session.project.path.with_suffix(".toml")
        path = files.ask_save(self, "Save the protocol", near, PROTOCOL)
        if path is not None:
            self.save_file(path)

    def _on_load(self) -> None:
        path = files.ask_open(self, "Load a protocol", self.session.project.path.parent, PROTOCOL)
        if path is not None:
            self.load_file(path)

    def take_busy(self) -> None:
        """Let nothing be saved while something is written."""
        for button in (self.edit, self.save, self.add_reviewer):
            button.setEnabled(self.can_act)
