"""What is asked of a study: its name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from ui.session.choice_card import Act
from ui.session.line_card import LineCard
from ui.session.session import Session


class NameCard(LineCard):
    """Asks for the name of a study or an intervention."""

    def __init__(
        self, session: Session, title: str, name: str, window: QWidget, act: Callable[[str], Act]
    ) -> None:
        super().__init__(session, title, "Name", "Name it", window)
        self._name, self._act = name, act
        self.line.setText(name)
        self.body.add(self.line, self.said)

    def accept(self) -> None:
        """Name it."""
        name = " ".join(self.line.text().split())
        if name in ("", self._name):
            self.close_card()
        else:
            act = self._act(name)
            self.do(act.do, act.sentence, can_take_back=True)
