"""`take-decisions COPY FILE` records one person's decisions and says what it left alone."""

import json

import pytest

from screener import open_copy
from screener.model import Stage

TA = Stage.TITLE_ABSTRACT
FIELDS = {
    "tool", "person", "stage", "taken", "replaced", "same", "repeated", "differing", "not_matched",
    "not_open", "contradictory", "reasons", "no_reason", "unattributed", "others", "undecided",
    "skipped", "matched",
}  # fmt: skip


@pytest.fixture
def copy(making, tmp_path):
    """Maya's copy of three records and an export of Rayyan in which she and Emily decided."""
    making.review(tmp_path, records=3)
    decided = {1: "Included", 2: "Excluded", 9: "Maybe"}
    notes = {
        n: f'RAYYAN-INCLUSION: {{"Maya"=>"{word}", "Emily"=>"Included"}}'
        + (" | RAYYAN-EXCLUSION-REASONS: too old" if word == "Excluded" else "")
        for n, word in decided.items()
    }
    (tmp_path / "rayyan.ris").write_text(
        "".join(
            f"TY  - JOUR\nTI  - Number {n}\nDO  - 10.5555/plain.{n}\nN1  - {note}\nER  - \n\n"
            for n, note in notes.items()
        ),
        encoding="utf-8",
    )
    return tmp_path / "a.screener"


def decided(copy):
    with open_copy(copy) as mine:
        units = mine.units.load(mine.screening.to_screen(TA))
        got = {u.number: mine.screening.decision(u.id, TA) for u in units}
        return {n: (str(d.verdict), d.reason, d.note) for n, d in got.items() if d}


def test_it_says_what_was_taken_and_what_not(run, copy):
    status, out, err = run(
        "take-decisions", copy, copy.with_name("rayyan.ris"), "--stage", "title-abstract"
    )
    assert status == 0
    assert out == "2 decisions of Maya from Rayyan taken.\n"
    assert "3 decisions of other people, not taken." in err
    assert "written into notes: too old." in err
    assert "Matched with records here: 2 by DOI.\n" in err
    assert (
        "Left alone, matches no record here, or more than one (1):\n  line 13: maybe, Number 9\n"
        in err
    )
    assert decided(copy) == {1: ("include", "", ""), 2: ("exclude", "other", "too old")}
    status, out, err = run("undo", copy)
    assert status == 0
    assert decided(copy) == {}


def test_quiet_says_only_the_count(run, copy):
    words = ("take-decisions", copy, copy.with_name("rayyan.ris"), "--stage", "title-abstract")
    status, out, err = run(*words, "--quiet")
    assert (status, err) == (0, "")
    assert out.count("\n") == 1


def test_json_is_one_document(run, copy):
    words = ("take-decisions", copy, copy.with_name("rayyan.ris"), "--stage", "title-abstract")
    status, out, err = run(*words, "--reviewer", "emily", "--json")
    assert (status, err) == (0, "")
    document = json.loads(out)
    assert set(document) == FIELDS
    assert (document["tool"], document["person"]) == ("Rayyan", "Emily")
    assert (document["stage"], document["taken"], document["others"]) == ("title-abstract", 2, 3)
    assert document["not_matched"] == [
        {"line": 13, "title": "Number 9", "verdict": "include", "record": None}
    ]
    status, out, _ = run(*words, "--json")
    assert [(r["record"], r["verdict"]) for r in json.loads(out)["differing"]] == [(2, "exclude")]
    status, out, _ = run(*words, "--replace")
    assert out == "1 decision of Maya from Rayyan taken; 1 replaced what was decided here.\n"
    assert decided(copy)[2] == ("exclude", "other", "too old")


def test_a_list_of_one_verdict(run, copy, making):
    listed = making.write_ris(copy.with_name("listed.ris"), 2)
    words = ("take-decisions", copy, listed, "--stage", "title-abstract", "--all-as", "exclude")
    status, out, _ = run(*words)
    assert (status, out) == (0, "2 decisions taken.\n")
    assert {n: d[0] for n, d in decided(copy).items()} == {1: "exclude", 2: "exclude"}


def test_refusals_are_one_sentence(refuses, copy, making):
    at = ("--stage", "title-abstract")
    rayyan = copy.with_name("rayyan.ris")
    assert "Open your own copy" in refuses(
        "take-decisions", copy.with_name("p.screener"), rayyan, *at
    )
    assert "the project that is open" in refuses("take-decisions", copy, copy, *at)
    assert "no decisions of Bo" in refuses("take-decisions", copy, rayyan, *at, "--reviewer", "Bo")
    plain = making.write_ris(copy.with_name("plain.ris"), 1)
    sentence = refuses("take-decisions", copy, plain, *at)
    assert "holds no decisions at title and abstract" in sentence
    assert "--all-as" in sentence
    assert "There is no file" in refuses("take-decisions", copy, copy.with_name("none"), *at)
    assert decided(copy) == {}


def test_the_stage_is_asked_for(run, copy):
    status, out, err = run("take-decisions", copy, copy.with_name("rayyan.ris"))
    assert (status, out) == (2, "")
    assert "--stage" in err


def test_the_rows_left_alone_are_written(run, copy, tmp_path):
    out = tmp_path / "left.csv"
    words = ("take-decisions", copy, copy.with_name("rayyan.ris"), "--stage", "title-abstract")
    assert run(*words, "--left", out)[0] == 0
    assert out.read_bytes().decode("utf-8-sig").splitlines() == [
        "line,title,verdict,record,why",
        '13,Number 9,maybe,,"matches no record here, or more than one"',
    ]
