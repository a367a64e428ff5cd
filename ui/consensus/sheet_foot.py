"""The line under a sheet: how much was answered alike, what shows all, what takes a wording."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from screener.model.words import counted
from ui.consensus.sheet import Sheet
from ui.session.keys import Keys
from ui.widgets.button import Button
from ui.widgets.words import Column as Stack
from ui.widgets.words import Hairline, Row, Words


class SheetFoot(QWidget):
    """Says what is not shown; its buttons are named by their actions."""

    def __init__(self, keys: Keys, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._keys = keys
        self.alike = Words(step="small", colour="quiet")
        self.every = Button("Show all", kind="quiet", name="show-all", low=True)
        self.wordings = Button("", kind="quiet", name="take-wording", low=True)
        Stack(self, gap=0).add(
            Hairline(),
            Row(gap=12, margins=(24, 6, 24, 6)).add(self.alike, self.every, self.wordings, 1),
        )
        self.take_keys()

    def take_keys(self) -> None:
        """Print the keys that are in force now."""
        for button in (self.every, self.wordings):
            button.set_key(self._keys.first(button.objectName()))

    def show_sheet(self, sheet: Sheet, *, every: bool) -> None:
        """Say what is true of a sheet, of which everything is shown or a part."""
        alike = f"{counted(sheet.alike, 'question')} answered alike" if sheet.alike else ""
        self.alike.show_text(alike)
        self.every.setText("Show what is to settle" if every else "Show all")
        self.wordings.setText(f"Take one wording, {counted(sheet.wordings, 'question')}")
        self.wordings.setVisible(bool(sheet.wordings))
