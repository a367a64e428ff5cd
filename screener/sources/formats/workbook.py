"""Excel workbooks (.xlsx): every sheet that has a header of known headings."""

from __future__ import annotations

import datetime
import warnings
import zipfile
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from screener.model import UserError
from screener.sources.decoding import Content
from screener.sources.formats.columns import assign, score
from screener.sources.formats.format import Format, Found
from screener.sources.formats.table import Mapping, entry
from screener.sources.refusing import archive_names, is_workbook, is_zip
from screener.sources.writers.writer import armed
from screener.sources.writers.xlsx import CODEBOOK

_SEARCHED = 60
# What openpyxl, zipfile and the XML parser raise for parts that are missing or broken.
_DAMAGE = (
    ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, NotImplementedError,
    OSError, RuntimeError, SyntaxError, TypeError, ValueError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_LARGEST = 1 << 30


def recognise(content: Content) -> float:
    """Look for a workbook inside the archive."""
    return 1.0 if is_zip(content) and is_workbook(archive_names(content)) else 0.0


def read(content: Content) -> Found:
    """Yield the records of the workbook; the line is the row's number in its sheet."""
    with content.open() as stream:
        try:
            _refuse_bomb(content, stream)
            for sheet in _sheets(stream):
                yield from _records(sheet)
        except _DAMAGE as error:
            raise UserError(
                f"“{content.name}” is a damaged workbook; open it in the spreadsheet program and"
                " save it again, or save it as CSV."
            ) from error


def _records(sheet: Iterator[list[str]]) -> Found:
    waiting: list[list[str]] = []
    for row in sheet:
        waiting.append(row)
        if len(waiting) >= _SEARCHED:
            break
    points, header = max(((score(row), -n) for n, row in enumerate(waiting)), default=(0.0, 0))
    if points < 2:
        return
    header = -header
    headings = [cell.strip() for cell in waiting[header]]
    found = Mapping(
        delimiter=",", header=header + 1, headings=tuple(headings), columns=assign(headings)
    )
    number = header + 1
    for row in (*waiting[header + 1 :], *sheet):
        number += 1
        # An empty cell at the end of a row is not stored, so a short row means nothing here.
        full = [armed(cell) for cell in row] + [""] * (len(headings) - len(row))
        yield from entry(full, headings, found, number)


def _sheets(stream: BinaryIO) -> Iterator[Iterator[list[str]]]:
    from openpyxl import load_workbook

    with warnings.catch_warnings():
        # openpyxl warns of styles and extensions it does not know; they carry no records.
        warnings.simplefilter("ignore")
        book = load_workbook(stream, read_only=True, data_only=True)
        for number, sheet in enumerate(book.worksheets):
            if number and sheet.title == CODEBOOK:  # it explains the columns by their names
                continue
            yield ([_text(value) for value in row] for row in sheet.iter_rows(values_only=True))


def _refuse_bomb(content: Content, stream: BinaryIO) -> None:
    with zipfile.ZipFile(stream) as archive:
        size = sum(member.file_size for member in archive.infolist())
    stream.seek(0)
    if size > _LARGEST:
        raise UserError(f"“{content.name}” unpacks to more than 1 GB; save it as CSV.")


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime.datetime):
        return value.date().isoformat()
    return str(value)


FORMAT = Format(name="xlsx", label="Excel workbook", recognise=recognise, read=read)
