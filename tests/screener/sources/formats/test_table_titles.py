"""Tables in which the title is under another word, in no column, or under no heading at all."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook

from screener.model import UserError
from screener.sources.formats.headings import assign, says_title
from screener.sources.sources import NO_TITLE, parse_file
from screener.sources.tables import look, named, refuse_untitled, with_headings, without_headings

ROW = '"Alba, A.",A walk,2019,J Walks\n'
BARE = 'A walk,"Alba, A",2019,J Walks\nB walk,"Berg, B",2020,J Walks\n'


@pytest.fixture
def write(tmp_path: Path):
    def written(text: str, name: str = "list.csv") -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def workbook(tmp_path: Path):
    """Write a workbook of sheets, each a list of rows."""

    def written(*sheets) -> Path:
        book = Workbook()
        book.remove(book.active)
        for rows in sheets:
            sheet = book.create_sheet()
            for row in rows:
                sheet.append(row)
        path = tmp_path / "list.xlsx"
        book.save(path)
        return path

    return written


def titles(path: Path) -> list[str]:
    return [entry.fields.title for entry in parse_file(path).entries]


@pytest.mark.parametrize(
    "heading",
    [
        "Titles", "Title of the paper", "Paper_Title(s)", "Title (EN)", "Titre de l'article",
        "Título del artículo", "Beitragstitel", "Titolo del contributo", "Tittel", "题名",
        "Title-题名", "タイトル", "논문명", "Название статьи", "Manuscript title", "TITLE OF STUDY",
    ],
)  # fmt: skip
def test_a_heading_that_says_title_in_other_words_is_the_titles(write, heading) -> None:
    path = write(f"Authors,{heading},Year,Journal\n{ROW}")
    assert titles(path) == ["A walk"]
    assert parse_file(path).mapping.sure


@pytest.mark.parametrize(
    "heading",
    [
        "Paper", "Document", "Study", "Reference text of it", "Name", "Journal title",
        "Title of the journal", "Source title", "Title of source", "Book series title",
        "Conference title", "Zeitschriftentitel", "Short title", "Subtitle", "Job title",
        "Title length", "Has title", "Title ID", "Titre de la revue", "Series title",
    ],
)  # fmt: skip
def test_what_may_be_another_title_is_refused_and_asked_about(write, heading) -> None:
    path = write(f"Authors,{heading},Year,DOI\n{ROW}")
    with pytest.raises(UserError, match=r"No heading of “list.csv” is known to be that of the tit"):
        parse_file(path)
    table = look(path)
    assert table is not None
    assert not table.mapping.sure
    assert named(path, {"title": heading}).sure


def test_of_two_that_say_title_none_is_taken() -> None:
    assert 1 not in assign(["Authors", "Title (English)", "Title (German)"])
    assert says_title("Title (English)")


def test_the_original_title_is_the_title_where_there_is_no_other(write) -> None:
    assert titles(write("Authors,Original Title,Year,DOI\n" + ROW)) == ["A walk"]


@pytest.mark.parametrize(
    "text",
    ["doi\n10.5555/a\n10.5555/b\n", "PMID\n31000001\n", "DOI,PMID\n10.5555/a,31000001\n",
     "doi;pmid;pmcid\n10.5555/a;31000001;PMC1\n", "PubMed ID\tDOI\n31000001\t10.5555/a\n"],
)  # fmt: skip
def test_a_list_of_identifiers_has_no_titles_and_says_so(write, text) -> None:
    first = parse_file(write(text)).entries[0]
    assert first.fields.doi or first.fields.pmid
    assert first.remarks == (NO_TITLE,)


def test_identifiers_beside_something_that_may_be_a_title_are_not_imported_alone(write) -> None:
    path = write("DOI,PMID,Paper\n10.5555/a,31000001,A walk\n")
    with pytest.raises(UserError):
        parse_file(path)
    with pytest.raises(UserError, match="it has DOI, PMID, Paper"):
        refuse_untitled(look(path).mapping, "list.csv")


def test_a_sheet_without_titles_is_left_out_and_said(workbook) -> None:
    sheet = [["Author", "Year", "Journal", "DOI"], ["Alba A", 2019, "J", "10.5555/a"]]
    parsed = parse_file(workbook([["Title", "DOI", "Year"], ["A walk", "10.5555/b", 2019]], sheet))
    assert [entry.fields.title for entry in parsed.entries] == ["A walk"]
    assert [one.why[:24] for one in parsed.skipped] == ["No heading of this sheet"]


def test_a_column_of_references_is_taken_apart_when_it_is_named(write) -> None:
    path = write('DOI,Full citation\n10.5555/a,"Alba A. A long walk. J Walks. 2019;1(2):3-9."\n')
    with pytest.raises(UserError):
        parse_file(path)
    with pytest.raises(UserError, match="“Full citation” may hold whole references"):
        refuse_untitled(look(path).mapping, "list.csv")
    (entry,) = parse_file(path, mapping=named(path, {"citation": "Full citation"})).entries
    found = entry.fields
    assert (found.title, found.doi, found.pages) == ("A long walk", "10.5555/a", "3-9")


# --- no headings ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        BARE,
        BARE.replace(",2019", ",10.5555/a").replace(",2020", ",10.5555/b"),
        "1;Smith J;A walk;J Walks;2019\n2;Jones K;B walk;J Walks;2018\n",
        "A walk\tAlba A\thttps://example.org/1\nB walk\tBerg B\thttps://example.org/2\n",
        f"A walk,Alba A,{'Words of an abstract. ' * 9}\nB walk,Berg B,\n",
        "31000001,A walk,Alba A\n31000002,B walk,Berg B\n",
    ],
)
def test_a_first_row_that_is_a_record_is_no_header(write, text) -> None:
    path = write(text)
    with pytest.raises(UserError):
        parse_file(path)
    table = look(path)
    assert table is not None
    assert (table.mapping.bare, table.mapping.header) == (True, 0)
    assert len(table.rows) == 2


def test_columns_are_named_by_number_where_there_are_no_headings(write) -> None:
    path = write(BARE)
    parsed = parse_file(path, mapping=named(path, {"title": "1", "authors": "2", "year": "3"}))
    assert [(e.line, e.fields.title, e.fields.year) for e in parsed.entries] == [
        (1, "A walk", 2019),
        (2, "B walk", 2020),
    ]
    assert parsed.entries[0].raw[0] == ("column 1", "A walk")


def test_numbers_say_that_there_are_no_headings(write) -> None:
    path = write("A walk;Alba A;J Walks\nB walk;Berg B;J Walks\n")
    assert not look(path).mapping.bare  # words may be headings
    parsed = parse_file(path, mapping=named(path, {"title": "1"}))
    assert [entry.fields.title for entry in parsed.entries] == ["A walk", "B walk"]


def test_a_heading_that_is_a_number_is_a_heading(write) -> None:
    path = write("1;2;3\nA walk;Alba A;J Walks\nB walk;Berg B;J Walks\n")
    parsed = parse_file(path, mapping=named(path, {"title": "1"}))
    assert [entry.fields.title for entry in parsed.entries] == ["A walk", "B walk"]


def test_rows_above_the_first_record_are_no_records(write) -> None:
    path = write("An export\nQuery: walk\n,,,\n" + BARE + BARE)
    assert look(path).mapping.header == 3
    parsed = parse_file(path, mapping=named(path, {"title": "1"}))
    assert [entry.fields.title for entry in parsed.entries[:2]] == ["A walk", "B walk"]


def test_a_workbook_without_headings(workbook) -> None:
    path = workbook([["A walk", "Alba A", 2019], ["B walk", "Berg B", 2020]])
    parsed = parse_file(path, mapping=named(path, {"title": "1", "year": "3"}))
    assert [(e.fields.title, e.fields.year) for e in parsed.entries] == [
        ("A walk", 2019),
        ("B walk", 2020),
    ]


def test_a_number_beyond_the_columns_is_refused(write) -> None:
    with pytest.raises(UserError, match="it has no headings, and 4 columns"):
        named(write(BARE), {"title": "5"})


def test_that_no_column_is_the_title_may_be_said(write) -> None:
    path = write(f"Authors,Study,Year,DOI\n{ROW}")
    (entry,) = parse_file(path, mapping=named(path, {"title": ""})).entries
    assert entry.fields.title == ""
    with pytest.raises(UserError, match="say which column is the title"):
        named(path, {"year": "Year"})


def test_a_table_is_turned_and_turned_back(write) -> None:
    table = look(write("A;B;C\nA walk;Alba A;J\nB walk;Berg B;J\n"))
    turned = without_headings(table)
    assert turned.rows[0] == ("A", "B", "C")
    assert with_headings(turned) == table
    assert without_headings(turned) is turned


@pytest.mark.parametrize(
    "above",
    ["My library\n\n", "Query,TITLE(walk)\n,\n", "Export of 2019-03-01,,,\n,,,\n", "\ufeff\n\n",
     "Results: 1\nDatabase: All\nDate: today\n\n"],
)  # fmt: skip
def test_what_stands_above_the_headings_is_none_of_them(write, above) -> None:
    parsed = parse_file(write(above + "Authors,Title,Year,Journal\n" + ROW))
    assert [entry.fields.title for entry in parsed.entries] == ["A walk"]
    assert parsed.skipped == ()


def test_a_record_above_the_headings_is_said(write) -> None:
    parsed = parse_file(write(ROW + "Authors,Title,Year,Journal\n" + ROW))
    assert [one.why[:20] for one in parsed.skipped] == ["1 row stands above t"]
