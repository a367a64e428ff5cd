"""A time that no clock of a computer shows stands as the entry says it."""

import pytest

from ui.reviewers import wording as reviewers
from ui.screening import wording as screening


@pytest.mark.parametrize("time", ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", ""])
def test_a_time_that_cannot_be_shown_stands_as_it_is(time):
    assert screening.moment(time) == time
    assert reviewers.day(time) == time
