"""Write a copy for a reviewer: a name, a place, and what happens with the file then."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from screener import Project
from screener.model import Progress, Reviewer, Stage, UserError
from screener.model.words import counted
from ui.session import files
from ui.session.session import Session
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.phrases import Phrases
from ui.widgets.words import Grid, Words
from ui.widgets.wrapped import Wrapped


class WriteCopyCard(Card):
    """Adds a reviewer, or writes a newer copy for one who is known."""

    def __init__(
        self,
        session: Session,
        window: QWidget,
        open_file: Callable[[str], object],
        name: str = "",
    ) -> None:
        super().__init__("Write a reviewer’s copy", window, width=640)
        self._session = session
        self._open_file = open_file
        self._path: Path | None = None
        self._placed = False
        self._build(name)
        self._on_named()

    def _build(self, name: str) -> None:
        project = self._session.project
        known = [r.name for r in project.consensus.reviewers()]
        self._name = _line("Reviewer", name)
        self._name.setPlaceholderText("First name and surname")
        Phrases(self._name).offer(known)
        self._goes_to = _line("Where the copy goes")
        self._choose = Button("Choose…", does=self._on_choose)
        self._write = Button("Write the copy", kind="filled", key="Enter", does=self.write)
        self._mine = Button("This is me: open it", kind="link", does=self._on_mine)
        self._mine.hide()
        records, to_screen = project.counts()[0], len(project.units.ids())
        held = counted(to_screen, "record")
        if records != to_screen:  # duplicates are screened once, what was removed not at all
            held = f"{counted(records, 'record')}, {to_screen:,} of them to screen"
        version = project.protocol.current.version
        holds = (
            f"The copy will hold version {version} of the protocol and {held}; of decisions "
            "this reviewer’s own only, no byte of anybody else’s. Send it by e-mail, a shared "
            "folder or a stick; what comes back is the same file with the decisions in it."
        )
        asked = len(project.duplicates.proposals())
        open_ = (
            f"{counted(asked, 'proposed duplicate')} not answered yet: the copy will hold them as "
            "separate records."
        )
        here = f"Known here: {', '.join(known)}. A newer copy for one of them holds the decisions "
        here += "merged so far, and can be taken into the older copy."
        grid = Grid(gap=12, row_gap=12)
        grid.addWidget(Words("Reviewer", step="small", colour="quiet"), 0, 0)
        grid.addWidget(self._name, 0, 1, 1, 2)
        grid.add_row(Words("Goes to", step="small", colour="quiet"), self._goes_to, self._choose)
        self.body.add(
            Words(holds, step="note", wrap=True),
            grid,
            Words(open_ if asked else "", step="small", colour="warn", wrap=True),
            Words(here if known else "", step="small", colour="quiet", wrap=True),
            self.said,
        )
        self.foot.add(1, self._mine, self._write)
        self._name.textChanged.connect(self._on_named)
        self._name.returnPressed.connect(self.write)
        self._goes_to.returnPressed.connect(self.write)
        self._goes_to.textEdited.connect(self._on_placed)

    def focus_first(self) -> None:
        """Begin with the name, or where it is known with the place, which is to be chosen."""
        known = bool(self._name.text())
        (self._goes_to if known else self._name).setFocus()
        if known:
            self._goes_to.selectAll()

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
        chosen = files.ask_new(self, "Where the copy goes", Path(self._goes_to.text()))
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

        if self._session.start(work, self._on_written, writes=True, refused=self._on_refused):
            self._path = path
            self._write.setEnabled(False)

    def _on_refused(self, error: UserError) -> None:
        self.refuse(error)
        self._write.setEnabled(True)

    def _on_written(self, reviewer: Reviewer) -> None:
        self.say(f"{reviewer.name}’s copy was written to {self._path}.", "text")
        for widget in (self._name, self._goes_to):
            widget.setEnabled(False)
        for button in (self._write, self._choose):
            button.hide()
        self._mine.show()
        self.close_button.setFocus()
        self.fit()

    def _on_mine(self) -> None:
        self.close_card()
        self._open_file(str(self._path))


def _line(name: str, text: str = "") -> QLineEdit:
    line = QLineEdit(text)
    line.setAccessibleName(name)
    return line


class SendCard(Card):
    """Says how far the reviewer is, and writes the file that is sent to the coordinator."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__("Send my decisions", window, width=640)
        self._session = session
        self._codes: list[str] = []
        grid = self._standing()
        self._code = Button("Copy the closing code", kind="link", does=self._on_code)
        self.body.add(
            Words(
                "The file holds the protocol, the records and your decisions. Send it to the "
                "coordinator by e-mail, a shared folder or a stick. Tell the closing code in "
                "another way, such as by telephone, before the files are exchanged.",
                step="note",
                wrap=True,
            ),
            grid,
            self.said,
        )
        self.save = Button(
            "Save the file to send…", kind="filled", key="Enter", does=self._on_write
        )
        acts = Wrapped(far=1)
        acts.set_widgets([self._code, self.save])
        self._code.setVisible(bool(self._codes))
        self.foot.add((acts, 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save with Enter; the rest is as on every card."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.save.click()
            event.accept()
        else:
            super().keyPressEvent(event)

    def _standing(self) -> Grid:
        """Return a line for each stage, and say what it means where one is not closed."""
        grid = Grid(gap=24, row_gap=8)
        still_open = False
        for name, far, code in self._steps():
            still_open = still_open or not code
            told = Words(far, wrap=True)
            grid.add_row(Words(name, wrap=True), told, Words(code or "not closed", colour="quiet"))
            if code:
                self._codes.append(f"{name}: {code}")
        grid.setColumnStretch(0, 4)  # a code is read out: it stands whole, on one line
        grid.setColumnStretch(1, 3)
        if still_open:
            self.say(
                "While one of these is not closed, a merge shows only numbers of it, no more.",
                "quiet",
            )
        return grid

    def _steps(self) -> Iterator[tuple[str, str, str]]:
        """Give the stages and forms that are open: the name, how far it is, the closing code."""
        project = self._session.project
        for stage in (s for s in Stage if project.screening.opened(s)):
            here = project.screening.progress(stage)
            yield stage.words, f"{here.decided:,} of {here.all:,} decided", here.code
        for step in project.forms.steps():
            every, (mine,) = project.consensus.at(step.id).asked(), project.consensus.parts(step.id)
            if every:
                done = mine.decided - project.forms.unmended(step.id)
                far = f"{done:,} of {counted(every, 'study', 'studies')} finished"
                yield step.words, far, project.forms.answering(step.id).code()

    def _on_write(self) -> None:
        path = self._session.project.path
        proposed = files.free_place(path.with_name(f"{path.stem}-to-send{files.ENDING}"))
        chosen = files.ask_new(self, "Save the file to send", proposed)
        if chosen is not None:
            self.write(chosen)

    def write(self, path: Path) -> None:
        """Write the file as it is now, verified."""
        self._session.start(
            lambda project, progress: project.backup(path, progress),
            lambda _: self._on_written(path),
            writes=False,
            refused=self.refuse,
        )

    def _on_written(self, path: Path) -> None:
        size = path.stat().st_size / 1_000_000
        records, _ = self._session.project.counts()
        self.say(f"Saved as {path} ({counted(records, 'record')}, {size:.1f} MB).", "text")
        self.save.set_key("")  # an Enter too many saves no second file
        self.close_button.setFocus()

    def _on_code(self) -> None:
        QApplication.clipboard().setText("\n".join(self._codes))
        self.say("The closing code is on the clipboard.", "quiet")
