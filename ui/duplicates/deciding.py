"""What the keys of the page do to the group that is shown: one call of the core each."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from ui.duplicates import answering
from ui.duplicates.answering import Answer
from ui.duplicates.group_view import ANSWERED, JOINED, GroupView
from ui.duplicates.groups import Mode, Side
from ui.duplicates.lists import Lists
from ui.session.dispatch import Handlers
from ui.session.echo import clock
from ui.session.session import Session


class Deciding(QObject):
    """Answers, splits and takes back; `put_off` says that a group waits."""

    put_off = Signal()

    def __init__(
        self, session: Session, lists: Lists, view: GroupView, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._lists = lists
        self._view = view
        self._mode: Mode | None = None
        self._place = 0
        self.handlers: Handlers = {
            "same": self._same,
            "different": self._different,
            "split": self._split,
            "which": self._which,
            "later": self._later,
            "undo-join": self._undo_join,
            "shown-left": self._shown_left,
            "shown-right": self._shown_right,
            "take-back-group": self._take_back,
        }

    def show_at(self, mode: Mode | None, place: int) -> None:
        """Say which group is shown, by list and place; None while none is."""
        self._mode, self._place = mode, place

    def perform(self, action: str) -> None:
        """Do one action on what is shown, if it means anything there."""
        if self.can_act() and action in self.handlers:
            self.handlers[action]()

    def can_act(self) -> bool:
        """Whether anything can be written at this moment."""
        return self._session.project.writable and not self._session.busy

    def column(self, column: int) -> None:
        """Mark, keep, or split out a column, whatever the list it stands in means by it."""
        if self._view.choosing:
            self._view.mark(column)
        elif self._mode in ANSWERED:
            self._view.keep(column)
        elif self._mode in JOINED and self.can_act():
            side = self._view.side
            if side is not None and column < len(side.columns):
                self._answer(answering.split_out(side, column))

    def say(self, sentence: str, *, can_take_back: bool = True) -> None:
        """Say what was done and is on the disk."""
        saved = clock() if can_take_back else ""
        self._session.say(sentence, saved=saved, can_take_back=None if can_take_back else False)

    # --- the keys -------------------------------------------------------------------------

    def _asked(self, *modes: Mode) -> Side | None:
        """Return the group that is shown, if its list is one of these and none is marked."""
        return self._view.side if self._mode in modes and not self._view.choosing else None

    def _same(self) -> None:
        side = self._asked(*ANSWERED)
        if side is not None:
            self._answer(answering.all_same(side, self._view.kept))

    def _different(self) -> None:
        side = self._asked(Mode.ASK, Mode.PROPOSED, Mode.PICKED)
        if side is not None:
            self._answer(answering.all_different(side))

    def _split(self) -> None:
        side, some = self._view.side, self._view.suggested()
        if self._mode in ANSWERED and side is not None and some:
            self._answer(answering.some_same(side, some, self._view.kept))

    def _which(self) -> None:
        side = self._asked(*ANSWERED)
        if self._view.choosing:
            self._view.choose_which(on=False)
        elif side is not None and len(side.columns) > 2:
            self._view.choose_which(on=True)

    def _later(self) -> None:
        side = self._asked(Mode.ASK, Mode.PROPOSED)
        if side is not None and self._mode is not None:
            self._lists.put_off(self._lists.groups(self._mode)[self._place])
            self.say(f"Put off: “{side.title()}”", can_take_back=False)
            self.put_off.emit()

    def _undo_join(self) -> None:
        side = self._asked(*JOINED)
        if side is not None and side.event:
            if self._mode is Mode.CERTAIN:
                self._lists.doubt(side)
            parting = self._session.project.duplicates.parted_by_join(side.event)
            self._answer(answering.taken_back(side, parting))

    def _shown_left(self) -> None:
        self._move_kept(-1)

    def _shown_right(self) -> None:
        self._move_kept(1)

    def _move_kept(self, step: int) -> None:
        """Show the record beside the shown one; where none is chosen, only look there."""
        if self._mode in ANSWERED and not self._view.choosing:
            self._view.move_kept(step)
        elif self._mode is not None:
            self._view.sides.look_sideways(step)

    def _take_back(self) -> None:
        done = self._session.attempt(self._session.project.undo)
        if done is not None:
            self.say(f"Taken back: {done.value}")

    def _answer(self, answer: Answer) -> None:
        """Do one answer; it is said only after it is on the disk."""
        if self._session.attempt(lambda: answer.write(self._session.project)) is not None:
            self.say(answer.sentence)
