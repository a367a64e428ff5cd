"""Whether a report was obtained: three buttons, and why it could not be, asked in their place."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from screener.fulltext.fulltext import Retrieval
from ui.session.keys import AnswerButton, Keys
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.phrases import Phrases
from ui.widgets.theme import Sized
from ui.widgets.words import Row, Words, announce, stacked

NAMES = {
    Retrieval.RETRIEVED: "Retrieved",
    Retrieval.NOT_RETRIEVED: "Not retrieved",
    Retrieval.SOUGHT: "Still sought",
}
"""What a state is called when a report gets it; its value is the action in the table of keys."""


class Deciding(QWidget):
    """`chosen` carries a state; `answered` carries why a report was not retrieved, or ""."""

    chosen = Signal(str)
    answered = Signal(str)
    left = Signal()

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons = {
            state: AnswerButton(name, state, keys, kind="edge") for state, name in NAMES.items()
        }
        for button in self.buttons.values():
            button.setCheckable(True)
            button.chose.connect(self.chosen)
        self.why = QLineEdit(placeholderText="such as: no answer from the authors")
        self.why.setAccessibleName("Why it was not retrieved")
        self.why.returnPressed.connect(self._on_yes)
        self._phrases = Phrases(self.why)
        self.yes = Button("Not retrieved", key="Return", does=self._on_yes)
        self.no = Button("Leave it", kind="quiet", key="Esc", does=self.leave)
        self._question = Words()
        margins = (tokens.MARGIN, 12, tokens.MARGIN, 14)
        self._states = Row(margins=margins).add(*self.buttons.values(), 1).boxed()
        asking = Row(gap=tokens.GAP_OUT, margins=margins)
        self._asking = asking.add(self._question, (self.why, 100), self.yes, self.no, 1).boxed()
        self._stack = stacked(self._states, self._asking)
        Row(self).addWidget(self._stack)
        Sized(self.why, height=tokens.CONTROL)

    @property
    def asking(self) -> bool:
        """Whether it is being asked why."""
        return self._stack.currentWidget() is self._asking

    def show_states(self, states: Collection[Retrieval]) -> None:
        """Mark the state in force of what is chosen; none while no report is chosen."""
        for each, button in self.buttons.items():
            button.setChecked(set(states) == {each})
            button.setVisible(each is not Retrieval.SOUGHT or set(states) != {Retrieval.SOUGHT})
            button.setEnabled(bool(states))

    def ask(self, state: Retrieval, count: int, before: str, phrases: Sequence[str]) -> None:
        """Ask why not, offering phrases used before; of other states whether all are meant."""
        why = state is Retrieval.NOT_RETRIEVED
        them = "it" if count == 1 else f"these {count:,} reports"
        question = f"Why could {them} not be obtained?" if why else f"{NAMES[state]}: {them}?"
        self._question.setText(question)
        self._phrases.offer(phrases)
        self.why.setText(before)
        self.why.selectAll()
        self.why.setVisible(why)
        self.yes.setText(NAMES[state])
        self._stack.setCurrentWidget(self._asking)
        (self.why if why else self.yes).setFocus()
        announce(self, question)

    def leave(self) -> None:
        """Ask no more: the person gave it up, or answered."""
        if self.asking:
            self.close_question()
            self.left.emit()

    def close_question(self) -> None:
        """Show the buttons again; the keyboard stays where it is."""
        self._stack.setCurrentWidget(self._states)

    def _on_yes(self) -> None:
        if self.asking:
            self.answered.emit(self.why.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the question, Enter answers; while it is asked no key goes further."""
        if self.asking and event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif self.asking and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not (self.why.isVisible() or event.isAutoRepeat()):
                self._on_yes()
        elif not self.asking:
            super().keyPressEvent(event)
