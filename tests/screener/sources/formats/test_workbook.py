from __future__ import annotations

import datetime
import re
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import pytest
from openpyxl import Workbook

from screener.model import Entry, UserError
from screener.sources.reading import read

HEADER = ("Title", "Authors", "Publication Date", "Issue", "Pages", "PMID")


def _entries(path: Path, sheets: dict[str, Iterable[Iterable[object]]]) -> list[Entry]:
    book = Workbook()
    for number, (name, rows) in enumerate(sheets.items()):
        sheet = book.active if number == 0 else book.create_sheet()
        assert sheet is not None
        sheet.title = name
        for row in rows:
            sheet.append(list(row))
    book.save(path)
    return [found for found in read(path) if isinstance(found, Entry)]


def test_the_header_stands_below_a_preamble_and_a_row_of_groups(tmp_path: Path) -> None:
    rows = [
        ("Exported on 22 November",), ("Query:", "peers AND support"), (),
        ("Bibliographic", None, None, None, None, "Identifiers"), HEADER,
        ("First", "Field, A.; Hill, C.", datetime.date(2020, 3, 1), 3, "11-22", 31000061.0),
        (), ("Second", "Moor, E.", "March 2021", None, None, None),
    ]  # fmt: skip
    first, second = _entries(tmp_path / "a.xlsx", {"Export": rows})
    assert (first.line, first.fields.date, first.fields.pmid) == (6, "2020-03-01", "31000061")
    assert (second.line, second.fields.date) == (8, "2021-03")


def test_every_sheet_with_references_is_read(tmp_path: Path) -> None:
    found = _entries(tmp_path / "a.xlsx", {
        "Read me": [("This workbook holds references",)],
        "Included": [HEADER, ("One", "Field, A.")],
        "Numbers": [("Year", "Number"), (2020, 5)],
        "Excluded": [HEADER, ("Two", "Hill, C.")],
    })  # fmt: skip
    assert [entry.fields.title for entry in found] == ["One", "Two"]


def test_what_the_spreadsheet_took_for_a_date_is_taken_back(tmp_path: Path) -> None:
    day = datetime.date(2024, 5, 9)
    row = ("One", "Field, A.", 43891, datetime.date(2024, 3, 4), day, None)
    (entry,) = _entries(tmp_path / "a.xlsx", {"Export": [HEADER, row]})
    assert (entry.fields.issue, entry.fields.pages) == ("3-4", "5-9")
    assert (entry.fields.date, entry.fields.year) == ("2020-03-01", 2020)


def _swollen(path: Path, part: str, before: bytes, piece: bytes, times: int) -> Path:
    """Write a workbook and swell one of its parts: `piece` so many times behind `before`."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(HEADER)
    sheet.append(("One", "Field, A."))
    book.save(path)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            with archive.open(name, "w") as stream:
                plain = re.sub(b"<dimension[^>]*>", b"", text)
                head, mark, tail = plain.partition(before if name == part else b"\0")
                stream.write(head + mark)
                for _ in range(times if mark else 0):
                    stream.write(piece)
                stream.write(tail)
    return path


SHEET, STYLES = "xl/worksheets/sheet1.xml", "xl/styles.xml"
FAR = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(9, 20_000))
SWOLLEN = {
    "rows": (SHEET, b"</row>", b"<row/>" * 10_000, 600),
    "numbered rows": (SHEET, b"</row>", b'<row r="9"/>' * 10_000, 600),
    "rows with cells": (SHEET, b"</row>", b"<row><c><v>1</v></c></row>" * 10_000, 60),
    "columns": (SHEET, b"</row>", b"<row>" + b"<c/>" * 1_000_000 + b"</row>", 20),
    "the last column": (SHEET, b"</row>", FAR, 1),
    "a text": (SHEET, b"<t>", b"a" * 1_000_000, 100),
    "another part": (STYLES, b"</fonts>", b"<font/>" * 100_000, 20),
}


@pytest.mark.parametrize("what", SWOLLEN)
def test_a_small_file_that_unpacks_to_millions_is_refused_at_once(
    what: str, tmp_path: Path
) -> None:
    path = _swollen(tmp_path / "swollen.xlsx", *SWOLLEN[what])
    before = time.process_time()
    with pytest.raises(
        UserError, match=r"swollen.xlsx” (unpacks from|has hundreds of thousands of)"
    ) as told:
        list(read(path))
    assert time.process_time() - before < 1.5, "seconds of work for one sentence"
    assert "; " in str(told.value)


def test_a_workbook_of_thousands_of_sheets_is_refused(tmp_path: Path) -> None:
    sheets: dict[str, Iterable[Iterable[object]]] = {f"S{n}": [HEADER] for n in range(201)}
    with pytest.raises(UserError, match="has 201 sheets, and at most 200 are read"):
        _entries(tmp_path / "a.xlsx", sheets)


def test_a_stray_cell_in_the_last_column_is_no_reason_to_refuse(tmp_path: Path) -> None:
    rows = [HEADER, ("One", "Field, A."), (*([None] * 16_000), "stray"), ("Two", "Hill, C.")]
    found = _entries(tmp_path / "a.xlsx", {"Export": rows})
    assert [entry.fields.title for entry in found if entry.fields.title] == ["One", "Two"]


_SHARED = (
    '<Override PartName="/xl/sharedStrings.xml" ContentType="application/'
    'vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/>'
)


def test_a_text_that_many_cells_share_is_bounded(tmp_path: Path) -> None:
    """It is stored once; 200 KB would become a gigabyte."""
    plain, place = tmp_path / "plain.xlsx", tmp_path / "a.xlsx"
    _entries(plain, {"Export": [HEADER, ("One", "Field, A.")]})
    long = " ".join(f"word{number * 7919 % 99991}" for number in range(60_000))
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>1</v></c><c r="B{n}" t="s"><v>2</v></c></row>'
        for n in range(2, 100)
    )
    head = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>3</v></c></row>'
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    texts = "".join(f"<si><t>{text}</t></si>" for text in ("Title", "One", long, "Abstract"))
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if "sheet1" not in name and "sharedStrings" not in name:
                part = old.read(name).decode().replace("</Types>", f"{_SHARED}</Types>")
                new.writestr(name, part)
        sheet = f"<worksheet {main}><sheetData>{head}{rows}</sheetData></worksheet>"
        new.writestr("xl/worksheets/sheet1.xml", sheet)
        new.writestr("xl/sharedStrings.xml", f"<sst {main}>{texts}</sst>")
    with pytest.raises(UserError, match="stand for more than 20 times the text of the file"):
        list(read(place))
