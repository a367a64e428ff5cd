"""A new review: the form of its protocol, then where its file goes."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from screener import create_project
from screener.model import UserError
from screener.protocol.protocol import read_protocol
from ui.protocol.form import PROTOCOL, ProtocolForm
from ui.session import files
from ui.session.echo import nothing
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.problem import ProblemBar
from ui.widgets.words import Column, Surface


class NewReviewPage(Surface):
    """Makes a project file; `created` carries its path, `left` says that nothing was made."""

    created = Signal(str)
    left = Signal()

    def __init__(self, folder: Path, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._folder = folder
        self._header = PageHeader("New review", "question, criteria, then a place for the file")
        self.problem = ProblemBar()
        self.form = ProtocolForm()
        self.load = Button("Load a file…", kind="quiet", does=self._on_load)
        self.leave = Button("Give up", key="Esc", does=lambda: self.ask_leave())
        self.make = Button("Create…", kind="filled", key="Ctrl+Return", does=self._on_create)
        self._header.set_actions([self.load, self.leave, self.make])
        Column(self, gap=0).add(self._header, self.problem, (self.form, 1))
        self._to_load: Path | None = None
        self._then: Callable[[], object] = nothing
        self._actions = {"left": self._on_given_up, "load": self._on_replace}
        self.problem.acted.connect(self._on_acted)

    def focus_first(self) -> None:
        """Begin with the title."""
        self.form.focus_first()

    def ask_leave(self, then: Callable[[], object] = nothing) -> None:
        """Leave; what was typed is given up only after a question, and `then` is done after it."""
        self._then = then
        if self.form.empty:
            self.left.emit()
        else:
            self.problem.show_problem(
                "Nothing is saved yet; what you typed would be lost.", [("left", "Give it up")]
            )

    def load_file(self, path: Path) -> None:
        """Fill the form from a protocol file; what was typed gives way only after a question."""
        if self.form.changed and not self.form.empty:
            self._to_load = path
            self.problem.show_problem(
                f"{path.name} would replace what you typed here.", [("load", "Replace it")]
            )
        else:
            self._load(path)

    def _load(self, path: Path) -> None:
        try:
            self.form.replace(read_protocol(path))
        except UserError as error:
            self.problem.show_problem(str(error))

    def create_at(self, path: Path) -> None:
        """Make the project file."""
        try:
            protocol = self.form.protocol()
            create_project(path, title=protocol.title, protocol=protocol).close()
        except UserError as error:
            self.problem.show_problem(str(error))
        else:
            self.created.emit(str(path))

    def _on_given_up(self) -> None:
        self.left.emit()
        self._then()

    def _on_acted(self, action: str) -> None:
        self._actions[action]()

    def _on_replace(self) -> None:
        self.problem.dismiss()
        if self._to_load is not None:
            self._load(self._to_load)
        self.focus_first()

    def _on_create(self) -> None:
        try:
            title = self.form.protocol().title
        except UserError as error:
            self.problem.show_problem(str(error))
            return
        proposed = self._folder / f"{files.file_name(title)}{files.ENDING}"
        path = files.ask_new(self, "Where the project goes", proposed)
        if path is not None:
            self.create_at(path)

    def _on_load(self) -> None:
        path = files.ask_open(self, "Load a protocol", self._folder, PROTOCOL)
        if path is not None:
            self.load_file(path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Create with Ctrl+Enter; Escape gives up."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape:
            if self.problem.isVisible():
                self.problem.dismiss()
            else:
                self.ask_leave()
        elif enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._on_create()
        else:
            super().keyPressEvent(event)
