"""Duplicates: finding them, answering what is doubtful, looking at what was joined."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from screener import Project
from screener.duplicates.found import Found
from screener.model import Changes, Kind, Progress, UserError
from ui.duplicates.group_view import GroupView
from ui.duplicates.groups import LETTERS, Mode, Side
from ui.duplicates.run import Run
from ui.session.actions import Where
from ui.session.echo import Echo
from ui.session.session import Session
from ui.widgets.button import Button
from ui.widgets.empty import EmptyPage
from ui.widgets.header import PageHeader
from ui.widgets.words import Column


class DuplicatesPage(QWidget):
    """Asks about doubtful groups one by one, and shows those that are joined."""

    wants = Signal(str)
    echo = Signal(object)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._run = Run(session.project)
        self._mode = Mode.ASK
        self._place = 0
        self._looking = False
        self._stale = False
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._build()
        self._lay_out()
        self._connect()
        self.refresh()

    def _build(self) -> None:
        self.header = PageHeader("Duplicates")
        self.empty = EmptyPage("Nothing to compare yet", "")
        self.group = GroupView(self._session.keys)
        self.certain = Button("Certain", kind="quiet")
        self.answered = Button("Answered", kind="quiet")
        self.linked = Button("Linked", kind="quiet")
        self.back = Button("Back", kind="quiet", key="Esc")
        self._stack = QStackedWidget()

    def _lay_out(self) -> None:
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.group)
        column = Column(self, gap=0)
        column.addWidget(self.header)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self.empty.acted.connect(self._on_empty)
        self.group.chosen.connect(self.perform)
        self.group.pressed.connect(self._on_column)
        self.certain.clicked.connect(self._on_certain)
        self.answered.clicked.connect(self._on_answered)
        self.linked.clicked.connect(self._on_linked)
        self.back.clicked.connect(self._on_back)
        self._soon.timeout.connect(self._on_soon)
        self._session.changed.connect(self._on_changed)
        self._session.busy_changed.connect(self._on_busy)

    # --- finding --------------------------------------------------------------------------

    def find_duplicates(self, *, join: bool = True) -> None:
        """Look for duplicates and join the certain ones (as one action), or only look."""
        if not self._can_act():
            return

        def work(project: Project, progress: Progress) -> tuple[Found, int]:
            found = project.duplicates.find(progress=progress)
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
        groups = self._run.groups(self._mode)
        if self._mode is not Mode.ASK and not groups:
            self._mode, self._place, groups = Mode.ASK, 0, self._run.groups(Mode.ASK)
        if groups:
            self._place = min(self._place, len(groups) - 1)
            self.group.show_side(self._run.side(groups[self._place]), self._mode)
            self._stack.setCurrentWidget(self.group)
        else:
            self._show_empty()
        self._dress(len(groups))
        self._on_busy()

    def _show_empty(self) -> None:
        if self._looking:
            sentence = "Every record is compared with those that could be the same report."
            self.empty.set_texts("Looking for duplicates …", sentence)
            self._stack.setCurrentWidget(self.empty)
            return
        count = self._session.project.sources.count()
        if count < 2:
            self.empty.set_texts(
                "Nothing to compare yet",
                "Import the files of your searches first; then the records that several of them "
                "found are brought together here.",
                action="Go to Sources",
            )
        elif self._run.is_due:
            self.empty.set_texts(
                f"{count:,} records to compare",
                "What is certain is joined by rule, and can be taken back as one action. What is "
                "doubtful is put before you, group by group. No record is lost.",
                action="Find duplicates",
            )
        else:
            asked = self._run.remaining.count or self._run.count(Mode.ANSWERED)
            self.empty.set_texts(
                "Nothing left to answer",
                "Every doubtful group is answered." if asked else "No group is doubtful.",
                action="Look at the certain ones" if self._run.count(Mode.CERTAIN) else "",
            )  # fmt: skip
        self._stack.setCurrentWidget(self.empty)

    def _dress(self, groups: int) -> None:
        place = f"group {self._place + 1:,} of {groups:,}"
        words = {
            Mode.ASK: f"{place} to look at",
            Mode.CERTAIN: f"{place} joined by rule",
            Mode.ANSWERED: f"{place} joined by hand",
            Mode.LINKED: f"{place} linked, not joined",
        }
        self.header.set_words(words[self._mode] if groups else "")
        if self._mode is not Mode.ASK:
            self.header.set_actions((self.back,))
            self.header.set_share(None)
            return
        remaining = self._run.remaining
        self.header.set_share(remaining.answered / remaining.count if remaining.count else None)
        counts = (
            (self.certain, "Certain", self._run.count(Mode.CERTAIN)),
            (self.answered, "Answered", self._run.count(Mode.ANSWERED)),
            (self.linked, "Linked", self._run.count(Mode.LINKED)),
        )
        for button, name, number in counts:
            button.setText(f"{name} {number:,}")
        self.header.set_actions([button for button, _, number in counts if number])

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
        elif action in steps and self._can_act() and self._mode is Mode.ASK:
            self.group.move_kept(steps[action])

    def _asked(self) -> Side | None:
        """Return the question that is shown."""
        shown = self._stack.currentWidget() is self.group and self._mode is Mode.ASK
        return self.group.side if shown else None

    def _same(self) -> None:
        side = self._asked()
        if side is not None and not self.group.choosing:
            kept = self.group.kept
            self._answer(
                lambda project: project.duplicates.same(side.uids, kept=kept),
                f"Joined: “{side.title()}” ({len(side.uids)} records)",
            )

    def _different(self) -> None:
        side = self._asked()
        if side is not None and not self.group.choosing:
            self._answer(
                lambda project: project.duplicates.different(side.uids),
                f"Kept apart: “{side.title()}” ({len(side.uids)} records)",
            )

    def _split(self) -> None:
        side, some = self._asked(), self.group.suggested()
        if side is None or not some:
            return
        rest = [uid for uid in side.uids if uid not in some]
        said = [("same", some), *(("different", (some[0], other)) for other in rest)]
        letters = ", ".join(LETTERS[side.uids.index(uid) % len(LETTERS)] for uid in some)
        kept = self.group.kept
        self._answer(
            lambda project: project.duplicates.answer(said, kept=kept),
            f"Joined {letters} only: “{side.title()}”" if rest else f"Joined: “{side.title()}”",
        )

    def _which(self) -> None:
        if self._asked() is not None:
            self.group.choose_which(on=not self.group.choosing)

    def _later(self) -> None:
        side = self._asked()
        if side is not None and not self.group.choosing:
            self._run.remaining.put_off(self._run.remaining.open[self._place])
            self._say(f"Put off: “{side.title()}”", can_take_back=False)
            self._show()

    def _take_back(self) -> None:
        name = self._session.attempt(self._session.project.undo)
        if name is not None:
            self._say(f"Taken back: {name}")

    def _split_out(self, column: int) -> None:
        side = self.group.side
        if side is None or column >= len(side.columns) or not self._can_act():
            return
        out = side.columns[column]
        self._answer(
            lambda project: project.duplicates.split(out.uid),
            f"Split record {out.number:,} out of “{side.title()}”",
        )

    def _answer(self, act: Callable[[Project], None], sentence: str) -> None:
        """Do one answer; it is said only after it is on the disk."""

        def acted() -> bool:
            act(self._session.project)
            return True

        if self._session.attempt(acted):
            self._say(sentence)

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
        else:
            self.empty.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_at(self, which: str) -> None:
        """Show "certain", "answered" or "linked" groups, for a number of the report."""
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
        self._mode, self._place = mode, 0
        self._show()
        self.focus_first()

    def _on_certain(self) -> None:
        self._look_at(Mode.CERTAIN)

    def _on_answered(self) -> None:
        self._look_at(Mode.ANSWERED)

    def _on_linked(self) -> None:
        self._look_at(Mode.LINKED)

    def _on_back(self) -> None:
        self._look_at(Mode.ASK)

    def _on_column(self, column: int) -> None:
        if self.group.choosing:
            self.group.mark(column)
        elif self._mode is Mode.ASK:
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
        to_sources = self._session.project.sources.count() < 2 if not self._session.busy else False
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
