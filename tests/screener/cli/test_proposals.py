"""`screener propose` and `screener proposals` from the outside."""

from __future__ import annotations

import json

import pytest

from screener import open_project

KEYS = {
    *("id", "record", "uid", "title", "field", "now", "value", "why", "reviewers", "changed"),
    "others",
}


@pytest.fixture
def listed(run):
    def get(file):
        status, out, err = run("proposals", file, "--json")
        assert (status, err) == (0, "")
        return json.loads(out)

    return get


@pytest.fixture
def proposed(run, folder, listed):
    """Two reviewers propose two titles for record 1; both are merged."""
    for who, title in (("maya", "Larch"), ("jonas", "Birch")):
        words = ("propose", f"{who}.screener", "1", f"title={title}", "--why", f"{who}'s PDF")
        assert run(*words) == (0, "Record 1, title: proposed.\n", "")
    assert run("merge", "maya.screener", "jonas.screener", "--into", "review.screener")[0] == 0
    return listed("review.screener")


def test_what_is_listed_as_json_and_in_lines(run, proposed, listed):
    assert [set(one) for one in proposed] == [KEYS, KEYS]
    birch, larch = proposed
    assert (birch["value"], birch["reviewers"], birch["why"]) == (
        "Birch",
        ["Jonas"],
        ["jonas's PDF"],
    )
    assert (larch["record"], larch["field"], larch["others"]) == (1, "title", 1)
    (own,) = listed("maya.screener")
    assert (own["id"], own["others"]) == (larch["id"], 0)
    status, out, err = run("proposals", "review.screener")
    assert (status, err) == (0, "")
    assert out.splitlines()[:4] == [
        f"{birch['id']}  1  title, Jonas; 1 other value",
        f"  now: {birch['now']}",
        "  proposed: Birch",
        "  why: jonas's PDF",
    ]


def test_taking_and_leaving_and_undo(run, proposed, listed):
    birch, larch = proposed
    status, out, err = run("proposals", "review.screener", "take", larch["id"])
    assert (status, err) == (0, "")
    assert "Jonas; changed since" in out
    with open_project("review.screener", write=False) as review:
        assert review.sources.record("1").fields.title == "Larch"
    assert run("proposals", "review.screener", "leave", birch["id"]) == (
        0,
        "",
        "No proposal is open.\n",
    )
    assert run("proposals", "review.screener", "leave", birch["id"])[0] == 1
    history = run("history", "review.screener", "1")[1]
    assert "Maya: proposal (title, Larch, maya's PDF)" in history
    assert "coordinator: Correct record 1 as Maya proposed (title)" in history
    assert "coordinator: Leave a proposal (title) (title, Birch)" in history
    assert run("undo", "review.screener")[1] == "Taken back: Leave a proposal (title)\n"
    assert run("undo", "review.screener")[1] == "Taken back: Correct record 1 as Maya proposed\n"
    assert listed("review.screener") == proposed


def test_an_empty_value_takes_it_back(run, folder, listed):
    run("propose", "maya.screener", "1", "title=Larch")
    status, out, err = run("propose", "maya.screener", "1", "title=")
    assert (status, out, err) == (0, "Record 1, title: nothing proposed any more.\n", "")
    assert listed("maya.screener") == []


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("propose", "maya.screener", "1", "title"), 1),
        (("propose", "maya.screener", "1", "colour=red"), 1),
        (("propose", "maya.screener", "99", "title=x"), 1),
        (("propose", "review.screener", "1", "title=x"), 1),
        (("proposals", "review.screener", "take", "0" * 12), 1),
        (("proposals", "review.screener", "take"), 2),
        (("proposals", "review.screener", "burn", "0" * 12), 2),
    ],
)
def test_what_cannot_be_is_refused(run, folder, words, status):
    found, out, err = run(*words)
    assert (found, out) == (status, "")
    assert len(err.splitlines()) == 1 or status == 2
