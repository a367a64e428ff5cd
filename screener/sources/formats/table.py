"""CSV and TSV: delimiter and header are found, below preambles too.

Rows are read as files have them: with quotes that nobody closed, and quotes behind a backslash.
"""

from __future__ import annotations

import csv
import itertools
import re
from collections import deque
from collections.abc import Iterator

from screener.model.cells import armed
from screener.sources.decoding import LARGEST_RECORD, Content
from screener.sources.formats.columns import SEARCHED, FirstRows, Mapping, known
from screener.sources.formats.format import Format, Found
from screener.sources.formats.row_fields import RowReader, above, of_fields
from screener.sources.formats.stacked import are_fields

DELIMITERS = (",", ";", "\t", "|")
_LONGEST_ROW = 3000
_LOOKED_AT = 20  # the last row of the beginning of a file may be cut
_ESCAPED = re.compile(r'\w\s?\\"|\\"\w')
_DOUBLED = re.compile(r'\w\s?""|""\w')


def recognise(content: Content) -> float:
    """Look for a row of known headings."""
    found = known(tables(content))
    if found is None:
        return 0.75 if _of_fields(content) else 0.0
    if found.sure or _is_even(content, found):
        return 0.75
    return 0.4


def _is_even(content: Content, found: Mapping) -> bool:
    """Whether the first rows are all as wide as the header, which other texts never are."""
    first = next(way for way in tables(content) if way.delimiter == found.delimiter)
    below = first.rows[found.header - 1 :]
    return len(below) > 2 and len({len(row) for row in below[:_LOOKED_AT]}) == 1


def read(content: Content, chosen: Mapping | None = None) -> Found:
    """Yield the rows below the header as records."""
    found = chosen or known(tables(content))
    csv.field_size_limit(LARGEST_RECORD)
    lines = unescaped(content.lines(), content.sample)
    if found is None:
        if (fields := _of_fields(content)) is not None:
            yield from of_fields(((row, line) for row, line, _ in rows(lines, fields.delimiter)),
                                 fields, content.name)  # fmt: skip
        return
    below = rows(lines, found.delimiter)
    yield from above([row for row, _, _ in itertools.islice(below, found.header)], found)
    first = list(itertools.islice(below, SEARCHED))
    reader = RowReader(found, [row for row, _, _ in first])
    for row, line, remark in itertools.chain(first, below):
        yield from reader.entry([armed(cell) for cell in row], line, remark)


def _of_fields(content: Content) -> FirstRows | None:
    """Return the way in which this is a table whose rows are fields."""
    return next((way for way in tables(content) if are_fields(way.rows)), None)


def tables(content: Content) -> Iterator[FirstRows]:
    """Yield the first rows as each delimiter parts them."""
    for delimiter in DELIMITERS:
        sample = content.sample
        lines = unescaped((line + "\n" for line in sample.split("\n")), sample)
        found = itertools.islice(rows(lines, delimiter), SEARCHED)
        yield FirstRows(delimiter=delimiter, rows=[row for row, _, _ in found])


def unescaped(lines: Iterator[str], sample: str) -> Iterator[str]:
    r"""Write the \" of R and MySQL as the "" of everybody else."""
    if not _ESCAPED.search(sample) or _DOUBLED.search(sample):
        return lines
    return (line.replace('\\"', '""') for line in lines)


def rows(lines: Iterator[str], delimiter: str) -> Iterator[tuple[list[str], int, str]]:
    """Yield cells, line and remark of each row that is not blank.

    A quote that is never closed would swallow the rows after it, up to the next quote: its line is
    then read without quotes, and the lines after it as usual.
    """
    feed = _Feed(lines)
    table = csv.reader(feed, delimiter=delimiter, skipinitialspace=True)
    width = 0
    while True:
        feed.start()
        try:
            row = next(table)
        except StopIteration:
            return
        except csv.Error:
            row = []
        line, remark = feed.line, ""
        whole = len(feed.taken) == 1 and len(row) == width
        broken = feed.is_broken() or (not whole and feed.has_lost_a_quote(delimiter, width))
        if broken or (not row and feed.taken[0].strip()):
            row = feed.first_alone(delimiter)
            remark = f"A quotation mark at line {line} is not closed; the line was read without it."
            table = csv.reader(feed, delimiter=delimiter, skipinitialspace=True)
        elif feed.is_cut():
            remark = (
                f"A quotation mark at line {line} is not closed; the file may be cut off there."
            )
        if row:
            width = len(row)
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
        text = self._again.popleft() if self._again else next(self._lines, None)
        if text is None:
            self._ended = True
            raise StopIteration
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

    def is_cut(self) -> bool:
        """Whether the file ends inside the quotes of the row just read."""
        return self._ended

    def has_lost_a_quote(self, delimiter: str, width: int) -> bool:
        """Whether the first line is a whole row without its quotes, which do not come out even."""
        if len(self._unquoted(delimiter)) != width:
            return False
        try:
            strict = csv.reader(self.taken, delimiter=delimiter, skipinitialspace=True, strict=True)
            return len(list(strict)) != 1
        except csv.Error:
            return True

    def first_alone(self, delimiter: str) -> list[str]:
        """Read the first line of the row without quotes, and the others once more."""
        cells = self._unquoted(delimiter)
        self._again.extendleft(reversed(self.taken[1:]))
        self._number -= len(self.taken) - 1
        self._ended = False
        return cells

    def _unquoted(self, delimiter: str) -> list[str]:
        return [cell.strip().strip('"') for cell in self.taken[0].rstrip("\n").split(delimiter)]


FORMAT = Format(
    name="csv",
    label="CSV",
    recognise=recognise,
    read=read,
    first_rows=tables,
)
