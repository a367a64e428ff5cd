"""Excel workbooks: every cell but a figure is a text; nothing becomes a formula or a date."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any, BinaryIO

from screener.model.cells import Figure, defused
from screener.sources.writers.csv_table import HEADER, cells
from screener.sources.writers.writer import Row, Writer
from screener.sources.writers.zips import FixedZip

if TYPE_CHECKING:
    from openpyxl import Workbook

# Excel keeps at most this many characters in a cell; XML cannot hold control characters.
LONGEST = 32767
CUT = " [cut: a cell of Excel holds 32,767 characters; write CSV or RIS to keep all]"
CODEBOOK = "Codebook"
_CLOSED = "D9D9D9"
_HIGHEST = 409  # points of a row, by Excel
_OFFERED = 255  # letters of all words a cell offers, by Excel
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def write(
    rows: Iterable[Row],
    columns: Sequence[str],
    stream: BinaryIO,
    codebook: Sequence[Sequence[str]] = (),
) -> None:
    """Write one row per record; a text longer than Excel allows is cut, and says so at its end.

    A codebook becomes a sheet of its own, which is not read back.
    """
    with _book(stream) as book:
        _fill(book, rows, columns, codebook)


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How a sheet looks: the widths of its columns in letters, and the words its cells offer.

    Its texts go on in a next line; `offers` is by column. The heading stays, and `fixed` columns.
    Cells that are `closed`, by row and column, are grey: nothing is to be typed there.
    """

    widths: Sequence[float]
    offers: Mapping[int, Sequence[str]]
    fixed: int = 0
    closed: Collection[tuple[int, int]] = ()


def write_tables(
    tables: Sequence[tuple[str, Sequence[Sequence[str]]]],
    stream: BinaryIO,
    looks: Mapping[str, Look] | None = None,
) -> None:
    """Write tables as sheets, by their names; the first row of each is its heading."""
    with _book(stream) as book:
        for name, rows in tables:
            sheet = book.create_sheet(name)
            look = (looks or {}).get(name)
            if look is None:
                sheet.freeze_panes = "A2"
                for row in rows:
                    sheet.append([_written(cell) if cell else None for cell in row])
            else:
                _look_so(sheet, look, len(rows))
                for place, row in enumerate(rows):
                    # Not every program finds out itself how high a row of several lines is.
                    sheet.row_dimensions[place + 1].height = _high(row, look.widths)
                    sheet.append(
                        [
                            _wrapped(
                                sheet, cell, strong=not place, closed=(place, column) in look.closed
                            )
                            for column, cell in enumerate(row)
                        ]
                    )


def _look_so(sheet: Any, look: Look, rows: int) -> None:  # noqa: ANN401 - openpyxl is not typed
    """Set what a sheet says of itself before its rows."""
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    sheet.freeze_panes = f"{get_column_letter(look.fixed + 1)}2"
    for place, wide in enumerate(look.widths, 1):
        sheet.column_dimensions[get_column_letter(place)].width = wide
    for place, words in look.offers.items():
        listed = ",".join(words)
        if words and len(listed) <= _OFFERED:
            # What is offered is never forced: what is typed is read, and refused by name, later.
            offer = DataValidation(type="list", formula1=f'"{listed}"', showErrorMessage=False)
            letter = get_column_letter(place + 1)
            offer.add(f"{letter}2:{letter}{max(rows, 2)}")
            sheet.data_validations.append(offer)


def _high(row: Sequence[str], widths: Sequence[float]) -> float:
    """Return how high a row is, in points: as many lines as its longest cell has."""
    lines = (
        sum(1 + int(len(line) * 1.15 // wide) for line in cell.split("\n"))
        for cell, wide in zip(row, widths, strict=True)
    )
    return float(min(15 * max(lines, default=1), _HIGHEST))


def _wrapped(sheet: Any, cell: str, *, strong: bool, closed: bool) -> Any:  # noqa: ANN401 - openpyxl is not typed
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill

    made = WriteOnlyCell(sheet, _written(cell) if cell else None)
    made.alignment = Alignment(wrap_text=True, vertical="top")
    if not isinstance(cell, Figure):  # what is typed stays as it is typed: no date, no number
        made.number_format = "@"
    if strong:
        made.font = Font(bold=True)
    if closed:
        made.fill = PatternFill("solid", fgColor=_CLOSED)
    return made


@contextmanager
def _book(stream: BinaryIO) -> Iterator[Workbook]:
    """Give a new workbook to fill, and save it."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    try:
        yield book
        _save(book, stream)
    except BaseException:
        _drop(book)
        raise


def _save(book: Workbook, stream: BinaryIO) -> None:
    """Save a book as openpyxl does, and leave no archive for Python to close, and complain of."""
    from openpyxl.writer.excel import ExcelWriter

    archive = FixedZip(stream)
    try:
        ExcelWriter(book, archive).save()
    except BaseException:
        with suppress(OSError, ValueError):
            archive.close()
        raise


def _drop(book: Workbook) -> None:
    """Close the sheets that are half written, which openpyxl would do, and complain, much later."""
    from openpyxl.utils.exceptions import WorkbookAlreadySaved

    for sheet in book.worksheets:
        with suppress(OSError, WorkbookAlreadySaved):
            sheet.close()


def _fill(
    book: Workbook,
    rows: Iterable[Row],
    columns: Sequence[str],
    codebook: Sequence[Sequence[str]],
) -> None:
    sheet = book.create_sheet("Records")
    sheet.freeze_panes = "A2"
    sheet.append([*HEADER, *map(_text, columns)])
    for row in rows:
        # An empty cell is left out: most of them are, and it takes half of the time.
        sheet.append([_text(cell) if cell else None for cell in cells(row, columns)])
    if codebook:
        sheet = book.create_sheet(CODEBOOK)
        for line in codebook:
            sheet.append([_text(cell) for cell in line])


def with_codebook(codebook: Sequence[Sequence[str]]) -> Writer:
    """Return the writer that adds a codebook, given as rows of cells."""
    return replace(WRITER, write=partial(write, codebook=codebook))


def _written(cell: str) -> str | int | float:
    """Return a cell as a sheet holds it: what is marked as a figure is a number there."""
    number = cell.number if isinstance(cell, Figure) else None
    return _text(cell) if number is None else number


def _text(cell: str) -> str:
    text = defused(_ILLEGAL.sub("", cell))
    return text if len(text) <= LONGEST else text[: LONGEST - len(CUT)] + CUT


WRITER = Writer(name="xlsx", label="Excel workbook", ending=".xlsx", write=write)
