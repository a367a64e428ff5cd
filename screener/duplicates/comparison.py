"""Two records beside each other, field by field: the same, different, or not known."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz

from screener.duplicates import places
from screener.duplicates.folding import fold
from screener.duplicates.prepared import Prepared
from screener.duplicates.wording import Difference, difference

SAME = Difference()
_UNLIKE = Difference(replaced=True)
LEAST_LIKENESS = 75.0
"""Titles below this have nothing in common; their words are not compared."""
_TIED_LIKENESS = 50.0
"""The same where an identifier or the place is the same."""
_CUT_OFF = 20
_SHORT_ABSTRACT = 100
_LONG_ABSTRACT = 2000
_ONE_TEXT = 95.0
_TWO_TEXTS = 80.0
_OWN_PAGES = 3
_SLIPS = 80.0
_FULL_NAMES = 0.5
_ARTICLE_NUMBER = 5
"""Digits from which a page is more likely an article number."""


@dataclass(frozen=True)
class Comparison:
    """What the rules decide on. A field is True (the same), False (different) or None (unknown)."""

    one: Prepared
    other: Prepared
    likeness: float
    wording: Difference
    contains: bool
    authors: bool | None
    shared_authors: float
    year_gap: int | None
    journal: bool | None
    volume: bool | None
    issue: bool | None
    page: bool | None
    last_page: bool | None
    doi: bool | None
    pmid: bool | None

    @property
    def title_same(self) -> bool:
        """Whether the titles are equal letter by letter after folding, but for spellings."""
        return self.likeness == 100.0 or self.wording.spellings

    @property
    def title_agrees(self) -> bool:
        """Whether the titles are equal but for spellings, or typing errors where those are sure.

        Two abstracts of one page may differ in the letters that tell two drugs apart.
        """
        if self.title_same:
            return True
        sure = self.exclusive or self.abstract is True or (self.doi is True and not self.crowded)
        return self.likeness >= _SLIPS and self.wording.only_slips and sure

    @property
    def title_unknown(self) -> bool:
        """Whether one of the records has no title."""
        return not (self.one.titles and self.other.titles)

    @property
    def generic(self) -> bool:
        """Whether one of the titles could stand on many documents."""
        return self.one.generic or self.other.generic

    @cached_property
    def abstract_likeness(self) -> float | None:
        """How alike the abstracts are as far as the shorter goes; None when one is missing."""
        return _abstract_likeness(self.one.candidate.abstract, self.other.candidate.abstract)

    @property
    def abstract(self) -> bool | None:
        """Whether the abstracts are one text, or two texts; None when neither is clear."""
        likeness = self.abstract_likeness
        if likeness is None or _TWO_TEXTS <= likeness < _ONE_TEXT:
            return None
        return likeness >= _ONE_TEXT

    @property
    def same_text(self) -> bool:
        """Whether title, authors, year and abstract are the same."""
        return self.title_same and self.authors is True and self.same_year and self.abstract is True

    @property
    def one_presented(self) -> bool:
        """Whether only one of the records is an abstract of a meeting, as far as is known."""
        one, other = self.one, self.other
        return (one.meeting or one.supplement) != (other.meeting or other.supplement)

    @property
    def crowded(self) -> bool:
        """Whether the page may hold several reports: abstracts of a meeting, editorials."""
        one, other = self.one, self.other
        return self.generic or one.supplement or other.supplement or one.lettered or other.lettered

    @property
    def versions(self) -> bool:
        """Whether the records are two versions of one Cochrane review."""
        one, other = self.one, self.other
        if not (one.cochrane and other.cochrane):
            return False
        later = bool(self.year_gap) or self.issue is False or self.doi is False
        if one.review and other.review:
            return later and one.review == other.review
        return later and self.title_same

    @property
    def exclusive(self) -> bool:
        """Whether the records fill the same pages, so many that nothing else stands there.

        A range of three pages or an article number in one volume belongs to one report, however
        differently two databases spell its title.
        """
        one, other = self.one, self.other
        alone = self.last_page is True and min(one.pages.span, other.pages.span) >= _OWN_PAGES
        numbered = any(
            page.startswith("e") and len(page) > _OWN_PAGES
            for page in _firsts(one) & _firsts(other)
        )
        yearly = self.volume is None and self.journal is True and self.same_year
        spot = self.page is True and (self.volume is True or yearly)
        return spot and (alone or numbered) and self.issue is not False and not self.crowded

    @property
    def identifier(self) -> bool:
        """Whether DOI or PMID are the same and neither differs."""
        return (self.doi is True or self.pmid is True) and self.pmid is not False

    @property
    def same_year(self) -> bool:
        """Whether both years are known and equal."""
        return self.year_gap == 0

    @property
    def place(self) -> bool:
        """Whether volume and first page are the same."""
        return self.volume is True and self.page is True


def compare(one: Prepared, other: Prepared) -> Comparison | None:
    """Compare two records; None when neither titles nor identifiers have anything in common."""
    doi, pmid = _same(one.doi, other.doi), _same(one.pmid, other.pmid)
    tied = doi is True or pmid is True or _same_spot(one, other)
    likeness, left, right = _likeness(one, other, _TIED_LIKENESS if tied else LEAST_LIKENESS)
    if not likeness and not tied and one.titles and other.titles:
        return None
    wording = SAME if likeness == 100.0 else difference(left, right) if likeness else _UNLIKE
    shared = _shared(one.authors, other.authors)
    volume = _volume(one, other)
    return Comparison(
        one=one,
        other=other,
        likeness=likeness,
        wording=wording,
        contains=likeness < 100.0 and _contains(left, right),
        authors=_authors(one, other, shared),
        shared_authors=shared,
        year_gap=abs(one.year - other.year) if one.year and other.year else None,
        journal=places.same_journal(one.journals, other.journals)
        if one.journals and other.journals
        else None,
        volume=volume,
        issue=_same(one.issue, other.issue),
        page=_page(one, other),
        last_page=_last_page(one, other),
        doi=doi,
        pmid=pmid,
    )


def _abstract_likeness(one: str, other: str) -> float | None:
    """How alike two abstracts are; None when one is missing or very short."""
    if min(len(one), len(other)) < _SHORT_ABSTRACT:
        return None
    if one == other:
        return 100.0
    left, right = fold(one[:_LONG_ABSTRACT]), fold(other[:_LONG_ABSTRACT])
    shortest = min(len(left), len(right))
    return fuzz.ratio(left[:shortest], right[:shortest])


def _same(one: str, other: str) -> bool | None:
    return one == other if one and other else None


def _same_spot(one: Prepared, other: Prepared) -> bool:
    """Whether both give the same volume and pages: a translated title shares no words."""
    return bool(one.volume and one.pages.first) and (
        (one.volume, one.pages.first) == (other.volume, other.pages.first)
    )


def _likeness(one: Prepared, other: Prepared, floor: float) -> tuple[float, str, str]:
    best, left, right = 0.0, "", ""
    for a in one.titles:
        for b in other.titles:
            found = 100.0 if a.letters == b.letters else _ratio(a.letters, b.letters, floor)
            if found > best:
                best, left, right = found, a.words, b.words
    return best, left, right


def _ratio(one: str, other: str, floor: float) -> float:
    likeness = fuzz.ratio(one, other, score_cutoff=floor)
    if not likeness and min(len(one), len(other)) >= _CUT_OFF and (one in other or other in one):
        return floor  # a title and its beginning, however short
    return min(likeness, 99.99)


def _contains(one: str, other: str) -> bool:
    short, long = sorted((one.replace(" ", ""), other.replace(" ", "")), key=len)
    return len(short) >= _CUT_OFF and (long.startswith(short) or long.endswith(short))


def _shared(one: frozenset[str], other: frozenset[str]) -> float:
    if not one or not other:
        return 0.0
    return len(one & other) / min(len(one), len(other))


def _authors(one: Prepared, other: Prepared, shared: float) -> bool | None:
    if not one.authors or not other.authors:
        return None
    if shared >= _FULL_NAMES:
        return True
    if shared == 0 and _cut_short(one.first_author, other.first_author):
        return None
    first = not (
        other.authors.isdisjoint(one.first_author) and one.authors.isdisjoint(other.first_author)
    )
    return None if first and shared > 0 else False


def _cut_short(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether the first authors are one name whose last letter was lost: Muli, Mulic."""
    return any(
        len(a) >= 4 and len(b) >= 4 and (a.startswith(b) or b.startswith(a))
        for a in one
        for b in other
    )


def _volume(one: Prepared, other: Prepared) -> bool | None:
    if not one.volume or not other.volume:
        return None
    if one.volume == other.volume:
        return True
    years = {str(one.year), str(other.year)}
    # some databases put the year where a journal without volumes leaves the field empty
    return None if one.volume in years or other.volume in years else False


def _page(one: Prepared, other: Prepared) -> bool | None:
    left, right = _firsts(one), _firsts(other)
    if not left or not right:
        return None
    if left & right:
        return True
    if {_digits(page) for page in left} & {_digits(page) for page in right}:
        return None  # S29 and 29: the letter may have been lost
    if _ahead_of_print(one) or _ahead_of_print(other) or _own_count(one, other):
        return None
    guessed = one.pages.guessed or other.pages.guessed
    return None if guessed or _overlap(one, other) else False


def _firsts(record: Prepared) -> set[str]:
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
        page.startswith("e") or len(page) >= _ARTICLE_NUMBER for page in articles
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


def _last_page(one: Prepared, other: Prepared) -> bool | None:
    if not one.pages.last or not other.pages.last:
        return None
    if one.pages.first == one.pages.last or other.pages.first == other.pages.last:
        return None  # only the first page was given
    return one.pages.last == other.pages.last
