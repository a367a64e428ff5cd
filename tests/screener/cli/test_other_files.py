"""`flow` and `status` of files that are no project say what is true there."""

import csv
import json

import pytest

from screener import merge_into, open_copy, open_project
from screener.cli.meeting import to_settle
from screener.model import Mode, Stage

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


@pytest.fixture
def document(run):
    def get(*words):
        status, out, err = run(*words, "--json")
        assert status == 0, err
        return json.loads(out)

    return get


def test_in_a_late_joiners_copy_all_is_pending_after_closing_too(document, tmp_path, making):
    project, late = making.review(tmp_path), tmp_path / "late.screener"
    for letter in "ab":
        making.screen(tmp_path / f"{letter}.screener", dict.fromkeys(range(1, 7), "include"))
    merge_into(project, tmp_path / "a.screener", tmp_path / "b.screener")
    with open_project(project) as review:
        review.screening.open(FT)
        review.consensus.write_copy("Ruth", late)
    with open_copy(late) as mine:
        mine.screening.decide(mine.units.find("1"), "include", stage=TA)
        mine.screening.close(TA)
    flow = document("flow", late)
    assert flow["pending"] == {"title_abstract": 6, "retrieval": 0, "full_text": 0}
    assert (flow["dbr_sought_reports"], flow["dbr_assessed"], flow["draft"]) == (0, 0, True)


@pytest.fixture
def arbitrated(pair):
    merge_into(pair.project, pair.a, pair.b)
    path = pair.folder / "ada.screener"
    with open_project(pair.project) as review:
        review.consensus.write_arbitrators_file("Ada", TA, path)
    return path


def test_an_arbitrators_file_says_what_is_to_settle(document, run, arbitrated):
    with open_project(arbitrated) as file:
        given = len(file.consensus.to_settle())
        how = {"why": "read", "by": ["Ada"], "mode": Mode.ADJUDICATION}
        file.consensus.resolve(file.units.find("3"), "include", step=TA, **how)
    said = f"Title and abstract: {given - 1} to settle, 1 settled\n"
    assert run("status", arbitrated)[1] == said
    stage = document("status", arbitrated)["stages"][0]
    assert (stage["pending"], stage["statuses"]) == (given - 1, {})
    flow = document("flow", arbitrated)
    assert flow["pending"] == {"title_abstract": 7, "retrieval": 1, "full_text": 0}


@pytest.mark.parametrize("whose", ["copy", "arbitrator"])
def test_what_a_file_does_not_know_is_not_said_to_be_undecided(run, pair, arbitrated, whose):
    """The diagram and its sentence speak of the review, and these files hold a part of it."""
    path = {"copy": pair.a, "arbitrator": arbitrated}[whose]
    picture = path.with_suffix(".svg")
    said = run("flow", path, "--svg", picture)[2]
    assert "undecided" not in said
    assert "what the review decided is in the project" in said
    text = picture.read_text(encoding="utf-8")
    assert "not known here" in text
    assert "not yet decided" not in text
    assert "undecided" in run("flow", pair.project)[2] or "conflict" in run("flow", pair.project)[2]


def test_an_export_of_an_arbitrators_file_says_what_its_status_says(run, document, arbitrated):
    with open_project(arbitrated) as file:
        how = {"why": "read", "by": ["Ada"], "mode": Mode.ADJUDICATION}
        file.consensus.resolve(file.units.find("3"), "include", step=TA, **how)
        open_ = {one["record"] for one in to_settle(file) if one["state"] == "open"}
    out = arbitrated.with_name("out.json")

    def exported(which):
        words = ("export", arbitrated, out, "--which", which, "--stage", TA)
        assert run(*words)[0] == 0
        return {int(one["record"]): one for one in json.loads(out.read_text(encoding="utf-8"))}

    status = "Title and abstract: status"
    assert exported("included").keys() == {3}
    assert exported("excluded").keys() == set()
    assert exported("pending").keys() == exported("to-settle").keys() == open_
    found = exported("all")
    assert {one[status] for n, one in found.items() if n in open_} == {"to settle"}
    assert found[3][status] == "settled"
    assert found[3]["Title and abstract: outcome"] == "include"
    assert "adjudication by Ada: read" in found[3]["Title and abstract: consensus"]
    rest = {one[status] for n, one in found.items() if n not in {3, *open_}}
    assert rest == {"not known here"}
    book = arbitrated.with_name("book.csv")
    assert run("export", arbitrated, out, "--codebook", book)[0] == 0
    text = book.read_text(encoding="utf-8-sig")
    assert all(f"{word}: " in text for word in ("to settle", "settled", "not known here"))
    assert "decision of" not in text


def test_the_list_of_an_arbitrators_file_is_of_its_stage_and_is_written(run, document, arbitrated):
    words = ("discrepancies", arbitrated, "--stage")
    found = document(*words, TA)
    assert [set(one) for one in found] == [{"record", "uid", "title", "stage", "state"}] * len(
        found
    )
    assert document(*words, Stage.FULL_TEXT) == []
    table = arbitrated.with_name("list.csv")
    assert run(*words, TA, "--csv", table)[0] == 0
    with table.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["record"], row["state"]) for row in rows] == [
        (str(one["record"]), one["state"]) for one in found
    ]
    assert "decisions" not in rows[0]
    assert {row["reviewer"] for row in rows} == {""}
