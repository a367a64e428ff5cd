"""The archive of a review: where it goes is asked, and the worker writes it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from screener.model import Progress
from screener.model.words import counted
from screener.project import Project
from ui.session import files
from ui.session.session import Session


def ask_archive(session: Session, window: QWidget) -> None:
    """Ask beside the project where the archive goes, and write it."""
    project = session.project.path
    near = project.with_name(f"{project.stem}-archive.zip")
    path = files.ask_save(window, "Archive the review", near, "Zip archive (*.zip)")
    if path is not None:
        write_archive(session, path)


def write_archive(session: Session, path: Path) -> None:
    """Write the archive with the worker, which can be stopped; say where it is."""

    def work(project: Project, progress: Progress) -> int:
        return project.archive.write(path, progress)

    session.start(work, partial(_say_written, session, path), writes=False)


def _say_written(session: Session, path: Path, count: int) -> None:
    session.say(f"The archive was written to {path}: {counted(count, 'file')}.")
