"""What both ways of settling share: the reveal levels, what is chosen, *Because*, the recording.

`item.py` shows one item beside its record, `sheet_panel.py` all items of a subject.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from screener.consensus.reveal import Level
from screener.model import UserError
from ui.consensus.drafts import Draft, Drafts, Key
from ui.consensus.meeting import Meeting
from ui.consensus.painter import Choice, ItemId, Offer
from ui.consensus.settling import SettleBar
from ui.session.dispatch import Handlers
from ui.session.session import Session
from ui.widgets.keycap import KeyCap
from ui.widgets.segmented import Segmented
from ui.widgets.words import Surface

_DIGITS = "1234567890"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was recorded: on which item, in words, with its mark."""

    at: ItemId
    words: str
    sign: str = "met"


class Panel(Surface):
    """Shows what is open in the list at the meeting's reveal level and settles it.

    Nothing is recorded before Enter. `settled` carries what was recorded, `level_chosen` another
    level, `who_asked` that nobody said yet who is there. `drafts` are shared by all panels.
    """

    settled = Signal(Settled)
    level_chosen = Signal(int)
    who_asked = Signal()
    focused = Signal(bool)

    def __init__(self, session: Session, drafts: Drafts, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._session = session
        self._keys = session.keys
        self._meeting: Meeting | None = None
        self._choice: Choice | None = None
        self._drafts = drafts
        self._recorded: Key | None = None  # what is being recorded is no draft any more
        self._before: tuple[str, Choice | None] = "", None
        """What stood in the field for a value, and was chosen, when the keyboard came into it."""
        self.segments = Segmented([(str(int(level)), level.words) for level in Level], name="Show")
        self._cap = KeyCap(self._keys.first("reveal"))
        self.bar = SettleBar(self._keys)
        self.segments.chosen.connect(lambda number: self.level_chosen.emit(int(number)))
        self.bar.settled.connect(self.settle)
        self.bar.value.entered.connect(self._on_entered)
        self.bar.value.textEdited.connect(self._on_edited)
        self.bar.because.numbered.connect(self._on_number)

    # --- what a panel says -----------------------------------------------------------------------

    @property
    def line(self) -> ItemId | None:
        """The row of the list that is shown."""
        raise NotImplementedError

    @property
    def at(self) -> ItemId | None:
        """The item that is being settled."""
        raise NotImplementedError

    def open(self, line: ItemId | None, meeting: Meeting) -> bool:
        """Open a row of the list; says whether there is one."""
        raise NotImplementedError

    def point(self, at: ItemId) -> None:
        """Have an item of what is open in focus."""

    def show_again(self) -> None:
        """Show it as far as the meeting's level allows, with what is chosen and typed."""
        raise NotImplementedError

    def show_who(self) -> None:
        """Follow who is there: a third person may decide."""
        if self._meeting is not None:
            self.bar.set_third(third=bool(self._meeting.attendance.arbitrator))

    def set_large(self, large: bool) -> None:
        """Show it larger, for a projector."""

    def focus_shown(self) -> None:
        """Put the keyboard on what is settled."""
        raise NotImplementedError

    def handlers(self) -> Handlers:
        """Return what keys and buttons of the panel do."""
        raise NotImplementedError

    @property
    def waits_for_number(self) -> bool:
        """Whether only a number is waited for."""
        return False

    def go_on(self) -> None:
        """Do what Enter means."""
        raise NotImplementedError

    def leave(self) -> bool:
        """Leave what is chosen or typed; False when there is nothing to leave."""
        raise NotImplementedError

    def later(self) -> bool:
        """Leave the item for later; False when that means the next row of the list."""
        return False

    def moves_on(self) -> bool:
        """Go to the next item after one was settled; False when the list goes on."""
        return False

    def _offers(self) -> tuple[Offer, ...]:
        return self.bar.offers

    def _choose_offered(self, offer: Offer) -> None:
        raise NotImplementedError

    def _mark(self, choice: Choice | None) -> None:
        """Show what is chosen."""
        raise NotImplementedError

    def _take(self, choice: Choice) -> None:
        """Mark what is chosen, and have the keyboard where it goes on."""
        raise NotImplementedError

    def _parsed(self, text: str) -> Choice | None:
        """Return what was typed as a choice; `UserError` when it is none."""
        raise NotImplementedError

    def _lacks(self, choice: Choice) -> str:
        """Return what has to be chosen before it can be settled, or ""."""
        return ""

    def _why(self, choice: Choice) -> str:
        """Return why it is settled so, as it was typed."""
        return self.bar.because.text()

    def _record(self, at: ItemId, choice: Choice, why: str) -> Settled:
        """Record what is chosen; `UserError` says what is still missing."""
        raise NotImplementedError

    # --- what all panels do ----------------------------------------------------------------------

    @property
    def choice(self) -> Choice | None:
        """What is chosen and not recorded yet."""
        return self._choice

    def take_keys(self) -> None:
        """Print the keys that are in force now."""
        self._cap.set_key(self._keys.first("reveal"))
        self.bar.take_keys()

    def _key(self, at: ItemId | None) -> Key | None:
        return (self._meeting.step, at) if self._meeting is not None and at is not None else None

    def _draft(self) -> Draft:
        """Return what is typed for the item that is being settled."""
        return Draft(
            why=self.bar.because.text(),
            value=self.bar.value.text(),
            choice=self._choice,
            level=self._meeting.level if self._meeting is not None else Level.RECORD,
        )

    def park(self) -> None:
        """Keep what was typed for the item that is being settled, with what is chosen."""
        key = self._key(self.at)
        if key is not None and key != self._recorded:
            self._drafts[key] = self._draft()

    def unpark(self, at: ItemId | None) -> Choice | None:
        """Show what was typed for an item; returns what was chosen with it."""
        key = self._key(at)
        draft = self._drafts.get(key, Draft()) if key is not None else Draft()
        choice = draft.chosen_at(self._meeting.level) if self._meeting is not None else None
        self.bar.because.setText(draft.why)
        self.bar.show_typed(draft.value, open_=choice is None)
        return choice

    @property
    def texts(self) -> Drafts:
        """What was typed, by step and item, for what is not settled yet."""
        shown = self._key(self.at)
        every = self._drafts | ({shown: self._draft()} if shown is not None else {})
        return {key: draft for key, draft in every.items() if draft.typed}

    def take_texts(self, texts: Mapping[Key, Draft]) -> None:
        """Take what was typed elsewhere: it stands there when the items are opened.

        The item that is shown is opened anew with it: leaving it keeps what stands on it.
        """
        self.park()
        self._drafts.update(texts)
        at, meeting = self.at, self._meeting
        if at is not None and meeting is not None:
            key, self._recorded = self._recorded, self._key(at)
            try:
                self.open(self.line, meeting)
            finally:
                self._recorded = key

    @property
    def typed(self) -> Key | None:
        """The step and the item for which something was typed that is not settled yet, or None."""
        choice, shown = self._choice, self._key(self.at)
        here = self._draft()
        came = choice is not None and here.why.strip() == choice.phrase  # with the choice
        if shown is not None and (here.value.strip() or (here.why.strip() and not came)):
            return shown
        others = (at for at, draft in self._drafts.items() if draft.typed and at != shown)
        return next(others, None)

    def _on_number(self, number: int) -> None:
        offer = next((one for one in self.bar.offers if one.numbered == (number or 10)), None)
        if offer is not None:
            self._choose_offered(offer)

    def _on_entered(self) -> None:
        self._before = self.bar.value.text(), self._choice

    def type_value(self, text: str = "") -> None:
        """Put the keyboard into the field for a value, behind its first sign where that is typed.

        That sign begins another value than the one that was being typed.
        """
        self.bar.begin_typing(text)
        if text:
            self._on_edited(text)

    def _typing_handlers(self, *, digits: bool) -> Handlers:
        """Return what begins to type a value, where one may be typed: digits, too, or T alone."""
        if not self.bar.types:
            return {}
        begins = {f"settle-reason-{one}": partial(self.type_value, one) for one in _DIGITS * digits}
        return {"type-value": self.type_value, **begins}

    def _leave_value(self) -> None:
        """Leave the field for a value; what was typed since the keyboard came is given up."""
        text, choice = self._before
        self.bar.show_typed(text, open_=choice is None)
        self._mark(choice)

    def _drops(self, choice: Choice | None) -> None:
        """Take away what was said in passing of another choice than what is chosen now."""
        if choice != self._choice:
            self._session.told_again.emit()
        self._session.asked.emit("")

    def _on_edited(self, text: str) -> None:
        """Have what is typed as what is chosen; what is no value leaves nothing chosen."""
        try:
            self._mark(self._parsed(text) if text.strip() else None)
        except UserError:
            self._mark(None)  # it is said when it is to be settled

    def _take_typed(self) -> None:
        """Close the field for a value; say why what is typed is none."""
        typed = self._session.attempt(lambda: self._parsed(self.bar.value.text()))
        if typed is not None and typed.value is not None:
            self.bar.end_typing()
            self._take(typed.value)

    def settle(self) -> None:
        """Record what is chosen, or say why what is typed cannot be.

        Nobody is recorded with it before it was said who is there.
        """
        if self._choice is None and self.bar.value.text().strip():
            self._take_typed()
            return
        meeting, at, choice = self._meeting, self.at, self._choice
        if meeting is None or at is None or choice is None:
            return
        if lacking := self._lacks(choice):
            self.focus_shown()
            self._session.asked.emit(lacking)
            return
        why = self._why(choice)
        if why.strip() and choice.pairing is None and not meeting.attendance.asked:
            self.who_asked.emit()
            return
        self._recorded = (meeting.step, at)  # what follows the change shows it as settled
        typed = self._drafts.pop(self._recorded, Draft())
        done = self._session.attempt(lambda: self._record(at, choice, why))
        if done is None:
            self._drafts[self._recorded] = typed
            if meeting.overturning.wants_reason:
                self.bar.focus_because(choice.phrase)
        elif self.at == at:
            self.bar.because.clear()  # what was typed is kept for what is not settled only
            self.bar.show_typed("", open_=False)
        self._recorded = None
        if done is not None:
            self.settled.emit(done.value)
