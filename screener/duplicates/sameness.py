"""Fields of two records: the same (True), different (False) or not known (None)."""

from __future__ import annotations

import re
from functools import lru_cache

from rapidfuzz import fuzz

from screener.duplicates.prepared import Prepared
from screener.units import places
from screener.units.folding import fold
from screener.units.places import ARTICLE_NUMBER

_SHORT_ABSTRACT = 100
_WRITTEN_OUT = re.compile(r"([aou])(?:e|(?<=a)a)")
_LONG_ABSTRACT = 2000
_FULL_NAMES = 0.5
_REMEMBERED = 500
_MEETING = 4
_OLDEST = 1900
_FIRST_JOURNAL = 1665


def abstract_likeness(one: str, other: str) -> float | None:
    """How alike two abstracts are; None when one is missing or very short."""
    if min(len(one), len(other)) < _SHORT_ABSTRACT:
        return None
    if one == other:
        return 100.0
    left, right = _folded(one), _folded(other)
    shortest = min(len(left), len(right))
    return fuzz.ratio(left[:shortest], right[:shortest])


@lru_cache(maxsize=_REMEMBERED)
def _folded(abstract: str) -> str:
    """Fold an abstract; a record is compared with several others in a row."""
    return fold(abstract[:_LONG_ABSTRACT])


def same(one: str, other: str) -> bool | None:
    """Compare two texts of which either may be empty."""
    return one == other if one and other else None


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Return which part of the shorter list of names stands in the other."""
    if not one or not other:
        return 0.0
    return len(one & other) / min(len(one), len(other))


def authors(one: Prepared, other: Prepared, common: float) -> bool | None:
    """Compare the authors; `common` is what `shared` says of them."""
    if not one.authors or not other.authors:
        return None
    if common >= _FULL_NAMES:
        return True
    if common == 0:
        common = shared(_plain(one.authors), _plain(other.authors))
        if common >= _FULL_NAMES:
            return True
    if common == 0 and _cut_short(one.first_author, other.first_author):
        return None
    first = not (
        other.authors.isdisjoint(one.first_author) and one.authors.isdisjoint(other.first_author)
    )
    return None if first and common > 0 else False


def _plain(names: frozenset[str]) -> frozenset[str]:
    """Write names without umlauts that are written out: Mueller, Soerensen, Aagaard."""
    return frozenset(_WRITTEN_OUT.sub(r"\1", name) for name in names)


def _cut_short(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the first authors are one name whose last letter was lost: Muli, Mulic."""
    return any(
        len(a) >= 4 and len(b) >= 4 and (a.startswith(b) or b.startswith(a))
        for a in one
        for b in other
    )


def years(one: Prepared, other: Prepared) -> int | None:
    """Return how many years are between the records; None where one is not known.

    A year that is the number of the issue, or of the volume before there were journals of that
    kind, stands in the wrong column.
    """
    if not one.year or not other.year:
        return None
    gap = abs(one.year - other.year)
    if gap > 1:
        issues = {one.issue, other.issue}
        volumes = {one.volume, other.volume}
        for year in (one.year, other.year):
            if str(year) in issues or (year < _OLDEST and str(year) in volumes):
                return None
            if year < _FIRST_JOURNAL:
                return None
    return gap


def journal(one: Prepared, other: Prepared) -> bool | None:
    """Compare the journals; the meeting alone may stand where the other has its journal too."""
    if not one.journals or not other.journals:
        return None
    found = places.same_journal(one.journals, other.journals)
    if found is False and bool(one.meeting_name) != bool(other.meeting_name):
        meeting = one.meeting_name or other.meeting_name
        alone = frozenset((other if one.meeting_name else one).journals[0])
        return None if len(alone) >= _MEETING and alone <= meeting else False
    return found


def volume(one: Prepared, other: Prepared) -> bool | None:
    """Compare the volumes."""
    if not one.volume or not other.volume:
        return None
    if one.volume == other.volume:
        return True
    # some databases put the year where a journal without volumes leaves the field empty, and of
    # "36 (Supplement 1)" the 1 is left
    unsure = {str(one.year), str(other.year)}
    cut = one.volume == other.supplement_number or other.volume == one.supplement_number
    return None if cut or one.volume in unsure or other.volume in unsure else False


def issue(one: Prepared, other: Prepared) -> bool | None:
    """Compare the issues."""
    agree = same(one.issue, other.issue)
    if agree is False and (one.issue in firsts(other) or other.issue in firsts(one)):
        return None  # the number of the article stands where the issue belongs
    return agree


def page(one: Prepared, other: Prepared) -> bool | None:
    """Compare the first pages, or the article numbers that stand for them."""
    left, right = firsts(one), firsts(other)
    if not left or not right:
        return None
    if one.pages.guessed or other.pages.guessed:
        return True if _one_range(one, other) else None
    if left & right:
        return True
    if {_digits(page) for page in left} & {_digits(page) for page in right}:
        return None  # S29 and 29: the letter may have been lost
    if _ahead_of_print(one) or _ahead_of_print(other) or _own_count(one, other):
        return None
    return None if _overlap(one, other) else False


def _one_range(one: Prepared, other: Prepared) -> bool:
    """Whether both give one range of pages, where a spreadsheet leaves several to choose from."""
    return not set(one.pages.ranges).isdisjoint(other.pages.ranges)


def firsts(record: Prepared) -> set[str]:
    """Return the first page of every range, and the article number."""
    found = {first for first, _ in record.pages.ranges}
    if record.article:
        found.add(record.article)
    return found


def _digits(page: str) -> str:
    return "".join(mark for mark in page if mark.isdigit())


def _ahead_of_print(record: Prepared) -> bool:
    """Whether pages count from 1 because the volume was not known yet."""
    return not record.volume and record.pages.first == "1"


def _own_count(one: Prepared, other: Prepared) -> bool:
    """Whether one gives an article number and the other counts its pages from 1."""
    firsts = {one.pages.first, other.pages.first}
    articles = {one.article, other.article, *firsts}
    return "1" in firsts and any(
        page.startswith("e") or len(page) >= ARTICLE_NUMBER for page in articles
    )


def _overlap(one: Prepared, other: Prepared) -> bool:
    """Whether the page ranges have pages in common."""
    left, right = _numbers(one), _numbers(other)
    if left is None or right is None:
        return False
    return left[0] <= right[1] and right[0] <= left[1]


def _numbers(record: Prepared) -> tuple[int, int] | None:
    first, last = _digits(record.pages.first), _digits(record.pages.last)
    return (int(first), int(last)) if first and last else None


def last_page(one: Prepared, other: Prepared) -> bool | None:
    """Compare the last pages where more than the first was given."""
    if not one.pages.last or not other.pages.last:
        return None
    if one.pages.guessed or other.pages.guessed:
        return True if _one_range(one, other) else None
    if one.pages.first == one.pages.last or other.pages.first == other.pages.last:
        return None  # only the first page was given
    # "742-748; discussion 748-749" is 742-749
    return not {last for _, last in one.pages.ranges}.isdisjoint(
        last for _, last in other.pages.ranges
    )
