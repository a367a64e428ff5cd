"""The consensus meeting: the list, the item on the desk, and what was settled last."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from screener.model import Changes, Consensus, Kind, Outcome, Stage
from screener.model.words import NO_TITLE, counted
from ui.consensus.desk import Desk
from ui.consensus.done import DonePage
from ui.consensus.meeting import Filter, Meeting
from ui.consensus.meeting_header import MeetingHeader
from ui.consensus.model import DiscrepancyList
from ui.consensus.reveal import Level, verdict_words
from ui.consensus.side import DiscrepancySide
from ui.session.dispatch import Handlers
from ui.session.echo import clock
from ui.session.session import Session
from ui.widgets.theme import look_of
from ui.widgets.words import Column, Row, Surface

WITH_LIST = 860  # logical pixels of the page from which on the list stands beside the item
_BY_UNIT = frozenset({Kind.CONSENSUS, Kind.DECISIONS, Kind.NOTES})


class MeetingPage(Surface):
    """Shows the discrepancies of a stage and takes what the reviewers agree on.

    `dressed` says that it is shown large now, or is not any more.
    """

    agreement_asked = Signal()
    merge_asked = Signal()
    stage_chosen = Signal(str)
    dressed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._session = session
        self._meeting: Meeting | None = None
        self._order: list[str] = []
        self._touched: frozenset[str] = frozenset()
        self._undoing = False
        self._large = False
        self._build()
        self._lay_out()
        self._connect()
        self._actions = self._table()

    # --- building --------------------------------------------------------------------------------

    def _build(self) -> None:
        self.header = MeetingHeader(self._session.keys)
        self._side = DiscrepancySide(DiscrepancyList(self))
        self.list, self.search = self._side.list, self._side.search
        self.desk = Desk(self._session)
        self.done = DonePage()

    def _lay_out(self) -> None:
        self._stack = QStackedWidget()
        self._stack.addWidget(self.desk)
        self._stack.addWidget(self.done)
        Column(self, gap=0).add(self.header, (Row(gap=0).add(self._side, (self._stack, 1)), 1))

    def _connect(self) -> None:
        self.list.shown.connect(self._on_shown)
        self.header.filter.chosen.connect(self._on_filter)
        self.header.stages.chosen.connect(self.stage_chosen)
        self.search.textChanged.connect(self._on_searched)
        self.header.search.clicked.connect(self.find_items)
        self.header.agreement.clicked.connect(self.agreement_asked)
        self.header.merge.clicked.connect(self.merge_asked)
        self.desk.level_chosen.connect(self._on_level)
        self.desk.settled.connect(self._on_settled)
        self.desk.record.focused.connect(self.header.set_focused)
        self.desk.bar.pressed.connect(self._on_pressed)
        self.done.open_asked.connect(self._on_open_asked)
        self.done.copies_asked.connect(self._on_copies_asked)

    def take_keys(self) -> None:
        """Print the keys that are in force now."""
        self.desk.take_keys()
        self.header.take_keys()

    def _table(self) -> Handlers:
        """Return what each action of the list and the page does; the desk has its own."""
        return {
            "undo": self.take_back,
            "redo": self.repeat,
            "find": self.find_items,
            "item-later": self.later,
            "take-back-item": self.take_back,
            "reveal": self.show_more,
            "reveal-less": self.show_less,
            "projector": self.toggle_projector,
            "next-item": self._next_item,
            "item-before": self._item_before,
            "find-item": self.find_items,
            "item-filter": self.header.filter.open_menu,
            "agreement": self.agreement_asked.emit,
            "go-on": self._go_on,
            "leave": self._leave,
        }

    # --- showing ---------------------------------------------------------------------------------

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that is shown."""
        return self._meeting

    def unit(self) -> str:
        """Return the unit of the item that is shown, or ""."""
        return str(self.desk.found.unit.id) if self.desk.found else ""

    def show_stage(self, stage: Stage) -> None:
        """Show the meeting of a stage."""
        unit = ""
        self._keep_level()
        if self._meeting is None or self._meeting.stage is not stage:
            self._meeting = Meeting(self._session.project, stage)
            self.search.clear()
        else:
            unit = self.unit()
            self._meeting.reload()
        self.desk.bar.set_protocol(self._meeting.protocol)
        self._show_list(unit)

    def show_unit(self, unit: str) -> None:
        """Show one discrepancy, whatever the filter was."""
        meeting = self._meeting
        if meeting is None or meeting.state(unit) is None:
            return
        if unit not in meeting.order():
            meeting.filter = Filter.ALL
            self.search.clear()
        self._show_list(unit)

    def _show_list(self, unit: str = "") -> None:
        """Show the list again, with a unit chosen, or the first where it is not there."""
        meeting = self._meeting
        assert meeting is not None
        self.list.show_meeting(meeting)
        self.header.show_meeting(meeting, self._session.project)
        self._order = meeting.order()
        self._fit()
        self._show_item(unit if unit in self._order else next(iter(self._order), ""))

    def _show_item(self, unit: str) -> None:
        meeting = self._meeting
        assert meeting is not None
        self.list.choose(unit)
        found = meeting.item(unit) if unit else None
        self.desk.lay(found, meeting)
        if found is None:
            opened = self._session.project.screening.opened(Stage.FULL_TEXT)
            self.done.show_for(meeting, opened=opened)
        self._stack.setCurrentWidget(self.desk if found else self.done)

    def focus_page(self) -> None:
        """Put the keyboard where the meeting goes on."""
        if self.desk.found is not None:
            self.desk.focus_record()
        else:
            self.done.button.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- settling and taking back ----------------------------------------------------------------

    @property
    def large(self) -> bool:
        """Whether record and comparison are shown larger, with nothing beside them."""
        return self._large

    def handlers(self) -> Handlers:
        """Return what each action does now."""
        return {**self._actions, **self.desk.handlers()}

    def _on_settled(self, agreed: Consensus) -> None:
        """Say what was recorded and open the next item; the notice has put the list right."""
        unit = agreed.subject
        found = self._meeting.item(unit) if self._meeting else None
        title = found.unit.fields.title if found else ""
        self._session.say(
            f"Settled, {verdict_words(agreed.value)}: “{title or NO_TITLE}”",
            sign="maybe" if agreed.value == Outcome.AWAITING else agreed.value,
            saved=clock(),
            can_take_back=True,
        )
        if self.unit() == unit and unit in self._order:
            self._show_item(self._following(unit) or unit)
        self.focus_page()

    def _following(self, unit: str) -> str:
        return self._meeting.following(self._order, unit) if self._meeting else ""

    def take_back(self) -> None:
        """Take the last thing back and show what it was about."""
        self._undo(self._session.project.undo, "Taken back")

    def repeat(self) -> None:
        """Do again what was taken back last, and show what it was about."""
        self._undo(self._session.project.redo, "Repeated")

    def _undo(self, action: Callable[[], str], word: str) -> None:
        self._touched, self._undoing = frozenset(), True
        done = self._session.attempt(action)
        self._undoing = False
        meeting = self._meeting
        if done is None or meeting is None:
            return
        self._session.say(f"{word}: {done.value}", saved=clock(), can_take_back=word == "Repeated")
        unit = next((u for u in self._touched if meeting.state(u) is not None), self.unit())
        if meeting.state(unit) is None:
            self._show_list()
        else:
            self.show_unit(unit)
        self.focus_page()

    # --- moving ----------------------------------------------------------------------------------

    def later(self) -> None:
        """Leave the item as it is and open the next that waits; the first after the last."""
        meeting = self._meeting
        if meeting and (other := meeting.following(self._order, self.unit(), around=True)):
            self._show_item(other)
            self.focus_page()

    def _next_item(self) -> None:
        self._show_other(1)

    def _item_before(self) -> None:
        self._show_other(-1)

    def _show_other(self, way: int) -> None:
        if self.unit() in self._order:
            at = self._order.index(self.unit()) + way
            if 0 <= at < len(self._order):
                self._show_item(self._order[at])

    def _go_on(self) -> None:
        """Enter: from the list to the item; with an outcome marked on to *Because*."""
        if self.list.hasFocus():
            self.focus_page()
        elif self.desk.found is not None:
            self.desk.go_on()

    def _leave(self) -> None:
        """Esc: out of the search, off an outcome, out of the projector."""
        if self._side.give_up_search():
            self._fit()
        elif self.desk.leave():
            return
        elif self._large:
            self.toggle_projector()
        self.focus_page()

    def find_items(self) -> None:
        """Search the discrepancies."""
        if (meeting := self._meeting) is not None:
            self._session.look(lambda _: meeting.prepare_search(), lambda _: None)
        self._side.begin_search()

    def _on_searched(self, text: str) -> None:
        if self._meeting is not None and text != self._meeting.search:
            self._meeting.search = text
            self._show_list(self.unit())

    def _on_filter(self, name: str) -> None:
        if self._meeting is not None:
            self._meeting.filter = Filter(name)
            self._show_list(self.unit())
            self.focus_page()

    def _on_shown(self, unit: str) -> None:
        if unit != self.unit():
            self._show_item(unit)

    def _on_pressed(self, action: str) -> None:
        if action in self._actions:
            self._actions[action]()

    # --- how much is shown -----------------------------------------------------------------------

    def show_more(self) -> None:
        """Reveal one level more."""
        self._reveal(1)

    def show_less(self) -> None:
        """Reveal one level less."""
        self._reveal(-1)

    def _reveal(self, way: int) -> None:
        if self._meeting is not None:
            self._on_level(max(0, min(len(Level) - 1, int(self._meeting.level) + way)))

    def _on_level(self, number: int) -> None:
        meeting, level = self._meeting, Level(number)
        if meeting is None:
            return
        meeting.reveal(level)
        self._show_list(self.unit())
        self.focus_page()

    def _keep_level(self) -> None:
        session = self._session
        if self._meeting is not None and session.project.writable and not session.busy:
            session.attempt(self._meeting.keep_level)

    def toggle_projector(self) -> None:
        """Show record and comparison larger, without list and header, and back."""
        self._large = not self._large
        self.desk.set_large(self._large)
        self.header.setVisible(not self._large)
        self._fit()
        self._show_again()
        self.dressed.emit()
        self.focus_page()

    # --- after everything ------------------------------------------------------------------------

    def _on_open_asked(self) -> None:
        project = self._session.project
        done = self._session.attempt(lambda: project.screening.open(Stage.FULL_TEXT))
        if done is not None:
            sentence = f"Full text is open for {counted(done.value, 'record')}"
            self._session.say(sentence, saved=clock())
            self.focus_page()

    def _on_copies_asked(self) -> None:
        self._session.wanted.emit("add-reviewer")

    # --- what changed ----------------------------------------------------------------------------

    def took(self, changes: Changes) -> None:
        """Remember what is touched while something is taken back: it is shown then."""
        self._touched = changes.units

    def refresh(self, changes: Changes) -> None:
        """Show what changed."""
        meeting = self._meeting
        if meeting is None:
            return
        if changes.units and changes.kinds <= _BY_UNIT:
            meeting.refresh(changes.units)
            if not self._undoing:
                unit = self.unit()
                gone = unit not in meeting.order()
                self._show_list(self._following(unit) if gone else unit)
        elif changes.kinds <= {Kind.MEETING}:
            self._follow_meeting(meeting)
        elif changes.kinds <= {Kind.REVIEWERS} and self.desk.found is not None:
            meeting.reload()  # a name: what is typed and chosen on the desk stays
            self._show_again()
        else:
            self.show_stage(meeting.stage)

    def _follow_meeting(self, meeting: Meeting) -> None:
        """Show as much as the meeting sees now, and who is there."""
        self.desk.show_who()
        if meeting.follow_level():
            self._show_list(self.unit())

    def _show_again(self) -> None:
        """Show the item again as it is, with what is chosen and typed."""
        if self.desk.found is not None and self._meeting is not None:
            self.desk.show_item(self.desk.found, self._meeting)

    def _fit(self) -> None:
        """Fold the list where the page is narrow; up, down and search still reach every item."""
        width = self.width() / look_of(self).px(100) * 100
        listed = bool(self._order) or (self._meeting is not None and bool(self._meeting.search))
        self._side.setVisible(listed and not self._large and width >= WITH_LIST)

    # --- Qt --------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember how much was shown."""
        super().hideEvent(event)
        self._keep_level()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the list where the page is narrow."""
        super().resizeEvent(event)
        self._fit()
