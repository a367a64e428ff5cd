"""Files of records: safe, with further columns, and without live formulas."""

from __future__ import annotations

import csv
import gc
import io
import json
import sys
from pathlib import Path

import pytest
from openpyxl import load_workbook

from screener.model import Fields, UserError
from screener.model.cells import armed, defused
from screener.sources import headed_rows
from screener.sources.reading import entries, read
from screener.sources.writers import xlsx
from screener.sources.writers.writer import joined, parted
from screener.sources.writing import WRITERS, Row, format_of, write, write_to
from screener.store import paths

FIELDS = Fields(type="article", title="=1+1", authors=("Smith, A", "WHO"), year=2019)


def _bytes(row: Row, name: str) -> bytes:
    stream = io.BytesIO()
    write_to(stream, [row], format=name, columns=tuple(row.columns))
    return stream.getvalue()


def test_csv_is_utf8_with_mark_comma_and_crlf() -> None:
    content = _bytes(Row(fields=FIELDS, columns={"Outcome": "Included"}), "csv")
    assert content.startswith(b"\xef\xbb\xbftype,title,")
    assert content.count(b"\r\n") == 2
    (row,) = csv.DictReader(io.StringIO(content.decode("utf-8-sig")))
    assert row["Outcome"] == "Included"
    assert row["title"] == "'=1+1"


def test_names_of_columns_are_no_formulas_either() -> None:
    content = _bytes(Row(fields=FIELDS, columns={"=1+1": "x"}), "csv")
    assert content.split(b"\r\n")[0].endswith(b",'=1+1")


def test_a_text_that_no_cell_of_excel_holds_says_that_it_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    fits, longer = "a" * xlsx.LONGEST, "b" * (xlsx.LONGEST + 1)
    write(path, [Fields(title="One", abstract=fits), Fields(title="Two", abstract=longer)])
    whole, cut = (entry.fields.abstract for entry in entries(read(path)))
    assert whole == fits
    assert cut.startswith("bbb")
    assert cut.endswith(xlsx.CUT.strip())
    assert len(cut) == xlsx.LONGEST


def test_ris_carries_further_values_as_notes() -> None:
    row = Row(fields=FIELDS, columns={"Outcome": "Included", "Reason": "", "Why": "a\nb"})
    lines = _bytes(row, "ris").decode().split("\r\n")
    assert [line for line in lines if line.startswith("N1")] == [
        "N1  - Outcome: Included",
        "N1  - Why: a b",
    ]
    assert lines[0] == "TY  - JOUR"
    assert "ER  - " in lines


def test_json_has_the_names_of_the_contract() -> None:
    (item,) = json.loads(_bytes(Row(fields=FIELDS), "json"))
    assert list(item) == [
        "type", "title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid",
        "abstract", "keywords", "url", "language", "source_id",
    ]  # fmt: skip
    assert item["year"] == 2019


def test_json_shows_the_article_number_where_there_are_no_pages() -> None:
    (item,) = json.loads(_bytes(Row(fields=Fields(title="T", article_number="e1")), "json"))
    assert item["pages"] == "e1"


HARMLESS = (
    "'tis", "a=1", "x\n=1", "Ａ＝1", "'", " x", "",
    "-1.5", "+2", "-0", "-.5", "1e-6", "-2.5E+10",
)  # fmt: skip
FORMULAS = (
    "=1", "+1%", "-omics", "@x", "\tx", "\rx", "\nx", "'=1", "''+", " =1", "  +1", "\n=1", " \n -1",
    "\u00a0@x", "＝1", "＋1", "－1", "＠x", " ＝1", "\ufeff=1", "' =1",
    "-1.5.", "+49 30", "-1+2", "'-1.5", "-1,5", "- 1", "-１",
)  # fmt: skip


@pytest.mark.parametrize("text", [*FORMULAS, *HARMLESS])
def test_defused_cells_are_armed_again(text: str) -> None:
    assert armed(defused(text)) == text
    assert defused(text) == (f"'{text}" if text in FORMULAS else text)


@pytest.mark.parametrize("name", ["csv", "xlsx"])
@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_an_export_is_a_formula(tmp_path: Path, name: str, text: str) -> None:
    row = Row(fields=Fields(title="T"), columns={"Note": text, f"{text}2": "x"})
    path = tmp_path / f"x.{name}"
    write(path, [row], columns=tuple(row.columns))
    if name == "csv":
        with path.open(encoding="utf-8-sig", newline="") as stream:
            cells = [cell for line in csv.reader(stream) for cell in line]
    else:
        sheet = load_workbook(path).worksheets[0]
        cells = [str(cell) for line in sheet.iter_rows(values_only=True) for cell in line]
    # A workbook keeps neither a carriage return nor a tab at the beginning of a cell as it is.
    assert any(cell.startswith("'") and cell.strip("'").endswith("2") for cell in cells)
    assert not any(cell == text for cell in cells)


@pytest.mark.parametrize("text", FORMULAS)
def test_no_cell_of_a_list_is_a_formula_and_reading_it_gives_the_text(
    tmp_path: Path, text: str
) -> None:
    path = tmp_path / "list.csv"
    paths.write_csv(path, ("id", "note"), [(1, text), (2, "x")])
    assert f"'{text}".encode() in path.read_bytes()
    first, _ = headed_rows.read(path, ("id", "note")).rows
    assert first.cells["note"] == text.replace("\r", "\n")  # as line ends are read


@pytest.mark.parametrize("items", [["a", "b"], ["a; b", "c"], ["a\\", "b;"], [";"], []])
def test_joined_lists_are_parted_again(items: list[str]) -> None:
    assert parted(joined(items)) == items


@pytest.mark.parametrize("name", WRITERS)
def test_every_format_is_written_without_records(name: str) -> None:
    stream = io.BytesIO()
    assert write_to(stream, [], format=name) == 0
    assert stream.getvalue() or name in ("ris", "bibtex")


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    path = tmp_path / "out.ris"
    path.write_text("older")

    def rows() -> list[Fields]:
        raise UserError("The records could not be read.")

    with pytest.raises(UserError):
        write(path, (row for row in rows()))
    assert path.read_text() == "older"
    assert list(tmp_path.iterdir()) == [path]
    assert write(path, [FIELDS]) == 1
    (entry,) = read(path)
    assert entry.fields == FIELDS  # type: ignore[union-attr]
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_takes_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="There is no folder"):
        write(tmp_path / "nowhere" / "out.ris", [FIELDS])


def test_the_ending_chooses_the_format() -> None:
    assert format_of(Path("a.CSV")) == "csv"
    assert format_of(Path("a.csl.json")) == "csl-json"
    assert format_of(Path("a.json")) == "json"
    with pytest.raises(UserError, match="no ending"):
        format_of(Path("a.doc"))


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(UserError, match="cannot be written"):
        write_to(io.BytesIO(), [], format="word")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is full")
def test_a_workbook_that_finds_no_room_leaves_nothing_that_complains_later(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    complaints: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", complaints.append)
    with pytest.raises(OSError, match="space"), Path("/dev/full").open("wb", buffering=0) as stream:
        write_to(stream, [Row(fields=FIELDS, columns={})], format="xlsx")
    gc.collect()
    assert complaints == []
