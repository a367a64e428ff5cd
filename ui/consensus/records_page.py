"""The records behind a number: a list and the record that is chosen, to read only."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from screener.model import Unit
from screener.screening.notes import spans
from ui.session.session import Session
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.header import PageHeader
from ui.widgets.record import RecordView
from ui.widgets.record_text import RecordText
from ui.widgets.rows import Field, RowsModel
from ui.widgets.tables import RowTable
from ui.widgets.words import Column, Hairline, Row, Surface

_FIELDS: Sequence[Field[Unit]] = (
    Field(heading="No.", text=lambda u: str(u.number), right=True, width=64),
    Field(heading="Title", text=lambda u: u.title),
    Field(heading="Year", text=lambda u: str(u.fields.year or ""), width=64),
)


class RecordsPage(Surface):
    """Shows the records behind a number; Esc goes back."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._session = session
        self._units: list[str] = []
        self.header = PageHeader("Records")
        self.back = Button("Back", kind="quiet", key="Esc")
        self.header.set_actions([self.back])
        self._model: RowsModel[Unit] = RowsModel(_FIELDS, self)
        self.table = RowTable("Records", finds=True)
        self.table.setModel(self._model)
        self.record = RecordView()
        self._lay_out()
        self.back.clicked.connect(self.left)
        self.table.row_changed.connect(self._on_row)

    def _lay_out(self) -> None:
        Column(self, gap=0).add(
            self.header,
            (
                Row(gap=tokens.GAP_OUT, margins=(tokens.MARGIN, 12, 16, 12)).add(
                    (self.table, 1), Hairline(vertical=True), (self.record, 1)
                ),
                1,
            ),
        )

    def show_units(self, words: str, units: Sequence[str]) -> None:
        """Show these units under words that say what they have in common."""
        self._units = list(units)
        self.header.set_words(f"{words}   ·   {len(units):,}")
        self._model.set_keys(self._units, self._fetch)
        if units:
            self.table.choose(0)
            self._on_row(0)

    def _fetch(self, keys: Sequence[str]) -> list[Unit]:
        return list(self._session.project.units.load(keys))

    def _on_row(self, number: int) -> None:
        if 0 <= number < len(self._units):
            unit = self._model.row(number)
            protocol = self._session.project.protocol.current
            self.record.show_record(
                RecordText.of(unit),
                title=spans(unit.fields.title, protocol),
                abstract=spans(unit.fields.abstract, protocol),
            )

    def focus_page(self) -> None:
        """Put the keyboard on the list."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
