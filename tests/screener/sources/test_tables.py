from __future__ import annotations

from dataclasses import replace

import pytest
from openpyxl import Workbook

from screener.model import UserError
from screener.sources.formats.columns import settled
from screener.sources.sources import parse_file
from screener.sources.tables import look, named

FOREIGN = "Overskrift;Hvem;Hvor\nPeers by post;Okafor, N;Invented Journal\nA song;Brandt, S;Here\n"


@pytest.fixture
def write(tmp_path):
    def written(text, name="list.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def workbook(tmp_path):
    """Write a workbook of sheets, each a list of rows."""

    def written(*sheets, name="list.xlsx"):
        book = Workbook()
        book.remove(book.active)
        for rows in sheets:
            sheet = book.create_sheet()
            for row in rows:
                sheet.append(row)
        path = tmp_path / name
        book.save(path)
        return path

    return written


ROWS = [line.split(";") for line in FOREIGN.splitlines()]
OTHER = [["Title", "Authors", "DOI"], ["Peers by video", "Velasquez, R", "10.5555/v"]]


def test_headings_nobody_knows_are_found_and_not_assigned(write):
    table = look(write("From the library\n" + FOREIGN))
    assert (table.mapping.delimiter, table.mapping.header) == (";", 2)
    assert table.mapping.headings == ("Overskrift", "Hvem", "Hvor")
    assert (table.mapping.columns, table.mapping.sure) == ({}, False)
    assert table.rows[1] == ("A song", "Brandt, S", "Here")


def test_a_file_is_read_by_the_columns_a_person_named(write):
    path = write(FOREIGN)
    chosen = replace(look(path).mapping, columns={0: ("title",), 1: ("authors",)})
    parsed = parse_file(path, mapping=chosen)
    assert [e.fields.title for e in parsed.entries] == ["Peers by post", "A song"]
    assert parsed.entries[0].fields.authors == ("Okafor, N",)
    assert parsed.mapping == chosen


def test_known_headings_are_assigned_as_reading_assigns_them(write):
    path = write("Title,Authors,Journal\nPeers by post,Okafor N,Invented\n")
    table = look(path)
    assert table.mapping == parse_file(path).mapping
    assert table.rows == (("Peers by post", "Okafor N", "Invented"),)


def test_the_delimiter_that_parts_most_is_taken(write):
    rows = "".join(f"Peers, letters and post {n};Okafor, N;20{n};Here\n" for n in range(10, 20))
    table = look(write("Hva;Hvem;Aar;Hvor\n" + rows))
    assert table.mapping.headings == ("Hva", "Hvem", "Aar", "Hvor")


def test_one_heading_that_is_known_is_assigned(write):
    table = look(write(FOREIGN.replace("Hvor", "DOI").replace("Hvem", "År")))
    assert table.mapping.columns == {2: ("doi",)}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Dear Ngozi,\nthe list, as promised, is here.\nYours, S\n", "letter.txt"),
        (FOREIGN, "list.ris"),
        ("", "empty.csv"),
        ("%PDF-1.7\na,b,c\nd,e,f\n", "paper.csv"),
    ],
)
def test_what_is_no_table_is_none(write, text, name):
    assert look(write(text, name)) is None


def test_a_chosen_field_is_taken_from_the_columns_nobody_touched():
    usual = {0: ("title",), 1: ("accession", "registration"), 2: ("keywords",)}
    chosen = {3: ("title",), 4: ("registration",), 5: ("keywords",)}
    assert settled(usual, chosen) == {
        1: ("accession",),
        2: ("keywords",),
        3: ("title",),
        4: ("registration",),
        5: ("keywords",),
    }


def test_a_column_that_is_nothing_is_left_out():
    assert settled({0: ("title",), 1: ("year",)}, {1: ()}) == {0: ("title",)}


# --- workbooks ------------------------------------------------------------------------------


def test_the_columns_of_a_workbook_are_found_like_those_of_a_text(write, workbook):
    in_text = look(write("From the library\n" + FOREIGN))
    table = look(workbook([["From the library"], *ROWS]))
    assert table.mapping == replace(in_text.mapping, delimiter="")
    assert table.rows == in_text.rows


def test_a_workbook_is_read_by_the_columns_a_person_named(workbook):
    path = workbook([["From the library"], *ROWS])
    chosen = replace(look(path).mapping, columns={0: ("title",), 1: ("authors",)})
    parsed = parse_file(path, mapping=chosen)
    assert [(e.line, e.fields.title) for e in parsed.entries] == [
        (3, "Peers by post"),
        (4, "A song"),
    ]
    assert parsed.entries[0].fields.authors == ("Okafor, N",)
    assert (parsed.format, parsed.mapping) == ("xlsx", chosen)


def test_named_columns_count_for_every_sheet_with_these_headings(workbook):
    path = workbook(ROWS, OTHER, [["Page 2"], *ROWS])
    chosen = replace(look(path).mapping, delimiter="", headings=tuple(ROWS[0]), header=1)
    chosen = replace(chosen, columns={0: ("title",)})
    titles = [e.fields.title for e in parse_file(path, mapping=chosen).entries]
    assert titles == ["Peers by post", "A song", "Peers by video", "Peers by post", "A song"]


def test_a_workbook_with_known_headings_says_how_it_is_read(workbook):
    path = workbook([["Notes", "of nobody"]], OTHER)
    found = parse_file(path).mapping
    assert found == look(path).mapping
    assert (found.columns, found.sure) == ({0: ("title",), 1: ("authors",), 2: ("doi",)}, True)


def test_a_workbook_of_which_one_heading_is_known_is_unsure(workbook):
    path = workbook([["Title", "Hvem"], ["Peers by post", "Okafor, N"]])
    assert not parse_file(path).mapping.sure


def test_a_workbook_of_few_cells_has_no_columns(workbook):
    assert look(workbook([["A letter"], ["to nobody"]])) is None


def test_empty_cells_at_the_end_do_not_hide_the_header(workbook):
    path = workbook([["Overskrift", "Hvem", "Notat"], ["Peers", "Okafor"], ["A song"], ["C", "D"]])
    assert look(path).mapping.headings == ("Overskrift", "Hvem", "Notat")


# --- columns named in words -----------------------------------------------------------------


def test_columns_are_named_by_their_headings(write):
    path = write(FOREIGN)
    found = named(path, {"title": "overskrift", "authors": "Hvem"})
    assert (found.columns, found.sure) == ({0: ("title",), 1: ("authors",)}, True)
    assert len(parse_file(path, mapping=found).entries) == 2


def test_a_named_column_takes_its_field_from_another(write):
    path = write("Title,Authors,Short\nA long title,Okafor N,Long\n")
    assert named(path, {"title": "Short"}).columns == {1: ("authors",), 2: ("title",)}


@pytest.mark.parametrize(
    ("columns", "words"),
    [
        ({"mood": "Hvem"}, "No column can hold “mood”"),
        ({"title": "Tittel"}, "no column “Tittel”; it has Overskrift, Hvem, Hvor."),
    ],
)
def test_a_field_or_heading_that_is_none_is_one_sentence(write, columns, words):
    with pytest.raises(UserError, match=words):
        named(write(FOREIGN), columns)


def test_columns_of_what_is_no_table_cannot_be_named(write):
    with pytest.raises(UserError, match="is no table"):
        named(write("TY  - JOUR\nTI  - Peers\nER  - \n", "a.ris"), {"title": "TI"})
