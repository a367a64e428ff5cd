"""CSV for spreadsheets: UTF-8 with byte order mark, comma, CRLF; no cell is a live formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields as dataclass_fields
from typing import BinaryIO

from screener.model import Fields
from screener.sources.plain_text import escape
from screener.sources.writers.writer import Row, Writer, defused, joined

HEADER = tuple(f.name for f in dataclass_fields(Fields))


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
        table.writerow([defused(cell) for cell in cells(row, columns)])
    text.flush()
    text.detach()


WRITER = Writer(name="csv", label="CSV", ending=".csv", write=write)
