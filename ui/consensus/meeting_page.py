"""The consensus meeting: the list, the item that is open, and what was settled last."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from screener.consensus.reveal import Level
from screener.model import Changes, Kind
from ui.consensus.done import DonePage
from ui.consensus.item import ItemPanel
from ui.consensus.meeting import Filter, Meeting, Narrowed
from ui.consensus.meeting_header import MeetingHeader
from ui.consensus.model import DiscrepancyList
from ui.consensus.painter import ItemId, quoted
from ui.consensus.panel import Panel, Settled
from ui.consensus.panels import Panels, meeting_of
from ui.consensus.paper import Paper
from ui.consensus.present import PresentLine
from ui.consensus.side import DiscrepancySide
from ui.session.dispatch import Handlers
from ui.session.echo import clock, returned
from ui.session.session import Session
from ui.widgets.theme import look_of
from ui.widgets.words import Column, Row, Surface

WITH_LIST = 860  # logical pixels of the page from which on the list stands beside the item
_BY_UNIT = frozenset({Kind.CONSENSUS, Kind.DECISIONS, Kind.NOTES})


class MeetingPage(Surface):
    """Shows the discrepancies of a step and takes what the reviewers agree on.

    `dressed` says that it is shown large now, or is not any more.
    """

    agreement_asked = Signal()
    merge_asked = Signal()
    step_chosen = Signal(str)
    dressed = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._session = session
        self._meeting: Meeting | None = None
        self._order: list[ItemId] = []
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
        self.side = DiscrepancySide(DiscrepancyList(self))
        self.list, self.search = self.side.list, self.side.search
        self._stack = QStackedWidget()
        self.panels = Panels(self._session, self._stack)
        self.done = DonePage(self._session)
        self.present = PresentLine(self._session, self)
        self.paper = Paper(self._session, self, self.header, lambda: self._meeting)

    def _lay_out(self) -> None:
        self._stack.addWidget(self.done)
        Column(self, gap=0).add(self.header, (Row(gap=0).add(self.side, (self._stack, 1)), 1))

    def _connect(self) -> None:
        self.list.shown.connect(self._on_shown)
        self.header.filter.taken.connect(self._on_filter)
        self.header.steps.chosen.connect(self.step_chosen)
        self.search.textChanged.connect(self._on_searched)
        self.header.search.clicked.connect(self.find_items)
        self.header.agreement.clicked.connect(self.agreement_asked)
        self.header.merge.clicked.connect(self.merge_asked)
        self._take_panel(self.item)
        self.panels.made.connect(self._take_panel)
        self.present.changed.connect(self._show_who)
        self.present.left.connect(self._on_card_left)
        self.done.others_asked.connect(self.header.filter.show_all)
        self.done.opened.connect(self.focus_page)
        self.done.wanted.connect(self._session.wanted)

    def _take_panel(self, panel: Panel) -> None:
        panel.level_chosen.connect(self._on_level)
        panel.settled.connect(self._on_settled)
        panel.who_asked.connect(self.present.ask_present)
        panel.focused.connect(self.header.set_focused)
        panel.bar.pressed.connect(lambda action: self.handlers()[action]())

    def take_keys(self) -> None:
        """Print the keys that are in force now."""
        self.panels.now.take_keys()
        self.header.take_keys()

    def _table(self) -> Handlers:
        """Return what each action of the list and the page does; the item has its own."""
        return {
            "redo": self.repeat,
            "find": self.find_items,
            "item-later": self.later,
            "take-back-item": self.take_back,
            "present": self.present.ask_present,
            "arbitrator": self.present.ask_arbitrator,
            "reveal": partial(self._reveal, 1),
            "reveal-less": partial(self._reveal, -1),
            "projector": self.toggle_projector,
            "next-subject": partial(self.show_other, 1),
            "subject-before": partial(self.show_other, -1),
            "next-item": partial(self.show_other, 1),
            "item-before": partial(self.show_other, -1),
            "find-item": self.find_items,
            "item-filter": self.header.filter.open_menu,
            "agreement": self.agreement_asked.emit,
            **self.paper.handlers(),
            "go-on": self._go_on,
            "leave": self._leave,
        }

    # --- showing ---------------------------------------------------------------------------------

    @property
    def meeting(self) -> Meeting | None:
        """The meeting that is shown."""
        return self._meeting

    @property
    def item(self) -> ItemPanel:
        """The panel of one item beside its record."""
        return self.panels.item

    def shown(self) -> ItemId | None:
        """Return the row of the list that is shown."""
        return self.panels.now.line

    def show_step(self, step: str) -> None:
        """Show the meeting of a step."""
        at = None
        self._keep_level()
        if self._meeting is None or self._meeting.step != step:
            self._meeting = meeting_of(self._session.project, step, self.present.attendance)
            self.panels.follow(self._meeting)
            self.search.clear()
        else:
            at = self.shown()
            self._meeting.reload()
        self._show_list(at)

    def show_item(self, at: ItemId) -> None:
        """Show one discrepancy, whatever the filter was."""
        meeting = self._meeting
        if meeting is None or meeting.item(at) is None:
            return
        line = meeting.line_of(at)
        if line not in meeting.order():
            meeting.filter, meeting.narrowed = Filter.ALL, None
            self.search.clear()
        self._show_list(line)
        self.panels.now.point(at)

    def _show_list(self, at: ItemId | None = None) -> None:
        """Show the list again, with an item chosen, or the first where it is not there."""
        meeting = self._meeting
        assert meeting is not None
        self.list.show_meeting(meeting)
        self.header.show_meeting(meeting, self._session.project)
        self.present.show_people()
        self._order = meeting.order()
        self._fit()
        self._show_item(at if at in self._order else next(iter(self._order), None))

    def _show_item(self, at: ItemId | None) -> None:
        meeting = self._meeting
        assert meeting is not None
        self.list.choose(at)
        panel = self.panels.now
        found = panel.open(at, meeting)
        if not found:
            self.done.show_for(meeting, self._session.project)
        self._stack.setCurrentWidget(panel if found else self.done)

    def focus_page(self) -> None:
        """Put the keyboard where the meeting goes on; the first time it asks who is there."""
        if self.shown() is not None:
            self.panels.now.focus_shown()
            self.ask_first()
        else:
            self.done.setFocus(Qt.FocusReason.OtherFocusReason)
        self._fit()

    def ask_first(self) -> None:
        """Ask who is present while there is something to settle; only once."""
        if self._meeting is not None and self._meeting.counts()[Filter.OPEN]:
            self.present.ask_first()

    # --- settling and taking back ----------------------------------------------------------------

    @property
    def large(self) -> bool:
        """Whether record and comparison are shown larger, with nothing beside them."""
        return self._large

    def handlers(self) -> Handlers:
        """Return what each action does now; while a number is waited for, only what it answers."""
        acts, item = self._actions, self.panels.now.handlers()
        if self.panels.now.waits_for_number:
            return {"leave": acts["leave"], "go-on": acts["go-on"], **item}
        return {**acts, **item}

    def _on_settled(self, done: Settled) -> None:
        """Say what was recorded and open the next item; the notice has put the list right."""
        if (meeting := self._meeting) is None:
            return
        self._session.say(done.words, sign=done.sign, saved=clock(), can_take_back=True)
        line = meeting.line_of(done.at)
        if self.shown() == line and line in self._order and not self.panels.now.moves_on():
            self._show_item(meeting.following(self._order, line) or line)
        self.focus_page()

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
        touched = next(filter(None, map(meeting.of_subject, self._touched)), None)
        found = meeting.item(touched) if touched else None
        words = returned(word, done.value) + (f"  ·  {quoted(found)}" if found else "")
        again, at = word == "Repeated", touched or self.shown()
        self._session.say(words, saved=clock(), can_take_back=again, can_repeat=not again)
        if at is None or meeting.item(at) is None:
            self._show_list()
        elif again and meeting.line_of(at) not in meeting.order():
            self._show_list(meeting.following(self._order, meeting.line_of(at)))
        else:
            self.show_item(at)
        self.focus_page()

    def _on_card_left(self) -> None:
        focus = self.window().focusWidget()
        if self.isVisible() and not (focus is not None and self.isAncestorOf(focus)):
            self.focus_page()

    def _show_who(self) -> None:
        self.present.show_people()
        if self._meeting is not None:
            self.panels.now.show_who()

    # --- moving ----------------------------------------------------------------------------------

    def later(self) -> None:
        """Leave the item as it is and open the next that waits; the first after the last."""
        meeting = self._meeting
        if self.panels.now.later():
            self.focus_page()
        elif meeting and (other := meeting.following(self._order, self.shown(), around=True)):
            self._show_item(other)
            self._session.remarked.emit("Left for later; it comes again after the last")
            self.focus_page()

    def show_other(self, way: int) -> None:
        """Show the item after this one, or before it with -1."""
        at = self.shown()
        if at in self._order:
            place = self._order.index(at) + way
            if 0 <= place < len(self._order):
                self._show_item(self._order[place])

    def _go_on(self) -> None:
        """Enter: from the list to the item; with an outcome marked on to *Because*."""
        if self.list.hasFocus():
            self.focus_page()
        elif self.shown() is not None:
            self.panels.now.go_on()

    def _leave(self) -> None:
        """Esc: out of the search, off an outcome, out of the projector."""
        if not self.search.hasFocus() and self.panels.now.leave():
            return
        searched = self.side.give_up_search()
        if not searched and self._stack.currentWidget() is self.done and self.done.offers_others:
            self.header.filter.show_all()
        elif not searched and self._large:
            self.toggle_projector()
        self.focus_page()

    def find_items(self) -> None:
        """Search the discrepancies."""
        if (meeting := self._meeting) is not None:
            self._session.look(lambda _: meeting.prepare_search(), lambda _: None)
        self.side.begin_search()

    def _on_searched(self, text: str) -> None:
        if self._meeting is not None and text != self._meeting.search:
            self._meeting.search = text
            self._show_list(self.shown())

    def _on_filter(self, wanted: Filter, group: Narrowed | None) -> None:
        if self._meeting is not None:
            self._meeting.filter, self._meeting.narrowed = wanted, group
            self._show_list(self.shown())
            self.focus_page()

    def _on_shown(self, at: ItemId) -> None:
        if at != self.shown():
            self._show_item(at)

    # --- how much is shown -----------------------------------------------------------------------

    def _reveal(self, way: int) -> None:
        if self._meeting is not None:
            self._on_level(max(0, min(len(Level) - 1, int(self._meeting.level) + way)))

    def _on_level(self, number: int) -> None:
        if (meeting := self._meeting) is None:
            return
        meeting.reveal(Level(number))
        self._show_list(self.shown())
        self.focus_page()

    def _keep_level(self) -> None:
        session = self._session
        if self._meeting is not None and session.project.writable and not session.busy:
            session.attempt(self._meeting.keep_level)

    def toggle_projector(self) -> None:
        """Show record and comparison larger, without list and header, and back."""
        self._large = not self._large
        self.panels.now.set_large(self._large)
        self.header.setVisible(not self._large)
        self.panels.now.show_again()
        self.dressed.emit()
        self.focus_page()

    # --- what changed ----------------------------------------------------------------------------

    def took(self, changes: Changes) -> None:
        """Remember what is touched while something is taken back: it is shown then."""
        self._touched = changes.units

    def refresh(self, changes: Changes) -> None:
        """Show what changed."""
        if (meeting := self._meeting) is None:
            return
        if changes.units and changes.kinds <= _BY_UNIT:
            meeting.refresh(changes.units)
            if not self._undoing:
                at = self.shown()
                gone = at not in meeting.order()
                self._show_list(meeting.following(self._order, at) if gone else at)
        elif changes.kinds <= {Kind.MEETING}:
            self._follow_meeting(meeting)
        elif changes.kinds <= {Kind.REVIEWERS} and self.shown() is not None:
            meeting.reload()  # a name: what is typed and chosen stays
            self.panels.now.show_again()
        else:
            self.show_step(meeting.step)

    def _follow_meeting(self, meeting: Meeting) -> None:
        """Show as much as the meeting sees now, and who is there."""
        self._show_who()
        if meeting.follow_level():
            self._show_list(self.shown())

    def _fit(self) -> None:
        """Fold the list where the page is narrow, never while it or its search has the keyboard."""
        width = self.width() / look_of(self).px(100) * 100
        listed = bool(self._order) or (self._meeting is not None and bool(self._meeting.search))
        fits = listed and not self._large and width >= WITH_LIST
        self.side.setVisible(fits or self.side.has_keyboard)

    # --- Qt --------------------------------------------------------------------------------------

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember how much was shown; what was asked for the meeting is asked no more."""
        super().hideEvent(event)
        self.present.ask_no_more()
        self._keep_level()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold the list where the page is narrow."""
        super().resizeEvent(event)
        self._fit()
