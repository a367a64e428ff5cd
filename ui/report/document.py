"""The report as a document: where it goes is asked, and the worker writes it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from screener.model import Progress
from screener.project import Project
from ui.session import files
from ui.session.session import Session

KINDS = (
    "Word document (*.docx);;PDF (*.pdf);;Web page (*.html);;Excel workbook, the tables (*.xlsx)"
)


def ask_report(session: Session, window: QWidget) -> None:
    """Ask beside the project where the report goes, and write it."""
    project = session.project.path
    near = project.with_name(f"{project.stem}-report.docx")
    path = files.ask_save(window, "Save the report", near, KINDS)
    if path is not None:
        write_report(session, path)


def write_report(session: Session, path: Path) -> None:
    """Write the report with the worker, which can be stopped; say where it is, and if a draft."""

    def work(project: Project, progress: Progress) -> str:
        return project.manuscript.write(path, progress=progress)

    session.start(work, partial(_say_written, session, path), writes=False)


def _say_written(session: Session, path: Path, draft: str) -> None:
    more = ", a draft that says what is open" if draft else ""
    session.say(f"The report was written to {path}{more}.")
