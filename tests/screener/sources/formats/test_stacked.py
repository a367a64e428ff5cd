"""Tables whose rows are fields."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from screener.model import UserError
from screener.sources.reading import read, read_text
from screener.sources.sources import parse_file
from screener.sources.tables import look

TWO = [("A walk", ("Alba, A.", "Berg, B."), 2019), ("B walk", ("Cohn, C.",), 2020)]
WRITTEN = {
    "blank lines": 'Title,A walk\nAuthors,"Alba, A.; Berg, B."\nYear,2019\n\nTitle,B walk\n'
    'Authors,"Cohn, C."\nYear,2020\n',
    "authors one a row": "Title;A walk\nAuthors;Alba, A.\n;Berg, B.\nYear;2019\n;\nTitle;B walk\n"
    "Authors;Cohn, C.\nYear;2020\n",
    "tags": "TI\tA walk\nAU\tAlba, A.\nAU\tBerg, B.\nPY\t2019\n"
    "TI\tB walk\nAU\tCohn, C.\nPY\t2020\n",
    "under headings": "Field,Value\nAuthors,\"Alba, A.; Berg, B.\"\nTitle,A walk\nYear,2019\n"
    'Authors,"Cohn, C."\nTitle,B walk\nYear,2020\n',
    "numbers": "Reference,1\nTitle:,A walk\nAuthor(s):,\"Alba, A.; Berg, B.\"\nYear:,2019\n"
    'Reference,2\nTitle:,B walk\nAuthor(s):,"Cohn, C."\nYear:,2020\n',
    "numbers first": "id,field,value\n"
    '1,title,A walk\n1,author,"Alba, A.; Berg, B."\n1,year,2019\n'
    '2,title,B walk\n2,author,"Cohn, C."\n2,year,2020\n',
    "side by side": "Title,A walk,B walk\n"
    'Authors,"Alba, A.; Berg, B.","Cohn, C."\nYear,2019,2020\n',
    "side by side under headings": ',Paper 1,Paper 2\nAuthors,"Alba, A.; Berg, B.","Cohn, C."\n'
    "Title,A walk,B walk\nPopulation,old,young\nYear,2019,2020\n",
    "in German": "Titel;A walk\nAutoren;Alba, A.; Berg, B.\nJahr;2019\nTitel;B walk\n"
    "Autoren;Cohn, C.\nJahr;2020\n",
}  # fmt: skip


@pytest.mark.parametrize("text", WRITTEN.values(), ids=WRITTEN)
def test_fields_in_rows_are_records(text: str) -> None:
    found = [item.fields for item in read_text(text)]
    assert [(one.title, one.authors, one.year) for one in found] == TWO


def test_a_record_keeps_its_line_and_what_was_written() -> None:
    _, second = read_text(WRITTEN["blank lines"])
    assert second.line == 5
    assert second.raw == (("Title", "B walk"), ("Authors", "Cohn, C."), ("Year", "2020"))


def test_commas_that_nobody_quoted_part_nothing() -> None:
    text = "Title,Walking, sleeping and eating\nAuthors,Alba A, Berg B\nYear,2019\nDOI,10.5555/a\n"
    (found,) = read_text(text)
    assert found.fields.title == "Walking, sleeping and eating"
    assert found.fields.authors == ("Alba, A", "Berg, B")


def test_a_record_without_its_first_field_is_not_added_to_the_one_before() -> None:
    text = "Authors,Alba A\nTitle,A walk\nYear,2019\nTitle,B walk\nYear,2020\n"
    found = [item.fields for item in read_text(text)]
    assert [(one.title, one.authors) for one in found] == [("A walk", ("Alba, A",)), ("B walk", ())]


@pytest.mark.parametrize("name", ["authors one a row", "side by side under headings"])
def test_a_sheet_of_fields(tmp_path: Path, name: str) -> None:
    book = Workbook()
    for line in WRITTEN[name].replace('"', "").splitlines():
        parts = line.split(";") if "one a row" in name else line.replace(", ", "\t").split(",")
        book.active.append([part.replace("\t", ", ") or None for part in parts])
    book.save(tmp_path / "a.xlsx")
    found = [entry.fields for entry in parse_file(tmp_path / "a.xlsx").entries]
    assert [(one.title, one.authors, one.year) for one in found] == TWO
    assert look(tmp_path / "a.xlsx") is None


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Paper,A\nAuthors,X\nYear,2019\nDOI,10.5555/a\n" * 2, "none is known to be the title"),
        ("field,meaning\ntitle,The title\nauthors,Who wrote it\nyear,When\njournal,Where\n",
         "is a list of fields"),
    ],
)  # fmt: skip
def test_fields_without_a_title_or_without_values_are_refused(
    tmp_path: Path, text: str, words: str
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError, match=words):
        read(path)


@pytest.mark.parametrize(
    "text",
    [
        "Type,Title,Year\nJournal,A walk,2019\nBook,B walk,2020\nJournal,C walk,2020\n",
        "Journal,Title,DOI\nAbstracts,A,10.5555/a\nTitles,B,10.5555/b\nAuthors,C,10.5555/c\n",
        "Title,Notes\nA walk,x\nB walk,y\nC walk,z\n",
    ],
)
def test_a_table_of_records_is_read_as_one(text: str) -> None:
    assert len(list(read_text(text))) == 3
