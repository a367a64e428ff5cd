"""CSV and TSV: delimiter and header are found, below preambles too; broken rows are not lost."""

from __future__ import annotations

import csv
import itertools
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from screener.model import Entry, Fields, Skipped
from screener.sources.decoding import Content
from screener.sources.formats import ictrp, mapping, own_table, wos
from screener.sources.formats.columns import assign, values
from screener.sources.formats.format import Format, Found, Tables, cut
from screener.sources.formats.mapping import FirstRows, Mapping
from screener.sources.formats.row_fields import draft
from screener.sources.writers.writer import armed

DELIMITERS = (",", ";", "\t", "|")
_LONGEST_ROW = 3000


def recognise(content: Content) -> float:
    """Look for a row of known headings."""
    found = mapping.known(tables(content))
    if found is None:
        return 0.0
    return 0.75 if found.sure else 0.4


def read(content: Content, chosen: Mapping | None = None) -> Found:
    """Yield the rows below the header as records."""
    found = chosen or mapping.known(tables(content))
    if found is None:
        return
    csv.field_size_limit(1 << 28)
    headings = list(found.headings)
    for number, (row, line, remark) in enumerate(rows(content.lines(), found.delimiter), 1):
        if number <= found.header:
            continue
        yield from entry([armed(cell) for cell in row], headings, found, line, remark)


def entry(
    row: list[str], headings: list[str], found: Mapping, line: int, remark: str = ""
) -> Iterator[Entry | Skipped]:
    """Yield the record of one row, or say why there is none."""
    if not any(cell.strip() for cell in row):
        return
    fields = _fields(row, headings, found)
    if fields is None:
        text = (found.delimiter or "\t").join(row)
        yield Skipped(
            line=line, text=cut(text), why="This row holds no title, author or identifier."
        )
        return
    remarks = [remark] if remark else []
    extra = [cell for cell in row[len(headings) :] if cell.strip()]
    if extra:
        remarks.append(
            f"The row at line {line} has more cells than the header; kept in the source text."
        )
    elif len(row) < len(headings):
        remarks.append(f"The row at line {line} has fewer cells than the header.")
    raw = [(headings[n] if n < len(headings) else "", cell) for n, cell in enumerate(row) if cell]
    yield Entry(fields=fields, raw=tuple(raw), line=line, remarks=tuple(remarks))


_ENOUGH = ("title", "authors", "doi", "pmid", "abstract", "accession", "url")
_PROGRAMS = (
    (own_table.is_own_header, own_table.from_cells),
    (wos.is_header, wos.from_cells),
    (ictrp.is_header, ictrp.from_cells),
)
"""Tables whose rows say exactly what a format of its own says: they are read as that."""


def _fields(row: list[str], headings: list[str], found: Mapping) -> Fields | None:
    program, usual = _program(tuple(headings))
    if program is not None and found.columns == usual:  # else a person says what the columns are
        fields = program(headings, row)
        own = program is own_table.from_cells
        return fields if own or any(getattr(fields, name) for name in _ENOUGH) else None
    got = values(row, headings, found.columns)
    return draft(got).fields() if got.keys() & {*_ENOUGH} else None


@lru_cache(maxsize=8)
def _program(
    headings: tuple[str, ...],
) -> tuple[Callable[[Sequence[str], Sequence[str]], Fields] | None, dict[int, tuple[str, ...]]]:
    found = next((read for is_header, read in _PROGRAMS if is_header(headings)), None)
    return found, assign(headings) if found else {}


def tables(content: Content) -> Iterator[FirstRows]:
    """Yield the first rows as each delimiter parts them."""
    for delimiter in DELIMITERS:
        lines = iter(line + "\n" for line in content.sample.split("\n"))
        found = itertools.islice(rows(lines, delimiter), mapping.SEARCHED)
        yield FirstRows(delimiter=delimiter, rows=[row for row, _, _ in found])


def rows(lines: Iterator[str], delimiter: str) -> Iterator[tuple[list[str], int, str]]:
    """Yield cells, line and remark of each row that is not blank.

    A quote that is never closed would swallow the rest of the file: its line is then read without
    quotes, and the lines after it as usual.
    """
    feed = _Feed(lines)
    table = csv.reader(feed, delimiter=delimiter)
    while True:
        feed.start()
        try:
            row = next(table)
        except StopIteration:
            return
        except csv.Error:
            row = []
        line, remark = feed.line, ""
        if feed.is_broken() or (not row and feed.taken[0].strip()):
            row = feed.first_alone(delimiter)
            remark = f"A quotation mark at line {line} is not closed; the line was read without it."
            table = csv.reader(feed, delimiter=delimiter)
        if row:
            yield row, line, remark


class _Feed:
    """Hands lines to the CSV reader and remembers which belong to the current row."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines
        self._again: deque[str] = deque()
        self._number = 0
        self._ended = False
        self.taken: list[str] = []
        self.line = 0

    def __iter__(self) -> _Feed:
        return self

    def __next__(self) -> str:
        if len(self.taken) > _LONGEST_ROW:
            raise StopIteration
        if self._again:
            text = self._again.popleft()
        else:
            try:
                text = next(self._lines)
            except StopIteration:
                self._ended = True
                raise
        self._number += 1
        self.taken.append(text)
        return text

    def start(self) -> None:
        """Begin a new row."""
        self.taken = []
        self.line = self._number + 1

    def is_broken(self) -> bool:
        """Whether the row just read ran into the end of the file, or far on, inside quotes."""
        if len(self.taken) > _LONGEST_ROW:
            return True
        return (
            self._ended and len(self.taken) > 1 and sum(t.count('"') for t in self.taken) % 2 == 1
        )

    def first_alone(self, delimiter: str) -> list[str]:
        """Read the first line of the row without quotes, and the others once more."""
        head, *others = self.taken
        self._again.extendleft(reversed(others))
        self._number -= len(others)
        self._ended = False
        return [cell.strip().strip('"') for cell in head.rstrip("\n").split(delimiter)]


FORMAT = Format(
    name="csv",
    label="CSV",
    recognise=recognise,
    read=read,
    tables=Tables(first_rows=tables, read=read),
)
