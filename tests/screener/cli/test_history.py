"""`screener history` tells everything that happened to one record, once."""

import json

import pytest

from screener import create_project, open_project

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


def test_any_member_of_a_group_means_the_group_when_it_is_removed(run, tmp_path, making):
    project = making.review(tmp_path, records=4)
    assert run("duplicates", project, "join", "1", "2")[0] == 0
    assert run("remove", project, "2", "--why", "retracted")[1] == "2 records are in the review.\n"


def test_an_arbitrators_file_has_no_tags(run, folder):
    words = ("--stage", "title-abstract", "--out", "r.screener")
    assert run("copy", "review.screener", "--arbitrator", "Ruth", *words)[0] == 0
    assert '"has_tags": false' in run("verify", "r.screener", "--json")[1]


def test_who_left_after_closing_has_left_and_discrepancies_say_whether_they_are_open(run, folder):
    run("reviewers", "review.screener", "leave", "Jonas", "--stage", "title-abstract", "--why", "w")
    for command in ("reviewers", "status"):
        assert "closed, left" in run(command, "review.screener")[1]
    out = run("discrepancies", "review.screener", "--stage", "title-abstract")[1]
    assert out
    assert all(" open  " in line for line in out.splitlines())


def test_a_source_with_two_kinds_is_told_apart(run, tmp_path, making):
    project = making.review(tmp_path, records=2)
    with open_project(project) as review:
        making.fill(review, tmp_path, 1, mark="other", kind="register")
    out = run("duplicates", project, "--methods")[1]
    assert "PubMed (database), 2 records" in out
    assert "PubMed (register), 1 record" in out


def test_what_an_open_copy_lacks_is_pending_and_not_missing(run, tmp_path, making):
    project = making.review(tmp_path, records=2)
    making.screen(tmp_path / "a.screener", {1: "include"}, close=False)
    err = run("merge", tmp_path / "a.screener", "--into", project)[2]
    assert "1 pending" in err
    assert "missing" not in err
