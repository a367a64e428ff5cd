"""What a decision or a consensus says must be what its stage and its protocol have."""

import json
import shutil
from dataclasses import replace

import pytest

from screener import merge_into, open_project
from screener.cli import main
from screener.consensus.merging.findings import Check, MergeRefused, Step
from screener.model import Mode, Stage
from screener.store import caches
from tests.screener.consensus.planting import plant

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def refused(target, path):
    with pytest.raises(MergeRefused) as told:
        merge_into(target, path)
    (found,) = told.value.files
    assert (found.refused.check, found.refused.step) == (Check.REVIEWER, Step.FRESH_COPY)
    return str(told.value)


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"value": "awaiting"}, "title and abstract has no outcome “awaiting”"),
        ({"value": "maybe"}, "title and abstract has no outcome “maybe”"),
        ({"question": "colour", "value": "include"}, "title and abstract has no question “colour”"),
        ({"reason": "participants", "value": "include"}, "only an exclusion has a reason"),
        ({"reason": "bogus", "value": "exclude"}, "the protocol has no reason “bogus”"),
    ],
)
def test_an_arbitrator_says_what_there_is(pair, more, why):
    pair.merge()
    path = pair.folder / "ada.screener"
    with open_project(pair.project) as review:
        review.consensus.write_arbitrators_file("Ada", TA, path)
    with open_project(path, write=False) as file:
        ada = next(str(p.id) for p in file.consensus.people() if p.arbitrator)
        given = next(one for one in file.consensus.to_settle() if one.basis)
    body = {"basis": list(given.basis), "by": [ada], "mode": "adjudication", "why": "w", **more}
    if "question" in more:  # nothing of the kind was given to the arbitrator
        path = pair.folder / "all.screener"
        shutil.copy(pair.project, path)
        body["mode"], ada = "discussion", None
    plant(path, "consensus", json.dumps(body, sort_keys=True), log="meeting", author=ada,
          subject=given.subject, step=TA)  # fmt: skip
    caches.rebuild_in(path)
    with pytest.raises(MergeRefused) as told:
        merge_into(pair.project, path, project=ada is None)
    whose = "Ada" if ada else "the meeting log"
    asked = "Ada" if ada else "its owner"
    assert str(told.value) == (
        f"{path.name} holds a consensus of {whose} that cannot be ({why}); ask {asked} for a fresh "
        "copy."
    )


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ({"reason": "bogus", "verdict": "exclude"}, "the protocol has no reason “bogus”"),
        (
            {"judgements": {"colour": "met"}, "verdict": "include"},
            "the protocol has no criterion “colour”",
        ),
    ],
)
def test_a_decision_names_what_its_protocol_has(pair, body, why):
    with open_project(pair.a, write=False) as mine:
        record, maya = mine.units.find("7"), mine._file.reviewer
        version = mine.protocol.current.id
    whole = pair.folder / "whole.screener"
    shutil.copy(pair.a, whole)
    for named in ("", version):
        shutil.copy(whole, pair.a)
        said = {**body, "protocol": named} if named else body
        plant(pair.a, "decision", json.dumps(said, sort_keys=True), author=maya, subject=record,
              step=TA)  # fmt: skip
        caches.rebuild_in(pair.a)
        assert refused(pair.project, pair.a) == (
            f"a.screener holds a decision of Maya that cannot be ({why}); ask Maya for a fresh "
            "copy."
        )


def test_a_reason_of_its_own_version_comes_in_though_it_is_gone_since(pair):
    """What was in force when it was decided counts, not what is in force now."""
    with open_project(pair.project) as review:
        now = review.protocol.current
        kept = tuple(c for c in now.criteria if c.id != "participants")
        review.protocol.set(replace(now, criteria=kept))
    pair.merge()


@pytest.fixture
def read_in_full(tmp_path, making):
    """A project with full text open for four reports, and both copies for it."""
    project = making.review(tmp_path, records=4)
    for letter in "ab":
        making.screen(tmp_path / f"{letter}.screener", dict.fromkeys(range(1, 5), "include"))
    with open_project(project) as review:
        review.consensus.merge(tmp_path / "a.screener", tmp_path / "b.screener")
        review.screening.open(FT)
        for number in range(1, 5):
            review.fulltext.set_retrieval(making.uid(review, number), "retrieved")
        for letter, name in (("a", "Maya"), ("b", "Jonas")):
            (tmp_path / f"{letter}.screener").unlink()
            review.consensus.write_copy(name, tmp_path / f"{letter}.screener")
    return project, tmp_path / "a.screener", tmp_path / "b.screener"


def test_every_item_is_in_one_count_of_the_status(read_in_full, making, capsys):
    project, a, b = read_in_full
    making.screen(a, {1: "include", 2: "include", 3: ("exclude", "participants")}, stage=FT)
    making.screen(b, {1: "include", 2: "maybe", 3: ("exclude", "participants")}, stage=FT)
    merge_into(project, a, b)
    with open_project(project) as review:
        review.consensus.resolve(
            review.units.find("2"), "awaiting", step=FT, why="w", by=["Maya", "Jonas"],
            mode=Mode.DISCUSSION,
        )  # fmt: skip
    with pytest.raises(SystemExit):
        main(["status", str(project), "--json"])
    for stage in json.loads(capsys.readouterr().out)["stages"]:
        parts = [stage[name] for name in ("included", "excluded", "awaiting", "pending")]
        assert sum(parts) == sum(stage["statuses"].values()) == 4
    with pytest.raises(SystemExit):
        main(["status", str(project)])
    line = "Full text: 1 included, 1 excluded, 1 awaiting, 1 without an outcome"
    assert line in capsys.readouterr().out


def test_an_exclusion_without_the_reason_that_is_required_is_a_problem_of_the_flow(read_in_full):
    project, a, b = read_in_full
    for path in (a, b):
        with open_project(path, write=False) as mine:
            who, record = mine._file.reviewer, mine.units.find("1")
        plant(path, "decision", '{"verdict":"exclude"}', author=who, subject=record, step=FT)
        caches.rebuild_in(path)
    merge_into(project, a, b, open_early=True)
    with open_project(project) as review:
        said = (
            "1 report was excluded without a reason, which the protocol requires; settle that "
            "with one."
        )
        assert said in review.report.flow().problems
        review.protocol.set(replace(review.protocol.current, reason_required={FT: False}))
        assert said not in review.report.flow().problems
