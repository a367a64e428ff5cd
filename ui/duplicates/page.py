"""Duplicates: finding them, answering what is doubtful, looking at what was answered."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from screener import Project
from screener.duplicates.found import Found
from screener.duplicates.settings import PRESETS, STANDARD
from screener.model import Changes, Kind, Progress, UserError
from ui.duplicates import answering, nothing
from ui.duplicates.answering import Answer
from ui.duplicates.group_view import GroupView
from ui.duplicates.groups import LETTERS, Mode, Side
from ui.duplicates.groups_header import GroupsHeader
from ui.duplicates.linked import LinkedTable
from ui.duplicates.run import Run
from ui.duplicates.settings_view import SettingsView
from ui.session.actions import Where
from ui.session.echo import Echo
from ui.session.session import Session
from ui.widgets.empty import EmptyPage
from ui.widgets.words import Column

_ANSWERED = (Mode.ASK, Mode.DIFFERENT)
"""Where the answers are offered; elsewhere letters split a record out."""


class DuplicatesPage(QWidget):
    """Asks about doubtful groups one by one; shows what is joined, kept apart and linked."""

    wants = Signal(str)
    echo = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._run = Run(session.project)
        self._mode = Mode.ASK
        self._place = 0
        self._settings = STANDARD
        self._opened = False  # a set of linked reports, out of their list
        self._looking = False
        self._stale = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._build()
        self._lay_out()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.header = GroupsHeader()
        self.empty = EmptyPage("Nothing to compare yet", "")
        self.empty.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.group = GroupView(self._session.keys)
        self.linked = LinkedTable(self._session.project)
        self.choice = SettingsView()
        self._stack = QStackedWidget()

    def _lay_out(self) -> None:
        self._linked_list = QWidget()
        Column(self._linked_list, margins=(20, 8, 20, 0)).addWidget(self.linked)
        for view in (self.empty, self.group, self._linked_list, self.choice):
            self._stack.addWidget(view)
        column = Column(self, gap=0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.empty.acted.connect(self._on_empty)
        self.group.chosen.connect(self.perform)
        self.group.pressed.connect(self._on_column)
        self.header.lists.chosen.connect(self.show_at)
        self.header.certain.clicked.connect(self._on_certain)
        self.header.different.clicked.connect(self._on_different)
        self.header.settings.clicked.connect(self.choose_settings)
        self.choice.chosen.connect(self._on_settings)
        self.choice.left.connect(self._on_back)
        self.linked.opened.connect(self._on_linked)
        self.linked.row_changed.connect(self._on_linked_row)
        self.header.back.clicked.connect(self._on_back)
        self._soon.timeout.connect(self._on_soon)
        self._session.changed.connect(self._on_changed)
        self._session.busy_changed.connect(self._on_busy)

    # --- finding --------------------------------------------------------------------------

    def find_duplicates(self, *, join: bool = True) -> None:
        """Look for duplicates and join the certain ones (as one action), or only look."""
        if not self._can_act():
            return

        settings = self._settings

        def work(project: Project, progress: Progress) -> tuple[Found, int]:
            found = project.duplicates.find(settings=settings, progress=progress)
            progress(0, None, "Joining what is certain")  # the last moment to stop
            return found, project.duplicates.join(found.certain) if join else 0

        try:
            task = self._session.run(work)
        except UserError as error:
            self._session.problem.emit(str(error))
            return
        self._looking = True
        task.done.connect(self._on_found)
        task.ended.connect(self._on_ended)
        self.refresh()
        if join:  # what asked for it cannot keep the keyboard while it runs
            self.focus_first()

    def _on_found(self, result: tuple[Found, int]) -> None:
        found, joined = result
        self._run.take(found)
        self._mode, self._place = Mode.ASK, 0
        if joined:
            groups = f"{len(found.certain):,} certain group{'s'[: len(found.certain) != 1]}"
            records = f"{joined:,} record{'s'[: joined != 1]}"
            self._say(f"Joined {records} to another, in {groups}")

    def _on_ended(self) -> None:
        self._looking = False
        self.refresh()
        if self.isVisible():
            self.focus_first()

    @property
    def rail_words(self) -> str:
        """What the rail says while questions of this session's run are open."""
        left = len(self._run.remaining.open) if self._run.found is not None else 0
        return f"{left:,} group{'s'[: left != 1]} to look at" if left else ""

    # --- what is shown --------------------------------------------------------------------

    def refresh(self) -> None:
        """Read what the project holds now; a question that is open again is shown."""
        self._stale = False
        again = self._run.look()
        if again >= 0 and self._mode is Mode.ASK:
            self._place = again
        self._show()

    def _show(self) -> None:
        """Show the group in its place, or what there is to say without one."""
        within = self._has_keyboard()
        groups = self._run.groups(self._mode)
        if self._mode is not Mode.ASK and not groups:
            self._mode, self._place, groups = Mode.ASK, 0, self._run.groups(Mode.ASK)
        self._opened = self._opened and self._mode is Mode.LINKED
        self._place = max(0, min(self._place, len(groups) - 1))
        if not groups:
            self._show_empty()
        elif self._mode is Mode.LINKED and not self._opened:
            self._show_linked(self._place)
        else:
            self.group.show_side(self._run.side(groups[self._place]), self._mode)
            self._stack.setCurrentWidget(self.group)
        self._dress(len(groups))
        self._on_busy()
        if within and not self._has_keyboard():
            self.focus_first()  # what had the keyboard is gone, and Qt gave it to another area

    def _has_keyboard(self) -> bool:
        focused = QApplication.focusWidget()
        return focused is not None and self._stack.isAncestorOf(focused)

    def _show_empty(self) -> None:
        count = self._session.project.sources.count()
        words = nothing.LOOKING if self._looking else nothing.to_say(self._run, count)
        self.empty.set_texts(words.title, words.sentence, action=words.action)
        self._stack.setCurrentWidget(self.empty)

    def _show_linked(self, place: int) -> None:
        self.linked.show_linked(self._run.linked)
        self.linked.choose(place)
        self._stack.setCurrentWidget(self._linked_list)

    def _dress(self, groups: int) -> None:
        in_list = self._stack.currentWidget() is self._linked_list
        words = f"group {self._place + 1:,} of {groups:,}" if groups and not in_list else ""
        self.header.show_run(self._run, self._mode, words=words, looking=self._looking)

    # --- acting ---------------------------------------------------------------------------

    def perform(self, action: str) -> None:
        """Do one action of the table of keys, by its id."""
        acts: dict[str, Callable[[], None]] = {
            "same": self._same,
            "different": self._different,
            "split": self._split,
            "which": self._which,
            "later": self._later,
            "take-back-group": self._take_back,
        }
        moves = {"next-group": 1, "group-before": -1}
        steps = {"shown-left": -1, "shown-right": 1}
        if action in moves:
            self._move(moves[action])
        elif self._can_act() and action in acts:
            acts[action]()
        elif action in steps and self._can_act() and self._mode in _ANSWERED:
            self.group.move_kept(steps[action])

    def _asked(self, *modes: Mode) -> Side | None:
        """Return the group that is shown, if it is one of these modes and is not being marked."""
        shown = self._stack.currentWidget() is self.group and self._mode in modes
        return self.group.side if shown and not self.group.choosing else None

    def _same(self) -> None:
        side = self._asked(*_ANSWERED)
        if side is not None:
            self._answer(answering.all_same(side, self.group.kept))

    def _different(self) -> None:
        side = self._asked(Mode.ASK)
        if side is not None:
            self._answer(answering.all_different(side))

    def _split(self) -> None:
        side, some = self.group.side, self.group.suggested()
        shown = self._stack.currentWidget() is self.group and self._mode in _ANSWERED
        if shown and side is not None and some:
            self._answer(answering.some_same(side, some, self.group.kept))

    def _which(self) -> None:
        side = self._asked(*_ANSWERED)
        if self.group.choosing:
            self.group.choose_which(on=False)
        elif side is not None and (self._mode is Mode.ASK or len(side.columns) > 2):
            self.group.choose_which(on=True)

    def _later(self) -> None:
        side = self._asked(Mode.ASK)
        if side is not None:
            self._run.remaining.put_off(self._run.remaining.open[self._place])
            self._say(f"Put off: “{side.title()}”", can_take_back=False)
            self._show()

    def _take_back(self) -> None:
        name = self._session.attempt(self._session.project.undo)
        if name is not None:
            self._say(f"Taken back: {name}")

    def _split_out(self, column: int) -> None:
        if (side := self.group.side) and column < len(side.columns) and self._can_act():
            self._answer(answering.split_out(side, column))

    def _answer(self, answer: Answer) -> None:
        """Do one answer; it is said only after it is on the disk."""

        def acted() -> bool:
            answer.write(self._session.project)
            return True

        if self._session.attempt(acted):
            self._say(answer.sentence)

    def _move(self, step: int) -> None:
        wanted = self._place + step
        if 0 <= wanted < self._run.count(self._mode):
            self._place = wanted
            self._show()

    def _can_act(self) -> bool:
        return self._session.project.writable and not self._session.busy

    def _say(self, sentence: str, *, can_take_back: bool = True) -> None:
        saved = f"{datetime.now().astimezone():%H:%M}" if can_take_back else ""
        can = can_take_back and bool(self._session.project.undo_name())
        self.echo.emit(Echo(sentence=sentence, saved=saved, can_take_back=can))

    def focus_first(self) -> None:
        """Put the keyboard on the records, or on what begins."""
        if self._stack.currentWidget() is self.group:
            self.group.focus_records()
        elif self._stack.currentWidget() is self._linked_list:
            self.linked.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._stack.currentWidget() is self.choice:
            self.choice.choice.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            can = self.empty.button.isEnabled() and not self.empty.button.isHidden()
            (self.empty.button if can else self.empty).setFocus(Qt.FocusReason.OtherFocusReason)

    def show_at(self, which: str) -> None:
        """Show one of the lists by the word of its `Mode`, for a number of the report."""
        if which in list(Mode):
            self._look_at(Mode(which))

    # --- slots ----------------------------------------------------------------------------

    def _on_empty(self) -> None:
        if self._session.project.sources.count() < 2:
            self.wants.emit("sources")
        elif self._run.is_due:
            self.find_duplicates()
        else:
            self._on_certain()

    def _look_at(self, mode: Mode) -> None:
        self._mode, self._place, self._opened = mode, 0, False
        self._show()
        self.focus_first()

    def _on_certain(self) -> None:
        self._look_at(Mode.CERTAIN)

    def _on_different(self) -> None:
        self._look_at(Mode.DIFFERENT)

    def _on_linked(self, row: int) -> None:
        self._place, self._opened = row, True
        self._show()
        self.focus_first()

    def _on_linked_row(self, row: int) -> None:
        if row >= 0:
            self._place = row

    def _on_back(self) -> None:
        if self._opened:
            self._opened = False
            self._show()
            self.focus_first()
        else:
            self._look_at(Mode.ASK)

    def choose_settings(self) -> None:
        """Show how duplicates are looked for, and let it be chosen."""
        found = self._run.found
        self.choice.show_settings(self._settings, found.settings if found else None)
        self._stack.setCurrentWidget(self.choice)
        self.header.show_settings()
        self.focus_first()

    def _on_settings(self, name: str) -> None:
        self._settings = PRESETS[name]
        self._look_at(Mode.ASK)
        self.find_duplicates()

    def _on_column(self, column: int) -> None:
        if self.group.choosing:
            self.group.mark(column)
        elif self._mode in _ANSWERED:
            self.group.keep(column)
        elif self._mode is not Mode.LINKED:
            self._split_out(column)

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(Kind.RECORDS):
            self._run.forget()
        if not changes.touches(Kind.RECORDS, Kind.DUPLICATES):
            return
        self._stale = True
        if self.isVisible():
            self.refresh()
            self._soon.start()

    def _on_soon(self) -> None:
        unknown = self._run.found is None and self._run.was_made_before
        if self.isVisible() and unknown and self._can_act():
            self.find_duplicates(join=False)

    def _on_busy(self) -> None:
        can = self._can_act()
        self.group.set_can_answer(can=can)
        self.choice.begin.setEnabled(can and self._session.project.sources.count() > 1)
        to_sources = not self._session.busy and self._session.project.sources.count() < 2
        self.empty.button.setEnabled(can or to_sources)

    # --- Qt -------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Find out what is still to be answered, when that is not known."""
        super().showEvent(event)
        if self._stale:
            self.refresh()
        self._soon.start()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer by keys; while marking, and among joined groups, letters name columns."""
        column = LETTERS.find(event.text().upper()) if len(event.text()) == 1 else -1
        letters = self.group.choosing or self._mode in (Mode.CERTAIN, Mode.ANSWERED)
        in_sight = self.group.side is not None and 0 <= column < len(self.group.side.columns)
        action = self._session.keys.action(Where.DUPLICATES, event)
        if letters and in_sight:
            self._on_column(column)
        elif event.key() == Qt.Key.Key_Escape and self.group.choosing:
            self.group.choose_which(on=False)
        elif event.key() == Qt.Key.Key_Escape and self._mode is not Mode.ASK:
            self._on_back()
        elif action:
            self.perform(action)
        else:
            super().keyPressEvent(event)
