"""Rows as Qt reads them: columns, and values that are fetched when they are looked at."""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import compress, count
from operator import ne
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from screener.model.words import one_line
from ui.widgets.marks import SIGN_WORDS

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")
_AT_ONCE = 64  # rows
_KEPT = 2_048  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Generic[T]):
    """A column: its heading and what it says of a row.

    `colour` is a colour of the tokens, or names one for a row, `sign` a mark before the text (a
    word of `marks.SIGN_WORDS`, None for no mark), `spoken` what a screen reader says in place of
    both. `width` is given at 100 %; a column without one takes a share of what is left. `order`
    is what rows are sorted by in this column, where that is not its text, or the number in it.
    """

    heading: str
    text: Callable[[T], str]
    right: bool = False
    strong: bool = False
    width: int = 0
    colour: Callable[[T], str] | str = "text"
    sign: Callable[[T], str | None] | None = None
    spoken: Callable[[T], str] | None = None
    order: Callable[[T], Any] | None = None


class RowsModel(QAbstractTableModel, Generic[T]):
    """Rows as Qt reads them: a sequence of values, or keys whose values are fetched when seen.

    A person may have them shown in another order. Numbers of rows are places in the order they
    were given in, but for an index of Qt, which is a place in the order that is shown.
    """

    def __init__(self, fields: Sequence[Field[T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fields: tuple[Field[T], ...] = tuple(fields)
        self._keys: tuple[Hashable, ...] = ()
        self._fetch: Callable[[Sequence[Any]], Sequence[T]] = _nothing
        self._known: dict[Hashable, T] = {}
        self._order: list[int] | None = None  # the rows as they are shown, where that is another
        self._places: dict[int, int] = {}
        self.sorted_by: tuple[int, bool] | None = None
        """The column rows are sorted by, and whether the last comes first; None as given."""

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show these values."""
        kept = tuple(rows)
        self._reset(range(len(kept)), lambda places: [kept[place] for place in places])

    def set_keys(
        self,
        keys: Iterable[Hashable],
        fetch: Callable[[Sequence[Any]], Sequence[T]],
        changed: Iterable[Hashable] | None = None,
    ) -> None:
        """Show a row for each key; `fetch` gives the values of the keys that are looked at.

        With `changed` only the rows of these keys are fetched again, and rows that stay keep their
        place in the view; without it everything is new.
        """
        if changed is None:
            self._reset(keys, fetch)
            return
        self._fetch = fetch
        for key in changed:
            self._known.pop(key, None)
        before, after = self._keys, tuple(keys)
        shown = [before[place] for place in self._order] if self._order is not None else None
        self._show_order(None)
        start = _alike(before, after)
        end = min(_alike(before[::-1], after[::-1]), len(before) - start, len(after) - start)
        self._take_out(start, len(before) - end)
        self._put_in(start, after[start : len(after) - end])
        if shown is not None:  # rows stay where they are, unless others came
            now = {key: place for place, key in enumerate(after)}
            stay = [now.pop(key) for key in shown if key in now]
            self._show_order(self._sorted() if now else stay)
        self._say_changed()

    def _take_out(self, start: int, end: int) -> None:
        if end > start:
            self.beginRemoveRows(QModelIndex(), start, end - 1)
            self._keys = self._keys[:start] + self._keys[end:]
            self.endRemoveRows()

    def _put_in(self, start: int, keys: tuple[Hashable, ...]) -> None:
        if keys:
            self.beginInsertRows(QModelIndex(), start, start + len(keys) - 1)
            self._keys = self._keys[:start] + keys + self._keys[start:]
            self.endInsertRows()

    def refresh(self) -> None:
        """Fetch again what is seen; the rows stay where they are."""
        self._known.clear()
        self._say_changed()

    def _say_changed(self) -> None:
        if self._keys:
            last = self.index(len(self._keys) - 1, len(self.fields) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def key(self, number: int) -> str:
        """Return the key of a row."""
        return str(self._keys[number])

    def place(self, key: str) -> int:
        """Return the row of a key, -1 when it is not shown."""
        return self._keys.index(key) if key in self._keys else -1

    def row(self, number: int) -> T:
        """Return the value of a row; those shown near it are fetched with it."""
        key = self._keys[number]
        if key not in self._known:
            at = self.shown_at(number)
            start = at - at % _AT_ONCE
            end = min(start + _AT_ONCE, len(self._keys))
            keys = (self._keys[self.source(place)] for place in range(start, end))
            near = [k for k in keys if k not in self._known]
            while len(self._known) > _KEPT:
                del self._known[next(iter(self._known))]
            self._known |= zip(near, self._fetch(near), strict=True)
        return self._known[key]

    # --- the order in which they are shown -------------------------------------------------------

    def source(self, shown: int) -> int:
        """Return which row is shown in a place."""
        return shown if self._order is None else self._order[shown]

    def shown_at(self, number: int) -> int:
        """Return in which place a row is shown."""
        return number if self._order is None else self._places[number]

    def sort_by(self, column: int | None, *, last_first: bool = False) -> None:
        """Show the rows in the order of a column; None in the order they were given in."""
        self.sorted_by = None if column is None else (column, last_first)
        self._show_order(self._sorted())
        last = len(self.fields) - 1
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, last)

    def _sorted(self) -> list[int] | None:
        if self.sorted_by is None:
            return None
        column, last_first = self.sorted_by
        field = self.fields[column]
        by = [_order_of(field, value) for value in self._all()]
        return sorted(range(len(by)), key=by.__getitem__, reverse=last_first)

    def _all(self) -> Iterator[T]:
        for start in range(0, len(self._keys), _KEPT):
            yield from self._fetch(self._keys[start : start + _KEPT])

    def _show_order(self, order: list[int] | None) -> None:
        if order is None and self._order is None:
            return
        self.layoutAboutToBeChanged.emit()
        indexes = self.persistentIndexList()
        numbers = [(self.source(one.row()), one.column()) for one in indexes]
        self._take_order(order)
        new = [self.index(self.shown_at(number), column) for number, column in numbers]
        self.changePersistentIndexList(indexes, new)
        self.layoutChanged.emit()

    def _take_order(self, order: list[int] | None) -> None:
        self._order = order
        self._places = {number: place for place, number in enumerate(order or ())}

    def _reset(
        self, keys: Iterable[Hashable], fetch: Callable[[Sequence[Any]], Sequence[T]]
    ) -> None:
        self.beginResetModel()
        self._keys, self._fetch = tuple(keys), fetch
        self._known.clear()
        self._take_order(self._sorted())
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """Count the rows."""
        return 0 if parent.isValid() else len(self._keys)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """Count the columns."""
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give text and alignment; a screen reader hears the mark's word too."""
        if not index.isValid() or index.row() >= len(self._keys):
            return None
        field = self.fields[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return side_of(field) | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return one_line(field.text(self.row(self.source(index.row()))))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(field, self.source(index.row()))
        return None

    def _spoken(self, field: Field[T], number: int) -> str:
        row = self.row(number)
        if field.spoken:
            return field.spoken(row)
        sign = field.sign(row) if field.sign else None
        words = SIGN_WORDS[sign] if sign is not None else ""
        text = one_line(field.text(row))
        return text if words.lower() in text.lower() else f"{words}, {text}".strip(", ")

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Give the headings."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.fields):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(section)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.fields[section].heading + _SPOKEN.get(self._direction(section), "")
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return side_of(self.fields[section]) | Qt.AlignmentFlag.AlignVCenter
        return None

    def _direction(self, column: int) -> str:
        if self.sorted_by is None or self.sorted_by[0] != column:
            return ""
        return "↓" if self.sorted_by[1] else "↑"

    def _heading(self, column: int) -> str:
        return f"{self.fields[column].heading} {self._direction(column)}".rstrip()


_SPOKEN = {"↑": ", sorted", "↓": ", sorted, the last first"}


def _order_of(field: Field[T], value: T) -> Any:  # noqa: ANN401 - of one kind in each column
    """Return what a row is sorted by in a column; figures by their number, none of them first."""
    if field.order is not None:
        return field.order(value)
    text = field.text(value)
    if field.right:
        figures = text.replace(",", "").split()
        number = figures[0] if figures else ""
        return (float(number) if number.lstrip("-").isdecimal() else -math.inf, text)
    sign = field.sign(value) if field.sign else None
    return (text.casefold(), sign or "")


def _nothing(keys: Sequence[object]) -> tuple[()]:
    return ()


def _alike(one: Sequence[object], other: Sequence[object]) -> int:
    """Return how many keys two sequences begin with alike."""
    return next(compress(count(), map(ne, one, other)), min(len(one), len(other)))


def side_of(field: Field[T]) -> Qt.AlignmentFlag:
    """Return to which side the text of a column is put."""
    return Qt.AlignmentFlag.AlignRight if field.right else Qt.AlignmentFlag.AlignLeft
