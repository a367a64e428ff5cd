"""Excel workbooks (.xlsx): every sheet that has a header of known headings."""

from __future__ import annotations

import datetime
import itertools
import re
import warnings
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, BinaryIO

from screener.model import Skipped, UserError
from screener.model.cells import armed
from screener.sources.decoding import Content
from screener.sources.formats.columns import (
    IN_WORKBOOK,
    SEARCHED,
    FirstRows,
    Mapping,
    guessed,
    headings,
    known,
)
from screener.sources.formats.format import Format, Found, Multiplied, cut
from screener.sources.formats.row_fields import RowReader, above, of_fields
from screener.sources.formats.stacked import are_fields
from screener.sources.refusing import archive_names, is_workbook, is_zip
from screener.sources.writers.xlsx import CODEBOOK

# What openpyxl, zipfile and the XML parser raise for parts that are missing or broken.
_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError,
    OSError, RuntimeError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_LARGEST = 1 << 30
_SMALL = 8 << 20  # bytes that any part may unpack to
_DENSE = 50  # times its size that a larger part may unpack to; texts come to ten at most
_SHEETS = 200
_TIMES = 20  # a text that several cells hold is stored once
_ASK_AFTER = 1_000  # empty rows in a sequence
_CHUNK = 1 << 20
_ROW_OR_VALUE = re.compile(
    rb'<(?:\w+:)?(?:row\b(?:[^>]*?\br="(?P<row>[0-9]+)")?|(?P<value>v|is|f)[\s>])'
)
_BLANK_ROWS, _BLANK_CELLS, _BLANK_IN_ROW = 200_000, 500_000, 200


def recognise(content: Content) -> float:
    """Look for a workbook inside the archive."""
    return 1.0 if is_zip(content) and is_workbook(archive_names(content)) else 0.0


def read(content: Content, chosen: Mapping | None = None) -> Found:
    """Yield the records of the workbook; the line is the row's number in its sheet.

    A mapping counts for every sheet that has its headings; the others are read by their own.
    """
    with _whole(content) as stream:
        for sheet in _sheets(stream, content.name):
            yield from _records(sheet, chosen, content.name)


def tables(content: Content) -> Iterator[FirstRows]:
    """Yield the first rows of each sheet."""
    with _whole(content) as stream:
        for sheet in _sheets(stream, content.name):
            yield _first_rows(sheet)


def sheets(content: Content) -> Iterator[Iterator[list[str]]]:
    """Yield the rows of each sheet as texts; `UserError` when the workbook is damaged."""
    with _whole(content) as stream:
        yield from _sheets(stream, content.name)


@contextmanager
def _whole(content: Content) -> Iterator[BinaryIO]:
    """Open the workbook, and say so when a part of it is missing or broken."""
    with content.open() as stream:
        try:
            _refuse_bomb(content, stream)
            yield stream
        except _DAMAGE as error:
            raise UserError(
                f"“{content.name}” is a damaged workbook; open it in the spreadsheet program and"
                " save it again, or save it as CSV."
            ) from error


def _first_rows(sheet: Iterator[list[str]]) -> FirstRows:
    rows: list[Sequence[str]] = list(itertools.islice(sheet, SEARCHED))
    return FirstRows(delimiter=IN_WORKBOOK, rows=rows)


def _records(sheet: Iterator[list[str]], chosen: Mapping | None, name: str) -> Found:
    first = _first_rows(sheet)
    found = _here(first, chosen) or known((first,))
    if found is None:
        if are_fields(first.rows):
            every = enumerate(itertools.chain(first.rows, sheet), 1)
            yield from of_fields(((row, number) for number, row in every), first, name)
        return
    if not found.titled and found.headings != (chosen.headings if chosen else ()):
        yield Skipped(
            line=found.header, text=cut(", ".join(found.headings)),
            why="No heading of this sheet is known to be the title's; nothing of it was read.",
        )  # fmt: skip
        return
    yield from above(first.rows, found)
    reader = RowReader(found, first.rows[found.header :])
    below = itertools.chain(first.rows[found.header :], sheet)
    for number, row in enumerate(below, found.header + 1):
        # An empty cell at the end of a row is not stored, so a short row means nothing here.
        full = [armed(cell) for cell in row] + [""] * (len(found.headings) - len(row))
        yield from reader.entry(full, number)


def _here(first: FirstRows, chosen: Mapping | None) -> Mapping | None:
    """Return the mapping with the place of its header in this sheet; None if it is not there."""
    if chosen is None:
        return None
    if chosen.bare:
        usual = None if known((first,)) else guessed((first,))
        return chosen if usual and _rows_before(usual) == chosen.header else None
    named = enumerate((headings(row) for row in first.rows), 1)
    header = next((number for number, row in named if row == chosen.headings), 0)
    return replace(chosen, header=header) if header else None


