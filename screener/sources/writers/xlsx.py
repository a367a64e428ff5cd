"""Excel workbooks: every cell is a text, so that nothing becomes a formula or a date."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from screener.sources.writers.csv_table import HEADER, cells
from screener.sources.writers.writer import Row, Writer, defused

# Excel keeps at most this many characters in a cell; XML cannot hold control characters.
LONGEST = 32767
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def write(rows: Iterable[Row], columns: Sequence[str], stream: BinaryIO) -> None:
    """Write one row per record; a text longer than Excel allows is cut there."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Records")
    sheet.freeze_panes = "A2"
    sheet.append([*HEADER, *columns])
    for row in rows:
        sheet.append([_text(cell) for cell in cells(row, columns)])
    book.save(stream)


def _text(cell: str) -> str:
    return defused(_ILLEGAL.sub("", cell))[:LONGEST]


WRITER = Writer(name="xlsx", label="Excel workbook", ending=".xlsx", write=write)
