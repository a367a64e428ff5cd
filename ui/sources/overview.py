"""The searches of the review: a table, and below it what is known about one of them."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from screener.model import Batch
from ui.sources import wording
from ui.sources.detail import SearchDetail
from ui.widgets.rows import Field, RowsModel
from ui.widgets.tables import RowTable
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column

_ABOVE = 8


def search_columns() -> tuple[Field[Batch], ...]:
    """Return the columns of the table of searches; what does not add up is in warn."""
    return (
        Field(heading="Source", text=lambda b: b.search.source, strong=True, colour=_plain),
        Field(heading="Kind", text=lambda b: wording.KINDS[b.search.kind], colour="quiet"),
        Field(heading="Platform", text=lambda b: b.search.platform, colour="quiet"),
        Field(
            heading="Searched",
            text=_searched,
            width=120,
            colour="quiet",
            order=lambda b: b.search.searched,
        ),
        Field(heading="Claimed", text=_claimed, right=True, width=88, colour=_plain),
        Field(heading="Read", text=_read, right=True, width=104, colour=_read_colour),
        Field(heading="Not read", text=_not_read, right=True, width=88, colour=_not_read_colour),
    )


def _searched(batch: Batch) -> str:
    return wording.day(batch.search.searched, short=True)


def _claimed(batch: Batch) -> str:
    return "–" if batch.search.claimed is None else f"{batch.search.claimed:,}"


def _read(batch: Batch) -> str:
    return "taken back" if batch.withdrawn else f"{batch.parsed:,}"


def _not_read(batch: Batch) -> str:
    return f"{len(batch.skipped):,}" if batch.skipped else "–"


def _plain(batch: Batch) -> str:
    return "quiet" if batch.withdrawn else "text"


def _read_colour(batch: Batch) -> str:
    differs = batch.search.claimed not in (None, batch.parsed)
    return "warn" if differs and not batch.withdrawn else _plain(batch)


def _not_read_colour(batch: Batch) -> str:
    return "warn" if batch.skipped and not batch.withdrawn else _plain(batch)


class Overview(QWidget):
    """Table and detail; the page hears the table and the buttons, and asks which is `chosen`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._batches: tuple[Batch, ...] = ()
        self._model = RowsModel(search_columns(), self)
        self.table = RowTable("Searches", finds=True)
        self.table.setModel(self._model)
        self.detail = SearchDetail()
        Column(self, gap=0).add(
            (Column(margins=(20, _ABOVE, 20, 0)).add(self.table), 1), self.detail
        )
        self.table.row_changed.connect(self._on_chosen)
        follow(self, self._share_height)

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

    def _on_chosen(self) -> None:
        self.detail.show_batch(self.chosen())
