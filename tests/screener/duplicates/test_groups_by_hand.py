"""Joining, splitting and taking back by hand: a unit is always one of its own records."""

import pytest

from screener import create_project
from screener.model import UserError


@pytest.fixture
def review(tmp_path, making):
    with create_project(tmp_path / "p.screener", title="", protocol=making.protocol) as made:
        making.fill(made, tmp_path, 5)
        yield made


def groups(review):
    numbers = dict(review.units.all_numbers())
    return {
        numbers[unit]: sorted(numbers[r] for r in records)
        for unit, records in review.duplicates.groups()
    }


def uids(review, making, *numbers):
    return [making.uid(review, n) for n in numbers]


def test_the_kept_record_of_three_can_be_split_off(review, making):
    every = {n: r.id for n, r in enumerate(review.sources.records(), 1)}
    review.duplicates.same([every[1], every[2], every[3]], kept=every[1])
    review.duplicates.split(every[1])
    ((unit, members),) = groups(review).items()
    assert members == [2, 3]
    assert unit in members
    assert review.units.of_record(every[1]) == every[1]
    assert review.verify() == []
    review.undo()
    assert groups(review) == {1: [1, 2, 3]}
    review.redo()
    assert groups(review) == {unit: [2, 3]}


def test_taking_back_an_earlier_join_leaves_the_later_one_a_unit_of_its_own(review):
    every = {n: r.id for n, r in enumerate(review.sources.records(), 1)}
    review.duplicates.same([every[1], every[2]], kept=every[1])
    (first,) = {e.event.action for e in review.history("1") if e.event.kind.name == "same"}
    review.duplicates.same([every[2], every[3]], kept=every[1])
    assert groups(review) == {1: [1, 2, 3]}
    review.undo(first)
    assert groups(review) == {2: [2, 3]}
    assert review.verify() == []


def test_a_join_withdrawn_record_by_record_keeps_a_present_unit(review):
    every = {n: r.id for n, r in enumerate(review.sources.records(), 1)}
    review.duplicates.same([every[4], every[2], every[5]], kept=every[4])
    review.sources.remove(["4"], "retracted")
    assert review.units.of_record(every[5]) == every[2]
    review.undo()
    assert review.units.of_record(every[5]) == every[4]


def test_one_record_alone_joins_nothing(review):
    one = next(review.sources.records()).id
    with pytest.raises(UserError, match="at least two records to join"):
        review.duplicates.same([one, one])
    with pytest.raises(UserError, match="in no group"):
        review.duplicates.split(one)


def apart(review):
    numbers = dict(review.units.all_numbers())
    return [sorted(numbers[u] for u in uids) for uids in review.duplicates.answered_different()]


def test_joining_two_of_three_that_are_different_keeps_the_third_apart(review, making):
    one, two, three = uids(review, making, 1, 2, 3)
    review.duplicates.different([one, two, three])
    review.duplicates.same([one, three], kept=one)
    assert groups(review) == {1: [1, 3]}
    assert apart(review) == [[1, 2]]
    review.duplicates.same([one, two])
    assert apart(review) == []
    review.undo()
    review.undo()
    assert apart(review) == [[1, 2, 3]]
    assert review.verify() == []


def test_a_different_between_records_of_two_groups_gives_way_when_they_are_joined(review, making):
    one, two, three, four = uids(review, making, 1, 2, 3, 4)
    review.duplicates.same([one, two], kept=one)
    review.duplicates.different([two, three])
    review.duplicates.same([three, four], kept=four)
    review.duplicates.same([one, four])
    assert apart(review) == []


def test_what_was_said_to_be_different_is_not_said_twice(review, making):
    one, two, three = uids(review, making, 1, 2, 3)
    review.duplicates.different([one, two, three])
    review.duplicates.answer([("same", [one, three]), ("different", [one, two])])
    assert apart(review) == [[1, 2]]


@pytest.mark.parametrize("how", ["same", "answer"])
def test_a_removed_record_is_not_joined(review, making, how):
    one, two, three = uids(review, making, 1, 2, 3)
    review.sources.remove(["2", "3"], "retracted")
    before = review._file.rows("SELECT id FROM event")
    sentence = (
        "Records 1, 2 and 3 cannot be joined: 2 and 3 were removed or withdrawn; leave them "
        "out, or put them back first."
    )
    records = [one, two, three]
    join = {
        "same": lambda: review.duplicates.same(records),
        "answer": lambda: review.duplicates.answer([("same", records)]),
    }[how]
    with pytest.raises(UserError) as refused:
        join()
    assert str(refused.value) == sentence
    assert review._file.rows("SELECT id FROM event") == before


def test_a_record_of_a_withdrawn_import_is_not_joined(tmp_path, making):
    with create_project(tmp_path / "p.screener", title="", protocol=making.protocol) as review:
        making.fill(review, tmp_path, 1, mark="a", source="PubMed")
        making.fill(review, tmp_path, 1, mark="b", source="Scopus")
        both = uids(review, making, 1, 2)
        review.sources.withdraw("2", "wrong dates")
        with pytest.raises(UserError, match="2 was removed or withdrawn; leave it out"):
            review.duplicates.same(both)
        review.sources.put_back("2")
        review.duplicates.same(both)
        assert len(review.duplicates.groups()) == 1
