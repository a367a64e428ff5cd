"""Workbooks with rows that hold nothing but their look: read in a moment, whatever their number."""

import zipfile

import pytest
from openpyxl import Workbook

from screener.model import UserError
from screener.sources.typed_rows import read_csv

LAST = 1_048_576
SHEET = "xl/worksheets/sheet1.xml"


@pytest.fixture
def read(tmp_path):
    """Read a table of one row, below which these rows are stored."""

    def call(rows):
        path = tmp_path / "settled.xlsx"
        book = Workbook()
        for row in (["record", "verdict"], ["1", "include"]):
            book.active.append(row)
        book.save(path)
        with zipfile.ZipFile(path) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        sheet = parts[SHEET].replace(b"A1:B2", f"A1:B{LAST}".encode())
        parts[SHEET] = sheet.replace(b"</sheetData>", rows.encode() + b"</sheetData>")
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return read_csv(path, ("record",), workbooks=True)

    return call


SPACE = 't="inlineStr"><is><t xml:space="preserve"> </t></is></c'


@pytest.mark.parametrize(
    "rows",
    [
        "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 250_000)),
        f'<row r="{LAST}"><c r="A{LAST}" s="0"/></row>',
        f'<row r="{LAST}"><c r="A{LAST}" {SPACE}></row>',
    ],
    ids=["many", "the last", "a blank in the last"],
)
def test_empty_rows_below_a_table_are_passed(read, rows):
    assert read(rows) == [(2, {"record": "1", "verdict": "include"})]


def test_a_row_below_empty_ones_keeps_its_number(read):
    rows = "".join(f'<row r="{n}"><c r="A{n}" s="0"/></row>' for n in range(3, 3_000))
    last = '<row r="3000"><c r="A3000" t="inlineStr"><is><t>2</t></is></c></row>'
    assert read(rows + last)[1] == (3000, {"record": "2", "verdict": ""})


def test_hundreds_of_thousands_of_rows_within_a_table_are_refused(read):
    with pytest.raises(UserError, match="hundreds of thousands of empty rows"):
        read(f'<row r="{LAST}"><c r="A{LAST}" t="inlineStr"><is><t>2</t></is></c></row>')
