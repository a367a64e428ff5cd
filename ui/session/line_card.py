"""A card that asks for one line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from screener.model import UserError
from ui.session.echo import clock
from ui.session.session import BUSY, Session
from ui.widgets.button import Button
from ui.widgets.card import Card


class LineCard(Card):
    """A card with one line to type into; Enter and its button do what it is for."""

    def __init__(
        self, session: Session, title: str, label: str, does: str, window: QWidget
    ) -> None:
        super().__init__(title, window, width=560)
        self._session = session
        self.line = QLineEdit()
        self.line.setAccessibleName(label)
        self.act = Button(does, kind="filled", key="Enter", does=self.accept)
        self.foot.add(1, self.act)

    def focus_first(self) -> None:
        """Begin with the line."""
        self.line.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.line.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Accept with Enter; the line leaves it to the card."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.accept()
            event.accept()
        else:
            super().keyPressEvent(event)

    def accept(self) -> None:
        """Do what the card is for."""

    def do(self, act: Callable[[], object], sentence: str, *, can_take_back: bool = False) -> None:
        """Do it and say so; what is refused is said on the card."""
        try:
            if self._session.busy:
                raise UserError(BUSY)
            act()
        except UserError as error:
            self.refuse(error)
            return
        self.close_card()
        saved = clock() if can_take_back else ""
        self._session.say(sentence, saved=saved, can_take_back=can_take_back)
