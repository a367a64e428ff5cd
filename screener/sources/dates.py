"""Years and dates out of everything that exports write into their date fields."""

from __future__ import annotations

import datetime
import re
from functools import lru_cache

# A record says nothing of years that are still to come; a clock that goes slow counts for nothing.
LATEST = max(2027, datetime.datetime.now(datetime.UTC).year + 1)
_YEAR = re.compile(r"(?<!\d)(1[4-9]\d\d|20\d\d)(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_NUMERIC = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?!\d)")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan ene gen", "feb fév fev", "mar mär maa", "apr abr avr", "may mai mag", "jun giu",
         "jul lug", "aug ago aoû", "sep set", "oct okt ott out", "nov", "dec dez déc dic"), 1)
    for name in names.split()
}  # fmt: skip
_DAY = re.compile(r"0*([1-9]|[12]\d|3[01])")
_WORDS = re.compile(r"[A-Za-zäéèû]{3,}|\d+")


@lru_cache(maxsize=4096)
def year(text: str) -> int | None:
    """Return the year in `text`; 20170812 is a day of 2017.

    "10 15", "in press" and a year to come are none.
    """
    for match in (*_YEAR.finditer(text), *_COMPACT.finditer(text)):
        if int(match[1]) <= LATEST:
            return int(match[1])
    return None


def month(word: str) -> int:
    """Return the number of the month that `word` names, or 0."""
    return _MONTHS.get(word[:3].lower(), 0)


@lru_cache(maxsize=4096)
def date(text: str) -> str:
    """Return the ISO date in `text` as far as it goes (2019-05-03 or 2019-05), or nothing."""
    match = _NUMERIC.search(text) or _COMPACT.search(text)
    if match:
        return _iso(int(match[1]), int(match[2]), int(match[3] or 0))
    words = _WORDS.findall(text.lower())
    months = [_MONTHS[word[:3]] for word in words if word[:3] in _MONTHS]
    found = year(text)
    if not found or not months:
        return ""
    days = [int(word) for word in words if _DAY.fullmatch(word)]
    # Two days or two months are a span; its first month is all that can be said.
    return _iso(found, months[0], days[0] if len(days) == 1 and len(months) == 1 else 0)


def _iso(year_: int, month: int, day: int) -> str:
    if not 1 <= month <= 12 or not 1400 <= year_ <= LATEST:
        return ""
    return f"{year_:04}-{month:02}" + (f"-{day:02}" if 1 <= day <= 31 else "")


def joined(year: str, month: str, day: str) -> str:
    """Return one text out of the parts of a date, the month in figures or in words."""
    if month.isdigit():
        return "-".join(part.zfill(2) for part in (year, month, day) if part)
    return " ".join(part for part in (day, month, year) if part)
