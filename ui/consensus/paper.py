"""Agenda and minutes of the meeting as files, and the table that comes back from it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from screener.model import Mode, Progress, UserError
from screener.model.words import counted
from screener.printing.prints import Told, ToSettle
from screener.project import Project
from ui.consensus.meeting import Meeting
from ui.consensus.meeting_header import MeetingHeader
from ui.session import files
from ui.session.dispatch import Handlers
from ui.session.echo import clock
from ui.session.session import Session
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.rows import Field, RowsModel
from ui.widgets.tables import RowTable
from ui.widgets.theme import Sized
from ui.widgets.words import Words

FORMATS = "PDF (*.pdf);;Word (*.docx);;Excel workbook (*.xlsx);;Web page (*.html)"
TABLES = "Tables (*.xlsx *.csv);;All files (*)"
_ROWS = 8
_FIELDS: tuple[Field[Told], ...] = (
    Field(heading="Item", text=lambda one: one.item),
    Field(heading="Agreed", text=lambda one: one.agreed, width=200),
    Field(heading="Why", text=lambda one: one.why, colour="quiet", width=200),
    Field(
        heading="By",
        text=lambda one: one.by + (", decides" if one.mode is Mode.ADJUDICATION else ""),
        colour="quiet",
        width=140,
    ),
)


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
        if self._page.isVisible():
            SettleTableCard(self._session, path, step, found, self._page.window()).open()


def _agenda(project: Project, path: Path, meeting: Meeting, progress: Progress) -> int:
    level = int(meeting.level)
    return project.printing.write_agenda(path, meeting.step, level=level, progress=progress)


def _minutes(project: Project, path: Path, meeting: Meeting, progress: Progress) -> int:
    level = int(meeting.level)
    return project.printing.write_minutes(path, meeting.step, level=level, progress=progress)


class SettleTableCard(Card):
    """Shows what a table would settle, and settles it as one action, all or nothing."""

    def __init__(
        self, session: Session, path: Path, step: str, found: ToSettle, window: QWidget
    ) -> None:
        super().__init__("Settle from a table", window, width=960)
        self._session, self._path, self._step, self._found = session, path, step, found
        several = counted(len(found.told), "item")
        self.rows: RowsModel[Told] = RowsModel(_FIELDS, self)
        self.table = RowTable("What the table settles", sortable=False)
        self.table.setModel(self.rows)
        self.rows.set_rows(found.told)
        self.table.choose(0)
        self.table.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Enter settles, arrows move in it
        lines = min(max(len(found.told), 2), _ROWS) + 1
        Sized(self.table, height=lines * tokens.ROW)
        self.act = Button(f"Settle {several}", kind="filled", key="Enter", does=self.settle)
        about = f"{path.name} settles {several}. The decisions themselves stay as they were."
        self.body.add(Words(about, step="note", wrap=True), self.table, self.said)
        self.foot.add(1, self.act)

    def settle(self) -> None:
        """Settle all of it; what is wrong is said here, and nothing was recorded."""
        if not self.act.isEnabled():
            return
        self.act.setEnabled(False)
        wanted, step = self._found.wanted, self._step
        self._session.start(
            lambda project, _: project.consensus.resolve_many(step, wanted),
            self._on_settled,
            writes=True,
            refused=self._on_refused,
        )

    def _on_settled(self, count: int) -> None:
        self.close_card()
        words = f"{counted(count, 'item')} settled from {self._path.name}"
        self._session.say(words, saved=clock(), can_take_back=True)

    def _on_refused(self, error: UserError) -> None:
        self.act.setEnabled(True)
        self.refuse(error)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Settle with Enter; arrows move in the list."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.settle()
            event.accept()
        elif key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.table.step(1 if key == Qt.Key.Key_Down else -1)
        else:
            super().keyPressEvent(event)
