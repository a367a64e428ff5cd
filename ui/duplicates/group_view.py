"""One group on the page: why it is shown, its records side by side, and what can be answered."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.duplicates.groups import (
    LETTERS,
    Mode,
    Side,
    enumerated,
    given_by,
    letter,
    lines,
    rule_words,
)
from ui.duplicates.side_by_side import SideBySide
from ui.session.keys import ActionButton, AnswerButton, Keys
from ui.widgets import tokens
from ui.widgets.words import Column, ElidedWords, Row, Words
from ui.widgets.wrapped import Wrapped

_BECAUSE = {
    Mode.ASK: "Asked because",
    Mode.PROPOSED: "Asked because",
    Mode.PICKED: "Side by side",
    Mode.CERTAIN: "Joined because",
    Mode.ANSWERED: "Joined because",
    Mode.DIFFERENT: "Kept apart because",
    Mode.LINKED: "Linked as",
}
_LINKED = "Linked reports are never joined; both are screened."
_SPLITS = "A letter splits that record out of the group."
ANSWERED = (Mode.ASK, Mode.PROPOSED, Mode.DIFFERENT, Mode.PICKED)
"""Where the answers are offered."""
JOINED = (Mode.CERTAIN, Mode.ANSWERED)
"""Where letters split a record out, and a join is taken back."""


class Answers(QWidget):
    """The row of answers; `chosen` carries the id of an action of the table of keys."""

    chosen = Signal(str)

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.same = AnswerButton("", "same", keys, kind="edge")
        self.different = AnswerButton("All different", "different", keys, kind="edge")
        self.split = AnswerButton("", "split", keys, kind="edge", key="Return")
        self.split.setCheckable(True)
        self.split.setChecked(True)
        self.which = ActionButton("Choose which", "which", keys)
        self.another = ActionButton("Another record…", "another-record", keys)
        self.later = ActionButton("Later", "later", keys)
        self.leave = ActionButton("Leave it", "which", keys, key="Esc")
        self.hint = Words(step="small", colour="quiet")
        others = (self.which, self.another, self.later, self.leave)
        answers = Wrapped(gap=12, far=len(others))
        answers.set_widgets([self.same, self.different, self.split, self.hint, *others])
        Column(self, margins=(tokens.MARGIN, 12, tokens.MARGIN, 14)).add(answers)
        for button in self.findChildren(ActionButton):
            button.chose.connect(self.chosen)

    def show_answers(self, mode: Mode, suggested: tuple[int, ...], *, several: bool) -> None:
        """Offer what can be said of a group; `suggested` are columns that seem to belong together.

        Of `several`, more than two, some may be chosen.
        """
        self.same.setText("Same after all" if mode is Mode.DIFFERENT else "All the same")
        self.split.setText(f"{_letters(suggested)} the same")
        self._offer(
            {
                self.same: True,
                self.different: mode is not Mode.DIFFERENT,
                self.split: bool(suggested),
                self.which: several,
                self.another: True,
                self.later: mode in (Mode.ASK, Mode.PROPOSED),
            }
        )

    def show_choice(self, marked: tuple[int, ...], most: int) -> None:
        """Ask which columns belong together, and say which are marked."""
        self.split.setText(f"{_letters(marked)} the same")
        self.hint.setText(
            f"Mark those that are the same report: A to {LETTERS[min(most, len(LETTERS)) - 1]}"
        )
        self._offer({self.split: len(marked) > 1, self.leave: True, self.hint: True})

    def _offer(self, offered: dict[QWidget, bool]) -> None:
        # All of them at once would ask for more room than there is, so hiding comes first.
        for widget in (*self.findChildren(ActionButton), self.hint):
            if not offered.get(widget):
                widget.hide()
        for widget, on in offered.items():
            widget.setVisible(on)


def _letters(columns: tuple[int, ...]) -> str:
    return enumerated([letter(number) for number in columns])


class GroupView(QWidget):
    """Shows one `Side`; which record is shown, and which are marked, is kept here."""

    chosen = Signal(str)
    """An answer, by its id in the table of keys."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = Mode.ASK
        self.side: Side | None = None
        """The group that is shown."""
        self._kept = 0
        self._marked: set[int] | None = None
        self._because = Words(step="small", colour="quiet")
        self._why = ElidedWords(step="small")
        self._rule = Words(step="small", colour="accent")
        self.sides = SideBySide()
        self.answers = Answers(keys)
        self._hint = Words(step="small", colour="quiet")
        self.undo = ActionButton("Take this join back", "undo-join", keys)
        self.another = ActionButton("Another record…", "another-record", keys)
        side = tokens.MARGIN
        foot = Row(gap=tokens.GAP_OUT, margins=(side, 12, side, 16))
        self._foot = foot.add(self._hint, 1, self.another, self.undo).boxed()
        Column(self, gap=0).add(
            Row(gap=12, margins=(side, 18, side, 8)).add(self._because, self._why, self._rule, 1),
            (self.sides, 1),
            self._foot,
            self.answers,
        )
        self.answers.chosen.connect(self.chosen)
        for button in (self.undo, self.another):
            button.chose.connect(self.chosen)

    # --- what is shown --------------------------------------------------------------------

    def show_side(self, side: Side, mode: Mode) -> None:
        """Show a group, unless it is the one that is shown."""
        if side == self.side and mode is self._mode:
            return
        self.side, self._mode, self._marked = side, mode, None
        self._kept = side.uids.index(side.kept) if side.kept in side.uids else -1
        self._because.setText(_BECAUSE[mode])
        self._why.setText(side.why)
        self._rule.setText(f"rule: {side.rule}" if side.rule and mode is not Mode.PICKED else "")
        self._rule.setToolTip(rule_words(side.rule))
        self._rule.setAccessibleDescription(rule_words(side.rule))
        self.sides.show_lines(len(side.columns), lines(side.columns))
        self._show()

    @property
    def kept(self) -> str:
        """The id of the record that will be the shown one."""
        return self.side.uids[self._kept] if self.side and self._kept >= 0 else ""

    @property
    def choosing(self) -> bool:
        """Whether it is being marked which records belong together."""
        return self._marked is not None

    def suggested(self) -> tuple[str, ...]:
        """Return the records that are marked, or those that seem to belong together."""
        if self.side is None:
            return ()
        if self._marked is not None:
            marked = tuple(self.side.uids[place] for place in sorted(self._marked))
            return marked if len(marked) > 1 else ()
        return self.side.suggested

    # --- what a person does ---------------------------------------------------------------

    def move_kept(self, step: int) -> None:
        """Make the column to the left (-1) or right (1) the shown record."""
        if self.side is not None and self._kept >= 0:
            self._kept = min(len(self.side.columns) - 1, max(0, self._kept + step))
            self._show_heads()
            self.sides.show_column(self._kept)

    def keep(self, column: int) -> None:
        """Make a column the shown record."""
        self.move_kept(column - self._kept)

    def choose_which(self, *, on: bool) -> None:
        """Begin or leave marking which records belong together."""
        self._marked = set() if on else None
        self._show()

    def mark(self, column: int) -> None:
        """Mark a column, or take the mark away."""
        if self._marked is not None and self.side and column < len(self.side.columns):
            self._marked ^= {column}
            self._show()

    def set_can_answer(self, *, can: bool) -> None:
        """While something is written, nothing can be answered."""
        self.answers.setEnabled(can)
        self._foot.setEnabled(can)

    def _show_heads(self) -> None:
        for place, head in enumerate(self.sides.heads):
            head.setText(f"{letter(place)}   {self._head_words(place)}".rstrip())
            accent = place == self._kept if self._marked is None else place in self._marked
            head.set_kind("link" if accent else "quiet")
            head.setMinimumSize(head.sizeHint().width(), 0)
            head.resize(head.sizeHint().width(), head.height())
        if self.side is not None and self._kept >= 0:
            self.sides.say_given(self._kept, given_by(self.side.columns, self._kept))

    def _head_words(self, place: int) -> str:
        if self._marked is not None:
            return "the same" if place in self._marked else "not marked"
        shown = "shown record" if place == self._kept else ""
        can_split = self._mode in JOINED
        return " · ".join(word for word in (shown, "split out" if can_split else "") if word)

    def _show(self) -> None:
        """Show what is marked, and what can be answered."""
        self._show_heads()
        asked = self._mode in ANSWERED
        self.answers.setVisible(asked)
        self._foot.setVisible(not asked)
        self._hint.setText(_SPLITS if self._mode in JOINED else _LINKED)
        self.undo.setVisible(self._mode in JOINED)
        if self.side is None or not asked:
            return
        count = len(self.side.columns)
        if self._marked is not None:
            self.answers.show_choice(tuple(sorted(self._marked)), count)
        else:
            places = tuple(self.side.uids.index(uid) for uid in self.side.suggested)
            self.answers.show_answers(self._mode, places, several=count > 2)
