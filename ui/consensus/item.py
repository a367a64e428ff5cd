"""One discrepancy: its heading, the record at the left, the comparison right, settling below."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screener.model import Discrepancy, Protocol
from screener.screening.notes import spans
from ui.consensus.comparison import Compared, Comparison
from ui.consensus.history import settlements, warning
from ui.consensus.meeting import Meeting
from ui.consensus.record_words import record_text
from ui.consensus.reveal import Column, Level, columns, differ_words, highlighted
from ui.consensus.settling import SettleBar
from ui.session.keys import Keys
from ui.widgets import tokens
from ui.widgets.keycap import KeyCap
from ui.widgets.record import RecordView
from ui.widgets.segmented import Segmented
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column as Stack
from ui.widgets.words import ElidedWords, Row, Surface

NARROWEST = 272
SHORT = 400
PROJECTED = 125  # per cent of the reading size on a wall


class ItemPanel(Surface):
    """Shows one item at the meeting's reveal level; `level_chosen` carries another level."""

    level_chosen = Signal(int)

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.columns: list[Column] = []
        self._large = False
        self._build(keys)
        self._lay_out()
        self.segments.chosen.connect(self._on_segment)
        follow(self, self._restyle)

    def _build(self, keys: Keys) -> None:
        self.heading = ElidedWords(step="strong")
        self.words = ElidedWords(step="small", colour="quiet")
        self.segments = Segmented([(str(int(level)), level.words) for level in Level], name="Show")
        self._keys = keys
        self._cap = KeyCap(keys.first("reveal"))
        self.record = RecordView()
        self.comparison = Comparison()
        self.bar = SettleBar(keys)

    def _lay_out(self) -> None:
        column = Stack(self, gap=0)
        column.addLayout(
            Row(gap=12, margins=(24, 14, 16, 8)).add(
                self.heading, (self.words, 1), self.segments, self._cap
            )
        )
        column.addLayout(
            Row(gap=tokens.GAP_OUT, margins=(24, 0, 0, 0)).add((self.record, 1), self.comparison), 1
        )
        column.addWidget(self.bar)

    def _restyle(self) -> None:
        self._resize_comparison()

    def _resize_comparison(self) -> None:
        wide = 3 if len(self.columns) > 2 else 2
        width = 120 + 140 * wide if wide == 2 else 128 + 104 * len(self.columns)
        wanted = look_of(self).px(width * (1.25 if self._large else 1))
        # The record keeps nearly half of a narrow page.
        room = max(look_of(self).px(NARROWEST), round(self.width() * 0.54))
        self.comparison.setFixedWidth(min(wanted, room))

    def take_keys(self) -> None:
        """Print the keys that are in force now."""
        self._cap.set_key(self._keys.first("reveal"))
        self.bar.take_keys()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width between record and comparison."""
        super().resizeEvent(event)
        self._resize_comparison()
        self.bar.set_short(self.height() < look_of(self).px(SHORT))

    def set_large(self, large: bool) -> None:
        """Set record and comparison larger, for a projector."""
        self._large = large
        self.record.set_percent(PROJECTED if large else 100)
        self.comparison.set_large(large)
        self.heading.set_look(step="page" if large else "strong")

    def show_item(self, found: Discrepancy, meeting: Meeting) -> None:
        """Show a discrepancy as far as the meeting's level allows."""
        level, protocol = meeting.level, meeting.protocol
        self.show_heading(found, meeting)
        self._show_record(found, level, protocol)
        waited = meeting.waited_for(found)
        since = meeting.since(found)
        self.columns = columns(found, level, meeting.names, waited)
        self.comparison.show_compared(
            Compared(
                columns=tuple(self.columns),
                disputed=found.elements if level is Level.EVERYTHING else (),
                level=level,
                protocol=protocol,
                warning=warning(found, level, meeting.names, since, waited),
                settlements=tuple(settlements(found, level, protocol.reason_text)),
            )
        )
        self.comparison.setVisible(level is not Level.RECORD)
        self.segments.choose(str(int(level)))
        self._resize_comparison()

    def show_heading(self, found: Discrepancy, meeting: Meeting) -> None:
        """Say what kind it is, where it stands in the list, and what they differ on."""
        heading, at, count = meeting.place(str(found.unit.id))
        self.heading.setText(f"{heading} {at} of {count}" if count else heading)
        third = bool(meeting.arbitrator)
        words = differ_words(found, meeting.level, meeting.protocol, third=third)
        if found.stale and meeting.level is Level.EVERYTHING:
            words = " · ".join(w for w in (words, "the record or a criterion changed since") if w)
        self.words.setText(words)

    def _show_record(self, found: Discrepancy, level: Level, protocol: Protocol) -> None:
        f = found.unit.fields
        self.record.set_elements(highlighted(found, level, protocol))
        self.record.show_record(
            record_text(found.unit),
            title=spans(f.title, protocol),
            abstract=spans(f.abstract, protocol),
        )

    def _on_segment(self, number: str) -> None:
        self.level_chosen.emit(int(number))

    def focus_record(self) -> None:
        """Put the keyboard on the record."""
        self.record.setFocus(Qt.FocusReason.OtherFocusReason)
