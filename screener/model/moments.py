"""The times that entries say, as this computer's clock shows them."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

FIRST_YEAR, LAST_YEAR = 1970, 2999
"""The years an entry may say: times before and after them are shown by some systems only."""


def require_time(time: str) -> None:
    """Raise `ValueError` unless this is an ISO time of a year that an entry may say."""
    year = datetime.fromisoformat(time).year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"the clock of its computer says the year {year}")


def local(time: str) -> datetime | None:
    """Return an ISO time on the clock of this computer; None where that cannot show it."""
    with suppress(ValueError, OverflowError, OSError):  # Windows has no time before 1970
        return datetime.fromisoformat(time).astimezone()
    return None
