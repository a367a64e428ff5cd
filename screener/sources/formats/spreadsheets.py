"""What spreadsheets make of the cells of references: dates of pages, numbers of PMIDs, errors."""

from __future__ import annotations

import datetime
import re

from screener.sources import dates

_FIRST_DAY = datetime.date(1899, 12, 30)
_PLACES = frozenset(("volume", "issue", "pages", "start_page", "end_page", "article_number"))
NUMBERS = _PLACES | {"year", "date", "month", "day", "pmid", "pmcid", "accession", "isbn"}
"""Fields whose cells a spreadsheet may have taken for numbers or for dates."""
NO_ZERO = NUMBERS - {"accession"} | {"doi", "issn", "url", "registration"}
"""Fields in which programs write 0 where they have none."""

_ERROR = re.compile(r"#(?:N/?[AVD]|[A-ZÄÖÜÉÇÑ¿¡]{2,14}[!?]|DIV/0!|#+)$")
_WHOLE = re.compile(r"(\d+)\.0+$")
_SCIENTIFIC = re.compile(r"(\d)(?:[.,](\d+))?E\+?(\d{1,3})$", re.I)
_GROUPED = re.compile(r"\d{1,3}(?:[,\u00a0\u202f '’]\d{3})+$")
_GROUPED_PMID = re.compile(r"\d{1,2}(?:[,.\u00a0\u202f '’]\d{3}){1,2}$")
_GROUPED_RANGE = re.compile(r"\d{1,3},\d{3}\s?[-–]\s?\d{1,3},\d{3}$")
_ISO = re.compile(
    r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$"
)
# Publishers write "1 January" for the first issue, with a blank.
_DAY_MONTH = re.compile(r"(\d{1,2})(?:[-/]|\. ?)([^\W\d_]{3,9})\.?$")
_MONTH_DAY = re.compile(r"([^\W\d_]{3,9})[-/](\d{1,2})$")
_SLASHED = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](?:19|20)\d\d$")


def is_error(cell: str) -> bool:
    """Whether a cell holds what a spreadsheet shows instead of a value, as #REF! is."""
    return cell[:1] == "#" and bool(_ERROR.match(cell.strip()))


def has_lost_digits(cell: str) -> bool:
    """Whether a number was rounded when it was written: 3.1E+07 has lost six of its digits."""
    match = _SCIENTIFIC.match(cell.strip())
    return bool(match and ("+" in cell or match[2]) and len(match[2] or "") < int(match[3]))


def mended(field: str, cell: str) -> str:
    """Return the value that a spreadsheet made a number or a date of, where that is certain."""
    cell = cell.strip()
    if not cell.isdecimal():
        cell = _plain_number(field, cell)
        if field in _PLACES and field != "article_number":
            return _undated(cell)
    if field == "year":
        return _year(cell)
    if field == "date" and cell.isdecimal() and len(cell) == 5:  # as a number: days since 1900
        return _day(cell).isoformat()
    return cell


def _plain_number(field: str, cell: str) -> str:
    if match := _WHOLE.match(cell):
        return match[1]
    match = _SCIENTIFIC.match(cell)
    if match and ("+" in cell or match[2]) and len(match[2] or "") >= int(match[3]):
        return f"{match[1]}{match[2]}".rstrip("0").ljust(int(match[3]) + 1, "0")
    if field == "pmid" and _GROUPED_PMID.match(cell):
        return re.sub(r"\D", "", cell)
    if field in ("start_page", "end_page", "year") and _GROUPED.match(cell):
        return re.sub(r"\D", "", cell)
    return cell.replace(",", "") if field == "pages" and _GROUPED_RANGE.match(cell) else cell


def _day(days: str) -> datetime.date:
    return _FIRST_DAY + datetime.timedelta(days=int(days))


def _year(cell: str) -> str:
    """Return the year of a day that stands as a number, and of a number that stands as a day."""
    if cell.isdecimal() and len(cell) == 5:
        return str(_day(cell).year)
    match = _ISO.match(cell)
    if match and match[1] == "1905":  # 1905-07-11 is day 2019
        first = datetime.date(1905, int(match[2]), 1) - _FIRST_DAY
        return str(first.days + int(match[3]) - 1)
    return cell


def _undated(cell: str) -> str:
    """Return the pages or the issue that was taken for a date: 5-9 for the 9th of May.

    Which of the two came first is the smaller, whatever the order of the spreadsheet's country. A
    second number that is no day was taken for a year: 6-32 for the 1st of June 1932.
    """
    if match := _ISO.match(cell):
        years, month, day = int(match[1][2:]), int(match[2]), int(match[3])
        return _range(month, years if day == 1 and years > _DAYS else day)
    if match := _DAY_MONTH.match(cell):
        return _range(dates.month(match[2]), int(match[1])) or cell
    if match := _MONTH_DAY.match(cell):
        return _range(dates.month(match[1]), int(match[2])) or cell
    match = _SLASHED.match(cell)
    return (_range(int(match[1]), int(match[2])) if match else "") or cell


_DAYS = 31


def _range(one: int, other: int) -> str:
    return f"{min(one, other)}-{max(one, other)}" if one and other else ""
