"""Times that no computer writes are refused where they come in, and break nothing that reads."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from screener.model.moments import local, require_time

ROOT = Path(__file__).parents[3]
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


def test_the_time_now_is_in_utc_where_the_zone_of_the_computer_is_none():
    """So far from Greenwich is no place; a zone that is misspelt may say so."""
    says = "from screener.store.events import now; print(now())"
    done = subprocess.run(
        [sys.executable, "-c", says],
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TZ": "AAA-167"},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("+00:00")