def _rows_before(usual: Mapping) -> int:
    return usual.header if usual.bare else usual.header - 1


def _sheets(stream: BinaryIO, name: str) -> Iterator[Iterator[list[str]]]:
    from openpyxl import load_workbook

    size = _unpacked(_parts(stream))
    with warnings.catch_warnings():
        # openpyxl warns of styles and extensions it does not know; they carry no records.
        warnings.simplefilter("ignore")
        book = load_workbook(stream, read_only=True, data_only=True)
        blank = _Blank(name, size)
        for number, sheet in enumerate(book.worksheets):
            if number and sheet.title == CODEBOOK:  # it explains the columns by their names
                continue
            yield _filled(sheet, blank)


def _filled(sheet: Any, blank: _Blank) -> Iterator[list[str]]:  # noqa: ANN401 - openpyxl is not typed
    """Yield the rows of a sheet down to the last that holds anything.

    A million rows below it may be stored for nothing but their look; openpyxl reads them slowly.
    """
    last, empty = None, 0
    for number, row in enumerate(sheet.iter_rows(values_only=True), 1):
        if any(value is not None and not _is_blank(value) for value in row):
            blank.count(empty)
            yield from ([] for _ in range(empty))
            yield blank.without(row)
            empty = 0
            continue
        empty += 1
        if empty == _ASK_AFTER:
            last = _last_filled(sheet)
        if last is not None and number > last:
            return


def _is_blank(value: object) -> bool:
    return isinstance(value, str) and not value.strip()


def _last_filled(sheet: Any) -> int | None:  # noqa: ANN401 - openpyxl is not typed
    """Return the number of the last row in which a cell holds anything; None where none says it.

    Only the beginnings of rows and values are looked for, which takes a second for a million rows.
    """
    row = last = 0
    with sheet._get_source() as stream:  # noqa: SLF001 - openpyxl has no other way to the part
        held = b""
        while chunk := stream.read(_CHUNK):
            text = held + chunk
            end = text.rfind(b"<")  # a tag may be cut in two by the end of a chunk
            held, text = text[end:], text[:end]
            for found in _ROW_OR_VALUE.finditer(text):
                if found["row"]:
                    row = int(found["row"])
                elif found["value"]:
                    last = row
                else:
                    return None  # a row without a number
    return last


class _Blank:
    """Counts the cells of a workbook that hold nothing, and what the others hold.

    A few bytes can stand for billions.
    """

    def __init__(self, name: str, size: int) -> None:
        self._name = name
        self._multiplied = Multiplied(f"The cells of “{name}” stand", _TIMES)
        self._multiplied.count(size, 0)
        self._rows = 0
        self._cells = 0

    def count(self, rows: int) -> None:
        """Count empty rows above one that holds something."""
        self._rows += rows
        self._refuse_hollow()

    def _refuse_hollow(self) -> None:
        if self._rows > _BLANK_ROWS or self._cells > _BLANK_CELLS:
            raise UserError(
                f"“{self._name}” has hundreds of thousands of empty rows or cells; copy"
                " its table into a new workbook, or save it as CSV."
            )

    def without(self, row: Sequence[object]) -> list[str]:
        """Return the cells of a row as texts, without the empty ones at the end."""
        filled = sum(value is not None for value in row)
        self._cells += max(len(row) - filled - _BLANK_IN_ROW, 0)
        self._refuse_hollow()
        cells = [_text(value) for value in row]
        self._multiplied.count(0, sum(map(len, cells)))
        while cells and not cells[-1].strip():
            cells.pop()
        return cells


def _refuse_bomb(content: Content, stream: BinaryIO) -> None:
    parts = _parts(stream)
    size = _unpacked(parts)
    dense = any(part.file_size > max(_SMALL, _DENSE * part.compress_size) for part in parts)
    if size > _LARGEST or dense:
        raise UserError(
            f"“{content.name}” unpacks from {_megabytes(content.size)} to {_megabytes(size)},"
            " as no table of references does; copy its table into a new workbook, or save it as"
            " CSV."
        )
    sheets = sum("/worksheets/" in part.filename for part in parts)
    if sheets > _SHEETS:
        raise UserError(
            f"“{content.name}” has {sheets} sheets, and at most {_SHEETS} are read; save those"
            " that hold references as a workbook of their own."
        )


def _parts(stream: BinaryIO) -> list[zipfile.ZipInfo]:
    with zipfile.ZipFile(stream) as archive:
        parts = archive.infolist()
    stream.seek(0)
    return parts


def _unpacked(parts: Iterable[zipfile.ZipInfo]) -> int:
    return sum(part.file_size for part in parts)


def _megabytes(size: int) -> str:
    return f"{size / 1_000_000:,.1f} MB"


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)


FORMAT = Format(
    name="xlsx",
    label="Excel workbook",
    recognise=recognise,
    read=read,
    first_rows=tables,
)
