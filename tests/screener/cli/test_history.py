"""`screener history` tells everything that happened to one record, once."""

import json

import pytest

from screener import create_project

TA = ("--stage", "title-abstract")


@pytest.fixture
def review(tmp_path, making):
    """Records 1 and 2 of one import, 3 of another."""
    path = tmp_path / "review.screener"
    with create_project(path, title="", protocol=making.protocol) as made:
        making.fill(made, tmp_path, 2, mark="a", source="PubMed")
        making.fill(made, tmp_path, 1, mark="b", source="Scopus")
    return path


@pytest.fixture
def told(run):
    """The lines of a record's history without time and action."""

    def lines(path, record):
        status, out, err = run("history", path, record)
        assert (status, err) == (0, "")
        return [line.split("  ")[1] for line in out.splitlines()]

    return lines


def test_the_import_and_what_came_of_it(run, review, told):
    assert told(review, 3) == ["coordinator: Import from Scopus"]
    run("withdraw", review, "2", "--why", "wrong dates")
    run("withdraw", review, "2", "--put-back")
    assert told(review, 3) == [
        "coordinator: Import from Scopus",
        "coordinator: Take back the import from Scopus (wrong dates)",
        "coordinator: Put back the import from Scopus",
    ]
    assert told(review, 1) == ["coordinator: Import from PubMed"]


@pytest.mark.parametrize("record", [1, 2])
def test_what_is_taken_back_is_told_of_every_member(run, review, told, record):
    run("duplicates", review, "join", "1", "2")
    run("undo", review)
    assert told(review, record)[1:] == [
        "coordinator: Join 2 records",
        "coordinator: Take back: Join 2 records",
    ]
    assert len(told(review, 3)) == 1


def test_an_action_is_told_once_with_what_it_says_of_this_record(run, review, told, tmp_path):
    copy, table = tmp_path / "maya.screener", tmp_path / "decisions.csv"
    run("copy", review, "--reviewer", "Maya", "--out", copy)
    rows = "1,exclude,participants,children,not-met\n2,include,,,\n"
    table.write_text(f"record,verdict,reason,note,participants\n{rows}")
    run("decide", copy, "--from", table, *TA)
    run("undo", copy)
    assert told(copy, 1)[1:] == [
        "Maya: 2 decisions (exclude, participants, participants not-met, children)",
        "Maya: Take back: 2 decisions",
    ]
    assert told(copy, 2)[1:] == [
        "Maya: 2 decisions (include)",
        "Maya: Take back: 2 decisions",
    ]
    steps = json.loads(run("history", copy, 1, "--json")[1])
    assert [step["kind"] for step in steps] == ["batch", *["decision", "note"] * 2]
