"""The codebook: every column of an export is explained, and every word that stands in it."""

import csv
import re
from dataclasses import fields, replace

import pytest
from openpyxl import load_workbook

from screener import merge_into, open_copy, open_project
from screener.cli import main
from screener.model import Criterion, Element, Fields, Status, UserError
from screener.report.codebook import FIELDS, HEADINGS, STATUSES, codebook
from screener.sources.reading import read


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.reader(handle))


@pytest.fixture
def review(pair):
    """The merged pair, open."""
    merge_into(pair.project, pair.a, pair.b)
    with open_project(pair.project) as review:
        yield review


def test_every_field_and_every_status_is_explained():
    assert list(FIELDS) == [field.name for field in fields(Fields)]
    of_copies_and_forms = {
        Status.DECIDED,
        Status.DIFFERS,
        Status.ROW,
        Status.WORDING,
        Status.BLANK,
        Status.NOT_ASKED,
    }
    assert set(STATUSES) == set(Status) - of_copies_and_forms


def test_every_column_of_a_project_is_explained_in_order(review, tmp_path):
    review.report.export(tmp_path / "out.csv", codebook=tmp_path / "book.csv")
    header = rows_of(tmp_path / "out.csv")[0]
    book = rows_of(tmp_path / "book.csv")
    assert book[0] == list(HEADINGS)
    assert [row[0] for row in book[1 : len(header) + 1]] == header
    assert all(meaning and values for _, meaning, values in book[1 : len(header) + 1])
    assert [(e.column, e.meaning, e.values) for e in review.report.codebook()] == [
        tuple(row) for row in book[1:]
    ]


def test_every_column_of_a_copy_is_explained(pair, tmp_path):
    with open_copy(pair.a) as mine:
        mine.report.export(tmp_path / "out.csv", codebook=tmp_path / "book.csv")
    header = rows_of(tmp_path / "out.csv")[0]
    assert [row[0] for row in rows_of(tmp_path / "book.csv")[1 : len(header) + 1]] == header
    assert "Title and abstract: decision of Maya" in header
    assert "Title and abstract: decision of Jonas" not in header


def test_the_words_of_an_export_are_among_the_values(review, tmp_path):
    review.report.export(tmp_path / "out.csv")
    values = {e.column: e.values for e in review.report.codebook()}
    header, *rows = rows_of(tmp_path / "out.csv")
    compared = 0
    for row in rows:
        for column, cell in zip(header, row, strict=True):
            if cell and re.search(r": (status|outcome|reason|decision of \w+)$", column):
                compared += 1
                said = re.match(r"[^(;]+", cell)[0].strip()
                assert re.search(rf"(^|; ){said}(:|;|$)", values[column]), (column, cell)
    assert compared > 30


def test_reasons_and_criteria_of_the_protocol_follow(review):
    book = {e.column: e for e in review.report.codebook()}
    criterion = book["Reason 1: Participants"]
    assert criterion.values == "met; not met; unclear"
    assert "Include: what counts as participants" in criterion.meaning
    assert "Exclude: what does not count as participants" in criterion.meaning
    assert book["Reason 4: No full report"].values == ""
    reasons = book["Full text: reason"].values
    for words in ("Participants", "Study design", "No full report", "Other"):
        assert words in reasons.replace(": the note says why", "").split("; ")


def test_awaiting_and_retrieval_belong_to_full_text_only(review):
    book = {e.column: e.values for e in review.report.codebook()}
    assert "awaiting" in book["Full text: outcome"]
    assert "awaiting" not in book["Title and abstract: outcome"]
    assert "not retrieved" in book["Full text: status"]
    assert "not retrieved" not in book["Title and abstract: status"]
    for stage in ("Title and abstract", "Full text"):  # of an export of what was removed
        assert "removed: removed before screening" in book[f"{stage}: status"].split("; ")


def test_the_codebook_has_no_live_formula_and_one_line_a_text(making, tmp_path):
    criterion = Criterion(id="a", element=Element.OTHER, include="=1+1\nor two", question="+1")
    protocol = replace(making.protocol, criteria=(criterion,), further_reasons=(("b", "=2"),))
    (words,) = (e.meaning for e in codebook(protocol, []) if e.column.startswith("Reason 1"))
    assert words == "A criterion of the protocol. Question: +1. Include: =1+1 or two"
    with open_project(making.review(tmp_path / "r", protocol=protocol, reviewers=())) as review:
        review.report.export(tmp_path / "out.ris", codebook=tmp_path / "book.csv")
    cells = [cell for row in rows_of(tmp_path / "book.csv") for cell in row]
    assert "'=2; Other: the note says why" not in cells
    assert not [cell for cell in cells if cell[:1] in tuple("=+-@")]
    assert [cell for cell in cells if cell.startswith("Reason 2: =2")]


def test_a_workbook_has_the_codebook_as_a_sheet_that_is_not_read_back(review, tmp_path):
    review.report.export(tmp_path / "out.xlsx", codebook=tmp_path / "book.csv")
    book = load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Records", "Codebook"]
    found = [[cell or "" for cell in row] for row in book["Codebook"].iter_rows(values_only=True)]
    assert found == rows_of(tmp_path / "book.csv")
    assert len(list(read(tmp_path / "out.xlsx"))) == 8


def test_the_codebook_needs_a_place_of_its_own(review, tmp_path):
    out = tmp_path / "out.csv"
    for place, said in (
        (out, "a file of its own"),
        (tmp_path / "book.txt", "end the name"),
        (tmp_path / "absent" / "book.csv", "There is no folder"),
    ):
        with pytest.raises(UserError, match=said):
            review.report.export(out, codebook=place)
        assert not out.exists()


def test_the_command_writes_both(pair, tmp_path, capsys):
    merge_into(pair.project, pair.a, pair.b)
    out, book = tmp_path / "out.ris", tmp_path / "book.csv"
    words = ["export", str(pair.project), str(out), "--which", "excluded", "--codebook", str(book)]
    with pytest.raises(SystemExit) as end:
        main(words)
    assert end.value.code in (None, 0)
    assert capsys.readouterr().out == f"{out}: 2 records.\n"
    assert out.read_text(encoding="utf-8").count("ER  -") == 2
    assert rows_of(book)[0] == list(HEADINGS)
