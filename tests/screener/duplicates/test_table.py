"""CSV tables in and out."""

from __future__ import annotations

import pytest

from screener.duplicates import table
from screener.duplicates.finder import find
from screener.model import UserError


@pytest.fixture
def written(tmp_path):
    """Write a table and return its path."""

    def write(text, name="records.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(text.encode(encoding))
        return path

    return write


def test_read(written):
    path = written(
        'record_id,Title,number,unknown\r\n1,"A, b",3,x\r\n2,Ä,,\r\n', encoding="utf-8-sig"
    )
    first, second = table.read(path).records
    assert (first.id, first.title, first.issue) == ("1", "A, b", "3")
    assert (second.id, second.title, second.issue) == ("2", "Ä", "")


def test_columns_in_other_spellings(written):
    (one,) = table.read(written("Record ID,AUTHOR, Issue ,Pages\n1,Quist,3,7\n")).records
    assert (one.id, one.authors, one.issue, one.pages) == ("1", "Quist", "3", "7")
    (both,) = table.read(written("record_id,number,issue\n1,3,Suppl 4\n")).records
    assert both.issue == "3"


def test_a_large_field(written):
    abstract = "word " * 100_000
    (one,) = table.read(written(f"record_id,abstract\n1,{abstract}\n")).records
    assert len(one.abstract) == 500_000


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_encoding_and_separator_are_found(written, encoding, delimiter):
    lines = (("record_id", "title", "year"), ("1", "Äpfel", "2018"), ("2", "Größe", "2019"))
    text = "".join(delimiter.join(line) + "\r\n" for line in lines)
    found = table.read(written(text, encoding=encoding))
    assert [(r.id, r.title, r.year) for r in found.records] == [*lines[1:]]
    assert ("Windows-1252" in " ".join(found.remarks)) is (encoding == "cp1252")


def test_lines_above_the_headings_are_passed_over(written):
    (one,) = table.read(written("sep=;\nrecord_id;title\n1;Letters\n")).records
    assert (one.id, one.title) == ("1", "Letters")


def test_a_quotation_mark_nobody_closed_swallows_no_record(written):
    found = table.read(written('record_id,title\n1,"open\n2,b\n3,"c"\n4,d\n'))
    assert [(r.id, r.title) for r in found.records] == [
        ("1", "open"), ("2", "b"), ("3", "c"), ("4", "d"),
    ]  # fmt: skip
    assert found.remarks == (
        "A quotation mark at line 2 is not closed; the line was read without it.",
    )


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "is empty"),
        ("title\nLetters\n", "no column record_id"),
        ("record_id,title\n1,a\n1,b\n", "record_id 1 occurs twice"),
        ("record_id,title\n1,a\n,b\n", "record 2 has no record_id"),
    ],
)
def test_wrong_tables(written, text, says):
    with pytest.raises(UserError, match=says):
        table.read(written(text))


def test_not_a_table(written, tmp_path):
    with pytest.raises(UserError, match="is a PDF"):
        table.read(written("%PDF-1.7 record_id,title", encoding="cp1252"))
    with pytest.raises(UserError, match="There is no file"):
        table.read(tmp_path / "missing.csv")
    with pytest.raises(UserError, match="is a folder"):
        table.read(tmp_path)


def test_write(tmp_path, record):
    records = [record("1"), record("2"), record("3", title="Tidal mills", doi="", pages="7",
                                                abstract="", authors="Quist, H")]  # fmt: skip
    found = find(records)
    table.write_groups(tmp_path / "g.csv", records, found)
    table.write_questions(tmp_path / "q.csv", found)
    groups = (tmp_path / "g.csv").read_bytes()
    assert groups == b"\xef\xbb\xbfrecord_id,group\r\n1,1\r\n2,1\r\n3,\r\n"
    questions = (tmp_path / "q.csv").read_bytes()
    assert questions == b"\xef\xbb\xbfrecord_id_1,record_id_2,rule\r\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["g.csv", "q.csv"]


def test_a_place_that_cannot_be_written(tmp_path, record):
    with pytest.raises(UserError, match="There is no folder"):
        table.write_groups(tmp_path / "no" / "g.csv", [], find([]))
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "x").touch()
    with pytest.raises(UserError, match="is a folder"):
        table.write_groups(tmp_path / "folder", [], find([]))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder"]
