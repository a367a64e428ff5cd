"""The searches and their records as Qt reads them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from screener.model import Batch, Record
from ui.sources import wording

Index = QModelIndex | QPersistentModelIndex
Role = Qt.ItemDataRole

COLUMNS = ("Source", "Kind", "Platform", "Searched", "Claimed", "Read", "Not read")
NUMBERS = 4
"""From this column on there are figures, which stand at the right."""
_READ, _NOT_READ = 5, 6


class SearchesModel(QAbstractTableModel):
    """One import a row, with what does not add up marked."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._batches: tuple[Batch, ...] = ()

    def set_batches(self, batches: Sequence[Batch]) -> None:
        """Show these imports; the same ones in another state only repaint."""
        old, new = self._batches, tuple(batches)
        if [b.id for b in old] == [b.id for b in new]:
            self._batches = new
            if new:
                last = self.index(len(new) - 1, len(COLUMNS) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._batches = new
        self.endResetModel()

    def batch(self, row: int) -> Batch | None:
        """Return the import of a row."""
        return self._batches[row] if 0 <= row < len(self._batches) else None

    def row_of(self, batch: str) -> int:
        """Return the row of an import, -1 when it is not shown."""
        return next((row for row, b in enumerate(self._batches) if b.id == batch), -1)

    def warns(self, row: int, column: int) -> bool:
        """Say whether a cell does not add up."""
        batch = self._batches[row]
        if batch.withdrawn:
            return False
        if column == _READ:
            return batch.search.claimed not in (None, batch.parsed)
        return column == _NOT_READ and bool(batch.skipped)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the imports."""
        return 0 if parent.isValid() else len(self._batches)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the columns."""
        return 0 if parent.isValid() else len(COLUMNS)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Role.DisplayRole
    ) -> object:
        """Name a column; figures stand at the right."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Role.DisplayRole:
            return COLUMNS[section]
        if role == Role.TextAlignmentRole:
            return _alignment(section)
        return None

    def data(self, index: Index, role: int = Role.DisplayRole) -> object:
        """Give the words of a cell; to a screen reader also what is wrong with it."""
        if not index.isValid() or index.row() >= len(self._batches):
            return None
        batch = self._batches[index.row()]
        if role == Role.DisplayRole:
            return _cell(batch, index.column())
        if role == Role.TextAlignmentRole:
            return _alignment(index.column())
        if role == Role.AccessibleTextRole:
            return self._spoken(batch, index.row(), index.column())
        return None

    def _spoken(self, batch: Batch, row: int, column: int) -> str:
        words = f"{COLUMNS[column]} {_cell(batch, column)}"
        if column == 0 and batch.withdrawn:
            return f"{words}, taken back"
        if column == _READ and self.warns(row, column):
            search = batch.search
            return f"{words}, {wording.mismatch(search.source, search.claimed, batch.parsed)}"
        return words


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignTrailing if column >= NUMBERS else Qt.AlignmentFlag.AlignLeading
    return side | Qt.AlignmentFlag.AlignVCenter


def _cell(batch: Batch, column: int) -> str:
    search = batch.search
    claimed = "–" if search.claimed is None else f"{search.claimed:,}"
    taken_back = "taken back" if batch.withdrawn else ""
    return (
        search.source,
        wording.KINDS[search.kind],
        search.platform,
        wording.day(search.searched, short=True),
        claimed,
        taken_back or f"{batch.parsed:,}",
        f"{len(batch.skipped):,}" if batch.skipped else "–",
    )[column]


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
