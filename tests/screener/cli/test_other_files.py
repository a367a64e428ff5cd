"""`flow` and `status` of files that are no project say what is true there."""

import json

import pytest

from screener import merge_into, open_copy, open_project
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
