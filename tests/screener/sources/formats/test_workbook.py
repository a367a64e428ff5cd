from __future__ import annotations

import datetime
from collections.abc import Iterable
from pathlib import Path

from openpyxl import Workbook

from screener.model import Entry
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
