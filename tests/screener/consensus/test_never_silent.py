"""What a merge leaves out, and what was changed behind a closing code, is said by name."""

import json

import pytest

from screener import merge_into, open_project
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
