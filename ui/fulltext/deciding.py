"""Whether a report was obtained: three buttons, and why it could not be, asked in their place."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QStackedWidget, QWidget

from screener.fulltext.fulltext import Retrieval
from ui.session.keys import Keys
from ui.widgets import tokens
from ui.widgets.announce import announce
from ui.widgets.button import Button
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Row, Words

ACTIONS = {
    Retrieval.RETRIEVED: "retrieved",
    Retrieval.NOT_RETRIEVED: "not-retrieved",
    Retrieval.SOUGHT: "sought",
}
"""The action of the table of keys that gives a report each state."""
_NAMES = {
    Retrieval.RETRIEVED: "Retrieved",
    Retrieval.NOT_RETRIEVED: "Not retrieved",
    Retrieval.SOUGHT: "Still sought",
}


class StateButton(Button):
    """A state as a button, as high as a decision; the state in force is marked."""

    def _height(self) -> int:
        return tokens.DECISION

    def _fonts(self) -> tuple[str, str]:
        return "strong", "small"

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """Leave the mark to the page: it shows what is on the disk."""


class Deciding(QWidget):
    """`chosen` carries a state; `answered` carries why a report was not retrieved."""

    chosen = Signal(str)
    answered = Signal(str)
    left = Signal()

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.buttons = {state: StateButton(_NAMES[state]) for state in ACTIONS}
        self.why = QLineEdit()
        self.why.setAccessibleName("Why it was not retrieved")
        self.why.setPlaceholderText("such as: no answer from the authors")
        self._phrases = QStringListModel(self)
        completer = QCompleter(self._phrases, self)
        completer.setCompletionMode(QCompleter.CompletionMode.InlineCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.why.setCompleter(completer)
        self.yes = Button("Not retrieved", key="Return")
        self.no = Button("Leave it", kind="quiet", key="Esc")
        self._lay_out()
        self._connect()
        keys.changed.connect(self._take_keys)
        self._take_keys()
        follow(self, self._restyle)

    def _take_keys(self) -> None:
        for state, button in self.buttons.items():
            button.set_key(self._keys.first(ACTIONS[state]))

    def _lay_out(self) -> None:
        self._states, self._asking = QWidget(), QWidget()
        margins = (tokens.MARGIN, 12, tokens.MARGIN, 14)
        states = Row(self._states, margins=margins)
        for button in self.buttons.values():
            states.addWidget(button)
        states.addStretch(1)
        Row(self._asking, gap=tokens.GAP_OUT, margins=margins).add(
            Words("Why could it not be obtained?"), (self.why, 1), self.yes, self.no
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self._states)
        self._stack.addWidget(self._asking)
        Row(self).addWidget(self._stack)

    def _connect(self) -> None:
        for state, button in self.buttons.items():
            button.setCheckable(True)
            button.setProperty("state", str(state))
            button.clicked.connect(self._on_state)
        self.why.returnPressed.connect(self._on_yes)
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.leave)

    @property
    def asking(self) -> bool:
        """Whether it is being asked why."""
        return self._stack.currentWidget() is self._asking

    def show_state(self, state: Retrieval | None) -> None:
        """Mark the state in force; None while no report is chosen."""
        for each, button in self.buttons.items():
            button.setChecked(each is state)
            button.setVisible(each is not Retrieval.SOUGHT or state is not Retrieval.SOUGHT)
            button.setEnabled(state is not None)

    def ask(self, before: str, phrases: Sequence[str]) -> None:
        """Ask why; phrases used before complete what is typed."""
        self._phrases.setStringList(list(phrases))
        self.why.setText(before)
        self.why.selectAll()
        self._stack.setCurrentWidget(self._asking)
        self.why.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, "Why could it not be obtained?")

    def leave(self) -> None:
        """Ask no more: the person gave it up, or answered."""
        if self.asking:
            self.close_question()
            self.left.emit()

    def close_question(self) -> None:
        """Show the buttons again; the keyboard stays where it is."""
        self._stack.setCurrentWidget(self._states)

    def _on_state(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(str(sender.property("state")))

    def _on_yes(self) -> None:
        if self.asking:
            self.answered.emit(self.why.text().strip())

    def _restyle(self) -> None:
        self.why.setFixedHeight(look_of(self).px(tokens.CONTROL))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves the question; while it is asked no key goes further."""
        if self.asking and event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif not self.asking:
            super().keyPressEvent(event)
