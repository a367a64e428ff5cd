"""One item of the meeting: the record, the comparison, and everything that settles it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screener.consensus.reveal import Level
from screener.model import Discrepancy
from screener.screening.notes import spans
from ui.consensus.comparison import Compared, Comparison, taken_by
from ui.consensus.drafts import Drafts
from ui.consensus.history import settlements, warning
from ui.consensus.item_painter import Column, ItemPainter
from ui.consensus.meeting import Meeting
from ui.consensus.painter import Choice, ItemId, Offer, id_of, quoted
from ui.consensus.panel import Panel, Settled
from ui.session.dispatch import Handlers
from ui.session.session import Session
from ui.widgets import tokens
from ui.widgets.record import RecordView
from ui.widgets.record_text import RecordText
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column as Stack
from ui.widgets.words import ElidedWords, Row

NARROWEST = 272
_RECORD = 160
"""What the record keeps where the text is large; the comparison scrolls sideways then."""
SHORT = 400
PROJECTED = 125  # per cent of the reading size on a wall


class ItemPanel(Panel):
    """Shows one item beside its record and settles it."""

    def __init__(self, session: Session, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(session, drafts, parent)
        self.columns: list[Column] = []
        self._large = False
        self._found: Discrepancy | None = None
        self._build()
        self._lay_out()
        self.comparison.taken.connect(self.take)
        self.record.focused.connect(self.focused)
        self._actions: Handlers = {
            "take-left": partial(self._take_at, "left"),
            "take-right": partial(self._take_at, "right"),
            "because": self._to_because,
        }
        follow(self, self._resize_comparison)

    def _build(self) -> None:
        self.heading = ElidedWords(step="strong")
        self.words = ElidedWords(step="small", colour="quiet")
        self.record = RecordView()
        self.comparison = Comparison()

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
    def line(self) -> ItemId | None:
        """The row of the list that is shown."""
        return self.at

    @property
    def at(self) -> ItemId | None:
        """The item that is shown."""
        return id_of(self._found) if self._found is not None else None

    @property
    def _painter(self) -> ItemPainter:
        assert self._meeting is not None  # else nothing is shown
        return self._meeting.beside

    def open(self, line: ItemId | None, meeting: Meeting) -> bool:
        """Open an item, with nothing chosen but what is proposed."""
        return self.show_found(meeting.item(line) if line is not None else None, meeting)

    def show_found(self, found: Discrepancy | None, meeting: Meeting) -> bool:
        """Show an item as it was read; says whether there is one."""
        self.park()
        self._found, self._meeting = found, meeting
        kept = self.unpark(self.at)
        if found is None:
            self._choice = None
            self._session.asked.emit("")
            self.bar.show_choice(None, ())
            return False
        self.bar.show_offers(self._painter.offers(found), "")
        self.show_again()
        self.show_who()
        whole = kept is not None and not self._lacks(kept)  # else a number would be waited for
        self._mark(kept if whole else self._painter.proposed(found, meeting.level))
        return True

    def show_again(self) -> None:
        """Show the item as far as the meeting's level allows, with what is chosen and typed."""
        found, meeting = self._found, self._meeting
        if found is None or meeting is None:
            return
        level, painter = meeting.level, self._painter
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
        words = self._painter.beside(
            found, meeting.level, third=bool(meeting.attendance.arbitrator)
        )
        if found.stale and meeting.level is Level.EVERYTHING:
            words = " · ".join(w for w in (words, self._painter.stale) if w)
        self.words.setText(words)

    def _show_record(self, found: Discrepancy, meeting: Meeting) -> None:
        f = found.unit.fields
        self.record.set_elements(self._painter.elements(found, meeting.level))
        self.record.show_record(
            RecordText.of(found.unit),
            title=spans(f.title, meeting.protocol),
            abstract=spans(f.abstract, meeting.protocol),
        )

    def focus_shown(self) -> None:
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
        return {**self._actions, **offered}

    @property
    def waits_for_number(self) -> bool:
        """Whether Enter was pressed with a reason still missing: a number says it."""
        choice = self._choice
        asks = choice is not None and not self.bar.because.hasFocus()
        return asks and choice is not None and bool(self._lacks(choice))

    def go_on(self) -> None:
        """Settle from *Because*; go there from a choice, else to the record."""
        if self.bar.because.hasFocus():
            self.settle()
        elif self._choice is not None:
            self.choose(self._choice)
        else:
            self.focus_shown()

    def leave(self) -> bool:
        """Leave the choice as it was; False when there was nothing to leave."""
        if self._choice is None:
            if not self.bar.because.hasFocus():
                return False
            self.focus_shown()
            return True
        if self.bar.because.text() == self._choice.phrase:
            self.bar.because.clear()  # it came with the choice; what was typed stays
        self._mark(None)
        self.focus_shown()
        return True

    # --- choosing --------------------------------------------------------------------------------

    def _mark(self, choice: Choice | None) -> None:
        self._drops(choice)
        self._choice = choice
        marks = self._painter.marks
        marked = {one.action for one in self.bar.offers if choice and marks(one, choice)}
        self.bar.show_choice(choice, marked)

    def choose(self, choice: Choice) -> None:
        """Mark what is chosen and ask why; a reason that it lacks is a number typed first."""
        if choice.phrase and not self.bar.because.text():
            self.bar.because.setText(choice.phrase)
        self._mark(choice)
        lacking = self._lacks(choice)
        self.bar.because.phrases.offer(self._meeting.phrases() if self._meeting else [])
        self.bar.because.set_numbers(asked=bool(lacking))
        self._to_because()
        if lacking:
            self._session.asked.emit(lacking)

    def _to_because(self) -> None:
        """Put the keyboard behind the reason that was typed, or on the one that is proposed."""
        self.bar.focus_because(self._choice.phrase if self._choice is not None else "")

    def _choose_offered(self, offer: Offer) -> None:
        """Choose what is offered; what it shows as chosen already stays as it is."""
        chosen = self._choice
        marked = chosen is not None and self._painter.marks(offer, chosen)
        self.choose(chosen if chosen is not None and marked else offer.choice)

    def _take_at(self, way: str) -> None:
        self.take(taken_by(self.columns, way))

    def take(self, event: str) -> None:
        """Take what one reviewer recorded, by its event, as far as that is seen."""
        meeting, found = self._meeting, self._found
        if found is None or meeting is None or not event or meeting.level is Level.RECORD:
            return
        choice = self._painter.taken(found, event, meeting.level)
        if choice is None:
            self._session.asked.emit(self._painter.not_taken)
        else:
            self.choose(choice)

    # --- who is there ----------------------------------------------------------------------------

    def show_who(self) -> None:
        """Follow who is there: a third person changes what stands beside the heading."""
        super().show_who()
        if self._found is not None and self._meeting is not None:
            self._show_heading(self._found, self._meeting)

    # --- recording -------------------------------------------------------------------------------

    def _lacks(self, choice: Choice) -> str:
        return self._painter.lacks(choice)

    def _record(self, at: ItemId, choice: Choice, why: str) -> Settled:
        assert self._meeting is not None  # else nothing is chosen
        agreed, title = self._meeting.settle(at, choice, why), quoted(self._meeting.item(at))
        words = f"Settled, {self._painter.agreed(agreed)}: {title}"
        return Settled(at=at, words=words, sign=self._painter.sign(agreed))
