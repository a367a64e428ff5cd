"""Duplicates: finding them, answering what is doubtful, looking at what was answered."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from screener.duplicates.found import Found
from screener.duplicates.settings import Settings
from screener.model import Changes, Kind
from ui.duplicates import left
from ui.duplicates.group_actions import GroupActions
from ui.duplicates.group_view import JOINED
from ui.duplicates.groups import LETTERS, Mode
from ui.duplicates.groups_header import GroupsHeader
from ui.duplicates.lists import Lists
from ui.duplicates.runs import Finding, joined_words
from ui.duplicates.views import Views
from ui.session.actions import Where
from ui.session.dispatch import Handlers
from ui.session.page import EVERYTHING, NOT_SAVED, Page
from ui.session.session import Session
from ui.widgets.words import Column

_LATER = 500  # milliseconds until what is left is kept: answers come fast


class DuplicatesPage(Page):
    """Asks about doubtful groups one by one; shows what is joined, kept apart and linked."""

    id = "duplicates"
    title = "Duplicates"
    help = (
        "What is certain is joined; what is likely is shown side by side, and a person says "
        "whether it is the same report. Nothing is deleted: joined records stay, and any join "
        "can be undone. Answer before the copies are written: they hold what is joined then."
    )
    where = Where.DUPLICATES
    take_back_action = "take-back-group"
    takes_back = frozenset({Kind.DUPLICATES})
    reads = frozenset({Kind.RECORDS, Kind.DUPLICATES, Kind.NOTES})

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session, parent)
        self._lists = Lists(session.project)
        self._mode = Mode.ASK
        self._place = 0
        self._before = (Mode.ASK, 0)  # where it was when records were put side by side
        self._opened = False  # a set of linked reports, out of their list
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._later = QTimer(self, singleShot=True, interval=_LATER)
        self._left: tuple[str, left.State, int] | None = None
        self.header = GroupsHeader()
        self.views = views = Views(self.session, self._lists)
        self.empty, self.group, self.linked = views.empty, views.group, views.linked
        self.runs, self.choice, self.pick = views.runs, views.choice, views.pick
        self._finding = Finding(self.session, self)
        self._deciding = GroupActions(self, self._lists, self.group)
        Column(self, gap=0).add(self.header, (self.views, 1))
        self.empty.acted.connect(self._on_empty)
        self.empty.acted_second.connect(self.join_by_hand)
        answers = self.group.answers
        self.dispatch.guard(answers.same, answers.different, answers.split, self.group.undo)
        self.group.chosen.connect(self.perform)
        self.group.sides.pressed.connect(self._deciding.column)
        self.header.lists.chosen.connect(self.show_at)
        self.header.back.clicked.connect(self._on_back)
        self.header.settings.clicked.connect(self.choose_settings)
        self.choice.chosen.connect(self._on_settings)
        self.choice.kept.connect(self._on_kept)
        self.choice.leave.clicked.connect(self.dispatch.leave_by_click)
        self.pick.left.connect(self._on_left)
        self.pick.picked.connect(self._on_put)
        self.pick.began.connect(self._on_picking)
        self.linked.opened.connect(self._on_linked)
        self.linked.row_changed.connect(self._on_linked_row)
        self.runs.opened.connect(self._on_run)
        self._finding.found.connect(self._on_found)
        self._finding.ended.connect(self._on_ended)
        self._deciding.put_off.connect(self._show)
        self._soon.timeout.connect(self._on_soon)
        self._later.timeout.connect(self._remember)

    # --- finding --------------------------------------------------------------------------

    def find_duplicates(self, *, join: bool = True) -> None:
        """Look for duplicates and join the certain ones (as one action), or only look."""
        if self.can_act and self._finding.begin(join=join):
            self._read()
            if join:  # what asked for it cannot keep the keyboard while it runs
                self.focus_first()

    def _on_found(self, found: Found, joined: int) -> None:
        self._lists.take(found)
        self._mode, self._place = Mode.ASK, 0
        if joined:
            self._deciding.say(joined_words(found, joined))

    def _on_ended(self) -> None:
        if self.isVisible() and not self.session.closing:
            self._read()
            self.focus_first()

    def rail_line(self) -> str:
        """Say in the rail how many questions of this session's look, or proposals, are open."""
        lists = self._lists
        if lists.found is None:
            return ""  # what is remembered, or the log, says more
        words = left.left_words(lists.count(Mode.ASK), lists.count(Mode.PROPOSED), lists.due)
        return words or left.joined_words(self.session.project) or left.NONE_FOUND

    # --- what is shown --------------------------------------------------------------------

    def refresh(self, changes: Changes = EVERYTHING) -> None:
        """Read what the project holds now; a question that is open again is shown."""
        if changes.touches(Kind.RECORDS):
            self._lists.forget()
            self.pick.forget()
        self._soon.start()
        self._read()

    def _read(self) -> None:
        again = self._lists.look()
        if self._lists.found is not None and not self._lists.due:
            project = self.session.project
            asked = len(self._lists.remaining.open)
            self._left = (project.uuid, left.state_of(project), asked)
            self._later.start()
        if again >= 0 and self._mode is Mode.ASK:
            self._place = again
        self._show()

    def _show(self) -> None:
        """Show the group in its place, or what there is to say without one."""
        views = self.views
        within = views.has_keyboard()
        groups = self._lists.groups(self._mode)
        if self._mode not in (Mode.ASK, Mode.RUNS) and not groups:
            self._leave_mode()
            groups = self._lists.groups(self._mode)
        self._opened = self._opened and self._mode is Mode.LINKED
        self._place = max(0, min(self._place, len(groups) - 1))
        if self._mode is Mode.RUNS:
            self.runs.refresh()
            views.setCurrentWidget(self.runs)
        elif not groups:
            views.show_nothing(self._lists, looking=self._finding.looking)
        elif self._mode is Mode.LINKED and not self._opened:
            views.show_linked(self._lists, self._place)
        else:
            self.group.show_side(self._lists.side(groups[self._place]), self._mode)
            views.setCurrentWidget(self.group)
        self._dress(len(groups))
        self.take_busy()
        if within and not views.has_keyboard():
            self.focus_first()  # what had the keyboard is gone, and Qt gave it to another area

    def _leave_mode(self) -> None:
        """Go back to the list before, from groups side by side; else to the questions."""
        picked = self._mode is Mode.PICKED
        self._mode, self._place = self._before if picked else (Mode.ASK, 0)
        if not self._lists.groups(self._mode) and self._mode is not Mode.RUNS:
            self._mode, self._place = Mode.ASK, 0

    def _dress(self, groups: int) -> None:
        shown = self.views.shows_group
        self._deciding.show_at(self._mode if shown else None, self._place)
        words = f"group {self._place + 1:,} of {groups:,}" if shown else ""
        if shown and self._mode is Mode.ASK:  # a total that does not shrink while it is answered
            remaining = self._lists.remaining
            place = remaining.answered + self._place + 1
            words = f"group {place:,} of {remaining.count:,}"
        if shown and self._mode is Mode.CERTAIN and self._lists.only_run:
            words += " of this run"
        looking = self._finding.looking
        self.header.show_lists(self._lists, self._mode, words=words, looking=looking)

    def unsaved(self) -> str:
        """Return a sentence about settings that were chosen and are not kept, or ""."""
        choosing = self.views.currentWidget() is self.choice
        return NOT_SAVED if choosing and self.choice.changed else ""

    def focus_first(self) -> None:
        """Put the keyboard on the records, or on what begins."""
        self.views.focus_first()

    def show_at(self, which: str) -> None:
        """Show one of the lists by the word of its `Mode`, for a number of the report."""
        if which in list(Mode):
            self._look_at(Mode(which))

    def _look_at(self, mode: Mode, *, run: str = "") -> None:
        self._mode, self._place, self._opened = mode, 0, False
        self._lists.only_run = run
        self._show()
        self.focus_first()

    # --- acting ---------------------------------------------------------------------------

    def places(self) -> tuple[Where, ...]:
        """Letters name columns while records are marked, and among joined groups."""
        letters = self.group.choosing or self._mode in JOINED
        named = letters and self.views.shows_group and self.group.side is not None
        return (Where.CHOOSING, self.where) if named else (self.where,)

    def handlers(self) -> Handlers:
        """Return what the keys of the page do."""
        found: dict[str, Callable[[], object]] = {
            **{id_: partial(self._deciding.perform, id_) for id_ in self._deciding.handlers},
            "next-group": partial(self._move, 1),
            "group-before": partial(self._move, -1),
            "which-groups": self.header.open_lists,
            "another-record": self.join_by_hand,
            "find": self.join_by_hand,
        }
        side = self.group.side
        for at in range(len(side.columns) if side is not None else 0):
            found[f"column-{LETTERS[at]}"] = partial(self._deciding.column, at)
        if self.views.shows_runs:
            found["undo-join"] = self.runs.ask_back
        if self.views.is_choosing:
            return {"leave": self._on_left}
        if self.views.shows_runs and self.runs.asking:
            return {"leave": self.runs.leave}
        if self.views.shows_group and self.group.choosing:
            found["leave"] = partial(self.group.choose_which, on=False)
        elif self._mode is not Mode.ASK:
            found["leave"] = self._on_back
        return found

    def _move(self, step: int) -> None:
        wanted = self._place + step
        if self.views.shows_group and 0 <= wanted < len(self._lists.groups(self._mode)):
            self._place = wanted
            self._show()

    def join_by_hand(self) -> None:
        """Look for a record to put beside those that are shown, or for the first of two."""
        if self.can_act and self.session.project.sources.count() > 1:
            shown = self.views.shows_group
            self.pick.begin(self.group.side if shown else None)

    def choose_settings(self) -> None:
        """Show how duplicates are looked for, and let it be chosen."""
        self.choice.show_settings(self.session.project.duplicates.settings())
        self._show_view(self.choice, "settings")

    def _show_view(self, view: QWidget, words: str) -> None:
        self._deciding.show_at(None, 0)
        self.views.setCurrentWidget(view)
        self.header.show_view(words)
        self.focus_first()

    # --- slots ----------------------------------------------------------------------------

    def _on_empty(self) -> None:
        if self.session.project.sources.count() < 2:
            self.session.wanted.emit("sources")
        elif self._lists.is_due:
            self.find_duplicates()
        else:
            self._look_at(Mode.PROPOSED if self._lists.count(Mode.PROPOSED) else Mode.CERTAIN)

    def _on_linked(self, row: int) -> None:
        self._place, self._opened = row, True
        self._show()
        self.focus_first()

    def _on_linked_row(self, row: int) -> None:
        if row >= 0:
            self._place = row

    def _on_run(self, row: int) -> None:
        run = self.runs.run(row)
        if run is not None:
            self._look_at(Mode.CERTAIN, run=run.id)

    def _on_back(self) -> None:
        if self._opened:
            self._opened = False
        elif self._mode is Mode.CERTAIN and self._lists.only_run:
            self._mode, self._lists.only_run = Mode.RUNS, ""
        elif self._mode is Mode.PICKED:
            self._leave_mode()
        else:
            self._mode, self._place = Mode.ASK, 0
        self._show()
        self.focus_first()

    def may_read(self) -> bool:
        """Leave what is being chosen as it is."""
        return not self.views.is_choosing

    def _on_left(self) -> None:
        self._show()
        self.read_again()
        self.focus_first()

    def _on_picking(self) -> None:
        self._show_view(self.pick, "records side by side")

    def _on_put(self) -> None:
        if self._mode is not Mode.PICKED:
            self._before = (self._mode, self._place)
        self._mode, self._place = Mode.PICKED, 0
        self._on_left()

    def _on_settings(self, settings: Settings) -> None:
        if self._keep(settings):
            self._look_at(Mode.ASK)
            self.find_duplicates()

    def _on_kept(self, settings: Settings) -> None:
        if self._keep(settings):
            self._deciding.say(f"Settings of the next run: {settings.name}")
            self._on_left()

    def _keep(self, settings: Settings) -> bool:
        return self.do(lambda: self.session.project.duplicates.choose_settings(settings))

    def _on_soon(self) -> None:
        unknown = self._lists.found is None and self._lists.was_made_before
        if self.isVisible() and unknown and self.can_act and not self.session.running:
            self.find_duplicates(join=False)

    def take_busy(self) -> None:
        """Let nothing be answered while something is written."""
        self.views.set_can_act(can=self.can_act)

    def _remember(self) -> None:
        """Keep how many questions are left, for the rail of the next time."""
        kept, self._left = self._left, None
        if kept is not None:
            left.remember(*kept)

    # --- Qt -------------------------------------------------------------------------------

    def showEvent(self, event: QShowEvent) -> None:
        """Find out what is still to be answered, when that is not known."""
        super().showEvent(event)
        if not self.stale and self.may_read():
            self._read()  # what was found meanwhile
        self._soon.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what is left at once: the file may be about to be closed."""
        super().hideEvent(event)
        self._later.stop()
        self._remember()
