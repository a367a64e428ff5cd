"""Where an answer is from: the page, the quote, and a note on it, below the field in focus."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.answers.given import Given
from ui.widgets.theme import Sized
from ui.widgets.words import Grid, Words

_PAGE = 88


class PlaceFields(QWidget):
    """Three lines below a field; they are saved with the answer."""

    def __init__(self, about: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.page = _field(f"Page of {about}")
        self.quote = _field(f"Quote for {about}")
        self.note = _field(f"Note on {about}")
        Sized(self.page, width=_PAGE)
        grid = Grid(self, gap=12, row_gap=6, margins=(0, 4, 0, 0))
        at = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        grid.add_row((Words("Page", step="small", colour="quiet"), at), (self.page, at))
        grid.add_row((Words("Quote", step="small", colour="quiet"), at), self.quote)
        grid.add_row((Words("Note", step="small", colour="quiet"), at), self.note)
        grid.setColumnStretch(1, 1)

    def stops(self) -> list[QWidget]:
        """Return the fields in the order of Tab."""
        return [self.page, self.quote, self.note]

    def show_given(self, given: Given) -> None:
        """Show what stands there."""
        for field, text in ((self.page, given.page), (self.quote, given.quote),
                            (self.note, given.note)):  # fmt: skip
            if field.text() != text:
                field.setText(text)

    def added_to(self, given: Given) -> Given:
        """Return a field with the place that is typed here."""
        return replace(given, page=self.page.text(), quote=self.quote.text(), note=self.note.text())


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    return field
