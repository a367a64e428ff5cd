"""All keys: one card that shows every key of the page below it, and the way to change them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QKeySequenceEdit, QLineEdit, QWidget

from screener.model import UserError
from ui.session.actions import ACTIONS, BY_ID, Action, Where
from ui.session.key_table import OF_WINDOW, KeyGroup, PresetChooser, groups_of
from ui.session.keys import PORTABLE, Keys
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.keycap import KeyCap
from ui.widgets.words import Column, Grid, Row, Words

_FIRST = ("Decide", "Judge a criterion", "Write", "Settle", "Sources", "Reports", "Report")


class AllKeysCard(Card):
    """Shows the keys of a place; any key but Tab closes it."""

    change_asked = Signal()

    def __init__(self, keys: Keys, where: Where, window: QWidget) -> None:
        super().__init__("All keys", window)
        self._presets = PresetChooser(keys)
        self._said = Words(
            "Letters act only while the record or the list has the focus.",
            step="small",
            colour="quiet",
            wrap=True,
        )
        self._change = Button("Change keys…", kind="link", does=self._on_change)
        if where is Where.RECORD:
            self.head.addWidget(self._presets)
        self._fill(keys, where)
        self.foot.addWidget(self._said, 1)
        self.foot.addWidget(self._change)
        self._presets.refused.connect(self._said.setText)

    def _fill(self, keys: Keys, where: Where) -> None:
        left, right = Column(gap=20), Column(gap=20)
        for group in groups_of(where):
            (left if group in _FIRST else right).addWidget(KeyGroup(keys, where, group))
        right.addLayout(_window_rows())
        left.addStretch(1)
        right.addStretch(1)
        self.body.addLayout(Row(gap=40).add((left, 1), (right, 1)))

    def _on_change(self) -> None:
        self.close_card()
        self.change_asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with any key but Tab and the modifiers alone."""
        alone = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
        if event.key() not in alone:
            self.close_card()
        event.accept()


def _window_rows() -> Column:
    column = Column(gap=6).add(Words("Window", step="label", colour="quiet"))
    for name, caps in OF_WINDOW:
        row = Row(gap=4).add(Words(name), 1)
        for cap in caps:
            row.addWidget(KeyCap(cap))
        column.addLayout(row)
    return column


_PLACES = {
    Where.RECORD: "On a record",
    Where.DUPLICATES: "On duplicates",
    Where.CONSENSUS: "In the meeting",
    Where.SOURCES: "On sources",
    Where.FULL_TEXT: "On reports sought",
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

    def __init__(self, keys: Keys, window: QWidget) -> None:
        super().__init__("Change keys", window, width=640)
        self._keys = keys
        self._fields: dict[str, QKeySequenceEdit] = {}
        self.said.setText("Click a field and press the new key.")
        self._usual = Button("Give up my changes", kind="quiet")
        self._presets = PresetChooser(keys)
        self.body.addWidget(self._presets)
        self._fill()
        self.foot.addWidget(self.said, 1)
        self.foot.addWidget(self._usual)
        self._usual.clicked.connect(keys.forget_own)
        self._presets.refused.connect(self._refuse)
        keys.changed.connect(self._show)

    def _fill(self) -> None:
        grid = Grid(gap=16, row_gap=4)
        row = 0
        for where, heading in _PLACES.items():
            actions = [a for a in ACTIONS if a.where is where and not a.fixed]
            grid.addWidget(Words(heading, step="label", colour="quiet"), row, 0)
            row += 1
            for action in actions:
                grid.addWidget(Words(action.name), row, 0)
                grid.addWidget(self._field(action), row, 1)
                row += 1
        self.body.addLayout(grid)

    def _field(self, action: Action) -> QKeySequenceEdit:
        field = _KeyField(self._keys.first(action.id), f"Key for {action.name}")
        field.setObjectName(action.id)
        field.editingFinished.connect(self._on_edited)
        self._fields[action.id] = field
        return field

    def _on_edited(self) -> None:
        field = self.sender()
        if isinstance(field, QKeySequenceEdit):
            self.give(field.objectName(), field.keySequence().toString(PORTABLE))

    def give(self, action: str, key: str) -> None:
        """Give an action a key in place of its first; an empty one takes it away."""
        first, *others = self._keys.of(action) or ("",)
        if key == first:
            return
        try:
            self._keys.remap(action, *([key] if key else []), *(o for o in others if o != key))
        except UserError as error:
            self._refuse(str(error))
        else:
            self.say(f"Kept: “{BY_ID[action].name}”.", "quiet")
        self._show()

    def _refuse(self, sentence: str) -> None:
        self.say(sentence, "warn")

    def _show(self) -> None:
        for id_, field in self._fields.items():
            wanted = QKeySequence(self._keys.first(id_))
            if field.keySequence() != wanted:
                field.setKeySequence(wanted)
