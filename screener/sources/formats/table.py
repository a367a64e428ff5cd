"""CSV and TSV: delimiter and header are found, below preambles too; broken rows are not lost."""

from __future__ import annotations

import csv
import itertools
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from screener.model import Entry, Fields, Skipped
from screener.sources.decoding import Content
from screener.sources.formats import ictrp, mapping, own_table, wos
from screener.sources.formats.columns import assign, values
from screener.sources.formats.csv_rows import rows, unescaped
from screener.sources.formats.format import Format, Found, Tables, cut
from screener.sources.formats.mapping import FirstRows, Mapping
from screener.sources.formats.row_fields import draft
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
    csv.field_size_limit(1 << 28)
    headings = list(found.headings)
    lines = unescaped(content.lines(), content.sample)
    for number, (row, line, remark) in enumerate(rows(lines, found.delimiter), 1):
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
