"""Tables whose rows are fields: one below another, or the records side by side as columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from screener.sources.formats.headings import fold, meant, says_title

_LEAST = 3  # rows, of which so many are fields:
_MOST = 0.6
_NUMBERS = frozenset(("year", "date", "doi", "pmid", "volume", "pages", "start_page"))
_LISTS = frozenset(("authors", "keywords", "editors"))
_HEADER = 3  # known headings in one row


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Where the names of the fields stand, how a record begins, and whether one is the title.

    `beside` says that every further column is a record, `told` that the fields have values: there
    are lists of what fields mean.
    """

    column: int
    begins: str
    beside: bool
    titled: bool
    told: bool
    names: tuple[str, ...]


@dataclass(slots=True)
class Stacked:
    """One record out of such rows: its line, the names of its fields, and what they hold."""

    line: int
    names: list[str]
    cells: list[str]


def are_fields(rows: Sequence[Sequence[str]]) -> bool:
    """Whether the first rows are fields of records and not records."""
    return shape(rows) is not None


def shape(rows: Sequence[Sequence[str]]) -> Shape | None:
    """Return how the fields stand in these rows; None where each row is a record."""
    told = [row for row in rows if any(cell.strip() for cell in row)]
    if len(told) < _LEAST or any(_known(row) >= _HEADER for row in told):
        return None
    found = _in_column(told, 0)
    if found is None and len({row[0] for row in told}) <= len(told) / 2:  # numbers of the records
        found = _in_column(told, 1)
    return found


def _known(row: Sequence[str]) -> int:
    return len({field for cell in row if (field := _field(cell))})


def _field(cell: str) -> str:
    if len(cell) >= 60:
        return ""
    return next(iter(meant(cell)), "") or ("title" if says_title(cell) else "")


def _in_column(rows: Sequence[Sequence[str]], column: int) -> Shape | None:
    named = [row for row in rows if len(row) > column and row[column].strip()]
    fields = Counter(field for row in named if (field := _field(row[column])))
    if fields.total() < max(_LEAST, _MOST * len(named)) or len(fields) < 2:
        return None
    titles = fields["title"]
    if not titles and sum(count > 1 for count in fields.values()) < _LEAST:
        return None
    return Shape(
        column=column,
        begins=_begins(named, column, titles),
        beside=titles == 1 and _are_beside(named, column),
        titled=bool(titles),
        told=titles != 1 or _holds_numbers(named, column),
        names=tuple(dict.fromkeys(row[column].strip() for row in named)),
    )


def _holds_numbers(rows: Sequence[Sequence[str]], column: int) -> bool:
    return any(
        any(map(str.isdigit, "".join(row[column + 1 :])))
        for row in rows
        if _field(row[column]) in _NUMBERS
    )


def _begins(rows: Sequence[Sequence[str]], column: int, titles: int) -> str:
    """Return the name that stands first in each record."""
    names = Counter(fold(row[column]) for row in rows)
    enough = (
        fold(row[column])
        for row in rows
        if names[fold(row[column])] >= max(titles, 1)
        and (titles > 1 or _field(row[column]))
    )  # fmt: skip
    return next(enough, "")


def _are_beside(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether there are several values in the rows of numbers, which hold no commas."""
    numbers = [row for row in rows if _field(row[column]) in _NUMBERS]
    filled = [sum(bool(cell.strip()) for cell in row[column + 1 :]) for row in numbers]
    titles = next(row for row in rows if _field(row[column]) == "title")
    return max(filled, default=0) > 1 and sum(map(bool, titles[column + 1 :])) > 1


def records(rows: Iterable[tuple[Sequence[str], int]], found: Shape) -> Iterator[Stacked]:
    """Yield the records of rows with their lines."""
    return _beside(rows, found) if found.beside else _below(rows, found)


def _beside(rows: Iterable[tuple[Sequence[str], int]], found: Shape) -> Iterator[Stacked]:
    named = [(row, line) for row, line in rows if len(row) > found.column + 1]
    named = [(row, line) for row, line in named if row[found.column].strip()]
    width = max(len(row) for row, _ in named)
    fields = [(row, line) for row, line in named if _field(row[found.column])]
    for column in range(found.column + 1, width):
        if not any(column < len(row) and row[column].strip() for row, _ in fields):
            continue
        names = [row[found.column] for row, _ in named]
        cells = [row[column] if column < len(row) else "" for row, _ in named]
        yield Stacked(fields[0][1], names, cells)


def _below(rows: Iterable[tuple[Sequence[str], int]], found: Shape) -> Iterator[Stacked]:
    one: Stacked | None = None
    last = number = ""
    for row, line in rows:
        name = row[found.column].strip() if len(row) > found.column else ""
        value = ", ".join(cell.strip() for cell in row[found.column + 1 :] if cell.strip())
        before, number = number, (row[0].strip() if found.column else "") or number
        if not name and value and one is not None:  # goes on with the field above
            one.cells[-1] += ("; " if _field(last) in _LISTS else " ") + value
        if not name:
            continue
        if one is None and fold(name) != found.begins and not _field(name):
            continue  # what stands above the first record
        if one is None or number != before or _is_next(one, name, last, found):
            if one is not None:
                yield one
            one = Stacked(line, [], [])
        _put(one, name, value)
        last = name
    if one is not None:
        yield one


def _is_next(one: Stacked, name: str, last: str, found: Shape) -> bool:
    """Whether a field is the first of another record: a record has each but once, lists apart."""
    field = _field(name)
    if fold(name) == fold(last):
        return field == "title"
    if fold(name) == found.begins:
        return not field or found.begins in map(fold, one.names)
    return field not in _LISTS and bool(field) and field in map(_field, one.names)


def _put(one: Stacked, name: str, value: str) -> None:
    if name in one.names:
        at = one.names.index(name)
        joint = "; " if _field(name) in _LISTS else " "
        one.cells[at] = joint.join(filter(None, (one.cells[at], value)))
    else:
        one.names.append(name)
        one.cells.append(value)
