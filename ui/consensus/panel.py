"""What both ways of settling share: the reveal levels, what is chosen, *Because*, the recording.

`item.py` shows one item beside its record, `sheet_panel.py` all items of a subject.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.consensus.meeting import Meeting
from ui.consensus.painter import Choice, ItemId, Offer
from ui.consensus.reveal import Level
from ui.consensus.settling import SettleBar
from ui.session.dispatch import Handlers
from ui.session.session import Session
from ui.widgets.keycap import KeyCap
from ui.widgets.segmented import Segmented
from ui.widgets.words import Surface

Reasons = dict[tuple[str, ItemId], str]
"""Reasons that were typed for what is not settled yet, by step and item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """What was recorded: on which item, in words, with its mark."""

    at: ItemId
    words: str
    sign: str = "met"


class Panel(Surface):
    """Shows what is open in the list at the meeting's reveal level and settles it.

    Nothing is recorded before Enter. `settled` carries what was recorded, `level_chosen` another
    level, `who_asked` that nobody said yet who is there. `reasons` are shared by all panels.
    """

    settled = Signal(Settled)
    level_chosen = Signal(int)
    who_asked = Signal()
    focused = Signal(bool)

    def __init__(self, session: Session, reasons: Reasons, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._session = session
        self._keys = session.keys
        self._meeting: Meeting | None = None
        self._choice: Choice | None = None
        self._typed = reasons
        self.segments = Segmented([(str(int(level)), level.words) for level in Level], name="Show")
        self._cap = KeyCap(self._keys.first("reveal"))
        self.bar = SettleBar(self._keys)
        self.segments.chosen.connect(lambda number: self.level_chosen.emit(int(number)))
        self.bar.settled.connect(self.settle)
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

    def park(self) -> None:
        """Keep what was typed for the item that is being settled."""
        if self._meeting is not None and self.at is not None:
            self._typed[self._meeting.step, self.at] = self.bar.because.text()

    def unpark(self, at: ItemId | None) -> None:
        """Show what was typed for an item."""
        known = self._meeting is not None and at is not None
        self.bar.because.setText(
            self._typed.get((self._meeting.step, at), "") if self._meeting and at and known else ""
        )

    @property
    def texts(self) -> Reasons:
        """The reasons that were typed, by step and item, for what is not settled yet."""
        found = {at: text for at, text in self._typed.items() if text.strip()}
        if self._meeting is not None and self.at is not None:
            found[self._meeting.step, self.at] = self.bar.because.text()
        return found

    def take_texts(self, texts: Mapping[tuple[str, ItemId], str]) -> None:
        """Take reasons that were typed elsewhere: they stand there when their items are opened."""
        self._typed.update(texts)

    @property
    def typed(self) -> tuple[str, ItemId] | None:
        """The step and the item for which a reason was typed that is not settled yet, or None."""
        choice, here = self._choice, self.bar.because.text().strip()
        shown = (self._meeting.step, self.at) if self._meeting and self.at else None
        if shown and here and (choice is None or here != choice.phrase):
            return shown
        others = (at for at, text in self._typed.items() if text.strip() and at != shown)
        return next(others, None)

    def _on_number(self, number: int) -> None:
        offer = next((one for one in self.bar.offers if one.numbered == number), None)
        if offer is not None:
            self._choose_offered(offer)

    def settle(self) -> None:
        """Record what is chosen; nobody is recorded with it before it was said who is there."""
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
        done = self._session.attempt(lambda: self._record(at, choice, why))
        if done is not None:
            if self.at == at:
                self.bar.because.clear()  # what was typed is kept for what is not settled only
            self._typed.pop((meeting.step, at), None)
            self.settled.emit(done.value)
