from __future__ import annotations

from dataclasses import replace

import pytest

from screener.sources.sources import parse_file
from screener.sources.tables import look

FOREIGN = "Overskrift;Hvem;Hvor\nPeers by post;Okafor, N;Invented Journal\nA song;Brandt, S;Here\n"


@pytest.fixture
def write(tmp_path):
    def written(text, name="list.csv"):
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


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
