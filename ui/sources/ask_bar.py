"""A question in the bar under the header, with one line to answer it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.sources.fields import LineEditor, enters
from ui.widgets import tokens
from ui.widgets.announce import announce
from ui.widgets.button import Button
from ui.widgets.theme import look_of
from ui.widgets.words import Row, Surface, Words


class AskBar(Surface):
    """Asks once: `answered` carries what was typed, `left` says that nothing is to be done."""

    answered = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("wash", parent)
        self._sentence = Words()
        self.answer = LineEditor("Why")
        self.yes = Button("", key="Return")
        self.no = Button("Leave it", kind="quiet", key="Esc")
        Row(self, gap=tokens.GAP_OUT, margins=(tokens.MARGIN, 8, tokens.MARGIN, 8)).add(
            self._sentence, (self.answer, 1), self.yes, self.no
        )
        self.yes.clicked.connect(self._on_yes)
        self.no.clicked.connect(self.dismiss)
        self.hide()

    def ask(self, sentence: str, yes: str, hint: str) -> None:
        """Ask, with the answer's line empty and the keyboard on it."""
        self._sentence.setText(sentence)
        self.answer.setAccessibleDescription(sentence)
        self.answer.setPlaceholderText(hint)
        self.answer.clear()
        self.yes.setText(yes)
        self.show()
        self.answer.setFocus(Qt.FocusReason.OtherFocusReason)
        announce(self, sentence)

    def dismiss(self) -> None:
        """Go away without an answer."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def _on_yes(self) -> None:
        self.answered.emit(self.answer.text().strip())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter answers; Escape is the page's."""
        if enters(event):
            self._on_yes()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the wash and its bar."""
        super().paintEvent(event)
        look = look_of(self)
        bar = QRectF(0, 0, look.px(tokens.BAR), self.height())
        QPainter(self).fillRect(bar, look.colour("accent"))
