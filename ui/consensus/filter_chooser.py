"""The chooser of the meeting's list: what is shown, and of that one kind, criterion or pair."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from screener.consensus.grouping import GroupBy
from ui.consensus.meeting import Filter, Meeting, Narrowed
from ui.widgets.chooser import Entry, MenuChooser


class FilterChooser(MenuChooser):
    """Says what the list shows and how many; groups stand in menus of their own, with counts."""

    taken = Signal(Filter, object)
    """What is to be shown, and the group (`Narrowed`) of it that alone is; None for all of it."""

    def __init__(self, key: str = "", parent: QWidget | None = None) -> None:
        super().__init__(name="Shown", key=key, parent=parent)
        self._meeting: Meeting | None = None

    def show_meeting(self, meeting: Meeting) -> None:
        """Say what is shown of a meeting: of a group too, and how many there are of both."""
        self._meeting = meeting
        words = f"{meeting.filter} {meeting.counts()[meeting.filter]:,}"
        if meeting.narrowed is not None:
            group = meeting.words_of(*meeting.narrowed)
            of_all = f"{meeting.in_group:,} of {meeting.counts()[meeting.filter]:,}"
            none = not meeting.counts()[meeting.filter]
            words = f"{group}: {'nothing ' * none}{str(meeting.filter).lower()}"
            words += "" if none else f" {of_all}"
        self.set_choices([("", words)])

    def show_all(self) -> None:
        """Have the list narrowed to no group any more."""
        if self._meeting is not None:
            self.taken.emit(self._meeting.filter, None)

    def open_menu(self) -> None:
        """Open the menu under the words."""
        meeting = self._meeting
        if meeting is None:
            return
        self._menu.clear()
        for one, count in meeting.counts().items():
            on = one is meeting.filter and meeting.narrowed is None
            self.add(
                self._menu, Entry(f"{one}   {count:,}", partial(self.taken.emit, one, None), on)
            )
        bys = meeting.painter.groups_by(meeting.level)
        if bys:
            self._menu.addSeparator()
        for by in bys:
            if by is GroupBy.FLAGGED:  # one group needs no menu of its own
                for entry in self._parts(meeting, by):
                    self.add(self._menu, entry)
                continue
            on = meeting.narrowed is not None and meeting.narrowed.by is by
            words = meeting.painter.by_words(by)
            self.add_parts(words, partial(self._parts, meeting, by), on=on)
        self._menu.open_under(self)

    def _parts(self, meeting: Meeting, by: GroupBy) -> Iterator[Entry]:
        for key, items in meeting.parts(by).items():
            one = Narrowed(by, key)
            words = f"{meeting.words_of(by, key)}   {len(items):,}"
            yield Entry(
                words, partial(self.taken.emit, meeting.filter, one), on=one == meeting.narrowed
            )
