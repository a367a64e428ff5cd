"""The searches and their records as Qt reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from screener.model import Batch, Record
from ui.sources import wording
from ui.widgets.tables import Field

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole


def search_columns() -> tuple[Field[Batch], ...]:
    """Return the columns of the table of searches; what does not add up is in warn."""
    return (
        Field(heading="Source", text=_source, strong=True, colour=_plain),
        Field(heading="Kind", text=_kind, colour=_quiet),
        Field(heading="Platform", text=_platform, colour=_quiet),
        Field(heading="Searched", text=_searched, width=120, colour=_quiet),
        Field(heading="Claimed", text=_claimed, right=True, width=88, colour=_plain),
        Field(heading="Read", text=_read, right=True, width=104, colour=_read_colour),
        Field(heading="Not read", text=_not_read, right=True, width=88, colour=_not_read_colour),
    )


def _source(batch: Batch) -> str:
    return batch.search.source


def _kind(batch: Batch) -> str:
    return wording.KINDS[batch.search.kind]


def _platform(batch: Batch) -> str:
    return batch.search.platform


def _searched(batch: Batch) -> str:
    return wording.day(batch.search.searched, short=True)


def _claimed(batch: Batch) -> str:
    return "–" if batch.search.claimed is None else f"{batch.search.claimed:,}"


def _read(batch: Batch) -> str:
    return "taken back" if batch.withdrawn else f"{batch.parsed:,}"


def _not_read(batch: Batch) -> str:
    return f"{len(batch.skipped):,}" if batch.skipped else "–"


def _quiet(_: Batch) -> str:
    return "quiet"


def _plain(batch: Batch) -> str:
    return "quiet" if batch.withdrawn else "text"


def _read_colour(batch: Batch) -> str:
    differs = batch.search.claimed not in (None, batch.parsed)
    return "warn" if differs and not batch.withdrawn else _plain(batch)


def _not_read_colour(batch: Batch) -> str:
    return "warn" if batch.skipped and not batch.withdrawn else _plain(batch)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A record in a list: its id, its number, its title, and a quiet line."""

    id: str
    number: int
    title: str
    words: str


def line_of(record: Record) -> Line:
    """Return how a record stands in a list."""
    return Line(
        id=record.id,
        number=record.number,
        title=record.fields.title or "no title",
        words=wording.byline(record.fields) or "nothing else is known",
    )


class RecordsModel(QAbstractListModel):
    """The records of one import: a title and a quiet line each."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._all: tuple[Line, ...] = ()
        self._lines: tuple[Line, ...] = ()
        self._words = ""

    def set_lines(self, lines: Sequence[Line]) -> None:
        """Show these records."""
        self.beginResetModel()
        self._all = tuple(lines)
        self._lines = self._found()
        self.endResetModel()

    def search(self, words: str) -> None:
        """Show only records whose title or quiet line has all these words."""
        self.beginResetModel()
        self._words = words
        self._lines = self._found()
        self.endResetModel()

    def _found(self) -> tuple[Line, ...]:
        wanted = self._words.casefold().split()
        if not wanted:
            return self._all
        return tuple(
            line
            for line in self._all
            if all(word in f"{line.number} {line.title} {line.words}".casefold() for word in wanted)
        )

    def line(self, row: int) -> Line | None:
        """Return the record of a row."""
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row_of(self, record: str) -> int:
        """Return the row of a record, -1 when it is not shown."""
        return next((row for row, line in enumerate(self._lines) if line.id == record), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the records shown."""
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Give the title; to a screen reader the number and the quiet line too."""
        if not index.isValid() or index.row() >= len(self._lines):
            return None
        line = self._lines[index.row()]
        if role == Role.DisplayRole:
            return line.title
        if role == Role.AccessibleTextRole:
            return f"Record {line.number}: {line.title}; {line.words}"
        return None
