"""What the views of these pages share: keys, header, foot, and two columns side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QLayout, QWidget

from screener.model import UserError
from ui.session.echo import Problem
from ui.session.session import Session
from ui.sources.fields import LineEditor, TextEditor, enters
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import look_of
from ui.widgets.words import ElidedWords, Row, Surface, Words, announce

NARROW = 720
"""Pixels under which two columns stand one below the other."""


class View(QWidget):
    """A view with one thing to do: Enter does it, Escape leaves."""

    _enters: Button | None = None

    def accept(self) -> None:
        """Do what Enter does."""
        raise NotImplementedError

    def leave(self) -> None:
        """Do what Escape does."""
        raise NotImplementedError

    def show_enter(self, button: Button) -> None:
        """Have the button of what Enter does show the key that does it where the keyboard is."""
        self._enters = button
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    def _on_focus_changed(self, _: QWidget | None, focus: QWidget | None) -> None:
        if self._enters is not None and focus is not None and self.isAncestorOf(focus):
            self._enters.set_key(self.enter_key(focus))

    def enter_key(self, focus: QWidget) -> str:
        """Return the key that does what Enter does, "" where no key does."""
        return "Ctrl+Return" if isinstance(focus, TextEditor) and focus.breaks else "Return"

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; Escape is the page's."""
        if enters(event):
            self.accept()
        else:
            super().keyPressEvent(event)

    def unsaved(self) -> bool:
        """Say whether something was typed here that leaving would lose."""
        return False


class Refusals:
    """What a form refuses; it goes when its cause is gone, and leaves what others said."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._said: Problem | None = None

    @property
    def stands(self) -> bool:
        """Whether what was refused last is still shown."""
        return self._said is not None and self._session.problem is self._said

    def say(self, error: UserError | str) -> None:
        """Say what is refused."""
        self._session.complain(error)
        self._said = self._session.problem

    def over(self) -> None:
        """Say it no more: what was wrong was mended."""
        if self.stands:
            self._session.overcome()
        self._said = None


class Foot(Surface):
    """A line at the foot of a view: a quiet sentence, and the buttons that end the view."""

    def __init__(
        self, sentence: str, buttons: Sequence[QWidget], parent: QWidget | None = None
    ) -> None:
        super().__init__("page", parent, lined=True)
        self._sentence = ElidedWords(sentence, step="small", colour="quiet")
        Row(self, gap=12, margins=(tokens.MARGIN, 14, tokens.MARGIN, 14)).add(
            (self._sentence, 1), *buttons
        )

    def set_sentence(self, sentence: str) -> None:
        """Say something else."""
        self._sentence.setText(sentence)


class SideBySide(ScrollArea):
    """Two columns; the right one goes below the left one where there is no room."""

    def __init__(self, left: QLayout, right: QWidget, parent: QWidget | None = None) -> None:
        inner = QWidget()
        super().__init__(inner, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Fields and records")
        self._row = Row(inner, gap=48, margins=(tokens.MARGIN, 24, tokens.MARGIN, 16)).add(
            (left, 4), (right, 5)
        )

    @property
    def side_by_side(self) -> bool:
        """Whether there is room for both columns in one row."""
        return self._row.direction() is QBoxLayout.Direction.LeftToRight

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the row into a column, or back."""
        turn(self._row, wide=self.width() >= look_of(self).px(NARROW))
        super().resizeEvent(event)


def turn(row: QBoxLayout, *, wide: bool) -> None:
    """Lay a row out as a row, or as a column where there is no room."""
    direction = QBoxLayout.Direction
    row.setDirection(direction.LeftToRight if wide else direction.TopToBottom)


class AskBar(Surface):
    """Asks once: `answered` carries what was typed, `left` says that nothing is to be done."""

    answered = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("wash", parent)
        self._sentence = Words()
        self.answer = LineEditor("Why")
        self.yes = Button("", key="Return", does=self._on_yes)
        self.no = Button("Leave it", kind="quiet", key="Esc")
        Row(self, gap=tokens.GAP_OUT, margins=(tokens.MARGIN, 8, tokens.MARGIN, 8)).add(
            self._sentence, (self.answer, 1), self.yes, self.no
        )
        self.hide()

    def ask(self, sentence: str, yes: str, hint: str) -> None:
        """Ask, with the answer's line empty and the keyboard on it."""
        self._sentence.setText(sentence)
        self.answer.setAccessibleDescription(sentence)
        self.answer.setPlaceholderText(hint)
        self.answer.clear()
        self.yes.setText(yes)
        self.show()
        self.answer.setFocus()
        announce(self, sentence)

    def dismiss(self) -> None:
        """Go away without an answer."""
        if not self.isHidden():
            self.hide()
            self.left.emit()

    def unsaved(self) -> bool:
        """Say whether something was typed that is not answered."""
        return not self.isHidden() and bool(self.answer.text().strip())

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
