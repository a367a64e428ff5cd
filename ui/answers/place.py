"""Where an answer is from: page, quote, a note, how it was got; below the field in focus."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from screener.model import Origin
from ui.answers.given import Given
from ui.widgets.chooser import Chooser
from ui.widgets.theme import Sized
from ui.widgets.words import Grid, Words

_PAGE = 88
_ORIGINS = [("", "not said"), *((str(origin), origin.words) for origin in Origin)]


class PlaceFields(QWidget):
    """Lines below a field; they are saved with the answer. `typed` asks how a value was got too."""

    def __init__(self, about: str, *, typed: bool, parent: QWidget | None = None) -> None:
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
        self.origin = Chooser(_ORIGINS, name=f"How {about} was got")
        self._asks_origin = typed
        if typed:
            grid.add_row((Words("Got", step="small", colour="quiet"), at), (self.origin, at))
        grid.setColumnStretch(1, 1)

    def typed(self) -> list[QLineEdit]:
        """Return the fields that are typed into."""
        return [self.page, self.quote, self.note]

    def stops(self) -> list[QWidget]:
        """Return the fields in the order of Tab."""
        return [*self.typed(), *([self.origin] if self._asks_origin else [])]

    def show_given(self, given: Given) -> None:
        """Show what stands there."""
        for field, text in ((self.page, given.page), (self.quote, given.quote),
                            (self.note, given.note)):  # fmt: skip
            if field.text() != text:
                field.setText(text)
        self.origin.choose(given.origin)

    def added_to(self, given: Given) -> Given:
        """Return a field with the place that is typed here."""
        return replace(
            given,
            page=self.page.text(),
            quote=self.quote.text(),
            note=self.note.text(),
            origin=self.origin.current(),
        )


def _field(name: str) -> QLineEdit:
    field = QLineEdit()
    field.setAccessibleName(name)
    return field
