"""All keys: one card that shows every key of the page below it, and the way to change them."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from ui.session.actions import Where
from ui.session.key_table import OF_WINDOW, KeyGroup, PresetChooser, groups_of
from ui.session.keys import Keys
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.keycap import KeyCap
from ui.widgets.words import Column, Row, Words

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
        self._change = Button("Change keys…", kind="link")
        if where is Where.RECORD:
            self.head.addWidget(self._presets)
        self._fill(keys, where)
        self.foot.addWidget(self._said, 1)
        self.foot.addWidget(self._change)
        self._presets.refused.connect(self._said.setText)
        self._change.clicked.connect(self._on_change)

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
