"""The two ways a meeting is held: one item beside its record, or a subject with all its items."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QStackedWidget

from screener import Project
from ui.consensus.attendance import Attendance
from ui.consensus.drafts import Drafts
from ui.consensus.item import ItemPanel
from ui.consensus.meeting import Meeting
from ui.consensus.panel import Panel
from ui.consensus.sheet_meeting import SheetMeeting
from ui.consensus.sheet_panel import SheetPanel
from ui.consensus.steps import shows_sheets
from ui.session.session import Session


def meeting_of(project: Project, step: str, attendance: Attendance) -> Meeting:
    """Return the meeting of a step."""
    kind = SheetMeeting if shows_sheets(step) else Meeting
    return kind(project, step, attendance)


class Panels(QObject):
    """The panels of a page, each made when a meeting needs it; `made` carries a new one."""

    made = Signal(Panel)

    def __init__(self, session: Session, stack: QStackedWidget) -> None:
        super().__init__(stack)
        self._session = session
        self._stack = stack
        self._drafts: Drafts = {}
        self.now: Panel = self.item
        """The panel of the meeting that is held."""

    @cached_property
    def item(self) -> ItemPanel:
        """One item beside its record."""
        panel = ItemPanel(self._session, self._drafts)
        self._take(panel)
        return panel

    @cached_property
    def sheet(self) -> SheetPanel:
        """A subject with all its items."""
        panel = SheetPanel(self._session, self._drafts)
        self._take(panel)
        return panel

    def _take(self, panel: Panel) -> None:
        self._stack.addWidget(panel)
        self.made.emit(panel)

    def follow(self, meeting: Meeting) -> None:
        """Have the panel of a meeting; what was typed in the other one is kept."""
        wanted = self.sheet if isinstance(meeting, SheetMeeting) else self.item
        if wanted is not self.now:
            self.now.open(None, meeting)
            self.now = wanted
