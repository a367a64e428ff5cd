"""How a table is read, in text or in a workbook: its header, and which column fills which field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from screener.sources.formats.columns import assign, score

SEARCHED = 60
"""The rows at the beginning among which the header is looked for."""
IN_WORKBOOK = ""
"""The delimiter of a workbook's sheet, which has none."""

_LEAST = 2  # points of a row of known headings
_SURE = 4
_MOST = 0.8  # of the rows have as many cells as the header


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapping:
    """How a table is read; the person may change `columns` where the program is not sure.

    `headings` are the cells of the header, `columns` says for each column by number which fields
    it fills; `header` is the number of rows before the first record (the header is the last).
    """

    delimiter: str
    header: int
    headings: tuple[str, ...]
    columns: dict[int, tuple[str, ...]] = field(default_factory=dict)
    sure: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRows:
    """The first rows of a sheet, or of a text parted in one of several ways."""

    delimiter: str
    rows: Sequence[Sequence[str]]

    def below(self, mapping: Mapping, count: int) -> tuple[tuple[str, ...], ...]:
        """Return some of the rows after the header."""
        return tuple(tuple(row) for row in self.rows[mapping.header : mapping.header + count])


def headings(row: Iterable[str]) -> tuple[str, ...]:
    """Return the cells of a header as they are compared and shown."""
    return tuple(cell.strip().lstrip("\ufeff") for cell in row)


def known(tables: Iterable[FirstRows]) -> Mapping | None:
    """Return the header of known headings that says most; None where there is none."""
    best: tuple[float, Mapping] | None = None
    for table in tables:
        for number, row in enumerate(table.rows, 1):
            points = score(row)
            if points and _may_be_header(table, row, points) and (not best or points > best[0]):
                named = headings(row)
                best = points, Mapping(
                    delimiter=table.delimiter, header=number, headings=named,
                    columns=assign(named), sure=points >= _SURE,
                )  # fmt: skip
    return best[1] if best else None


def _may_be_header(table: FirstRows, row: Sequence[str], points: float) -> bool:
    """Ask more of a sheet: a workbook has sheets that hold no references."""
    return points >= _LEAST if table.delimiter == IN_WORKBOOK else len(row) > 1


def guessed(tables: Iterable[FirstRows]) -> Mapping | None:
    """Take the first of many rows with equally many cells for the header; a person looks at it."""
    best: tuple[float, Mapping] | None = None
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
    if not header or width < (3 if delimiter == "," else 2) or count < (1 if in_workbook else 2):
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
    return share * width, found  # names and sentences hold commas, but not so many


def _is_as_wide(row: Sequence[str], width: int, delimiter: str) -> bool:
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


SEVERAL = frozenset(("keywords", "publication_type"))
"""Fields that several columns may fill together when a person says so."""
