"""The problem bar: one sentence about what went wrong, and what can be done."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.marks import Mark
from ui.widgets.theme import look_of
from ui.widgets.words import Row, Surface, Words, announce, clear


class ProblemBar(Surface):
    """Shows one problem under the header, pushing the page down; the next one takes its place.

    `acted` carries the id of the action that was chosen, `dismissed` says that the bar is gone,
    and whether it had the keyboard.
    """

    acted = Signal(str)
    dismissed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warn_wash", parent)
        self._mark = Mark("person", size=18, colour="warn")
        self._sentence = Words(wrap=True)
        self._buttons = Row(gap=tokens.GAP_OUT)
        self._dismiss = Button("Dismiss", kind="quiet", key="Esc", does=self.dismiss)
        Row(self, gap=16, margins=(tokens.MARGIN, 12, tokens.MARGIN, 12)).add(
            self._mark, (self._sentence, 1), self._buttons, self._dismiss
        )
        self.setAccessibleName("Problem")
        self.hide()

    @property
    def sentence(self) -> str:
        """What it says now, or nothing."""
        return self._sentence.text()

    def show_problem(
        self, sentence: str, links: Sequence[tuple[str, str]] = (), *, stays: bool = False
    ) -> None:
        """Show a problem with links (id of an action, words) that may help.

        One that `stays` cannot be dismissed.
        """
        self._dismiss.setVisible(not stays)
        self._sentence.setText(sentence)
        self.setAccessibleDescription(sentence)
        clear(self._buttons)
        for id_, words in links:
            button = Button(words, kind="link", name=id_)
            button.chose.connect(self.acted)
            self._buttons.addWidget(button)
        self.show()
        announce(self, sentence, at_once=True)

    def focus_first(self) -> None:
        """Put the keyboard on the first thing that may help, else on what dismisses it."""
        offered = [b for b in self.findChildren(Button) if b.isVisible() and b is not self._dismiss]
        (offered[0] if offered else self._dismiss).setFocus(Qt.FocusReason.TabFocusReason)

    def put_away(self) -> bool:
        """Show no problem; says whether the bar had the keyboard, which has to go somewhere."""
        focus = QApplication.focusWidget()
        held = focus is not None and self.isAncestorOf(focus)
        self._sentence.setText("")
        self.hide()
        return held

    def dismiss(self) -> None:
        """Show no problem, because the person does not want to see it any more."""
        if self.sentence:
            self.dismissed.emit(self.put_away())

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
