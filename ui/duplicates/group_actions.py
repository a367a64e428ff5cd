"""What the keys of the page do to the group that is shown: one call of the core each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from screener.duplicates.duplicates import Duplicates
from screener.model.words import counted
from ui.duplicates.group_view import ANSWERED, JOINED, GroupView
from ui.duplicates.groups import Mode, Side, enumerated, letter
from ui.duplicates.lists import Lists
from ui.session.dispatch import Handlers
from ui.session.echo import clock
from ui.session.page import Page

_NOT_ASKED = ("proposal", "by hand")
"""Why a group is shown that the finder did not ask about: the rule its join is written with."""


class GroupActions(QObject):
    """Answers, splits and takes back; `put_off` says that a group waits."""

    put_off = Signal()

    def __init__(self, page: Page, lists: Lists, view: GroupView) -> None:
        super().__init__(page)
        self._page = page
        self._session = page.session
        self._lists = lists
        self._view = view
        self._mode: Mode | None = None
        self._place = 0
        questions = (Mode.ASK, Mode.PROPOSED)
        self.handlers: Handlers = {
            "same": partial(self._answer, ANSWERED, self._same),
            "different": partial(self._answer, (*questions, Mode.PICKED), self._different),
            "split": self._split,
            "which": self._which,
            "later": partial(self._answer, questions, self._later),
            "undo-join": partial(self._answer, JOINED, self._undo_join),
            "shown-left": partial(self._move_kept, -1),
            "shown-right": partial(self._move_kept, 1),
            "take-back-group": page.take_back_here,
        }

    def show_at(self, mode: Mode | None, place: int) -> None:
        """Say which group is shown, by list and place; None while none is."""
        self._mode, self._place = mode, place

    def perform(self, action: str) -> None:
        """Do one action of the table of keys on what is shown, if it means anything there."""
        if self._page.can_act and action in self.handlers:
            self.handlers[action]()

    def column(self, column: int) -> None:
        """Mark, keep, or split out a column, whatever the list it stands in means by it."""
        side = self._view.side
        if self._view.choosing:
            self._view.mark(column)
        elif self._mode in ANSWERED:
            self._view.keep(column)
        elif self._mode in JOINED and self._page.can_act and side and column < len(side.columns):
            out = side.columns[column]
            self._write(
                lambda duplicates: duplicates.split(out.uid),
                f"Split record {out.number:,} out of “{side.title()}”",
            )

    def say(self, sentence: str, *, can_take_back: bool = True) -> None:
        """Say what was done and is on the disk."""
        saved = clock() if can_take_back else ""
        self._session.say(sentence, saved=saved, can_take_back=can_take_back)

    # --- the keys -------------------------------------------------------------------------

    def _answer(self, modes: Sequence[Mode], answer: Callable[[Side], None]) -> None:
        """Give an answer to the group that is shown, if its list is one of these."""
        side = self._view.side
        if self._mode in modes and side is not None and not self._view.choosing:
            answer(side)

    def _same(self, side: Side) -> None:
        self._write(
            lambda duplicates: duplicates.same(side.uids, kept=self._view.kept, rule=_rule(side)),
            f"Joined: {_named(side)}",
        )

    def _different(self, side: Side) -> None:
        self._write(
            lambda duplicates: duplicates.different(side.uids), f"Kept apart: {_named(side)}"
        )

    def _split(self) -> None:
        """Join some of the columns and keep the rest apart from them, as one action."""
        side, some, kept = self._view.side, self._view.suggested(), self._view.kept
        if self._mode not in ANSWERED or side is None or not some:
            return
        rest = [uid for uid in side.uids if uid not in some]
        answers = [("same", some), *(("different", (some[0], other)) for other in rest)]
        joined, apart = (
            enumerated([letter(side.uids.index(uid)) for uid in part]) for part in (some, rest)
        )
        kept_apart = f", and kept {apart} apart from them"
        self._write(
            lambda duplicates: duplicates.answer(answers, kept=kept, rule=_rule(side)),
            f"Joined {joined}{kept_apart if rest else ''}: “{side.title()}”",
        )

    def _which(self) -> None:
        side = self._view.side
        if self._view.choosing:
            self._view.choose_which(on=False)
        elif self._mode in ANSWERED and side is not None and len(side.columns) > 2:
            self._view.choose_which(on=True)

    def _later(self, side: Side) -> None:
        if self._mode is not None:
            self._lists.put_off(self._lists.groups(self._mode)[self._place])
            self.say(f"Put off: “{side.title()}”", can_take_back=False)
            self.put_off.emit()

    def _undo_join(self, side: Side) -> None:
        if self._mode is Mode.CERTAIN:
            self._lists.doubt(side)
        grown = self._session.project.duplicates.parted_by_join(side.event).joins - 1
        more = f", and {counted(grown, 'join')} of the finder that grew from it"
        self._write(
            lambda duplicates: duplicates.undo_join(side.event),
            f"Taken back: the join of {_named(side)}{more if grown else ''}",
        )

    def _move_kept(self, step: int) -> None:
        """Show the record beside the shown one; where none is chosen, only look there."""
        if self._mode in ANSWERED and not self._view.choosing:
            self._view.move_kept(step)
        elif self._mode is not None:
            self._view.sides.look_sideways(step)

    def _write(self, write: Callable[[Duplicates], object], sentence: str) -> None:
        """Write one answer; `sentence` is said after it is on the disk."""
        if self._session.attempt(lambda: write(self._session.project.duplicates)) is not None:
            self.say(sentence)


def _rule(side: Side) -> str:
    return side.rule if side.rule in _NOT_ASKED else "answer"


def _named(side: Side) -> str:
    return f"“{side.title()}” ({counted(len(side.uids), 'record')})"
