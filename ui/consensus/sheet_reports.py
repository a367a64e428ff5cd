"""A sheet, and in its place the reports it was answered from, one after the other."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QWidget

from screener.model import Unit
from ui.widgets.button import Button
from ui.widgets.record import RecordView
from ui.widgets.record_text import RecordText


class SheetReports(QStackedWidget):
    """Shows the sheet, or one of the reports; its button says which."""

    def __init__(self, sheet: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet = sheet
        self._units: Sequence[Unit] = ()
        self._shown = 0  # of the reports, counted from 1; 0 for the sheet
        self.record = RecordView()
        self.button = Button("Its reports", kind="quiet", name="its-reports")
        for one in (sheet, self.record):
            self.addWidget(one)

    def show_of(self, units: Sequence[Unit]) -> None:
        """Take the reports of a subject; the one that is shown stays so while it is there."""
        self._units = units
        self._show(self._shown)

    def step(self) -> None:
        """Show the next report, and after the last the sheet again."""
        self._show(self._shown + 1)

    def leave(self) -> bool:
        """Show the sheet again; says whether a report was shown."""
        shown = bool(self._shown)
        self._show(0)
        return shown

    def focus_shown(self) -> None:
        """Put the keyboard on what is shown."""
        shown = self.record if self._shown else self._sheet
        shown.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, number: int) -> None:
        count = len(self._units)
        self._shown = number if number <= count else 0
        self.setCurrentWidget(self.record if self._shown else self._sheet)
        self.button.setText(f"Report {self._shown} of {count}" if self._shown else "Its reports")
        if self._shown:
            self.record.show_record(RecordText.of(self._units[self._shown - 1]))
