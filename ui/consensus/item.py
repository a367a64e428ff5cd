"""One item of the meeting: the record, the comparison, and everything that settles it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screener.model import Consensus, Discrepancy
from screener.screening.notes import spans
from ui.consensus.comparison import Compared, Comparison, taken_by
from ui.consensus.history import settlements, warning
from ui.consensus.meeting import Meeting
from ui.consensus.painter import Choice, Column, ItemId, Offer, id_of
from ui.consensus.reveal import Level
from ui.consensus.settling import SettleBar
from ui.session.dispatch import Handlers
from ui.session.session import Session
from ui.widgets import tokens
from ui.widgets.keycap import KeyCap
from ui.widgets.record import RecordView
from ui.widgets.record_text import RecordText
from ui.widgets.segmented import Segmented
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column as Stack
from ui.widgets.words import ElidedWords, Row, Surface

NARROWEST = 272
_RECORD = 160
"""What the record keeps where the text is large; the comparison scrolls sideways then."""
SHORT = 400
PROJECTED = 125  # per cent of the reading size on a wall


class ItemPanel(Surface):
    """Shows one item at the meeting's reveal level and settles it.

    Nothing is recorded before Enter. `settled` carries what was recorded, `level_chosen` another
    level, `who_asked` that nobody said yet who is there.
    """

    settled = Signal(Consensus)
    level_chosen = Signal(int)
    who_asked = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._session = session
        self._keys = session.keys
        self.columns: list[Column] = []
        self._large = False
        self._meeting: Meeting
        self._found: Discrepancy | None = None
        self._choice: Choice | None = None
        self._typed: dict[tuple[str, ItemId], str] = {}  # because, of items that are not settled
        self._build()
        self._lay_out()
        self._connect()
        self._actions: Handlers = {
            "take-left": partial(self._take_at, "left"),
            "take-right": partial(self._take_at, "right"),
        }
        follow(self, self._resize_comparison)

    def _build(self) -> None:
        self.heading = ElidedWords(step="strong")
        self.words = ElidedWords(step="small", colour="quiet")
        self.segments = Segmented([(str(int(level)), level.words) for level in Level], name="Show")
        self._cap = KeyCap(self._keys.first("reveal"))
        self.record = RecordView()
        self.comparison = Comparison()
        self.bar = SettleBar(self._keys)

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

    def _connect(self) -> None:
        self.segments.chosen.connect(self._on_segment)
        self.comparison.taken.connect(self.take)
        self.bar.settled.connect(self.settle)
        self.bar.because.numbered.connect(self._on_number)

    def _resize_comparison(self) -> None:
        wide = 3 if len(self.columns) > 2 else 2
        width = 120 + 140 * wide if wide == 2 else 128 + 104 * len(self.columns)
        px = look_of(self).px
        wanted = px(width * (1.25 if self._large else 1))
        # The record keeps nearly half of a narrow page, and less before a column is cut.
        room = max(px(NARROWEST), round(self.width() * 0.54))
        self.comparison.set_tight(room < wanted)
        least = min(self.comparison.least_width(), self.width() - px(_RECORD))
        self.comparison.setFixedWidth(max(min(wanted, room), least))

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

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def found(self) -> Discrepancy | None:
        """The item that is shown."""
        return self._found

    @property
    def choice(self) -> Choice | None:
        """What is chosen and not recorded yet."""
        return self._choice

    def open(self, found: Discrepancy | None, meeting: Meeting) -> None:
        """Open an item, with nothing chosen but what is proposed."""
        if self._found is not None:
            self._typed[self._meeting.step, id_of(self._found)] = self.bar.because.text()
        self._found, self._meeting = found, meeting
        typed = self._typed.get((meeting.step, id_of(found)), "") if found else ""
        self.bar.because.setText(typed)
        if found is None:
            self._mark(None)
            return
        self.bar.show_offers(meeting.painter.offers(found), meeting.painter.asks(found))
        self.show_again()
        self.show_who()
        self._mark(meeting.painter.proposed(found, meeting.level))

    def show_again(self) -> None:
        """Show the item as far as the meeting's level allows, with what is chosen and typed."""
        found, meeting = self._found, self._meeting
        if found is None:
            return
        level, painter = meeting.level, meeting.painter
        self._show_heading(found, meeting)
        self._show_record(found, meeting)
        waited = meeting.waited_for(found)
        self.columns = painter.columns(found, level, waited)
        self.comparison.show_compared(
            Compared(
                noun=painter.noun,
                columns=self.columns,
                rows=painter.rows(found, self.columns, level),
                warning=warning(found, level, painter, meeting.since(found), waited),
                settlements=settlements(found, level, painter),
            )
        )
        self.comparison.setVisible(level is not Level.RECORD)
        self.segments.choose(str(int(level)))
        self._resize_comparison()

    def _show_heading(self, found: Discrepancy, meeting: Meeting) -> None:
        """Say what kind it is, where it stands in the list, and what they differ on."""
        heading, at, count = meeting.place(id_of(found))
        self.heading.setText(f"{heading} {at} of {count}" if count else heading)
        words = meeting.painter.beside(
            found, meeting.level, third=bool(meeting.attendance.arbitrator)
        )
        if found.stale and meeting.level is Level.EVERYTHING:
            words = " · ".join(w for w in (words, meeting.painter.stale) if w)
        self.words.setText(words)

    def _show_record(self, found: Discrepancy, meeting: Meeting) -> None:
        f = found.unit.fields
        self.record.set_elements(meeting.painter.elements(found, meeting.level))
        self.record.show_record(
            RecordText.of(found.unit),
            title=spans(f.title, meeting.protocol),
            abstract=spans(f.abstract, meeting.protocol),
        )

    def _on_segment(self, number: str) -> None:
        self.level_chosen.emit(int(number))

    def focus_record(self) -> None:
        """Put the keyboard on the record."""
        self.record.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- keys ------------------------------------------------------------------------------------

    def handlers(self) -> Handlers:
        """Return what keys and buttons of the item do; nothing without an item.

        While the number of a reason is waited for, only what is offered acts: the letters that
        follow are the start of a sentence.
        """
        if self._found is None:
            return {}
        offered = {one.action: partial(self._choose_offered, one) for one in self.bar.offers}
        if self.waits_for_number:
            return offered
        typing: Handlers = {"type-value": self._type_value} if self.bar.types else {}
        return {**self._actions, **offered, **typing}

    @property
    def waits_for_number(self) -> bool:
        """Whether Enter was pressed with a reason still missing: a number says it."""
        choice, asks = self._choice, self.bar.because.hasFocus() or self.bar.value.hasFocus()
        return choice is not None and not asks and bool(self._meeting.painter.lacks(choice))

    def go_on(self) -> None:
        """Settle from *Because*; go there from a value or a choice, else to the record."""
        if self.bar.because.hasFocus():
            self.settle()
        elif self.bar.value.hasFocus():
            self._on_typed()
        elif self._choice is not None:
            self.choose(self._choice)
        else:
            self.focus_record()

    def leave(self) -> bool:
        """Leave the choice as it was; False when there was nothing to leave."""
        if self._choice is not None:
            if self.bar.because.text() == self._choice.phrase:
                self.bar.because.clear()  # it came with the choice; what was typed stays
            self._mark(None)
        elif self.bar.value.hasFocus():
            self.bar.value.clear()
        else:
            return False
        self.focus_record()
        return True

    @property
    def texts(self) -> dict[tuple[str, ItemId], str]:
        """The reasons that were typed, by step and item, for what is not settled yet."""
        found = {at: text for at, text in self._typed.items() if text.strip()}
        if self._found is not None:
            found[self._meeting.step, id_of(self._found)] = self.bar.because.text()
        return found

    def take_texts(self, texts: Mapping[tuple[str, ItemId], str]) -> None:
        """Take reasons that were typed elsewhere: they stand there when their items are opened."""
        self._typed.update(texts)

    @property
    def typed(self) -> tuple[str, ItemId] | None:
        """The step and the item for which a reason was typed that is not settled yet, or None."""
        choice, here = self._choice, self.bar.because.text().strip()
        shown = (self._meeting.step, id_of(self._found)) if self._found is not None else None
        if shown and here and (choice is None or here != choice.phrase):
            return shown
        others = (at for at, text in self._typed.items() if text.strip() and at != shown)
        return next(others, None)

    # --- choosing --------------------------------------------------------------------------------

    def _mark(self, choice: Choice | None) -> None:
        self._choice = choice
        self._session.asked.emit("")
        marks = self._meeting.painter.marks
        marked = {one.action for one in self.bar.offers if choice and marks(one, choice)}
        self.bar.show_choice(choice, marked)

    def choose(self, choice: Choice) -> None:
        """Mark what is chosen and ask why; a reason that it lacks is a number typed first."""
        if choice.phrase and not self.bar.because.text():
            self.bar.because.setText(choice.phrase)
        self._mark(choice)
        lacking = self._meeting.painter.lacks(choice)
        self.bar.because.phrases.offer(self._meeting.phrases())
        self.bar.because.set_numbers(asked=bool(lacking))
        self.bar.focus_because()
        if lacking:
            self._session.asked.emit(lacking)

    def _choose_offered(self, offer: Offer) -> None:
        """Choose what is offered; what it shows as chosen already stays as it is."""
        chosen = self._choice
        marked = chosen is not None and self._meeting.painter.marks(offer, chosen)
        self.choose(chosen if chosen is not None and marked else offer.choice)

    def _on_number(self, number: int) -> None:
        offer = next((one for one in self.bar.offers if one.numbered == number), None)
        if offer is not None:
            self._choose_offered(offer)

    def _take_at(self, way: str) -> None:
        self.take(taken_by(self.columns, way))

    def take(self, event: str) -> None:
        """Take what one reviewer recorded, by its event, as far as that is seen."""
        meeting, found = self._meeting, self._found
        if found is None or not event or meeting.level is Level.RECORD:
            return
        choice = meeting.painter.taken(found, event, meeting.level)
        if choice is None:
            self._session.asked.emit(meeting.painter.not_taken)
        else:
            self.choose(choice)

    def _type_value(self) -> None:
        """Put the keyboard where a value is typed."""
        self.bar.value.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_typed(self) -> None:
        meeting, found, text = self._meeting, self._found, self.bar.value.text()
        assert found is not None  # else there is nothing to type into
        typed = self._session.attempt(lambda: meeting.painter.typed(found, text))
        if typed is not None:
            self.choose(typed.value)

    # --- who is there ----------------------------------------------------------------------------

    def show_who(self) -> None:
        """Follow who is there: a third person changes what stands beside the heading."""
        self.bar.set_third(third=bool(self._meeting.attendance.arbitrator))
        if self._found is not None:
            self._show_heading(self._found, self._meeting)

    # --- recording -------------------------------------------------------------------------------

    def settle(self) -> None:
        """Record what is chosen; nobody is recorded with it before it was said who is there."""
        meeting, found, choice = self._meeting, self._found, self._choice
        if found is None or choice is None:
            return
        why = self.bar.because.text()
        if lacking := meeting.painter.lacks(choice):
            self.focus_record()
            self._session.asked.emit(lacking)
            return
        if why.strip() and not meeting.attendance.asked:
            self.who_asked.emit()
            return
        at = id_of(found)
        agreed = self._session.attempt(lambda: meeting.settle(at, choice, why))
        if agreed is not None:
            if self._found is not None and id_of(self._found) == at:
                self.bar.because.clear()  # what was typed is kept for what is not settled only
            self._typed.pop((meeting.step, at), None)
            self.settled.emit(agreed.value)
