from __future__ import annotations

import pytest

from screener.duplicates.found import Pair, Question
from ui.duplicates.lists import Remaining


def question(*records):
    """A question whose records are each compared with the first."""
    pairs = tuple(Pair(one=r, other=records[0], rule="title") for r in records[1:])
    return Question(records=records, pairs=pairs, why="why", doubt=0.0)


AB, CDE = question("a", "b"), question("c", "d", "e")


@pytest.fixture
def remaining():
    found = Remaining([AB, CDE])
    found.look({}, [])
    return found


def test_every_question_is_open_at_first(remaining):
    assert remaining.open == [AB, CDE]
    assert (remaining.count, remaining.answered) == (2, 0)


def test_records_of_one_group_are_no_question_any_more(remaining):
    remaining.look({"a": "a", "b": "a"}, [])
    assert remaining.open == [CDE]
    assert remaining.answered == 1


def test_records_that_are_different_are_no_question_any_more(remaining):
    remaining.look({}, [("a", "b")])
    assert remaining.open == [CDE]


def test_a_question_is_open_while_one_pair_of_it_is(remaining):
    remaining.look({}, [("c", "d")])
    assert CDE in remaining.open
    remaining.look({}, [("c", "d"), ("c", "e")])
    assert CDE not in remaining.open


def test_what_is_different_from_a_record_is_different_from_its_group(remaining):
    # e was joined to x, and x is different from c
    remaining.look({"e": "x", "x": "x"}, [("c", "x"), ("c", "d")])
    assert remaining.open == [AB]


def test_a_question_that_is_open_again_is_named(remaining):
    assert remaining.look({}, [("a", "b")]) is None
    assert remaining.look({}, []) is AB
    assert remaining.look({}, []) is None


def test_a_question_put_off_stays_last_when_others_are_answered(remaining):
    remaining.put_off(AB)
    assert remaining.open == [CDE, AB]
    remaining.look({}, [("c", "d", "e")])
    remaining.look({}, [])
    assert remaining.open == [CDE, AB]
