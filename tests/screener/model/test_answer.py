"""Answers as values: what is blank, and what is compared."""

from dataclasses import FrozenInstanceError

import pytest

from screener.model import SPECIAL_VALUES, Answer, AnswerState, Origin, ReviewerId


def answer(**more):
    place = {"step": "extraction", "subject": "s1", "question": "weeks"}
    return Answer(**place, reviewer=ReviewerId("r1"), **more)


def test_an_answer_is_a_value_of_its_reviewer_unless_it_says_otherwise():
    assert answer(value="30").said == (AnswerState.VALUE, "30")
    assert answer(value="30").origin is None
    assert answer(value="30") == answer(value="30")
    assert answer(value="30") != answer(value="30", origin=Origin.FIGURE)


def test_an_answer_cannot_be_changed():
    with pytest.raises(FrozenInstanceError):
        answer(value="30").value = "31"


@pytest.mark.parametrize("state", AnswerState)
def test_only_none_is_blank(state):
    assert answer(state=state).blank is (state is AnswerState.NONE)


def test_neither_a_value_nor_a_blank_is_a_special_value():
    assert set(AnswerState) - set(SPECIAL_VALUES) == {AnswerState.VALUE, AnswerState.NONE}
    assert [s.words for s in SPECIAL_VALUES] == ["not reported", "unclear", "not applicable"]
