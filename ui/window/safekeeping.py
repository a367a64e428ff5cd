"""Backups beside the work, and whether the open file is still the one that was opened."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer

from screener import Project
from screener.model import Progress, UserError
from ui.session.session import Session

AFTER_OPENING = 2_000
EVERY = 30 * 60 * 1_000


def _backup(project: Project, progress: Progress) -> Path | None:
    return project.backup_if_changed(progress, beside_work=True)


def _check(project: Project, progress: Progress) -> None:
    project.require_whole(progress)
    project.hold()


def _keep(project: Project, _progress: Progress) -> None:
    project.require_there()


class Safekeeping(QObject):
    """Has the worker write verified backups, which nobody waits for, and looks after the file.

    They are made after opening, soon after much was written at once, and every thirty minutes, when
    something changed; one that gave way to other work is made after that. Only the last one, when
    the file is closed, is waited for (`Session.may_close`, `Session.close`).
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent or session)
        self._session = session
        self._first = QTimer(self, singleShot=True, interval=AFTER_OPENING)
        self._timer = QTimer(self, interval=EVERY)
        self.doing = {"check-first": self.begin}
        """What a link of the problem bar asks for, by its id."""
        self._first.timeout.connect(self.back_up)
        self._timer.timeout.connect(self.back_up)

    def begin(self) -> None:
        """Begin to keep backups of a file; one that is not known as whole is checked first."""
        if self._session.project.whole:
            self._begin()
            return
        try:
            task = self._session.run(_check, writes=True)
        except UserError:
            self._session.stopped.connect(self.begin, Qt.ConnectionType.SingleShotConnection)
            return
        task.done.connect(self._begin)
        task.cancelled.connect(self._on_unchecked)

    def _on_unchecked(self) -> None:
        if not self._session.closing:
            name = self._session.project.path.name
            self._session.complain(
                f"{name} was not checked to its end, and nothing can be changed in it before that.",
                ("check-first", "Check it now"),
            )

    def _begin(self) -> None:
        if self._session.project.writable and not self._timer.isActive():
            self._session.changed.connect(self._on_changed)
            self._first.start()
            self._timer.start()

    def end(self) -> None:
        """Begin no further backup; the file is about to be closed."""
        self._first.stop()
        self._timer.stop()

    def look(self) -> bool:
        """Look whether another program moved, replaced or changed the file.

        Returns whether there is nothing new to tell. Where there is, the worker first keeps what
        the file held, and then it is told, once.
        """
        session = self._session
        project = session.project
        if not (project.writable or project.kept) or session.busy:
            return True
        there = session.attempt(project.is_there)
        if there is not None and there.value:
            self._on_changed()
            return True
        if there is not None:
            try:
                session.run(_keep, writes=True)
            except UserError:  # other work reads, and what was saved is kept at once
                session.attempt(project.require_there)
        return False

    def _on_changed(self) -> None:
        if not self._session.project.held:
            self._back_up_soon()

    def _back_up_soon(self) -> None:
        """Have a backup begin soon; steady work does not put it off."""
        if not (self._session.closing or self._first.isActive()):
            self._first.start()

    def back_up(self) -> None:
        """Make a backup now, or after the work that runs, unless the newest one is up to date."""
        try:
            task = self._session.run(_backup, writes=False, beside=True)
        except UserError:
            self._back_up_soon()
            return
        task.cancelled.connect(self._back_up_soon)  # it gave way to other work
        task.failed.connect(self._on_failed)

    def _on_failed(self, error: UserError) -> None:
        if self.look():  # else another program changed it, and where it is kept is told
            self._session.complain(error)
