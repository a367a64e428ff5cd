"""What the meeting's list is grouped by, of three reviewers and of a form."""

from __future__ import annotations

import pytest

from screener import open_project
from screener.consensus.grouping import GroupBy
from screener.model import Stage
from tests.screener.answers.trial import answered_trial

TA = Stage.TITLE_ABSTRACT
OUT = ("exclude", "participants")
JUDGED = {"interventions": "met"}, {"interventions": "not-met"}
SAID = {
    "a": {1: "include", 2: "maybe", 3: "include", 4: OUT, 5: ("include", "", JUDGED[0])},
    "b": {1: OUT, 2: ("exclude", "study-design"), 3: "maybe", 4: "include", 5: "include"},
    "c": {1: ("exclude", ""), 2: OUT, 3: OUT, 4: "include", 5: ("include", "", JUDGED[1])},
}


@pytest.fixture
def three(making, tmp_path):
    """What Maya, Jonas and Ida say to five records, each otherwise, merged."""
    path = making.review(tmp_path, records=5, reviewers=("Maya", "Jonas", "Ida"))
    for letter, said in SAID.items():
        making.screen(tmp_path / f"{letter}.screener", said)
    with open_project(path) as review:
        review.consensus.merge(*(tmp_path / f"{letter}.screener" for letter in SAID))
        yield review


def grouped(review, by, step=TA):
    number = dict(review.units.numbered())
    found = review.consensus.context.grouped(step, by, review.consensus.differing(step))
    return {key: [number[state.subject] for state in several] for key, several in found.items()}


def test_exclude_and_include_stand_apart_from_exclude_and_maybe(three):
    assert grouped(three, GroupBy.KIND) == {
        ("conflict", "include", "exclude"): [1, 4],
        ("conflict", "include", "maybe", "exclude"): [3],
        ("conflict", "maybe", "exclude"): [2],
        ("judgement",): [5],
    }
    assert next(iter(grouped(three, GroupBy.KIND))) == ("conflict", "include", "exclude")


def test_each_criterion_in_dispute_has_its_group(three):
    assert grouped(three, GroupBy.DISPUTED) == {
        ("participants",): [1, 2, 3, 4],
        ("study-design",): [2],
        ("interventions",): [5],
    }


def test_a_conflict_that_names_no_criterion_has_a_group_too(making, tmp_path):
    path = making.review(tmp_path, records=1)
    making.screen(tmp_path / "a.screener", {1: "include"})
    making.screen(tmp_path / "b.screener", {1: ("exclude", "")})
    with open_project(path) as review:
        review.consensus.merge(tmp_path / "a.screener", tmp_path / "b.screener")
        assert grouped(review, GroupBy.DISPUTED) == {("",): [1]}


def test_a_pair_is_who_would_differ_alone_whatever_the_third_says(three):
    maya, jonas, ida = (str(one.id) for one in three.consensus.reviewers())
    assert grouped(three, GroupBy.PAIR) == {
        (maya, jonas): [1, 2, 4],  # at 3 a maybe advances as an include does
        (maya, ida): [1, 2, 3, 4, 5],
        (jonas, ida): [3],
    }
    assert next(iter(grouped(three, GroupBy.PAIR))) == (maya, jonas)


def test_the_answers_of_a_form_are_grouped_by_question(tmp_path):
    trial = answered_trial(tmp_path)
    trial.merge()
    with trial.open() as review:
        step = next(one.id for one in review.consensus.steps if one.id not in list(Stage))
        every = review.consensus.differing(step)
        by_question = review.consensus.context.grouped(step, GroupBy.DISPUTED, every)
        assert {key: len(found) for key, found in by_question.items()} == {
            (question,): sum(one.item.question == question for one in every)
            for question in {one.item.question for one in every}
        }
        people = review.consensus.reviewers()
        pairs = review.consensus.context.grouped(step, GroupBy.PAIR, every)
        assert list(pairs) == [tuple(str(one.id) for one in people)]
