"""The report as a document: its spelling and where it goes are asked, and the worker writes it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from screener.model import Progress
from screener.printing.manuscript.voice import Spelling
from screener.project import Project
from ui.session import files
from ui.session.session import Session
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.segmented import Segmented
from ui.widgets.words import Row, Words

KINDS = (
    "Word document (*.docx);;PDF (*.pdf);;Web page (*.html);;Excel workbook, the tables (*.xlsx)"
)


class ReportCard(Card):
    """Asks how the report's own words are spelled, and then where it goes.

    The spelling is remembered on this computer once a report is written in it.
    """

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__("Report", window, width=640)
        self._session = session
        self.spelling = Segmented(
            [(str(one), one.capitalize()) for one in Spelling], name="Spelling"
        )
        before = session.preferences.current.spelling
        self.spelling.choose(before if before in set(Spelling) else Spelling.BRITISH)
        self.act = Button("Choose where…", kind="filled", key="Enter", does=self.ask)
        about = (
            "Methods, results, tables, diagram and checklists, from what was done and nothing else."
            " While something is open it is stamped as a draft and says what."
        )
        choice = Row(gap=16).add(Words("Spelling", step="label"), self.spelling, 1)
        self.body.add(Words(about, step="note", wrap=True), choice, self.said)
        self.foot.add(1, self.act)

    def focus_first(self) -> None:
        """Begin with the spelling."""
        self.spelling.setFocus(Qt.FocusReason.OtherFocusReason)

    def ask(self) -> None:
        """Ask beside the project where the report goes, and write it."""
        project = self._session.project.path
        near = project.with_name(f"{project.stem}-report.docx")
        path = files.ask_save(self, "Save the report", near, KINDS)
        if path is not None:
            spelling = self.spelling.current()
            self.close_card()
            self._session.preferences.change(spelling=spelling)
            write_report(self._session, path, spelling)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on with Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.ask()
            event.accept()
        else:
            super().keyPressEvent(event)


def write_report(session: Session, path: Path, spelling: str) -> None:
    """Write the report with the worker, which can be stopped; say where it is, and if a draft."""

    def work(project: Project, progress: Progress) -> str:
        return project.manuscript.write(path, spelling, progress)

    session.start(work, partial(_say_written, session, path), writes=False)


def _say_written(session: Session, path: Path, draft: str) -> None:
    more = ", a draft that says what is open" if draft else ""
    session.say(f"The report was written to {path}{more}.")
