"""Write a copy for a reviewer: a name, a place, and what happens with the file then."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from screener import Project
from screener.model import Progress, Reviewer, UserError
from screener.model.words import counted
from ui.session import files
from ui.session.session import Session
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.words import Grid, Words


class WriteCopyCard(Card):
    """Adds a reviewer, or writes a newer copy for one who is known."""

    open_wanted = Signal(str)

    def __init__(self, session: Session, window: QWidget, name: str = "") -> None:
        super().__init__("Write a reviewer’s copy", window, width=640)
        self._session = session
        self._path: Path | None = None
        self._placed = False
        self._build(name)
        self._lay_out()
        self._connect()
        self._on_named()

    def _build(self, name: str) -> None:
        project = self._session.project
        known = [r.name for r in project.consensus.reviewers()]
        self._name = QLineEdit(name)
        self._name.setPlaceholderText("First name and surname")
        self._name.setAccessibleName("Reviewer")
        completer = QCompleter(known, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self._name.setCompleter(completer)
        self._goes_to = QLineEdit()
        self._goes_to.setAccessibleName("Where the copy goes")
        self._choose = Button("Choose…")
        records = counted(len(project.units.ids()), "record")
        version = project.protocol.current.version
        self._holds = Words(
            f"The copy will hold version {version} of the protocol and {records}, and of decisions "
            "this reviewer’s own only, no byte of anybody else’s. Send it by e-mail, a shared "
            "folder or a stick; what comes back is the same file with the decisions in it.",
            step="note",
            wrap=True,
        )
        self._known = Words(step="small", colour="quiet", wrap=True)
        if known:
            self._known.setText(
                f"Known here: {', '.join(known)}. A newer copy for one of them holds the "
                "decisions merged so far, and can be taken into the older copy."
            )
        self._write = Button("Write the copy", kind="filled", key="Enter")
        self._mine = Button("This is me: open it", kind="link")
        self._mine.hide()

    def _lay_out(self) -> None:
        grid = Grid(gap=12, row_gap=12)
        grid.addWidget(Words("Reviewer", step="small", colour="quiet"), 0, 0)
        grid.addWidget(self._name, 0, 1, 1, 2)
        grid.addWidget(Words("Goes to", step="small", colour="quiet"), 1, 0)
        grid.addWidget(self._goes_to, 1, 1)
        grid.addWidget(self._choose, 1, 2)
        self.body.addWidget(self._holds)
        self.body.addLayout(grid)
        self.body.addWidget(self._known)
        self.body.addWidget(self.said)
        self.foot.addStretch(1)
        self.foot.addWidget(self._mine)
        self.foot.addWidget(self._write)

    def _connect(self) -> None:
        self._name.textChanged.connect(self._on_named)
        self._name.returnPressed.connect(self.write)
        self._goes_to.returnPressed.connect(self.write)
        self._goes_to.textEdited.connect(self._on_placed)
        self._choose.clicked.connect(self._on_choose)
        self._write.clicked.connect(self.write)
        self._mine.clicked.connect(self._on_mine)

    def focus_first(self) -> None:
        """Begin with the name."""
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_named(self) -> None:
        if not self._placed:
            path = self._session.project.path
            name = files.file_name(self._name.text()) if self._name.text().strip() else "reviewer"
            self._goes_to.setText(
                str(files.free_place(path.with_name(f"{path.stem}-{name}{files.ENDING}")))
            )
        self._write.setEnabled(bool(self._name.text().strip()))

    def _on_placed(self) -> None:
        self._placed = True

    def _on_choose(self) -> None:
        chosen = files.ask_save(self, "Where the copy goes", Path(self._goes_to.text()))
        if chosen is not None:
            self._placed = True
            self._goes_to.setText(str(chosen))

    def write(self) -> None:
        """Write the copy with the worker; the card says when it is done."""
        name, path = self._name.text().strip(), Path(self._goes_to.text().strip())
        if not name:
            return

        def work(project: Project, progress: Progress) -> Reviewer:
            progress(0, None, "Writing the copy")
            return project.consensus.write_copy(name, path)

        try:
            task = self._session.run(work, told=False)
        except UserError as error:
            self.say(str(error), "warn")
            return
        self._path = path
        self._write.setEnabled(False)
        task.done.connect(self._on_written)
        task.failed.connect(self._on_failed)

    def _on_written(self, reviewer: Reviewer) -> None:
        assert self._path is not None
        self.say(f"{reviewer.name}’s copy was written to {self._path}.", "text")
        self._mine.show()
        self._write.hide()
        self._name.setEnabled(False)
        self._goes_to.setEnabled(False)
        self._choose.hide()
        self.close_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.fit()

    def _on_failed(self, error: UserError) -> None:
        self.say(str(error), "warn")
        self._write.setEnabled(True)

    def _on_mine(self) -> None:
        path = self._path
        self.close_card()
        if path is not None:
            self.open_wanted.emit(str(path))
