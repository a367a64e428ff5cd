"""What a merge leaves out, and what was changed behind a closing code, is said by name."""

import json
import shutil

import pytest

from screener import merge_into, open_copy, open_project
from screener.cli import main
from screener.model import Stage
from tests.screener.consensus.planting import plant

TA = Stage.TITLE_ABSTRACT
SAID = (
    "Title and abstract: the closing code of Maya does not cover 1 answer, changed after closing "
    "without opening it again or given in a copy that was not closed with the others."
)


def run(arguments):
    with pytest.raises(SystemExit) as told:
        main(arguments)
    assert told.value.code == 0


def test_an_answer_changed_after_closing(pair, capsys):
    with open_project(pair.a, write=False) as file:
        record, maya = file.units.find("1"), file._file.reviewer
        rows = file._file.rows("SELECT event FROM current WHERE subject = ?", (record,))
    with open_project(pair.a, write=False) as file:
        assert file.consensus.standing(TA).reviewers[0].changed_since == 0
    before = json.dumps([rows[0][0].hex()])
    plant(
        pair.a, "decision", '{"verdict":"maybe"}', author=maya, subject=record, step=TA,
        supersedes=before,
    )  # fmt: skip
    (found,) = merge_into(pair.project, pair.a)
    assert SAID in [f.message for f in found.findings]
    run(["status", str(pair.project)])
    assert "1 not covered by the closing code" in capsys.readouterr().out
    run(["status", str(pair.project), "--json"])
    (maya,) = (
        r
        for r in json.loads(capsys.readouterr().out)["stages"][0]["reviewers"]
        if r["reviewer"] == "Maya"
    )
    assert maya["changed_since"] == 1
    run(["compare", str(pair.a), str(pair.b)])
    assert SAID in capsys.readouterr().err


def test_a_project_into_a_copy_says_what_stays_out(pair):
    pair.merge()
    (found,) = merge_into(pair.b, pair.project, project=True)
    said = [f.message for f in found.findings]
    assert any("logs of Maya that are not taken into a copy" in m for m in said), said
    assert not any("everything in it is here already" in m for m in said)
    with open_project(pair.b, write=False) as file:
        (here,) = file._file.rows("SELECT count(*) FROM event")[0]
    assert found.known_events + found.new_events == here


def test_the_same_copy_under_another_name_is_said(tmp_path, making):
    project = making.review(tmp_path)
    making.screen(tmp_path / "a.screener", {1: "include"})
    shutil.copy(tmp_path / "a.screener", tmp_path / "sent again.screener")
    with open_project(project) as review:
        first, second = review.consensus.admission(
            tmp_path / "a.screener", tmp_path / "sent again.screener"
        )
    said = "The same as a.screener under another name; it adds nothing to it."
    assert said in [one.message for one in second.findings]
    assert said not in [one.message for one in first.findings]


def test_what_was_settled_and_is_answered_again_is_said_before(tmp_path, making):
    project = making.review(tmp_path)
    a, b = tmp_path / "a.screener", tmp_path / "b.screener"
    making.screen(a, {1: "include", 2: "include"})
    making.screen(b, {1: "exclude", 2: "include"})
    merge_into(project, a, b)
    with open_project(project) as review:
        record = making.uid(review, 1)
        review.consensus.resolve(
            record, "include", step=Stage.TITLE_ABSTRACT, why="read again", by=["Maya", "Jonas"]
        )
    with open_copy(a) as mine:
        mine.screening.reopen(Stage.TITLE_ABSTRACT, "second thoughts")
    making.screen(a, {1: "exclude"})
    with open_project(project) as review:
        (found,) = review.consensus.admission(a)
        said = "Title and abstract: 1 settled item answered again; what was answered otherwise"
        assert any(one.message.startswith(said) for one in found.findings)
        (found,) = review.consensus.admission(b)
        assert not any("settled item" in one.message for one in found.findings)
        merged = review.consensus.merge(a, b)
        assert (merged.answers, merged.reopened) == (1, 1)
        assert review.consensus.merge(a, b).reopened == 0
