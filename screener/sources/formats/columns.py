"""How a table is read: where its header is, and what each column fills."""

from __future__ import annotations

import dataclasses
import re
from collections import Counter
from collections.abc import Iterable, Sequence

from screener.sources import identifiers
from screener.sources.formats.headings import assign, have_title, only_identifiers, score
from screener.sources.formats.stacked import are_fields

SEARCHED = 60
"""The rows at the beginning among which the header is looked for."""
IN_WORKBOOK = ""
"""The delimiter of a workbook's sheet, which has none."""

_LEAST = 2  # points of a row of known headings
_SURE = 4
_MOST = 0.8  # of the rows have as many cells as the header
SEVERAL = frozenset(("keywords", "publication_type"))
"""Fields that several columns may fill together when a person says so."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How a table is read; the person may change `columns` where the program is not sure.

    `headings` are the cells of the header, `columns` says for each column by number which fields
    it fills; `header` is the number of rows before the first record (the header is the last).
    Where the table is `bare` of headings, its first row is a record, and they only number it.
    """

    delimiter: str
    header: int
    headings: tuple[str, ...]
    columns: dict[int, tuple[str, ...]] = dataclasses.field(default_factory=dict)
    sure: bool = True
    bare: bool = False

    @property
    def titled(self) -> bool:
        """Whether a column is the title, or it is a list of identifiers, which has none."""
        return have_title(self.columns) or only_identifiers(self.columns, self.headings)


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class FirstRows:
    """The first rows of a sheet, or of a text parted in one of several ways."""

    delimiter: str
    rows: Sequence[Sequence[str]]


def headings(row: Iterable[str]) -> tuple[str, ...]:
    """Return the cells of a header as they are compared and shown."""
    return tuple(cell.strip().lstrip("\ufeff") for cell in row)


def known(tables: Iterable[FirstRows]) -> Mapping | None:
    """Return the header of known headings that says most; None where there is none.

    Nor is there one in a table whose rows are fields.
    """
    best: tuple[float, Mapping] | None = None
    tables = list(tables)
    if any(are_fields(table.rows) for table in tables):
        return None
    for table in tables:
        for number, row in enumerate(table.rows, 1):
            points = score(row)
            if not points or not _may_be_header(table, number, points):
                continue
            named = headings(row)
            found = Mapping(
                delimiter=table.delimiter, header=number, headings=named, columns=assign(named)
            )
            found = dataclasses.replace(found, sure=points >= _SURE and found.titled)
            if best is None or _is_better(found, points, best[1], best[0]):
                best = points, found
    return best[1] if best else None


def _is_better(found: Mapping, points: float, than: Mapping, others: float) -> bool:
    """Whether a header fits better than another; of two sure ones the one that comes first.

    A text may hold a row of headings inside a cell; the sheets of a workbook have each their own.
    """
    if found.sure and than.sure and IN_WORKBOOK not in (found.delimiter, than.delimiter):
        return (found.header, -points) < (than.header, -others)
    return points > others


def _may_be_header(table: FirstRows, number: int, points: float) -> bool:
    """Ask more of a sheet, because workbooks have others too, and of one column in a text."""
    if table.delimiter == IN_WORKBOOK:
        return points >= _LEAST
    below = table.rows[number : number + 1]
    return len(table.rows[number - 1]) > 1 or any(
        _is_identifier(cell) for row in below for cell in row
    )


def _is_identifier(cell: str) -> bool:
    return bool(identifiers.doi(cell) or (cell.strip().isdecimal() and identifiers.pmid(cell)))


def guessed(tables: Iterable[FirstRows]) -> Mapping | None:
    """Take the first of many rows with equally many cells for the header; a person looks at it."""
    best: tuple[float, Mapping] | None = None
    tables = list(tables)
    if any(are_fields(table.rows) for table in tables):
        return None
    for table in tables:
        found = _by_shape(table)
        if found is not None and (best is None or found[0] > best[0]):
            best = found
    return best[1] if best else None


def _by_shape(table: FirstRows) -> tuple[float, Mapping] | None:
    rows, delimiter = table.rows, table.delimiter
    usual = Counter(len(row) for row in rows).most_common(1)
    width, count = usual[0] if usual else (0, 0)
    in_workbook = delimiter == IN_WORKBOOK
    header = next((n for n, row in enumerate(rows, 1) if _is_as_wide(row, width, delimiter)), 0)
    least = 2 if delimiter != "," or (header and assign(rows[header - 1])) else 3
    if not header or width < least or count < (1 if in_workbook else 2):
        return None
    below = rows[header - 1 :]
    if in_workbook:  # empty cells at the end of a row are not stored
        width = len(rows[header - 1])
        count = sum(0 < len(row) <= width for row in below)
    share = count / len(below)
    if len(below) < 2 or share < _MOST:
        return None
    named = headings(rows[header - 1])
    found = Mapping(
        delimiter=delimiter, header=header, headings=named, columns=_assigned(named), sure=False
    )
    # names and sentences hold commas, but not so many
    return share * width, bared(found) if _is_record(named) else found


_RECORD = re.compile(
    r"(?:1[89]|20)\d\d(?:[-/.]\d\d?){0,2}(?:\.0)?$|\d{5,9}$|(?:https?://|doi:|pmid:?)?\S*\b10\.\d{4,9}/\S"
    r"|https?://|.{121}",
    re.I,
)


def _is_record(row: Sequence[str]) -> bool:
    """Whether a row holds what no heading is: a year, a number, an address, a sentence."""
    return any(_RECORD.match(cell) for cell in row)


def bared(found: Mapping, columns: dict[int, tuple[str, ...]] | None = None) -> Mapping:
    """Return how the table is read when what was taken for its header is its first record."""
    named = tuple(f"column {n}" for n in range(1, len(found.headings) + 1))
    return dataclasses.replace(
        found, header=found.header - 1, headings=named, columns=columns or {}, bare=True
    )


def _is_as_wide(row: Sequence[str], width: int, delimiter: str) -> bool:
    if 2 * sum(map(bool, map(str.strip, row))) < width:  # a blank row, or what stands above
        return False
    return len(row) >= width if delimiter == IN_WORKBOOK else len(row) == width


def _assigned(named: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    """Say which columns are known; in a language of its own two letters may be any word."""
    return {n: fields for n, fields in assign(named).items() if len(named[n]) > 2}


def settled(
    usual: dict[int, tuple[str, ...]], chosen: dict[int, tuple[str, ...]]
) -> dict[int, tuple[str, ...]]:
    """Return the columns as chosen; a chosen field is taken from the columns nobody touched."""
    taken = {field for fields in chosen.values() for field in fields} - SEVERAL
    untouched = {
        column: tuple(field for field in fields if field not in taken)
        for column, fields in usual.items()
        if column not in chosen
    }
    return {n: fields for n, fields in sorted({**untouched, **chosen}.items()) if fields}
