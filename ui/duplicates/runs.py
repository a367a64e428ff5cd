"""Every run of the finder: when, how, what came of it; and taking its joins back."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from screener import Project
from screener.duplicates.found import Found
from screener.duplicates.joins import Parting
from screener.duplicates.runs import Run
from screener.model import Progress
from screener.model.words import counted
from ui.duplicates.groups import rule_words
from ui.duplicates.lists import Lists
from ui.session.echo import clock
from ui.session.keys import ActionButton
from ui.session.session import Session
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.rows import Field, RowsModel
from ui.widgets.tables import RowTable
from ui.widgets.words import Column, Row, Words, announce, stacked
from ui.widgets.wrapped import Wrapped


def when(run: Run) -> str:
    """Return when a run was, as "21 May 2026, 20:14"."""
    try:
        time = datetime.fromisoformat(run.time)
    except ValueError:
        return run.time
    return f"{time.day} {time:%B} {time.year}, {time:%H:%M}"


def stands(run: Run) -> str:
    """Say how much of what a run joined stands."""
    if not run.groups:
        return "joined nothing"
    if run.undone or not run.standing:
        return "taken back"
    groups = counted(run.groups, "group")
    return groups if run.standing >= run.groups else f"{run.standing:,} of {groups}"


def _colour(run: Run) -> str:
    return "text" if run.standing else "quiet"


_FIELDS: tuple[Field[Run], ...] = (
    Field(heading="When", text=when, colour=_colour, strong=True, order=lambda run: run.time),
    Field(
        heading="Settings",
        text=lambda run: f"{run.settings.name}, rules {run.version}",
        colour=_colour,
    ),
    Field(
        heading="Compared",
        text=lambda run: f"{run.records:,}",
        right=True,
        width=110,
        colour=_colour,
    ),
    Field(
        heading="Joined", text=lambda run: f"{run.joins:,}", right=True, width=96, colour=_colour
    ),
    Field(heading="Asked", text=lambda run: f"{run.asked:,}", right=True, width=96, colour=_colour),
    Field(heading="Stands", text=stands, width=190, colour=_colour, order=lambda run: run.standing),
)


def described(run: Run) -> str:
    """Say how a run looked and which of its rules joined how many, for the methods section."""
    words = f"{run.described[:1].upper()}{run.described[1:]}."
    rules = sorted(run.rules.items(), key=lambda item: -item[1])
    joined = "; ".join(f"{rule_words(name) or name} {count:,}" for name, count in rules)
    return f"{words} Joined by: {joined}." if joined else words


def what_comes_apart(parting: Parting, *, screened: bool) -> str:
    """Say what taking joins back will do, before it is done."""
    joins = counted(parting.joins, "join")
    units = "1 more record" if parting.units == 1 else f"{parting.units:,} more records"
    stay = {0: "", 1: " The one you joined by hand stays."}.get(
        parting.by_hand, f" The {parting.by_hand:,} you joined by hand stay."
    )
    decided = " Decisions stay with the record they were made on." if screened else ""
    return (
        f"{joins} will be taken back: {units} to screen.{stay} What you said is different stays "
        f"different.{decided}"
    )


class RunsView(QWidget):
    """A row for each run, and taking one back, or all, once a person agrees.

    `opened` carries the row of a run whose groups are to be looked at.
    """

    opened = Signal(int)

    def __init__(self, session: Session, lists: Lists, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._lists = lists
        self._shown: tuple[Run, ...] = ()
        self._asked: Run | None = None
        self.table = RowTable("Runs of the finder", finds=True)
        self._rows: RowsModel[Run] = RowsModel(_FIELDS, self)
        self.table.setModel(self._rows)
        self._described = Words(step="small", wrap=True, selectable=True)
        self._described.hide()
        self._sentence = Words(step="strong", wrap=True)
        self.look = Button("Look at its groups", key="Return", does=self._on_look)
        self.undo = ActionButton(
            "Take this run back…", "undo-join", session.keys, kind="edge", does=self.ask_back
        )
        self.undo_all = Button(
            "Take back all joins of the finder…", kind="quiet", does=lambda: self._ask(None)
        )
        self.yes = Button("Take them back", kind="filled", key="Return", does=self._on_yes)
        self.no = Button("Leave it", kind="quiet", key="Esc", does=self.leave)
        self._acting = Wrapped(gap=tokens.GAP_OUT, far=1)
        self._acting.set_widgets([self.look, self.undo, self.undo_all])
        asking = Row(gap=tokens.GAP_OUT)
        self._asking = asking.add((self._sentence, 1), self.yes, self.no).boxed()
        self._foot = stacked(self._acting, self._asking)
        below = Column(gap=12, margins=(tokens.MARGIN, 12, tokens.MARGIN, 16))
        Column(self, gap=0).add(
            (Column(margins=(20, 8, 20, 0)).add(self.table), 1),
            below.add(self._described, self._foot),
        )
        self.table.row_changed.connect(self._on_row)
        self.table.opened.connect(self._on_opened)

    def refresh(self) -> None:
        """Show the runs as they are now, the last first; the chosen row stays if none is new."""
        wanted = tuple(reversed(self._lists.runs))
        if wanted != self._shown:
            row = max(0, self.table.current())
            self._shown = wanted
            self._rows.set_rows(wanted)
            self.leave()
            self.table.choose(min(row, len(wanted) - 1))

    def run(self, row: int) -> Run | None:
        """Return the run of a row."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    @property
    def asking(self) -> bool:
        """Whether it is being asked if joins are to be taken back."""
        return self._foot.currentWidget() is self._asking

    def ask_back(self) -> None:
        """Ask whether the chosen run is to be taken back, if anything of it stands."""
        run = self.run(self.table.current())
        if run is not None and run.standing:
            self._ask(run)

    def _ask(self, run: Run | None) -> None:
        """Say what taking a run back, or all of them, will do, and wait for Enter or Escape."""
        project = self._session.project
        if not project.writable or self._session.busy:
            return
        duplicates = project.duplicates
        parting = duplicates.parted_by_run(run) if run else duplicates.parted_by_all()
        sentence = what_comes_apart(parting, screened=bool(project.consensus.reviewers()))
        self._asked = run
        self._sentence.setText(sentence)
        self._foot.setCurrentWidget(self._asking)
        self.yes.setFocus()
        announce(self, sentence)

    def leave(self) -> None:
        """Take nothing back."""
        if self.asking:
            self._foot.setCurrentWidget(self._acting)
            self.table.setFocus()

    def set_can_act(self, *, can: bool) -> None:
        """While something is written, nothing can be taken back."""
        self._foot.setEnabled(can)

    def _on_yes(self) -> None:
        if self.asking:
            self.leave()
            self._take_back(self._asked)

    def _take_back(self, run: Run | None) -> None:
        def taken_back() -> int:
            self._lists.forget()  # what was joined is found anew
            duplicates = self._session.project.duplicates
            return duplicates.undo_run(run) if run else duplicates.undo_all()

        done = self._session.attempt(taken_back)
        if done is not None and done.value:
            joins = done.value
            what = f"of the run of {when(run)}" if run else "of the finder"
            words = f"Taken back: {counted(joins, 'join')} {what}"
            self._session.say(words, saved=clock(), can_take_back=True)

    def _on_row(self, row: int) -> None:
        run = self.run(row)
        if run is not None:
            self._described.show_text(described(run))
            self.look.setVisible(bool(run.standing))
            self.undo.setVisible(bool(run.standing))
        self.undo_all.setVisible(any(one.standing for one in self._shown))
        self.leave()

    def _on_look(self) -> None:
        self._on_opened(self.table.current())

    def _on_opened(self, row: int) -> None:
        run = self.run(row)
        if run is not None and run.standing:
            self.opened.emit(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """While it is asked, Enter takes back and no key but Escape goes on to the page."""
        if not self.asking or event.key() == Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_yes()


class Finding(QObject):
    """`found` carries what was found and how many records were joined; `ended` comes always."""

    found = Signal(object, int)
    ended = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.looking = False
        """Whether it looks at this moment."""

    def begin(self, *, join: bool) -> bool:
        """Look, and join what is certain as one action; say whether it began."""

        def work(project: Project, progress: Progress) -> tuple[Found, int]:
            found = project.duplicates.find(progress=in_steps(progress))
            progress(0, None, "Joining what is certain")  # the last moment to stop
            return found, project.duplicates.join(found.certain) if join else 0

        # Only looking leaves the project to others: nothing is written.
        task = self._session.start(work, self._on_done, writes=join)
        if task is None:
            return False
        self.looking = True
        task.ended.connect(self._on_ended)
        return True

    def _on_done(self, result: tuple[Found, int]) -> None:
        self.found.emit(*result)

    def _on_ended(self) -> None:
        self.looking = False
        self.ended.emit()


_STEPS = ("Reading records", "Comparing pairs of records")


def in_steps(progress: Progress) -> Progress:
    """Say of which step a count and a time are: the second begins when the first has ended."""

    def told(done: int, total: int | None, what: str) -> None:
        if what in _STEPS:
            number, of = _STEPS.index(what) + 1, len(_STEPS)
            what = f"Step {number} of {of}, {what[0].lower()}{what[1:]}"
        progress(done, total, what)

    return told


def joined_words(found: Found, joined: int) -> str:
    """Say what a run joined."""
    groups = counted(len(found.certain), "certain group")
    records = counted(joined, "record")
    return f"Joined {records} to another, in {groups}"
