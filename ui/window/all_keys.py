"""All keys: one card that shows every key of the page below it, and the way to change them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QWidget

from screener.model import UserError
from ui.session.actions import ACTIONS, BY_ID, Action, Where
from ui.session.key_table import HEADING, OF_WINDOW, KeyGroup, PresetChooser, groups_of
from ui.session.keys import PORTABLE, Keys
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.keycap import KeyCap
from ui.widgets.words import Column, Grid, Row, Words

_FIRST = (
    "Decide",
    "Judge a criterion",
    "Write",
    "Settle",
    "Answer",
    "Sources",
    "Reports",
    "Reports in no study",
    "Report",
)


class AllKeysCard(Card):
    """Shows the keys of a place; Esc, Enter and the key that opened it close it.

    With `about`, a title and a paragraph on what the page is for, it is the help on a page. `named`
    are the actions that the page calls otherwise now (see `KeyGroup`).
    """

    def __init__(
        self,
        keys: Keys,
        where: Where,
        window: QWidget,
        change_keys: Callable[[], object],
        about: tuple[str, str] = ("", ""),
        named: Mapping[str, str] | None = None,
    ) -> None:
        title, words = about
        super().__init__(title or "All keys", window)
        self._keys = keys
        self._places = (where, Where.PAGE, Where.WINDOW)
        self._change_keys = change_keys
        self._presets = PresetChooser(keys)
        self._presets.refused.connect(self.said.setText)
        if where is Where.RECORD:
            self.head.add(self._presets)
        left, right = Column(gap=20), Column(gap=20)
        groups = [KeyGroup(keys, where, group, named) for group in _in_order(where, named)]
        half = (sum(one.lines for one in groups) + len(OF_WINDOW) + HEADING) / 2
        used = 0
        for one in groups:  # what decides first; no column is empty, and none much the longer
            column = left if used + one.lines / 2 <= half else right
            column.add(one)
            used += one.lines
        if words:
            self.body.add(Words(words, step="note", wrap=True))
        self.body.add(
            Row(gap=40).add((left.add(1), 1), (right.add(_window_rows(), 1), 1)),
        )
        self.said.setText("Letters act only while the record or the list has the focus.")
        self.foot.add((self.said, 1), Button("Change keys…", kind="link", does=self._on_change))

    def _on_change(self) -> None:
        self.close_card()
        self._change_keys()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc, Enter or the key that opened it.

        Any other key closes nothing: whoever tries a letter out here must not decide with the next.
        """
        closes = event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        closes = closes or self._keys.action(event, *self._places) in ("all-keys", "help")
        if closes and not event.isAutoRepeat():
            self.close_card()
        event.accept()


def _in_order(where: Where, named: Mapping[str, str] | None) -> list[str]:
    """Return the headings of a place, those first that its work is done with."""
    return sorted(groups_of(where, named), key=lambda group: group not in _FIRST)


def _window_rows() -> Column:
    column = Column(gap=6).add(Words("Window", step="label", colour="quiet"))
    for name, caps in OF_WINDOW:
        column.add(Row(gap=4).add(Words(name), 1, *map(KeyCap, caps)))
    return column


_PLACES = {
    Where.RECORD: "On a record",
    Where.DUPLICATES: "On duplicates",
    Where.CONSENSUS: "In the meeting",
    Where.SOURCES: "On sources",
    Where.REVIEWERS: "On the reviewers",
    Where.FULL_TEXT: "On reports sought",
    Where.STUDIES: "On studies",
    Where.FORM: "On a form",
    Where.FORMS: "On the forms",
    Where.EDITOR: "While a form is edited",
    Where.REPORT: "On the flow diagram",
    Where.WINDOW: "Everywhere",
}


class _KeyField(QKeySequenceEdit):
    """Takes one key; Escape goes on to the card."""

    def __init__(self, key: str, name: str) -> None:
        super().__init__(QKeySequence(key))
        self.setMaximumSequenceLength(1)
        self.setAccessibleName(name)
        for line in self.findChildren(QLineEdit):  # it is what a screen reader comes to
            line.setAccessibleName(name)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key that is pressed."""
        if event.key() == Qt.Key.Key_Escape:
            event.ignore()
        else:
            super().keyPressEvent(event)


class ChangeKeysCard(Card):
    """Lets a person give any action another key."""

    keeps_typed = True

    def __init__(self, keys: Keys, window: QWidget) -> None:
        super().__init__("Change keys", window, width=640)
        self._keys = keys
        self._fields: dict[str, QKeySequenceEdit] = {}
        self.said.setText("Click a field and press the new key.")
        presets = PresetChooser(keys)
        presets.refused.connect(self.refuse)
        grid = Grid(gap=16, row_gap=4)
        for where, heading in _PLACES.items():
            grid.add_row(Words(heading, step="label", colour="quiet"))
            for action in ACTIONS:
                if action.where is where and not action.fixed:
                    grid.add_row(Words(action.name), self._field(action))
        self.body.add(presets, grid)
        usual = Button("Give up my changes", kind="quiet", does=keys.forget_own)
        self.foot.add((self.said, 1), usual)
        keys.changed.connect(self._show)

    def _field(self, action: Action) -> QKeySequenceEdit:
        field = _KeyField(self._keys.first(action.id), f"Key for {action.name}")
        field.setObjectName(action.id)
        field.editingFinished.connect(
            lambda: self.give(action.id, field.keySequence().toString(PORTABLE))
        )
        self._fields[action.id] = field
        return field

    def give(self, action: str, key: str) -> None:
        """Give an action a key in place of its first; an empty one takes it away."""
        first, *others = self._keys.of(action) or ("",)
        if key == first:
            return
        try:
            self._keys.remap(action, *([key] if key else []), *(o for o in others if o != key))
        except UserError as error:
            self.refuse(error)
        else:
            self.say(f"Kept: “{BY_ID[action].name}”.", "quiet")
        self._show()

    def _show(self) -> None:
        for id_, field in self._fields.items():
            wanted = QKeySequence(self._keys.first(id_))
            if field.keySequence() != wanted:
                field.setKeySequence(wanted)
