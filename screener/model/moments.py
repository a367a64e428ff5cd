"""The times that entries say, as this computer's clock shows them."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

FIRST_YEAR, LAST_YEAR = 1970, 2999
"""The years an entry may say: times before and after them are shown by some systems only."""


class WrongYearError(ValueError):
    """A time of a year that no entry may say."""

    def __init__(self, year: int) -> None:
        super().__init__(f"the clock of its computer says the year {year}")
        self.year = year


def require_time(time: str) -> None:
    """Raise `ValueError` unless this is an ISO time, `WrongYearError` for another year."""
    year = datetime.fromisoformat(time).year
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise WrongYearError(year)


def now() -> datetime:
    """Return the time now as this computer's clock shows it, or where its zone is none, in UTC."""
    return here(datetime.now(UTC))


def here(time: datetime) -> datetime:
    """Return a time that knows its zone as this computer's clock shows it; else as it is."""
    with suppress(ValueError, OverflowError, OSError):
        return time.astimezone()
    return time


def local(time: str) -> datetime | None:
    """Return an ISO time on the clock of this computer; None where that cannot show it."""
    with suppress(ValueError, OverflowError, OSError):  # Windows has no time before 1970
        return datetime.fromisoformat(time).astimezone()
    return None
