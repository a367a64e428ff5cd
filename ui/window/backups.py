"""Backups: the list of this review's, make one now, restore one as a new file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from screener import restore
from screener.model import UserError
from ui.session import files
from ui.session.session import Session
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.words import Column, Hairline, Row, Words

SHOWN = 12


class BackupsCard(Card):
    """Lists the newest backups; a restored one is a new file beside the present one."""

    open_wanted = Signal(str)

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__("Backups", window, width=640)
        self._session = session
        self._restored: Path | None = None
        self._rows = QWidget()
        self._now = Button("Make one now")
        self._open = Button("Open the restored file", kind="link")
        self._open.hide()
        self._lay_out()
        self._now.clicked.connect(self.back_up)
        self._open.clicked.connect(self._on_open)
        self.refresh()

    def _lay_out(self) -> None:
        self.body.addWidget(
            Words(
                "Made after opening, every thirty minutes of work, and before a merge, when "
                "something changed. Each was verified. They lie in your user folder, not beside "
                "the project.",
                step="note",
                wrap=True,
            )
        )
        self.body.addWidget(self._rows)
        self.body.addWidget(self.said)
        self.foot.addWidget(self._now)
        self.foot.addWidget(self._open)
        self.foot.addStretch(1)

    def refresh(self) -> None:
        """Read the list again."""
        fresh = QWidget()
        column = Column(fresh, gap=0)
        found = self._session.project.backups()[:SHOWN]
        if not found:
            column.addWidget(Words("There is no backup yet.", colour="quiet"))
        for backup in found:
            column.add(self._row(backup.path, backup.made, backup.size), Hairline())
        self.body.replaceWidget(self._rows, fresh)
        self._rows.hide()
        self._rows.deleteLater()
        self._rows = fresh
        self.fit()

    def _row(self, path: Path, made: str, size: int) -> Row:
        row = Row(gap=16, margins=(0, 4, 0, 4)).add(
            (Words(when(made)), 1),
            Words(f"{size / 1_000_000:.1f} MB", step="small", colour="quiet"),
        )
        button = Button("Restore as a new file…", kind="link")
        button.setObjectName(str(path))
        button.setAccessibleDescription(f"Backup of {when(made)}")
        button.clicked.connect(self._on_restore)
        row.addWidget(button)
        return row

    def back_up(self) -> None:
        """Make a backup now."""
        try:
            task = self._session.run(
                lambda project, progress: project.backup(None, progress), writes=False
            )
        except UserError as error:
            self.say(str(error), "warn")
            return
        task.done.connect(self._on_backed_up)

    def _on_backed_up(self) -> None:
        self.say("A backup was made and verified.", "quiet")
        self.refresh()

    def _on_restore(self) -> None:
        sender = self.sender()
        if sender is None:
            return
        backup, path = Path(sender.objectName()), self._session.project.path
        proposed = files.free_place(path.with_name(f"{path.stem}-restored{files.ENDING}"))
        chosen = files.ask_save(self, "Restore as a new file", proposed)
        if chosen is not None:
            self.restore_as(backup, chosen)

    def restore_as(self, backup: Path, path: Path) -> None:
        """Write a backup to a new file; the one that is open is not touched."""
        try:
            task = self._session.run(
                lambda _, progress: restore(backup, path, progress), writes=False
            )
        except UserError as error:
            self.say(str(error), "warn")
            return
        self._restored = path
        task.done.connect(self._on_restored)

    def _on_restored(self) -> None:
        assert self._restored is not None
        self.say(f"Restored as {self._restored}. The open file stays as it is.", "text")
        self._open.show()
        self.fit()

    def _on_open(self) -> None:
        path = self._restored
        self.close_card()
        if path is not None:
            self.open_wanted.emit(str(path))


def when(made: str) -> str:
    """Return an ISO time as a person reads it: "22 November 2026, 10:40"."""
    time = datetime.fromisoformat(made)
    return f"{time.day} {time:%B %Y, %H:%M}"
