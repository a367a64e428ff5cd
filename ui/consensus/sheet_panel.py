"""A subject of the meeting with all its items: what each reviewer said, what is agreed."""

from __future__ import annotations

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screener.consensus.reveal import Level
from screener.model import Status
from ui.consensus.drafts import Draft, Drafts
from ui.consensus.meeting import Meeting
from ui.consensus.painter import Choice, ItemId, Offer, id_of
from ui.consensus.panel import Panel, Settled
from ui.consensus.sheet import CHOOSE, NO_WORDING, SEE_NAMES, SheetItem, SheetRow
from ui.consensus.sheet_foot import SheetFoot
from ui.consensus.sheet_meeting import SheetMeeting
from ui.consensus.sheet_reports import SheetReports
from ui.consensus.sheet_view import Chosen, SheetView
from ui.session.dispatch import Handlers
from ui.session.session import Session
from ui.widgets.theme import look_of
from ui.widgets.words import Column as Stack
from ui.widgets.words import ElidedWords, Row, Words

SHORT, WITH_REPORTS = 400, 600
"""The height, and the width, below which what has a key gives up its button."""


class SheetPanel(Panel):
    """Shows one subject of the list and settles its items, one after the other."""

    def __init__(self, session: Session, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__(session, drafts, parent)
        self._line: ItemId | None = None
        self._at: ItemId | None = None
        self._place = 0
        self._items: dict[ItemId, SheetItem] = {}
        self._kept: set[ItemId] = set()  # settled since the subject was opened
        self._every = False
        self._build()
        self._lay_out()
        self._connect()

    def _build(self) -> None:
        self.heading = ElidedWords(step="page")
        self.byline = ElidedWords(step="small", colour="quiet")
        self.warning = Words(step="small", colour="warn", wrap=True)
        self.view = SheetView()
        self.foot = SheetFoot(self._keys)
        self._reports = SheetReports(self.view)
        self.reports, self.record = self._reports.button, self._reports.record

    def _lay_out(self) -> None:
        Stack(self, gap=0).add(
            Row(gap=12, margins=(24, 14, 16, 0)).add(
                (self.heading, 1), self.reports, self.segments, self._cap
            ),
            Row(margins=(24, 0, 16, 8)).add((self.byline, 1)),
            Row(margins=(24, 0, 16, 6)).add((self.warning, 1)),
            (self._reports, 1),
            self.foot,
            self.bar,
        )

    def _connect(self) -> None:
        self.view.shown.connect(self.point)
        self.view.pressed.connect(self._on_pressed)
        for button in (self.reports, self.foot.every, self.foot.wordings):
            button.chose.connect(self.bar.pressed)
        self.record.focused.connect(self.focused)
        self.take_keys()

    def take_keys(self) -> None:
        """Print the keys that are in force now."""
        super().take_keys()
        first = self._keys.first
        self.view.keys = {
            "left": first("take-left"),
            "right": first("take-right"),
            "type": first("type-value"),
        }
        self.reports.set_key(first("its-reports"))
        self.foot.take_keys()
        self.view.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave room for the sheet on a low page."""
        super().resizeEvent(event)
        px = look_of(self).px
        self.bar.set_short(self.height() < px(SHORT))
        self.reports.setVisible(self.width() >= px(WITH_REPORTS))

    # --- what is shown ---------------------------------------------------------------------------

    @property
    def line(self) -> ItemId | None:
        """The subject that is shown, as the list has it."""
        return self._line

    @property
    def at(self) -> ItemId | None:
        """The item in focus."""
        return self._at

    @property
    def _sheets(self) -> SheetMeeting:
        assert isinstance(self._meeting, SheetMeeting)  # else nothing is shown
        return self._meeting

    @property
    def _item(self) -> SheetItem | None:
        return self._items.get(self._at) if self._at is not None else None

    @property
    def row(self) -> SheetRow | None:
        """The row in focus."""
        return next((row for row in self.view.items() if row.at == self._at), None)

    def open(self, line: ItemId | None, meeting: Meeting) -> bool:
        """Open a subject at the first item that is to settle; the one that is open goes on."""
        self.park()
        again = line is not None and line == self._line and meeting is self._meeting
        self._meeting, self._line = meeting, line
        self._items = {}
        if line is not None:
            self._items = {id_of(one.found): one for one in self._sheets.items(line.subject)}
        if not again:
            self._kept, self._every, self._at = set(), False, None
            self._reports.leave()
        if not self._items:
            self._line = self._at = None
            self._mark(None)
            return False
        self._show(self._at)
        return True

    def show_again(self) -> None:
        """Show the subject as far as the level allows."""
        if self._line is not None and self._meeting is not None:
            self.open(self._line, self._meeting)

    def _show(self, at: ItemId | None) -> None:
        """Show the sheet with an item in focus, or the first that is to settle."""
        assert self._line is not None  # else nothing is shown
        meeting = self._sheets
        sheet = meeting.sheet(
            self._line.subject, list(self._items.values()), every=self._every, kept=self._kept
        )
        self.heading.setText(sheet.title)
        self.byline.show_text(sheet.byline)
        self.view.show_sheet(sheet)
        self.segments.choose(str(int(meeting.level)))
        self.foot.show_sheet(sheet, every=self._every)
        self._reports.show_of(meeting.reports(self._line.subject))
        rows = self.view.items()
        places = [row.at for row in rows]
        if at is None or not rows:
            at = next((row.at for row in rows if row.open), next(iter(places), None))
        elif at not in places:  # a row that was paired goes by another name
            at = places[min(self._place, len(places) - 1)]
        self._focus(at)

    def point(self, at: ItemId) -> None:
        """Have an item in focus, also one that is not shown yet."""
        self.park()
        if at in self._items and self.view.row_of(at) < 0:
            self._kept.add(at)
            self._show(at)
        elif at in self._items:
            self._focus(at)

    def _focus(self, at: ItemId | None) -> None:
        """Show an item as the one in focus, with what was typed and chosen for it."""
        self._at = at
        drafts = {one: self._drafted(item) for one, item in self._items.items() if one != at}
        self.view.lines.drafts = {one: words for one, words in drafts.items() if words}
        self.view.choose(at)
        places = [row.at for row in self.view.items()]
        self._place = places.index(at) if at in places else 0
        item = self._item
        if item is not None:
            painter = self._sheets.sheets
            self.bar.show_offers(painter.offers(item), painter.asks(item))
        self.warning.show_text(item.warning if item else "")
        self.show_who()
        kept, rows = self.unpark(at), item is not None and item.waiting is not None
        self._mark(kept if kept and (kept.pairing is not None) is rows else None)

    def _drafted(self, item: SheetItem) -> str:
        """Return what is typed or chosen for an item and not settled, where that is kept."""
        draft = self._drafts.get((self._sheets.step, id_of(item.found)), Draft())
        choice = draft.chosen_at(self._sheets.level)
        if choice is None or choice.wordings_of:
            return draft.value.strip()
        return self._sheets.sheets.chosen(item, choice)

    def set_large(self, large: bool) -> None:
        """Set the names larger, for a projector."""
        self.heading.set_look(step="title" if large else "page")

    def focus_shown(self) -> None:
        """Put the keyboard on the sheet, or on the report in its place."""
        self._reports.focus_shown()

    # --- keys ------------------------------------------------------------------------------------

    def handlers(self) -> Handlers:
        """Return what keys and buttons of the sheet do; nothing without a subject."""
        if (item := self._item) is None:
            return {}
        painter = self._sheets.sheets
        offered = {one.action: partial(self._choose_offered, one) for one in self.bar.offers}
        return {
            "take-left": partial(self._take_beside, -1),
            "take-right": partial(self._take_beside, 1),
            "next-item": partial(self._step, 1),
            "item-before": partial(self._step, -1),
            "show-all": self.show_all,
            "its-reports": self.show_reports,
            "take-wording": self.take_wording,
            "because": self.bar.focus_because,
            "same-meaning": partial(self._session.remarked.emit, painter.not_alike(item)),
            **offered,
            **self._typing_handlers(digits=painter.types_digits(item)),
        }

    def go_on(self) -> None:
        """Settle what the button names; what is typed is what is chosen."""
        if self._choice is not None or self.bar.value.text().strip():
            self.settle()
        else:
            self.bar.end_typing()
            self.focus_shown()
            self._session.asked.emit(CHOOSE)

    def leave(self) -> bool:
        """Leave a report, a field, then the choice; False when there was nothing to leave.

        A reason that was typed stays: it is taken out by hand.
        """
        if self._reports.leave():
            pass
        elif self.bar.value.hasFocus():
            self._leave_value()
        elif self.bar.because.hasFocus():
            pass  # what was typed there stays
        elif self._choice is not None or self.bar.value.text():
            self.bar.show_typed("", open_=False)
            self._mark(None)
        else:
            return False
        self.focus_shown()
        return True

    def later(self) -> bool:
        """Go to the next item of the subject that is to settle; False after the last."""
        return self._go_to_open(around=False)

    def moves_on(self) -> bool:
        """Go to the next item that is to settle; False when the subject is settled."""
        row = self.row
        return (row is not None and row.open) or self._go_to_open(around=True)

    def _go_to_open(self, *, around: bool) -> bool:
        at = self.view.open_after(self._at, around=around)
        if at is not None:
            self.point(at)
        return at is not None

    def _step(self, way: int) -> None:
        places = [row.at for row in self.view.items()]
        place = places.index(self._at) + way if self._at in places else 0
        if 0 <= place < len(places) and (at := places[place]) is not None:
            self.point(at)

    def show_all(self) -> None:
        """Show everything that was asked, or what is to settle alone."""
        self.park()
        at, choice = self._at, self._choice
        self._every = not self._every
        self._show(at)
        if self._at == at and choice is not None:
            self._mark(choice)
        self.focus_shown()

    def show_reports(self) -> None:
        """Show the reports of the subject one after the other, then the sheet again."""
        self._reports.step()
        self.focus_shown()

    # --- choosing --------------------------------------------------------------------------------

    def _mark(self, choice: Choice | None) -> None:
        self._drops(choice)
        self._choice, item = choice, self._item
        marked: set[str] = set()
        words = phrase = ""
        if choice is not None and item is not None:
            painter = self._sheets.sheets
            marked = {o.action for o in self.bar.offers if painter.marks(item, o, choice)}
            words, phrase = painter.chosen(item, choice), choice.phrase
        self.bar.show_choice(choice, marked)
        self.bar.name_settled(words, "" if choice and choice.wordings_of else phrase)
        below = ", ".join(filter(None, (phrase, "Enter settles it")))
        whole = choice is not None and bool(choice.wordings_of)
        self.view.set_chosen(Chosen(words, below) if words and not whole else None)

    def choose(self, choice: Choice) -> None:
        """Mark what is chosen in place of what was typed; the keyboard stays on the sheet."""
        self.bar.show_typed("", open_=False)
        self._take(choice)

    def _take(self, choice: Choice) -> None:
        self.bar.because.phrases.offer(self._sheets.phrases())
        self._mark(choice)
        self.focus_shown()

    def _choose_offered(self, offer: Offer) -> None:
        item = self._item
        if item is None:
            return
        painter = self._sheets.sheets
        if offer.action == "same-meaning":
            done = self._session.attempt(lambda: painter.alike(item))
            if done is not None:
                self.choose(done.value)
            return
        choice = painter.with_offered(item, self._choice, offer)
        if choice is None:
            self._mark(None)
        else:
            self.choose(choice)

    def _take_beside(self, way: int) -> None:
        """Take the first cell from the left (or the right), or the one beside what is taken."""
        row = self.row
        choice = row.beside(self._choice, way) if row else None
        if choice is not None:
            self.choose(choice)

    def _on_pressed(self, column: int) -> None:
        row = self.row
        if row is None or not column or not self._session.project.writable:
            return
        if column > len(row.cells):
            if self.bar.types and column == len(self.view.lines.fields) - 1:
                self.type_value()
        elif (choice := row.cells[column - 1].choice) is not None:
            self.choose(choice)

    def _parsed(self, text: str) -> Choice | None:
        return self._sheets.sheets.typed(self._item, text) if self._item is not None else None

    def take_wording(self) -> None:
        """Choose a reviewer's wording for the whole subject; pressed again the next one's.

        What is worded twice is shown then: nobody takes what was not seen.
        """
        meeting, several = self._sheets, self._wordings()
        if not several:
            self._session.remarked.emit(NO_WORDING)
        elif meeting.level < Level.NAMES:
            self._session.asked.emit(SEE_NAMES)
        else:
            before = self._choice.wordings_of if self._choice else ""
            worded = [id_of(one.found) for one in several]
            if self._at not in worded or not self._kept.issuperset(worded):
                self.park()
                self._kept.update(worded)
                self._show(worded[0])
            self.choose(meeting.wordings_after(before, several))

    def _wordings(self) -> list[SheetItem]:
        return [one for one in self._items.values() if one.found.status is Status.WORDING]

    # --- recording -------------------------------------------------------------------------------

    def _why(self, choice: Choice) -> str:
        """Return why, as it was typed, or as it follows from what is chosen."""
        return self.bar.because.text().strip() or choice.phrase

    def _record(self, at: ItemId, choice: Choice, why: str) -> Settled:
        meeting, item = self._sheets, self._items[at]
        painter, name = meeting.sheets, self.heading.text()
        self._kept.add(at)
        words = painter.chosen(item, choice)
        if choice.wordings_of:
            self._kept |= {id_of(one.found) for one in self._wordings()}
            meeting.take_wordings(at.subject, choice, why)
        elif choice.pairing is not None:
            self._kept.add(paired := meeting.pair(at, choice, why))
            self._show(paired if paired in self._items else self._at)  # by its name of now
            words = f"{painter.label(item)}, {words}"
        else:
            words = painter.settled(item, meeting.settle(at, choice, why))
        return Settled(at=at, words=f"Settled: {words}  ·  {name}")
