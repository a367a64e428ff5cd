"""The records behind a number of the flow."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from screener.model import Unit
from screener.model.words import short_names
from ui.session.session import Session
from ui.widgets.record import RecordText, RecordView
from ui.widgets.rows import Field, RowsModel
from ui.widgets.tables import RowTable
from ui.widgets.words import Row


class Behind(QWidget):
    """A list of records at the left, the chosen one at the right; Esc goes back."""

    left = Signal()

    def __init__(self, session: Session, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self.model: RowsModel[Unit] = RowsModel(
            [
                Field(heading="Record", text=lambda unit: str(unit.number), right=True, width=72),
                Field(heading="Title", text=lambda unit: unit.title, strong=True),
                Field(heading="Year", text=lambda unit: str(unit.fields.year or ""), width=64),
                Field(
                    heading="Found in",
                    text=lambda unit: ", ".join(s.source for s in unit.sources),
                    width=160,
                    colour="quiet",
                ),
            ],
            self,
        )
        self.table = RowTable("Records behind the number")
        self.table.setModel(self.model)
        self.record = RecordView()
        Row(self, gap=24, margins=(20, 8, 32, 0)).add((self.table, 3), (self.record, 2))
        self.table.row_changed.connect(self._on_row)

    def show_records(self, uids: Sequence[str]) -> None:
        """Show these records, each as the unit it belongs to."""
        self.model.set_keys(list(uids), self._fetch)
        if uids:
            self.table.choose(0)
            self._on_row(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _fetch(self, uids: Sequence[str]) -> list[Unit]:
        units = self._session.project.units
        found = {u.id: u for u in units.load(dict.fromkeys(units.of_record(x) for x in uids))}
        return [found[units.of_record(uid)] for uid in uids]

    def _on_row(self, number: int) -> None:
        if not 0 <= number < self.model.rowCount():
            return
        unit = self.model.row(number)
        fields = unit.fields
        byline = (short_names(fields.authors, 6), fields.journal, str(fields.year or ""))
        self.record.show_record(
            RecordText(
                title=unit.title,
                byline=tuple(part for part in byline if part),
                abstract=fields.abstract,
                keywords=fields.keywords,
            )
        )
