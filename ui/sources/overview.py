"""The searches of the review: a table, and below it what is known about one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screener.model import Batch
from ui.sources.detail import SearchDetail
from ui.sources.model import search_columns
from ui.widgets.rows import RowsModel
from ui.widgets.tables import RowTable
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column

_ABOVE = 8


class Overview(QWidget):
    """Table and detail; signals carry the id of the chosen import."""

    records_asked = Signal(str)
    edit_asked = Signal(str)
    take_back_asked = Signal(str)
    put_back_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._batches: tuple[Batch, ...] = ()
        self._model = RowsModel(search_columns(), self)
        self.table = RowTable("Searches")
        self.table.setModel(self._model)
        self.detail = SearchDetail()
        self._lay_out()
        self._connect()
        follow(self, self._share_height)

    def _lay_out(self) -> None:
        Column(self, gap=0).add(
            (Column(margins=(20, _ABOVE, 20, 0)).add(self.table), 1), self.detail
        )

    def _connect(self) -> None:
        self.table.row_changed.connect(self._on_chosen)
        self.table.opened.connect(self._on_records)
        self.detail.records.clicked.connect(self._on_records)
        self.detail.edit.clicked.connect(self._on_edit)
        self.detail.take_back.clicked.connect(self._on_take_back)
        self.detail.put_back.clicked.connect(self._on_put_back)

    def set_batches(self, batches: Sequence[Batch]) -> None:
        """Show these imports; the chosen one stays chosen, a new one at the end is chosen."""
        before, count = self.chosen(), len(self._batches)
        self._batches = tuple(batches)
        self._model.set_rows(self._batches)
        row = next((r for r, b in enumerate(batches) if before and b.id == before.id), 0)
        self.table.choose(len(batches) - 1 if len(batches) > count > 0 else row)
        self._on_chosen()
        self._share_height()

    def _share_height(self) -> None:
        """Give the detail what it needs, as far as the table leaves room for it."""
        table = self.table
        rows = self._model.rowCount() * table.verticalHeader().defaultSectionSize()
        above = look_of(self).px(_ABOVE) + table.horizontalHeader().sizeHint().height() + rows
        wanted = self.detail.height_for(self._batches, self.width())
        least = min(self.detail.lowest(), max(0, self.height() - look_of(self).px(120)))
        self.detail.setFixedHeight(max(least, min(wanted, self.height() - above)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the height anew."""
        super().resizeEvent(event)
        self._share_height()

    @property
    def batches(self) -> tuple[Batch, ...]:
        """The imports that are shown."""
        return self._batches

    def batch(self, id_: str) -> Batch | None:
        """Return an import by its id."""
        return next((batch for batch in self._batches if batch.id == id_), None)

    def chosen(self) -> Batch | None:
        """Return the chosen import."""
        row = self.table.current()
        return self._batches[row] if 0 <= row < len(self._batches) else None

    def set_busy(self, busy: bool) -> None:
        """While something is written, only reading is possible."""
        self.detail.set_busy(busy)

    def _id(self) -> str:
        batch = self.chosen()
        return batch.id if batch else ""

    def _on_chosen(self) -> None:
        self.detail.show_batch(self.chosen())

    def _on_records(self) -> None:
        self.records_asked.emit(self._id())

    def _on_edit(self) -> None:
        self.edit_asked.emit(self._id())

    def _on_take_back(self) -> None:
        self.take_back_asked.emit(self._id())

    def _on_put_back(self) -> None:
        self.put_back_asked.emit(self._id())

    def ask_back(self) -> None:
        """Ask to take the chosen import back."""
        batch = self.chosen()
        if batch is not None and not batch.withdrawn:
            self.take_back_asked.emit(batch.id)
