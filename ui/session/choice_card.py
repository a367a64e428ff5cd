"""A card that asks for one of several: letters narrow them, arrows mark, Enter takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from screener.model.searching import holds
from ui.session.line_card import LineCard
from ui.session.session import Session
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.lists import is_letter
from ui.widgets.rows import Field, RowsModel
from ui.widgets.tables import RowTable
from ui.widgets.theme import Sized
from ui.widgets.words import Words

_FEW, _ROWS = 2, 7
_CONTROL = Qt.KeyboardModifier.ControlModifier


class Act(NamedTuple):
    """What a card does with what was taken, and how the echo line says it afterwards."""

    do: Callable[[], object]
    sentence: str


class Choice(NamedTuple):
    """One of several to choose: its id, its words, and what stands quietly beside them."""

    id: str
    words: str
    beside: str


_FIELDS: tuple[Field[Choice], ...] = (
    Field(heading="", text=lambda one: one.words),
    Field(heading="", text=lambda one: one.beside, colour="quiet", width=240),
)


class ChoiceCard(LineCard):
    """Asks for one of several, `about` something: letters narrow them, arrows mark, Enter takes.

    `act` says what follows for the id that is taken, or for "" and the words that were typed,
    where `new` says what is made of them. Ctrl+Enter takes it the `other` way, if there is one.
    """

    def __init__(
        self,
        session: Session,
        title: str,
        does: str,
        window: QWidget,
        choices: Sequence[Choice],
        act: Callable[[Choice], Act],
        *,
        about: str = "",
        new: str = "",
        other: tuple[str, Callable[[Choice], Act]] | None = None,
    ) -> None:
        super().__init__(session, title, "Words to look for", does, window)
        self.keeps_typed = not new  # what only looks for something is lost to nobody
        self._choices, self._taking, self._new, self._other = choices, act, new, other
        self.line.setPlaceholderText("name" if new else "name, title or number")
        self.rows: RowsModel[Choice] = RowsModel(_FIELDS, self)
        self.table = RowTable(title, sortable=False)
        self.table.horizontalHeader().hide()
        self.table.setModel(self.rows)
        self.table.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # arrows move in it from the line
        self.table.opened.connect(self.accept)
        rows = min(max(len(choices) + bool(new), _FEW), _ROWS)
        Sized(self.table, height=rows * tokens.ROW)
        if about:
            self.body.add(Words(about, step="strong", wrap=True))
        self.body.add(self.line, self.table, self.said)
        if other is not None:
            self.foot.insertWidget(0, Button(other[0], key="Ctrl+Enter", does=self._accept_other))
        self._nothing = Words("Nothing has these words.", step="small", colour="quiet")
        self.body.add(self._nothing)
        self.line.textChanged.connect(self._narrow)
        self._narrow()

    def _narrow(self) -> None:
        """Show what has the words; what would be made of them stands last."""
        typed = " ".join(self.line.text().split())
        shown = [one for one in self._choices if holds(_text(one), typed)]
        if self._new and typed and all(one.words != typed for one in self._choices):
            shown.append(Choice("", typed, self._new))
        self.rows.set_rows(shown)
        self.table.choose(0)
        self.act.setEnabled(bool(shown))
        self._nothing.setVisible(bool(typed) and not shown)

    def marked(self) -> Choice | None:
        """Return what Enter takes."""
        place = self.table.current()
        return self.rows.row(place) if 0 <= place < self.rows.rowCount() else None

    def accept(self) -> None:
        """Take what is marked."""
        self._accept(self._taking)

    def _accept_other(self) -> None:
        if self._other is not None:
            self._accept(self._other[1])

    def _accept(self, taking: Callable[[Choice], Act]) -> None:
        one = self.marked()
        if one is not None:
            act = taking(one)
            self.do(act.do, act.sentence, can_take_back=True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move in the list from the line, letters go into the line from the list."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            self.table.step(1 if key == Qt.Key.Key_Down else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and event.modifiers() & _CONTROL:
            self._accept_other()
        elif is_letter(event):
            self.line.setFocus()
            self.line.insert(event.text())
        else:
            super().keyPressEvent(event)


def _text(one: Choice) -> str:
    return f"{one.words} {one.beside}"
