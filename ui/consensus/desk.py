"""Where one item is settled: choosing an outcome, saying why, who agrees, and recording it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from screener.model import Consensus, Discrepancy, Outcome, Stage
from ui.consensus.comparison import taken_by
from ui.consensus.item import ItemPanel
from ui.consensus.meeting import Choice, Meeting
from ui.consensus.reveal import Level
from ui.session.dispatch import Handlers
from ui.session.session import Session


class Desk(ItemPanel):
    """An item with everything that settles it; nothing is recorded before Enter.

    `settled` carries what was recorded.
    """

    settled = Signal(Consensus)

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(session.keys, parent)
        self._session = session
        self._meeting: Meeting | None = None
        self._found: Discrepancy | None = None
        self._choice: Choice | None = None
        self._typed: dict[tuple[Stage, str], str] = {}  # because, of items that are not settled
        self._asking_third = False
        self._waiting_to_settle = False
        self.comparison.taken.connect(self.take)
        self.bar.pressed.connect(self.act)
        self.bar.settled.connect(self.settle)
        self.bar.named.connect(self._on_named)
        self._actions: Handlers = {
            "settle-include": self._choose_include,
            "settle-exclude": self._choose_exclude,
            "take-left": self._take_left,
            "take-right": self._take_right,
            "needs-full-text": self._choose_needs_full_text,
            "arbitrator": self.ask_arbitrator,
            "who-agrees": self.ask_present,
            **{f"settle-reason-{n}": partial(self._choose_reason, n) for n in range(1, 10)},
        }

    # --- what is on the desk ---------------------------------------------------------------------

    @property
    def found(self) -> Discrepancy | None:
        """The item on the desk."""
        return self._found

    @property
    def choice(self) -> Choice | None:
        """The outcome that is marked and not recorded yet."""
        return self._choice

    def lay(self, found: Discrepancy | None, meeting: Meeting) -> None:
        """Put an item on the desk, with nothing chosen but what is proposed."""
        if self._found is not None and self._meeting is not None:
            self._typed[self._meeting.stage, self._found.unit.id] = self.bar.because.text()
        self._found, self._meeting = found, meeting
        self._waiting_to_settle = False
        typed = self._typed.get((meeting.stage, found.unit.id), "") if found else ""
        self.bar.because.setText(typed)
        self.bar.stop_asking()
        if found is None:
            self._mark(None)
            return
        self.show_item(found, meeting)
        self.show_who()
        self._mark(meeting.proposed(found))

    def handlers(self) -> Handlers:
        """Return what keys and buttons of the item do; nothing without an item."""
        return self._actions if self._found is not None else {}

    def act(self, action: str) -> None:
        """Do what a button of the item means."""
        found = self.handlers().get(action)
        if found is not None:
            found()

    def go_on(self) -> None:
        """Settle from *Because*; go there when an outcome is marked, else to the record."""
        if self.bar.because.hasFocus():
            self.settle()
        elif self._choice is not None:
            self.choose(self._choice)
        else:
            self.focus_record()

    def leave(self) -> bool:
        """Leave the names or the outcome as they were; False when there was nothing to leave."""
        if self.bar.asking:
            self._waiting_to_settle = False
            self.bar.stop_asking()
        elif self._choice is not None:
            self._mark(None)
            self.bar.because.clear()
        else:
            return False
        self.focus_record()
        return True

    # --- choosing --------------------------------------------------------------------------------

    def _mark(self, choice: Choice | None) -> None:
        self._choice = choice
        self._session.asked.emit("")
        stage = self._meeting.stage if self._meeting else Stage.TITLE_ABSTRACT
        self.bar.show_choice(choice, stage=stage)

    def choose(self, choice: Choice | None) -> None:
        """Mark an outcome and ask why; at full text an exclusion asks for its reason first."""
        if self._found is None or self._meeting is None or choice is None:
            return
        if choice.phrase and not self.bar.because.text():
            self.bar.because.setText(choice.phrase)
        self._mark(choice)
        required = self._meeting.protocol.requires_reason(self._meeting.stage)
        if choice.outcome is Outcome.EXCLUDE and required and not choice.reason:
            self.focus_record()
            self._session.asked.emit("Press the number of the reason for excluding this report.")
            return
        self.bar.because.set_phrases(self._meeting.phrases())
        self.bar.focus_because()

    def _choose_include(self) -> None:
        self.choose(Choice(outcome=Outcome.INCLUDE))

    def _choose_exclude(self) -> None:
        reason = ""
        if self._choice is not None and self._choice.outcome is Outcome.EXCLUDE:
            reason = self._choice.reason
        self.choose(Choice(outcome=Outcome.EXCLUDE, reason=reason))

    def _choose_reason(self, number: int) -> None:
        reasons = self._meeting.protocol.reasons if self._meeting else ()
        reason = next((r.id for r in reasons if r.number == number), "")
        if reason:
            self.choose(Choice(outcome=Outcome.EXCLUDE, reason=reason))

    def _choose_needs_full_text(self) -> None:
        if self._meeting is not None:
            self.choose(self._meeting.needs_full_text())

    def _take_left(self) -> None:
        self.take(taken_by(self.columns, "left"))

    def _take_right(self) -> None:
        self.take(taken_by(self.columns, "right"))

    def take(self, event: str) -> None:
        """Take one reviewer's decision, by its event, with its reason as far as that is seen."""
        meeting, found = self._meeting, self._found
        if meeting is None or found is None or meeting.level is Level.RECORD:
            return
        decision = next((d for d in found.decisions if d.event == event), None)
        if decision is None:
            return
        choice = meeting.taken(decision)
        if choice is None:
            self._session.asked.emit("Maybe settles nothing: choose include or exclude.")
        self.choose(choice)

    def show_who(self) -> None:
        """Say who agrees or decides, as it is now."""
        if self._meeting is not None:
            third = bool(self._meeting.arbitrator)
            self.bar.set_who(self._meeting.who_words(), third=third)

    # --- who agrees ------------------------------------------------------------------------------

    def ask_present(self) -> None:
        """Ask who agrees."""
        if self._meeting is not None and self._found is not None:
            self._asking_third = False
            self.bar.ask_names("Who agrees?", self._meeting.present())

    def ask_arbitrator(self) -> None:
        """Ask for the name of the third person who decides from now on."""
        meeting = self._meeting
        if meeting is not None and self._found is not None and not meeting.arbitrator:
            self._asking_third = True
            self.bar.ask_names("Who decides, in place of the reviewers?", [], hint=False)

    def _on_named(self, text: str) -> None:
        meeting, bar = self._meeting, self.bar
        if meeting is None:
            return
        if self._asking_third:
            meeting.set_arbitrator(text)
        else:
            names = [n.strip() for n in text.split(";") if n.strip()]
            if not names:
                self._session.complain("Name at least one person who agrees.")
                return
            if self._session.attempt(lambda: meeting.set_present(names)) is None:
                return  # what was typed stays, to be mended
        bar.stop_asking()
        self.show_who()
        if self._found is not None:
            self.show_heading(self._found, meeting)
        if self._waiting_to_settle and meeting.asked:
            self._waiting_to_settle = False
            self.settle()
        elif self._choice is not None:
            bar.focus_because()
        else:
            self.focus_record()

    # --- recording -------------------------------------------------------------------------------

    def settle(self) -> None:
        """Record the marked outcome; the first time it asks who agrees."""
        meeting, found, choice = self._meeting, self._found, self._choice
        if meeting is None or found is None or choice is None:
            return
        why = self.bar.because.text()
        if why.strip() and not meeting.asked:
            self._waiting_to_settle = True
            self.ask_present()
            return
        unit = str(found.unit.id)
        agreed = self._session.attempt(lambda: meeting.settle(unit, choice, why))
        if agreed is not None:
            if self._found is not None and self._found.unit.id == unit:
                self.bar.because.clear()  # what was typed is kept for what is not settled only
            self._typed.pop((meeting.stage, unit), None)
            self.settled.emit(agreed.value)
