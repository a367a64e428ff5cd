"""Backups: the list of this review's, make one now, restore one as a new file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QWidget

from screener import restore
from ui.session import files
from ui.session.session import Session
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.words import Column, Hairline, Row, Words, clear

SHOWN = 12


class BackupsCard(Card):
    """Lists the newest backups; a restored one is a new file beside the present one."""

    def __init__(
        self, session: Session, window: QWidget, open_file: Callable[[str], object]
    ) -> None:
        super().__init__("Backups", window, width=640)
        self._session = session
        self._open_file = open_file
        self._restored: Path | None = None
        self._rows = Column(gap=0)
        self._open = Button("Open the restored file", kind="link", does=self._on_open)
        self._open.hide()
        self.body.add(
            Words(
                "Made after opening, every thirty minutes of work, and before a merge, when "
                "something changed. Each was verified. They lie in your user folder, not beside "
                "the project.",
                step="note",
                wrap=True,
            ),
            self._rows,
            self.said,
        )
        self.foot.add(Button("Make one now", does=self.back_up), self._open, 1)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again."""
        clear(self._rows)
        found = self._session.project.backups()[:SHOWN]
        if not found:
            self._rows.add(Words("There is no backup yet.", colour="quiet"))
        for backup in found:
            self._rows.add(self._row(backup.path, backup.made, backup.size), Hairline())
        self.fit()

    def _row(self, path: Path, made: str, size: int) -> QWidget:
        button = Button("Restore as a new file…", kind="link", does=lambda: self._ask_restore(path))
        button.setAccessibleDescription(f"Backup of {when(made)}")
        words = Words(f"{size / 1_000_000:.1f} MB", step="small", colour="quiet")
        return Row(gap=16, margins=(0, 4, 0, 4)).add((Words(when(made)), 1), words, button).boxed()

    def back_up(self) -> None:
        """Make a backup now."""
        self._session.start(
            lambda project, progress: project.backup(None, progress),
            lambda _: self._on_backed_up(),
            refused=self.refuse,
        )

    def _on_backed_up(self) -> None:
        self.say("A backup was made and verified.", "quiet")
        self.refresh()

    def _ask_restore(self, backup: Path) -> None:
        path = self._session.project.path
        proposed = files.free_place(path.with_name(f"{path.stem}-restored{files.ENDING}"))
        chosen = files.ask_save(self, "Restore as a new file", proposed)
        if chosen is not None:
            self.restore_as(backup, chosen)

    def restore_as(self, backup: Path, path: Path) -> None:
        """Write a backup to a new file; the one that is open is not touched."""
        self._session.start(
            lambda _, progress: restore(backup, path, progress),
            lambda _: self._on_restored(path),
            refused=self.refuse,
        )

    def _on_restored(self, path: Path) -> None:
        self._restored = path
        self.say(f"Restored as {path}. The open file stays as it is.", "text")
        self._open.show()
        self.fit()

    def _on_open(self) -> None:
        self.close_card()
        self._open_file(str(self._restored))


def when(made: str) -> str:
    """Return an ISO time as a person reads it: "22 November 2026, 10:40"."""
    time = datetime.fromisoformat(made)
    return f"{time.day} {time:%B %Y, %H:%M}"
