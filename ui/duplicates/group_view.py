"""One group on the page: why it is shown, its records side by side, and what can be answered."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from ui.duplicates.answers import Answers
from ui.duplicates.columns import LETTERS, given_by, lines
from ui.duplicates.groups import Mode, Side, rule_words
from ui.duplicates.side_by_side import SideBySide
from ui.session.keys import Keys
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.words import Column, ElidedWords, Row, Words

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


class GroupView(QWidget):
    """Shows one `Side`; which record is shown, and which are marked, is kept here."""

    chosen = Signal(str)
    """An answer, by its id in the table of keys."""
    pressed = Signal(int)
    """The head of a column."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._mode = Mode.ASK
        self._side: Side | None = None
        self._kept = 0
        self._marked: set[int] | None = None
        self._because = Words(step="small", colour="quiet")
        self._why = ElidedWords(step="small")
        self._rule = Words(step="small", colour="accent")
        self.sides = SideBySide()
        self.answers = Answers(keys)
        self._keys = keys
        self._hint = Words(step="small", colour="quiet")
        self.undo = Button("Take this join back", kind="quiet")
        self.another = Button("Another record…", kind="quiet")
        self._lay_out()
        self.answers.chosen.connect(self.chosen)
        self.undo.clicked.connect(self._on_undo)
        self.another.clicked.connect(self._on_another)
        keys.changed.connect(self._take_keys)
        self._take_keys()
        self.sides.pressed.connect(self.pressed)

    def _lay_out(self) -> None:
        why = Row(gap=12, margins=(tokens.MARGIN, 18, tokens.MARGIN, 8))
        why.addWidget(self._because)
        why.addWidget(self._why)
        why.addWidget(self._rule)
        why.addStretch(1)
        self._foot = QWidget()
        hint = Row(self._foot, gap=tokens.GAP_OUT, margins=(tokens.MARGIN, 12, tokens.MARGIN, 16))
        hint.addWidget(self._hint)
        hint.addStretch(1)
        hint.addWidget(self.another)
        hint.addWidget(self.undo)
        column = Column(self, gap=0)
        column.addLayout(why)
        column.addWidget(self.sides, 1)
        column.addWidget(self._foot)
        column.addWidget(self.answers)

    def _take_keys(self) -> None:
        self.undo.set_key(self._keys.first("undo-join"))
        self.another.set_key(self._keys.first("another-record"))

    def _on_undo(self) -> None:
        self.chosen.emit("undo-join")

    def _on_another(self) -> None:
        self.chosen.emit("another-record")

    # --- what is shown --------------------------------------------------------------------

    def show_side(self, side: Side, mode: Mode) -> None:
        """Show a group, unless it is the one that is shown."""
        if side == self._side and mode is self._mode:
            return
        self._side, self._mode, self._marked = side, mode, None
        self._kept = side.uids.index(side.kept) if side.kept in side.uids else -1
        self._because.setText(_BECAUSE[mode])
        self._why.setText(side.why)
        self._rule.setText(f"rule: {side.rule}" if side.rule and mode is not Mode.PICKED else "")
        self._rule.setToolTip(rule_words(side.rule))
        self._rule.setAccessibleDescription(rule_words(side.rule))
        self.sides.show_lines(len(side.columns), lines(side.columns))
        self._show_heads()
        self._show_answers()

    @property
    def side(self) -> Side | None:
        """The group that is shown."""
        return self._side

    @property
    def kept(self) -> str:
        """The id of the record that will be the shown one."""
        return self._side.uids[self._kept] if self._side and self._kept >= 0 else ""

    @property
    def choosing(self) -> bool:
        """Whether it is being marked which records belong together."""
        return self._marked is not None

    def suggested(self) -> tuple[str, ...]:
        """Return the records that are marked, or those that seem to belong together."""
        if self._side is None:
            return ()
        if self._marked is not None:
            marked = tuple(self._side.uids[place] for place in sorted(self._marked))
            return marked if len(marked) > 1 else ()
        return self._side.suggested

    # --- what a person does ---------------------------------------------------------------

    def move_kept(self, step: int) -> None:
        """Make the column to the left (-1) or right (1) the shown record."""
        if self._side is not None and self._kept >= 0:
            self._kept = min(len(self._side.columns) - 1, max(0, self._kept + step))
            self._show_heads()
            self.sides.show_column(self._kept)

    def keep(self, column: int) -> None:
        """Make a column the shown record."""
        self.move_kept(column - self._kept)

    def choose_which(self, *, on: bool) -> None:
        """Begin or leave marking which records belong together."""
        self._marked = set() if on else None
        self._show_heads()
        self._show_answers()

    def mark(self, column: int) -> None:
        """Mark a column, or take the mark away."""
        if self._marked is not None and self._side and column < len(self._side.columns):
            self._marked ^= {column}
            self._show_heads()
            self._show_answers()

    def set_can_answer(self, *, can: bool) -> None:
        """While something is written, nothing can be answered."""
        self.answers.setEnabled(can)
        self._foot.setEnabled(can)

    def _show_heads(self) -> None:
        for place, head in enumerate(self.sides.heads):
            words = self._head_words(place)
            head.setText(f"{LETTERS[place % len(LETTERS)]}   {words}".rstrip())
            accent = place == self._kept if self._marked is None else place in self._marked
            head.set_kind("link" if accent else "quiet")
            head.setMinimumSize(head.sizeHint().width(), 0)
            head.resize(head.sizeHint().width(), head.height())
        if self._side is not None and self._kept >= 0:
            self.sides.say_given(self._kept, given_by(self._side.columns, self._kept))

    def _head_words(self, place: int) -> str:
        if self._marked is not None:
            return "the same" if place in self._marked else "not marked"
        shown = "shown record" if place == self._kept else ""
        can_split = self._mode in JOINED
        return " · ".join(word for word in (shown, "split out" if can_split else "") if word)

    def _show_answers(self) -> None:
        asked = self._mode in ANSWERED
        self.answers.setVisible(asked)
        self._foot.setVisible(not asked)
        self._hint.setText(_SPLITS if self._mode in JOINED else _LINKED)
        self.undo.setVisible(self._mode in JOINED)
        if self._side is None or not asked:
            return
        several = len(self._side.columns) > 2
        if self._marked is not None:
            self.answers.show_choice(tuple(sorted(self._marked)), len(self._side.columns))
        elif self._mode is Mode.DIFFERENT:
            self.answers.show_apart(several=several)
        elif self._mode is Mode.PICKED:
            self.answers.show_picked(several=several)
        else:
            places = tuple(self._side.uids.index(uid) for uid in self._side.suggested)
            self.answers.show_question(places, several=several)

    def focus_records(self) -> None:
        """Put the keyboard on the records."""
        self.sides.setFocus(Qt.FocusReason.OtherFocusReason)
