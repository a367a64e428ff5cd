"""Agenda and minutes of the meeting as files, and the table that comes back from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from screener.consensus.reveal import Level
from screener.model import Progress, UserError
from screener.model.words import counted
from screener.printing.prints import Told, ToSettle
from screener.printing.returned import settled_before
from screener.project import Project
from ui.consensus.meeting import Meeting
from ui.consensus.meeting_header import MeetingHeader
from ui.consensus.settle_table import SettleTableCard
from ui.session import files
from ui.session.dispatch import Handlers
from ui.session.session import Session

FORMATS = "PDF (*.pdf);;Word (*.docx);;Excel workbook (*.xlsx);;Web page (*.html)"
TABLES = "Tables (*.xlsx *.csv);;All files (*)"


class Paper:
    """What the meeting writes to be printed, and reads when it was filled in."""

    def __init__(
        self,
        session: Session,
        page: QWidget,
        header: MeetingHeader,
        now: Callable[[], Meeting | None],
    ) -> None:
        """`now` gives the meeting that is shown."""
        self._session, self._page, self._now = session, page, now
        header.agenda.clicked.connect(self.agenda)
        header.minutes.clicked.connect(self.minutes)
        header.table.clicked.connect(self.settle_from)

    def handlers(self) -> Handlers:
        """Return what the keys do."""
        return {
            "agenda": self.agenda,
            "minutes": self.minutes,
            "settle-table": self.settle_from,
        }

    def agenda(self) -> None:
        """Ask where the agenda goes, and write it as much as is shown now."""
        self._write("Agenda", "to settle", _agenda)

    def minutes(self) -> None:
        """Ask where the minutes go, and write them."""
        self._write("Minutes", "settled", _minutes)

    def _write(
        self, title: str, done: str, write: Callable[[Project, Path, Meeting, Progress], int]
    ) -> None:
        if (meeting := self._now()) is None:
            return
        project = self._session.project.path
        proposed = project.with_name(f"{project.stem}-{title.lower()}-{meeting.step}.pdf")
        path = files.ask_save(self._page, title, proposed, FORMATS)
        if path is None:
            return

        def say(count: int) -> None:
            items = counted(count, "item")
            self._session.say(f"{title}: {items} {done}, written to {path.name}")

        self._session.start(
            lambda project, progress: write(project, path, meeting, progress), say, writes=False
        )

    def settle_from(self) -> None:
        """Ask for a table that was filled in, and show what it would settle."""
        if (meeting := self._now()) is None or self._session.refuses():
            return
        near = self._session.project.path.parent
        path = files.ask_open(self._page, "Settle from a table", near, TABLES)
        if path is not None:
            self.look_at(path, meeting.step)

    def look_at(self, path: Path, step: str) -> None:
        """Read a table and show what it would settle; what is wrong is a problem."""

        def read(project: Project, _: Progress) -> ToSettle:
            return project.printing.look_at(path, step)

        self._session.start(read, partial(self._show, path, step), writes=False)

    def _show(self, path: Path, step: str, found: ToSettle) -> None:
        if not self._page.isVisible():
            return
        if not found.wanted:
            before = settled_before(found.before)
            self._session.say(f"Nothing in {path.name} is new: {before.rstrip('.')}")
        elif self._may_be_told(found):
            SettleTableCard(self._session, path, step, found, self._page.window()).open()

    def _may_be_told(self, found: ToSettle) -> bool:
        """Complain where what would be overturned is not shown at the level of the meeting."""
        needed = max((_level_of(one) for one in found.told), default=Level.RECORD)
        meeting = self._now()
        if meeting is None or meeting.level >= needed:
            return True
        self._session.complain(
            UserError(
                "The table settles otherwise what was agreed already, and that is not shown at this"
                " level; show more of the decisions, then choose the table again."
            )
        )
        return False


def _level_of(one: Told) -> Level:
    """Return the level at which what a row overturns is shown."""
    if not one.overturns:
        return Level.RECORD
    return Level.EVERYTHING if one.of_reason else Level.DECISIONS


def _agenda(project: Project, path: Path, meeting: Meeting, progress: Progress) -> int:
    level = int(meeting.level)
    return project.printing.write_agenda(path, meeting.step, level=level, progress=progress)


def _minutes(project: Project, path: Path, meeting: Meeting, progress: Progress) -> int:
    level = int(meeting.level)
    return project.printing.write_minutes(path, meeting.step, level=level, progress=progress)
