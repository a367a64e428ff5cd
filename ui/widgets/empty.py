"""The empty page: what belongs here, how it gets here, and one filled button."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Row, Space, Surface, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """What an empty page says and offers; an action without words is not shown."""

    title: str
    sentence: str
    action: str = ""
    second: str = ""


class EmptyPage(Surface):
    """Says what belongs on a page that has nothing yet; left-aligned in the middle."""

    acted = Signal()
    acted_second = Signal()

    def __init__(
        self,
        title: str,
        sentence: str,
        *,
        action: str = "",
        key: str = "",
        second: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("page", parent)
        self._title = Words(title, step="title", wrap=True)
        self._sentence = Words(sentence, step="note", colour="quiet", wrap=True)
        self.button = Button(action, kind="filled", key=key, does=self.acted)
        self.second = Button(second, kind="link", does=self.acted_second)
        self._column = Column(gap=12).add(
            self._title,
            self._sentence,
            Space(look_of(self).px(8)),
            Row(gap=tokens.GAP_OUT).add(self.button, self.second, 1),
        )
        self._block = self._column.boxed()
        Column(self, margins=(tokens.MARGIN, 0, tokens.MARGIN, 0)).add(
            2, Row().add(1, self._block, 1), 3
        )
        follow(self, self._restyle)
        self.set_texts(title, sentence, action=action, second=second)

    def set_texts(self, title: str, sentence: str, *, action: str = "", second: str = "") -> None:
        """Say something else; an action without words is not shown."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self.second.setText(second)
        self.second.setVisible(bool(second))
        self._restyle()

    def _restyle(self) -> None:
        look = look_of(self)
        room = self.width() - 2 * look.px(tokens.MARGIN)
        width = min(look.px(464), room) if room > 0 else look.px(464)
        self._block.setFixedWidth(width)
        # Wrapped words say how high they are only when they are asked for a width.
        self._block.setMinimumHeight(max(0, self._column.heightForWidth(width)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Use no more width than there is."""
        super().resizeEvent(event)
        self._restyle()

    def minimumSizeHint(self) -> QSize:
        """Let the page decide how narrow it may be."""
        return QSize(0, 0)
