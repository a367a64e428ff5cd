"""CSV for spreadsheets: UTF-8 with byte order mark, comma, CRLF; no cell is a live formula.

What Screener wrote, here or as a list of JSON, is read back field by field, nothing guessed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields as dataclass_fields
from typing import Any, BinaryIO

from screener.model import RECORD_TYPES, Fields
from screener.model.cells import defused, visible
from screener.sources.plain_text import clean, escape, one_line
from screener.sources.writers.json_list import NAMES
from screener.sources.writers.writer import Row, Writer, joined, parted

HEADER = tuple(f.name for f in dataclass_fields(Fields))
_LISTS = ("authors", "keywords", "publication_type")


def cells(row: Row, columns: Sequence[str]) -> Iterator[str]:
    """Yield the texts of one row, not yet defused."""
    for name in HEADER:
        value = getattr(row.fields, name)
        if isinstance(value, tuple):
            yield joined(escape(item) for item in value)
        elif value is None:
            yield ""
        else:
            yield str(value) if name == "url" else escape(str(value))
    for name in columns:
        yield row.columns.get(name, "")


def write(rows: Iterable[Row], columns: Sequence[str], stream: BinaryIO) -> None:
    """Write one row per record under the names of the fields and the further columns."""
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow([*HEADER, *map(defused, columns)])
    for row in rows:
        table.writerow([defused(visible(cell)) for cell in cells(row, columns)])
    text.flush()
    text.detach()


def is_own_header(headings: Sequence[str]) -> bool:
    """Whether a table has all the columns that Screener writes, under their names."""
    return set(HEADER) <= set(headings)


def from_cells(headings: Sequence[str], cells: Sequence[str]) -> Fields:
    """Return the record of a row under such a header; of two equal headings the first counts."""
    found: dict[str, object] = {}
    for heading, cell in zip(headings, cells, strict=False):
        found.setdefault(heading, parted(cell) if heading in _LISTS else cell)
    return _fields(found, clean)


def is_own_object(item: Mapping[str, object]) -> bool:
    """Whether an object has all the names of `screener convert`."""
    return {*NAMES, "source_id"} <= set(item)


def from_object(item: Mapping[str, object]) -> Fields:
    """Return the record of such an object; of its plain texts only the white space is mended."""
    values = {**item, "accession": item["source_id"]}
    if item["pages"] == item.get("article_number"):
        values["pages"] = ""  # the list shows the article number where there are no pages
    return _fields(values, one_line)


def _fields(values: Mapping[str, object], mended: Callable[[str], str]) -> Fields:
    """Return the record as every reader gives it: nothing empty in a list, no keyword twice."""
    found: dict[str, Any] = {}
    for name in HEADER:
        value = values.get(name)
        if name in _LISTS:
            items = [mended(str(item)) for item in value] if isinstance(value, list) else []
            found[name] = tuple(filter(None, items if name == "authors" else dict.fromkeys(items)))
        else:
            text = "" if value is None else str(value)
            found[name] = one_line(text) if name == "url" else mended(text)
    found["type"] = found["type"] if found["type"] in RECORD_TYPES else ""
    found["year"] = int(found["year"]) if found["year"].isdecimal() else None
    return Fields(**found)


WRITER = Writer(name="csv", label="CSV", ending=".csv", write=write)
