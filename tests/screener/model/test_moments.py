"""Times that no computer writes are refused where they come in, and break nothing that reads."""

import pytest

from screener.model.moments import local, require_time

NEVER = ["9999-12-31T23:59:59-14:00", "0001-01-01T00:00:00+14:00", "yesterday", ""]


@pytest.mark.parametrize("time", NEVER)
def test_a_time_that_cannot_be_shown_is_none(time):
    assert local(time) is None


@pytest.mark.parametrize("time", [*NEVER, "1969-12-31T12:00:00+00:00", "3000-01-01T00:00:00+00:00"])
def test_no_entry_says_it(time):
    with pytest.raises(ValueError, match=r"year|isoformat"):
        require_time(time)


@pytest.mark.parametrize("time", ["1970-01-01T00:00:00+14:00", "2999-12-31T23:59:59-14:00"])
def test_a_wrong_clock_may_say_this(time):
    require_time(time)
