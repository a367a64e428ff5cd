"""The problem bar: one sentence about what went wrong, and what can be done."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets import tokens
from ui.widgets.announce import announce
from ui.widgets.button import Button
from ui.widgets.marks import Mark
from ui.widgets.theme import look_of
from ui.widgets.words import Row, Surface, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A sentence that says what to do, and up to two actions: (id, words)."""

    sentence: str
    actions: tuple[tuple[str, str], ...] = ()


class ProblemBar(Surface):
    """Shows one problem under the header, pushing the page down; the next one waits.

    `acted` carries the id of the action that was chosen, `dismissed` says that the bar is gone.
    """

    acted = Signal(str)
    dismissed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warn_wash", parent)
        self._waiting: deque[Problem] = deque()
        self._current: Problem | None = None
        self._mark = Mark("person", size=18, colour="warn")
        self._sentence = Words(wrap=True)
        self._buttons = Row(gap=tokens.GAP_OUT)
        self._dismiss = Button("Dismiss", kind="quiet", key="Esc")
        Row(self, gap=16, margins=(tokens.MARGIN, 12, tokens.MARGIN, 12)).add(
            self._mark, (self._sentence, 1), self._buttons, self._dismiss
        )
        self._dismiss.clicked.connect(self.dismiss)
        self.setAccessibleName("Problem")
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says now, or nothing."""
        return self._current.sentence if self._current else ""

    def show_problem(self, sentence: str, actions: Sequence[tuple[str, str]] = ()) -> None:
        """Show a problem, after those that wait; the same sentence is not shown twice."""
        problem = Problem(sentence=sentence, actions=tuple(actions[:2]))
        if problem == self._current or problem in self._waiting:
            return
        self._waiting.append(problem)
        if self._current is None:
            self._next()

    def dismiss(self) -> None:
        """Take the present problem away and show the next, if one waits."""
        if self._current is None:
            return
        self._current = None
        if self._waiting:
            self._next()
        else:
            self.hide()
            self.dismissed.emit()

    def overcome(self) -> None:
        """Take a refusal away, because something was done since; what asks for an action stays.

        The keyboard stays where it is: this happens while a person works.
        """
        if self._current is None or self._current.actions:
            return
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self.dismiss()
            return
        self._current = None
        if self._waiting:
            self._next()
        else:
            self.hide()

    def _next(self) -> None:
        self._current = self._waiting.popleft()
        self._sentence.setText(self._current.sentence)
        self.setAccessibleDescription(self._current.sentence)
        while (item := self._buttons.takeAt(0)) is not None:
            old = item.widget()
            if old is not None:
                old.hide()
                old.deleteLater()
        for id_, words in self._current.actions:
            button = Button(words, kind="link")
            button.setObjectName(id_)
            button.clicked.connect(self._on_action)
            self._buttons.addWidget(button)
        self.show()
        announce(self, self._current.sentence, at_once=True)

    def _on_action(self) -> None:
        sender = self.sender()
        if sender is not None:
            self.acted.emit(sender.objectName())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Escape dismiss the bar while something in it has the focus."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the wash and its bar."""
        super().paintEvent(event)
        look = look_of(self)
        bar = QRectF(0, 0, look.px(tokens.BAR + 1), self.height())
        QPainter(self).fillRect(bar, look.colour("warn"))
