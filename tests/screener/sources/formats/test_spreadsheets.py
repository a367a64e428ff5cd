"""Cells that a spreadsheet, or the program that wrote the table, made something else of."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook

from screener.model import Entry, Fields
from screener.sources.formats.row_fields import of_row
from screener.sources.formats.spreadsheets import is_error
from screener.sources.reading import read_text
from screener.sources.sources import parse_file


def _fields(**cells: str) -> Fields:
    return of_row({name: [cell] for name, cell in cells.items()})


def _only(text: str) -> Entry:
    (found,) = read_text(text)
    assert isinstance(found, Entry)
    return found


@pytest.mark.parametrize(
    ("written", "pages"),
    [
        ("22-Jun", "6-22"), ("Oct-15", "10-15"), ("10-May", "5-10"), ("9-MAY", "5-9"),
        ("5-Sept.", "5-9"), ("1 January", "1 January"),
        ("22. Juni", "6-22"), ("2022-06-22", "6-22"),
        ("2022-06-22 00:00:00", "6-22"), ("2022-06-22T00:00:00", "6-22"), ("1932-06-01", "6-32"),
        ("Jun-32", "6-32"), ("6/22/2022", "6-22"), ("09.05.2024", "5-9"),
        ("1,234-1,240", "1234-1240"),
        ("101.0", "101"), ("e12-May", "e12-May"), ("12-Suppl", "12-Suppl"), ("S3-S9", "S3-S9"),
    ],
)  # fmt: skip
def test_pages(written: str, pages: str) -> None:
    assert _fields(title="A", pages=written).pages == pages


@pytest.mark.parametrize(
    ("written", "year"),
    [("2019.0", 2019), ("2,019", 2019), ("43831", 2020), ("43831.0", 2020), ("1905-07-11", 2019),
     ("1905", 1905), ("0", None), ("0.0", None), ("-", None)],
)  # fmt: skip
def test_years(written: str, year: int | None) -> None:
    assert _fields(title="A", year=written).year == year


@pytest.mark.parametrize(
    ("written", "pmid"),
    [("31234567.0", "31234567"), ("31,234,567", "31234567"), ("31.234.567", "31234567"),
     ("3.1234567E+07", "31234567"), ("31 234 567", "31234567"), ("0", ""), ("0.0", ""),
     ("NaN", "")],
)  # fmt: skip
def test_pmids(written: str, pmid: str) -> None:
    assert _fields(title="A", pmid=written).pmid == pmid


NOTHING = [
    "0",
    "0.0",
    "-",
    "--",
    "NA",
    "N/A",
    "n/a",
    "nan",
    "null",
    "None",
    "#N/A",
    "[]",
    "\\N",
    "?",
]


@pytest.mark.parametrize("written", NOTHING)
def test_what_programs_write_for_nothing_is_none(written: str) -> None:
    names = ("year", "date", "journal", "volume", "issue", "pages", "doi", "pmid", "abstract")
    wanted = ("journal", "abstract") if written.startswith("0") else ()
    found = _fields(title="A", **{name: written for name in names if name not in wanted})
    assert found == Fields(title="A")


def test_a_second_column_stands_in_for_nothing() -> None:
    found = of_row({"title": ["A"], "year": ["0", "2019"], "pmid": ["-", "31000001"]})
    assert (found.year, found.pmid) == (2019, "31000001")


@pytest.mark.parametrize(("written", "title"), [("None", "None"), ("Null", "Null"), ("N/A", ""),
                                                ("-", ""), ("nan", ""), ("NA", "")])  # fmt: skip
def test_titles(written: str, title: str) -> None:
    assert _fields(title=written, doi="10.5555/a").title == title


def test_a_date_that_stands_as_a_number() -> None:
    assert _fields(title="A", date="43891.0").date == "2020-03-01"


@pytest.mark.parametrize(
    "cell", ["#N/A", "#NAME?", "#REF!", "#VALUE!", "#DIV/0!", "#NUM!", "#NV", "#BEZUG!", "#####"]
)
def test_errors_are_no_values_and_are_said(cell: str) -> None:
    found = _only(f"Title,Journal,Volume,DOI,Notes\nA walk,{cell},{cell},{cell},{cell}\n")
    assert (found.fields.journal, found.fields.volume, found.fields.doi) == ("", "", "")
    assert len(found.remarks) == 3
    assert found.remarks[0].startswith(f"“Journal” at line 2 holds {cell}, the sign of")
    assert ("Journal", cell) in found.raw


@pytest.mark.parametrize("text", ["#MeToo", "#1", "# 5", "#hashtag!", "#"])
def test_what_begins_with_a_number_sign_may_be_a_value(text: str) -> None:
    assert not is_error(text)


@pytest.mark.parametrize("cell", ["3.1E+07", "3.12346E+07", "1E+07", "3,1E+07", "3.1e+7"])
def test_a_number_that_lost_digits_is_not_taken_and_said(cell: str) -> None:
    found = _only(f'Title,PMID\nA walk,"{cell}"\n')
    assert found.fields.pmid == ""
    assert found.remarks == (
        f"“PMID” at line 2 was rounded by a spreadsheet to {cell}; it was not taken.",
    )


def test_a_workbook_of_dates_and_numbers(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["Title", "Year", "Issue", "Pages", "PMID", "Volume"])
    day = date(2024, 6, 22)
    book.active.append(["A", date(1905, 7, 11), day, day, 31234567.0, "#REF!"])
    book.save(tmp_path / "a.xlsx")
    found = parse_file(tmp_path / "a.xlsx").entries[0]
    assert (found.fields.year, found.fields.issue, found.fields.pages) == (2019, "6-22", "6-22")
    assert (found.fields.pmid, found.fields.volume) == ("31234567", "")
    assert len(found.remarks) == 1


# --- what cannot be taken apart ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("heading", "cell", "words"),
    [
        ("Citation", "in: somewhere", "The citation at line 2 could not"),
        ("Bibliography", "Alba, a walk", "The citation at line 2 could not"),
        ("Source", "J Walks year 2019, number 12", "The source at line 2 could not"),
        ("Source", "Walks, 12, 3-9 [2019], (1)", "The source at line 2 could not"),
        ("Source", "J Walks", ""),
        ("Source", "Proceedings of the 2019 Conference on Walks", ""),
        ("Source", "J Walks. 2019;12(3):4-9", ""),
        ("Citation", "J X. 2022 Feb;12:3-9.", ""),
    ],
)
def test_what_could_not_be_taken_apart_is_said(heading: str, cell: str, words: str) -> None:
    said = "".join(_only(f'Title,Authors,{heading}\nA,Alba A,"{cell}"\n').remarks)
    assert said.startswith(words)
    assert bool(said) == bool(words)


def test_a_source_in_the_order_of_a_database_is_taken_apart() -> None:
    found = _only('Title,Authors,Source\nA,Alba A,"J Walks. 2019;12(3):4-9"\n').fields
    assert (found.journal, found.volume, found.pages) == ("J Walks", "12", "4-9")
