"""CSV and TSV: delimiter and header are found, below preambles too; broken rows are not lost."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Iterator

from screener.sources.decoding import LARGEST_RECORD, Content
from screener.sources.formats import mapping
from screener.sources.formats.csv_rows import rows, unescaped
from screener.sources.formats.format import Format, Found, Tables
from screener.sources.formats.mapping import FirstRows, Mapping
from screener.sources.formats.row_reader import RowReader, above
from screener.sources.writers.writer import armed

DELIMITERS = (",", ";", "\t", "|")


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
    csv.field_size_limit(LARGEST_RECORD)
    lines = unescaped(content.lines(), content.sample)
    below = rows(lines, found.delimiter)
    yield from above([row for row, _, _ in itertools.islice(below, found.header)], found)
    first = list(itertools.islice(below, mapping.SEARCHED))
    reader = RowReader(found, [row for row, _, _ in first])
    for row, line, remark in itertools.chain(first, below):
        yield from reader.entry([armed(cell) for cell in row], line, remark)


def tables(content: Content) -> Iterator[FirstRows]:
    """Yield the first rows as each delimiter parts them."""
    for delimiter in DELIMITERS:
        sample = content.sample
        lines = unescaped((line + "\n" for line in sample.split("\n")), sample)
        found = itertools.islice(rows(lines, delimiter), mapping.SEARCHED)
        yield FirstRows(delimiter=delimiter, rows=[row for row, _, _ in found])


FORMAT = Format(
    name="csv",
    label="CSV",
    recognise=recognise,
    read=read,
    tables=Tables(first_rows=tables, read=read),
)
