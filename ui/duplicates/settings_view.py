"""How duplicates are looked for: three settings, in words that a methods section can print."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from screener.duplicates.settings import ASK_EVERYTHING, CAUTIOUS, PRESETS, STANDARD, Settings
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.segmented import Segmented
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Row, Surface, Words

_NAMES = (
    (CAUTIOUS.name, "Cautious"),
    (STANDARD.name, "Standard"),
    (ASK_EVERYTHING.name, "Ask everything"),
)
_MEANING = {
    CAUTIOUS.name: "Only the surest rules join records, and only of the same year. You answer the "
    "rest.",
    STANDARD.name: "What is certain is joined by rule; you answer what is doubtful.",
    ASK_EVERYTHING.name: "Nothing is joined by rule. You answer every group.",
}
_STAYS = "Groups that are joined stay joined, and your answers stand; split what you doubt."


class SettingsView(Surface):
    """Chooses the settings of the next run; `chosen` carries their name."""

    chosen = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self.choice = Segmented(_NAMES, name="How duplicates are found")
        self._meaning = Words(step="note", wrap=True)
        self._described = Words(step="small", wrap=True)
        self._described.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._stays = Words(_STAYS, step="small", colour="quiet", wrap=True)
        self._used = Words(step="small", colour="quiet", wrap=True)
        self.begin = Button("Find duplicates", kind="filled", key="Return")
        self.leave = Button("Leave it", kind="quiet", key="Esc")
        self._lay_out()
        self.choice.chosen.connect(self._say)
        self.begin.clicked.connect(self._on_find)
        self.leave.clicked.connect(self.left)
        follow(self, self._restyle)

    def _lay_out(self) -> None:
        self._block = QWidget()
        block = Column(self._block, gap=12)
        block.addWidget(Words("How duplicates are found", step="title"))
        block.addWidget(self.choice)
        block.addWidget(self._meaning)
        block.addWidget(Words("For the methods section", step="strong"))
        for words in (self._described, self._used, self._stays):
            block.addWidget(words)
        buttons = Row(gap=tokens.GAP_OUT, margins=(0, 8, 0, 0))
        buttons.addWidget(self.begin)
        buttons.addWidget(self.leave)
        buttons.addStretch(1)
        block.addLayout(buttons)
        inner = QWidget()
        column = Column(inner, margins=(tokens.MARGIN,) * 4)
        column.addWidget(self._block)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        Column(self, gap=0).addWidget(area)

    def show_settings(self, wanted: Settings, used: Settings | None) -> None:
        """Show what the next run will use, and what the last one used."""
        self.choice.choose(wanted.name)
        self._used.setText(f"The last run: {used.name}." if used else "")
        self._used.setVisible(used is not None)
        self._say()

    def _say(self) -> None:
        name = self.choice.current()
        self._meaning.setText(_MEANING[name])
        words = PRESETS[name].described()
        self._described.setText(f"{words[:1].upper()}{words[1:]}.")

    def _on_find(self) -> None:
        if self.begin.isEnabled():
            self.chosen.emit(self.choice.current())

    def _restyle(self) -> None:
        self._block.setMaximumWidth(look_of(self).px(tokens.READING_WIDTH))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter looks for duplicates, Escape leaves; no other key goes further."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_find()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
