"""The least and the most of a number are of its first unit; nothing is converted."""

import pytest

from screener.answers import values
from screener.model import AnswerState, Question, UserError

AGE = Question(
    id="age", words="Age", type="decimal", units=("years", "months"), minimum=1, maximum=100
)


def said(text, unit=""):
    value = values.parsed(AGE, AnswerState.VALUE, text, unit)
    return value.value, value.unit


def test_a_number_in_another_unit_has_no_limits():
    assert said("360", "months") == ("360", "months")
    assert said("0.5", "months") == ("0.5", "months")


@pytest.mark.parametrize("unit", ["", "years"])
def test_a_number_in_the_first_unit_is_limited(unit):
    assert said("30", unit) == ("30", unit)
    with pytest.raises(UserError, match="360 is too high; the highest number here is 100"):
        said("360", unit)
    with pytest.raises(UserError, match=r"0\.5 is too low"):
        said("0.5", unit)


def test_what_is_no_number_is_none_in_any_unit():
    with pytest.raises(UserError, match="is not a number"):
        said("many", "months")
