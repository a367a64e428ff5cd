"""The answers to a question: all the same, all different, a suggested split, which ones, later."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.duplicates.columns import LETTERS
from ui.session.keys import Keys
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.theme import look_of
from ui.widgets.words import Row, Words


class AnswerButton(Button):
    """An answer: as high as a decision button."""

    def _height(self) -> int:
        return tokens.DECISION

    def _fonts(self) -> tuple[str, str]:
        return "strong", "small"


class Answers(QWidget):
    """The row of answers; `chosen` carries the id of an action of the table of keys."""

    chosen = Signal(str)

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.same = AnswerButton("All the same", key=keys.first("same"))
        self.different = AnswerButton("All different", key=keys.first("different"))
        self.split = AnswerButton("", key="Return")
        self.split.setCheckable(True)
        self.which = Button("Choose which", kind="quiet", key=keys.first("which"))
        self.another = Button("Another record…", kind="quiet", key=keys.first("another-record"))
        self.later = Button("Later", kind="quiet", key=keys.first("later"))
        self.leave = Button("Leave it", kind="quiet", key="Esc")
        self.hint = Words(step="small", colour="quiet")
        row = Row(self, gap=tokens.GAP, margins=(tokens.MARGIN, 12, tokens.MARGIN, 14))
        for answer in (self.same, self.different, self.split):
            row.addWidget(answer)
        row.addWidget(self.hint)
        row.addStretch(1)
        for button in (self.which, self.another, self.later, self.leave):
            row.addWidget(button)
            row.addSpacing(look_of(self).px(8))
        self._connect()

    def _connect(self) -> None:
        for button, id_ in (
            (self.same, "same"), (self.different, "different"), (self.split, "split"),
            (self.which, "which"), (self.another, "another-record"), (self.later, "later"),
            (self.leave, "which"),
        ):  # fmt: skip
            button.setProperty("answer", id_)
            button.clicked.connect(self._on_clicked)
        self._keys.changed.connect(self._on_keys)

    def show_question(self, suggested: tuple[int, ...], *, several: bool) -> None:
        """Offer the answers; `suggested` are the columns that seem to belong together.

        Of `several`, more than two, some may be chosen.
        """
        self._show(choosing=False)
        self.which.setVisible(several)
        self.same.setText("All the same")
        self.split.setVisible(bool(suggested))
        if suggested:
            self.split.setText(f"{_letters(suggested)} the same")
        self.split.setChecked(True)

    def show_apart(self, *, several: bool) -> None:
        """Offer to join what is kept apart; of `several`, some may be chosen."""
        self._show(choosing=False)
        self.same.setText("Same after all")
        self.different.hide()
        self.later.hide()
        self.which.setVisible(several)

    def show_picked(self, *, several: bool) -> None:
        """Offer to join or keep apart what a person put side by side."""
        self._show(choosing=False)
        self.same.setText("All the same")
        self.later.hide()
        self.which.setVisible(several)

    def show_choice(self, marked: tuple[int, ...], most: int) -> None:
        """Ask which columns belong together, and say which are marked."""
        self._show(choosing=True)
        self.split.setVisible(len(marked) > 1)
        self.split.setText(f"{_letters(marked)} the same")
        self.split.setChecked(True)
        self.hint.setText(
            f"Mark those that are the same report: A to {LETTERS[min(most, len(LETTERS)) - 1]}"
        )

    def _show(self, *, choosing: bool) -> None:
        asking: tuple[QWidget, ...] = (
            self.same, self.different, self.which, self.another, self.later,
        )  # fmt: skip
        marking: tuple[QWidget, ...] = (self.leave, self.hint)
        # All of them at once would ask for more room than there is.
        for widget in (self.split, *(asking if choosing else marking)):
            widget.hide()
        for widget in marking if choosing else asking:
            widget.show()

    def _on_clicked(self) -> None:
        self.split.setChecked(True)
        sender = self.sender()
        if sender is not None:
            self.chosen.emit(str(sender.property("answer")))

    def _on_keys(self) -> None:
        for button, id_ in (
            (self.same, "same"), (self.different, "different"), (self.which, "which"),
            (self.another, "another-record"), (self.later, "later"),
        ):  # fmt: skip
            button.set_key(self._keys.first(id_))


def _letters(columns: tuple[int, ...]) -> str:
    letters = [LETTERS[number % len(LETTERS)] for number in columns]
    return f"{', '.join(letters[:-1])} and {letters[-1]}" if len(letters) > 1 else "".join(letters)
