"""Backups: listed by file, looked into, restored as a new file; also when no file opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from itertools import groupby
from pathlib import Path

from PySide6.QtWidgets import QWidget

from screener import backup_time, find_backups, is_backup, last_place, restore
from screener.model import Backup, Progress, Summary
from screener.model.words import one_line
from ui.session import files
from ui.session.session import AT_ONCE, Session
from ui.session.task import begin
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.words import Column, Hairline, Row, Space, Words, clear


class BackupsCard(Card):
    """Lists the backups of the open file, of one that is `lost`, or all that this computer has.

    `open_file` opens what was restored, `look_into` a backup to be read; a restored one is a new
    file, and no file that is there is changed.
    """

    def __init__(
        self,
        window: QWidget,
        session: Session | None,
        open_file: Callable[[Path], object],
        look_into: Callable[[Path], object],
        lost: Path | None = None,
    ) -> None:
        super().__init__("Backups", window)
        self._session = session
        self._lost = lost
        self._open_file = open_file
        self._look_into = look_into
        self._restored: Path | None = None
        self._rows = Column(gap=0)
        self._open = Button("Open the restored file", kind="link", does=self._on_open)
        self._open.hide()
        about = f"For {lost.name}, which could not be opened. " if lost is not None else ""
        self.body.add(
            Words(
                f"{about}Made after opening, every thirty minutes of work, before a merge, and "
                "when a file is closed, when something changed. Each was verified. They lie in "
                "your user folder, not beside the project.",
                step="note",
                wrap=True,
            ),
            self._rows,
            self.said,
        )
        if session is not None and not session.project.to_read:
            self.foot.add(Button("Make one now", does=self.back_up))
        self.foot.add(self._open, 1)
        self.refresh()

    def refresh(self) -> None:
        """Read the list again: of a large review, or without one, beside the window."""
        project = self._session.project if self._session is not None else None
        read = partial(find_backups, self._lost) if project is None else project.backups
        if project is not None and project.units.count() <= AT_ONCE:
            self._show(read())
            return
        task = begin(lambda _: read(), self)
        task.done.connect(self._show)
        task.failed.connect(self.refuse)

    @property
    def _blind(self) -> bool:
        """Whether a reviewer's copy is open, so that another's file is not a click away."""
        return self._session is not None and self._session.project.is_copy

    def _show(self, found: list[Backup]) -> None:
        clear(self._rows)
        if not found:
            self._rows.add(Words("There is no backup yet.", colour="quiet"))
        of = "Other files of" if any(one.own for one in found) else "Files of"
        for (own, _), together in groupby(found, key=lambda one: (one.own, one.path.parent)):
            some = list(together)
            if not own:
                title = next((one.what.title for one in some if one.what.title), "without a title")
                heading = Words(f"{of} the review “{title}”", step="label", wrap=True)
                self._rows.add(Space(16), heading, Space(4))
            for backup in some:
                self._rows.add(self._row(backup), Hairline())
        self.fit()

    def _row(self, backup: Backup) -> QWidget:
        what, amount = backup.what, _amount(backup.size)
        first = f"{when(backup.made)}   ·   {what.whose}"
        second = "   ·   ".join(filter(None, (what.amount, amount)))
        buttons = [
            Button("Look into it", kind="link", does=lambda: self._on_look(backup.path)),
            Button("Restore as…", kind="link", does=lambda: self._ask_restore(backup)),
        ]
        if self._blind and not backup.own:
            buttons.clear()  # who screens sees what others decided after both have closed
        for button in buttons:
            button.setAccessibleDescription(f"Backup of {when(backup.made)}, {what.words}")
        words = Column(gap=2).add(
            Words(first, wrap=True), Words(second, step="small", colour="quiet")
        )
        return Row(gap=16, margins=(0, 4, 0, 4)).add((words, 1), *buttons).boxed()

    def back_up(self) -> None:
        """Make a backup now."""
        if self._session is not None:
            self._session.start(
                lambda project, progress: project.backup(None, progress),
                lambda _: self._on_backed_up(),
                writes=False,
                refused=self.refuse,
            )

    def _on_backed_up(self) -> None:
        self.say("A backup was made and verified.", "quiet")
        self.refresh()

    def _on_look(self, backup: Path) -> None:
        self.close_card()
        self._look_into(backup)

    def _ask_restore(self, backup: Backup) -> None:
        chosen = files.ask_new(self, "Restore as a new file", self._proposed(backup))
        if chosen is not None:
            self.restore_as(backup.path, chosen)

    def _proposed(self, backup: Backup) -> Path:
        """Return a free place beside the file it is of, or in the documents where none is known.

        The name says whose it is.
        """
        what = backup.what
        of = last_place(what) or self._beside(backup)
        stem = of.stem if of is not None else files.file_name(what.title)
        folder = of.parent if of is not None else files.documents()
        whose = f"-{files.file_name(what.reviewer)}" if what.reviewer else ""
        return files.free_place(folder / f"{stem}-restored{whose}{files.ENDING}")

    def _beside(self, backup: Backup) -> Path | None:
        """Return the file that is open or lost, where the backup is one of it."""
        session, of = self._session, self._lost
        if session is not None:
            of = session.project.path if backup.own and not session.project.to_read else None
        known = of is not None and of.parent.is_dir() and not is_backup(of)
        return of if known else None

    def restore_as(self, backup: Path, path: Path) -> None:
        """Write a backup to a new file; the one that is open is not touched."""

        def work(progress: Progress) -> Summary:
            return restore(backup, path, progress)

        def done(what: Summary) -> None:
            self._on_restored(path, what)

        if self._session is not None:
            self._session.start(
                lambda _, progress: work(progress), done, writes=False, refused=self.refuse
            )
            return
        self.say("Restoring…", "quiet")
        task = begin(work, self)
        task.done.connect(done)
        task.failed.connect(self.refuse)

    def _on_restored(self, path: Path, what: Summary) -> None:
        self._restored = path
        stays = " The open file stays as it is." if self._session is not None else ""
        self.say(f"Restored as {path}: {what.words}.{stays}", "text")
        self._open.show()
        self.fit()

    def _on_open(self) -> None:
        self.close_card()
        if self._restored is not None:
            self._open_file(self._restored)


def _amount(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{size / 1_000:.0f} kB"


def when(made: str) -> str:
    """Return an ISO time as a person reads it: "22 November 2026, 10:40"."""
    time = datetime.fromisoformat(made)
    return f"{time.day} {time:%B %Y, %H:%M}"


def name_of(path: Path, *, looking: bool) -> str:
    """Return what the title bar calls a file: a backup by when it was made, others by name."""
    made = backup_time(path)
    name = f"Backup of {when(made)}" if made else one_line(path.name)
    return f"{name} (to be read)" if looking else name
