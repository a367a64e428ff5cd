"""The header of the meeting: step, filter, how far, and the ways to agreement, files, search."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from screener import Project
from ui.consensus.filter_chooser import FilterChooser
from ui.consensus.meeting import Meeting
from ui.consensus.steps import offer_steps
from ui.session.keys import Keys
from ui.widgets.button import Button
from ui.widgets.chooser import Chooser
from ui.widgets.header import PageHeader


class MeetingHeader(PageHeader):
    """Says what is shown and how far the meeting is, and folds the actions that have no room."""

    words_stay = True

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__("Consensus", parent=parent)
        self._keys = keys
        self.steps = Chooser(name="Stage")
        self.filter = FilterChooser(key=keys.first("item-filter"))
        self.agreement = Button("Agreement", kind="quiet", key=keys.first("agreement"))
        self.merge = Button("Merge files…", kind="quiet")
        self.search = Button("Search", kind="quiet", key=keys.first("find-item"))
        self.set_lead([self.steps, self.filter])
        self.agenda = Button("Agenda…", kind="quiet", key=keys.first("agenda"))
        self.minutes = Button("Minutes…", kind="quiet", key=keys.first("minutes"))
        self.table = Button("From a table…", kind="quiet", key=keys.first("settle-table"))
        self.table.set_spoken("Settle from a table")
        self.set_actions(
            [self.agenda, self.minutes, self.table, self.agreement, self.merge, self.search],
            folding=[
                self.merge, self.table, self.minutes, self.agenda, self.search, self.agreement,
            ],
        )  # fmt: skip

    def take_keys(self) -> None:
        """Print the keys that are in force now."""
        self.filter.set_key(self._keys.first("item-filter"))
        self.agreement.set_key(self._keys.first("agreement"))
        self.search.set_key(self._keys.first("find-item"))
        self.agenda.set_key(self._keys.first("agenda"))
        self.minutes.set_key(self._keys.first("minutes"))
        self.table.set_key(self._keys.first("settle-table"))

    def show_meeting(self, meeting: Meeting, project: Project) -> None:
        """Show step, filter with counts, and the share that is settled."""
        offer_steps(self.steps, project, meeting.step)
        self.filter.show_meeting(meeting)
        share, words = meeting.share
        hidden = f", {meeting.hidden:,} not closed yet" if meeting.hidden else ""
        self.set_right("", f"{words}{hidden}")
        self.set_share(share)
