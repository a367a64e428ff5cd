"""An answer counts once, a newer one takes the place of an older one, and none is lost unsaid."""

from __future__ import annotations

import pytest

from screener.duplicates.found import Group
from screener.duplicates.methods import methods
from screener.model import UserError


@pytest.fixture
def looked(searches):
    """A project of six records, on which nothing was answered yet."""
    searches.add("peers", "valleys", "gardens")
    searches.add("peers", "valleys", "gardens", source="Embase")
    return searches


def take(looked, *answers):
    by_number = {r.number: r.id for r in looked.project.sources.records()}
    return looked.project.duplicates.answer(
        [(word, [by_number[n] for n in numbers]) for word, *numbers in answers]
    )


def apart(looked):
    numbers = dict(looked.project.units.all_numbers())
    said = looked.project.duplicates.answered_different()
    return [sorted(numbers[uid] for uid in uids) for uids in said]


def history(looked):
    return [looked.project.history(str(number)) for number in range(1, 7)]


def told(looked):
    project = looked.project
    return methods(project.duplicates, project.sources, project.units)


FIVE = (
    ("same", 1, 4), ("different", 1, 2), ("different", 1, 3), ("different", 2, 3),
    ("different", 2, 6),
)  # fmt: skip


def test_the_same_answers_again_are_none(looked):
    assert take(looked, *FIVE) == 5
    before, written = told(looked), history(looked)
    assert "answered 5 questions on possible duplicates: the same report in 1, different" in before
    assert take(looked, *FIVE) == 0
    assert told(looked) == before
    assert history(looked) == written
    assert take(looked, *FIVE, ("same", 2, 5)) == 1
    assert take(looked, ("same", 2, 5), ("same", 5, 2), ("different", 3, 2)) == 0


def test_a_record_is_no_duplicate_of_itself(looked):
    for word in ("same", "different"):
        with pytest.raises(UserError, match="one names record 1 alone"):
            take(looked, ("same", 2, 5), (word, 1, 1))
    assert looked.groups() == {}


def test_different_takes_the_place_of_same(looked):
    take(looked, ("same", 1, 4))
    assert take(looked, ("different", 1, 4)) == 1
    assert (looked.groups(), apart(looked)) == ({}, [[1, 4]])
    assert "duplicates: the same report in 0, different reports in 1" in told(looked)
    assert take(looked, ("same", 1, 4)) == 1
    assert (looked.groups(), apart(looked)) == ({1: [1, 4]}, [])
    looked.project.undo()
    assert (looked.groups(), apart(looked)) == ({}, [[1, 4]])
    assert looked.project.verify() == []


def test_the_last_answer_of_a_file_stands(looked):
    assert take(looked, ("same", 1, 4), ("different", 1, 4)) == 2
    assert (looked.groups(), apart(looked)) == ({}, [[1, 4]])


def test_a_person_corrects_a_rule(looked):
    one, four = looked.uids(1, 4)
    looked.project.duplicates.join([Group(records=(one, four), kept=one, rules=("same-doi",))])
    looked.project.duplicates.different([one, four])
    assert (looked.groups(), apart(looked)) == ({}, [[1, 4]])


def test_one_of_two_answers_on_a_group_is_taken_back(looked):
    take(looked, ("same", 1, 4), ("same", 4, 5))
    assert take(looked, ("different", 1, 4)) == 1
    assert (list(looked.groups().values()), apart(looked)) == ([[4, 5]], [[1, 4]])


@pytest.mark.parametrize(
    "joined",
    [
        (("same", 1, 4), ("same", 4, 5), ("same", 1, 5)),
        (("same", 1, 4, 5),),
        (("same", 1, 5), ("same", 5, 4)),
    ],
)
def test_what_others_hold_together_is_a_contradiction(looked, joined):
    take(looked, *joined)
    with pytest.raises(UserError, match="Records 1 and 4 are in one group with others"):
        take(looked, ("same", 2, 3), ("different", 4, 1))
    assert (list(looked.groups().values()), apart(looked)) == ([[1, 4, 5]], [])


def test_a_confirmed_join_of_a_rule_is_an_answer_and_stays(looked):
    found, _ = looked.join()
    assert len(found.certain) == 3
    assert take(looked, ("same", 1, 4)) == 1
    (run,) = looked.project.duplicates.runs()
    looked.project.duplicates.undo_run(run)
    assert looked.groups() == {1: [1, 4]}
