"""`import` and `convert` read a table by the columns that are named."""

import json

import pytest
from openpyxl import Workbook

from screener import create_project, open_project

ROWS = [
    ["Overskrift", "Hvem", "Hvor"],
    ["Peers by post", "Okafor, N", "Invented Journal"],
    ["A song", "Brandt, S", "Here"],
]


@pytest.fixture
def review(tmp_path, home):
    path = tmp_path / "review.screener"
    create_project(path, title="New").close()
    return path


@pytest.fixture(params=["csv", "xlsx"])
def foreign(request, tmp_path):
    """A table whose headings nobody knows, as text and as a workbook."""
    path = tmp_path / f"list.{request.param}"
    if request.param == "csv":
        path.write_text("".join(";".join(row) + "\n" for row in ROWS), encoding="utf-8")
    else:
        book = Workbook()
        for row in ROWS:
            book.active.append(row)
        book.save(path)
    return path


def test_columns_are_named(run, review, foreign):
    words = ("import", review, foreign, "--source", "A library", "--filters", "none")
    status, out, _ = run(*words, "--column", "title=Overskrift", "--column", "authors=hvem")
    assert (status, out) == (0, f"{foreign.name}: 2 parsed, 2 kept, 0 failed\n")
    with open_project(review) as open_:
        (batch,) = open_.sources.batches()
        found = [(r.fields.title, r.fields.authors) for r in open_.sources.records()]
    assert batch.search.filters == "none"
    assert found == [("Peers by post", ("Okafor, N",)), ("A song", ("Brandt, S",))]


def test_a_table_nobody_knows_says_its_headings(run, review, foreign):
    status, _, err = run("import", review, foreign, "--source", "A library")
    assert status == 1
    assert (
        "it has Overskrift, Hvem, Hvor: say which column is the title, with --column title=HEADING."
        in err
    )
    with open_project(review) as open_:
        assert open_.sources.batches() == []


@pytest.mark.parametrize(
    ("column", "words"),
    [
        ("title", "write it as field=heading"),
        ("mood=Hvem", "No column can hold “mood”"),
        ("title=Tittel", "has no column “Tittel”"),
    ],
)
def test_a_column_that_cannot_be_is_one_sentence(run, review, foreign, column, words):
    status, _, err = run("import", review, foreign, "--source", "A library", "--column", column)
    assert status == 1
    assert words in err
    assert err.count("\n") == 1


def test_convert_reads_named_columns(run, foreign):
    status, out, _ = run("convert", foreign, "-", "--column", "title=Overskrift", "--quiet")
    assert status == 0
    assert [one["title"] for one in json.loads(out)] == ["Peers by post", "A song"]


def test_a_column_is_named_once(run, review, foreign):
    twice = ("--column", "title=Overskrift", "--column", "title=Hvem")
    status, _, err = run("import", review, foreign, "--source", "A library", *twice)
    assert (status, err) == (1, "--column names the column of “title” twice; name one.\n")


def test_the_document_of_an_import(run, review, foreign):
    words = ("import", review, foreign, "--source", "A library", "--column", "title=Overskrift")
    status, out, _ = run(*words, "--claimed", "1", "--json")
    (found,) = json.loads(out)
    assert status == 0
    assert (found["parsed"], found["kept"], found["claimed"]) == (2, 2, 1)
    assert found["problems"] == ["A library announced 1 record, the file holds 2."]


def test_fewer_than_none_cannot_be_claimed(run, review, foreign):
    status, _, err = run("import", review, foreign, "--source", "A library", "--claimed", "-4")
    assert status == 2
    assert "--claimed" in err
