"""Records joined after screening began: decisions on any of them count for the unit."""

from __future__ import annotations

import pytest

from screener import open_copy, open_project
from screener.model import DiscrepancyKind, Stage, Status, UserError, Verdict

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def screened(tmp_path, making):
    """Maya: 1 include, 2 exclude, 3 include; Jonas: 1 include, 3 include. All merged."""
    path = making.review(tmp_path, records=3)
    making.screen(tmp_path / "a.screener", {1: "include", 2: "exclude", 3: "include"})
    making.screen(tmp_path / "b.screener", {1: "include", 3: "include"})
    with open_project(path) as review:
        review.consensus.merge(tmp_path / "a.screener", tmp_path / "b.screener")
    return path


def state(review, number):
    return review.consensus.states(TA)[review.units.find(str(number))]


def test_ones_own_contradiction_is_a_discrepancy_with_oneself(screened):
    with open_project(screened) as review:
        review.duplicates.same([review.units.find("1"), review.units.find("2")])
        found = state(review, 1)
        assert (found.status, found.kind) == (Status.SELF, DiscrepancyKind.SELF)
        assert found.outcome is None
        assert [d.unit.members for d in review.consensus.discrepancies(TA)] == [(1, 2)]
        review.undo()
        assert (state(review, 1).status, state(review, 2).status) == (
            Status.AGREED, Status.MISSING,
        )  # fmt: skip


def test_the_same_twice_is_no_contradiction(screened):
    with open_project(screened) as review:
        review.duplicates.same([review.units.find("1"), review.units.find("3")])
        assert state(review, 3).status is Status.AGREED


def test_the_reviewer_settles_it_in_a_newer_copy(screened):
    folder = screened.parent
    with open_project(screened) as review:
        review.duplicates.same([review.units.find("1"), review.units.find("2")])
        review.consensus.write_copy("Maya", folder / "newer.screener")
    with open_copy(folder / "newer.screener") as mine:
        unit = mine.units.find("2")
        mine.screening.reopen(TA, "two of my records were one")
        mine.screening.decide(unit, Verdict.INCLUDE, stage=TA)
        mine.screening.close(TA)
    with open_project(screened) as review:
        review.consensus.merge(folder / "newer.screener")
        assert state(review, 1).status is Status.AGREED


def test_after_a_split_each_part_keeps_the_decision_on_its_own_record(screened):
    with open_project(screened) as review:
        one, two = review.units.find("1"), review.units.find("2")
        review.duplicates.same([one, two])
        review.duplicates.split(two)
        verdicts = {
            n: [str(d.verdict) for d in review.consensus.decisions(uid, TA)]
            for n, uid in ((1, one), (2, two))
        }
        assert verdicts == {1: ["include", "include"], 2: ["exclude"]}


def test_after_a_run_is_taken_back_the_other_part_is_not_decided(tmp_path, making):
    path = making.review(tmp_path, records=3)
    twin = tmp_path / "twin.ris"
    with open_project(path) as review:
        first = next(iter(review.sources.records())).fields
        twin.write_text(
            f"TY  - JOUR\nTI  - {first.title}\nDO  - 10.5555/twin.1\nPY  - 2015\nER  - \n\n" * 2,
            encoding="utf-8",
        )
        review.sources.import_file(twin, source="Scopus")
        assert review.duplicates.join(review.duplicates.find().certain) > 0
        (group,) = review.duplicates.groups()
        numbers = dict(review.units.all_numbers())
        members = sorted(numbers[uid] for uid in group[1])
        review.consensus.write_copy("Maya", tmp_path / "newer.screener")
    making.screen(tmp_path / "newer.screener", {members[0]: "include"})
    with open_project(path) as review:
        review.consensus.merge(tmp_path / "newer.screener", open_early=True)
        (run,) = review.duplicates.runs()
        review.duplicates.undo_run(run)
        decided = [
            n
            for n in members
            if [d.verdict for d in review.consensus.decisions(review.units.find(str(n)), TA)]
        ]
        assert decided == [numbers[group[0]]], "decisions stay with the record they named"


def test_a_copy_joins_nothing(screened):
    with (
        open_copy(screened.parent / "a.screener") as mine,
        pytest.raises(UserError, match="only the coordinator's project"),
    ):
        mine.duplicates.same([mine.units.find("1"), mine.units.find("2")])
