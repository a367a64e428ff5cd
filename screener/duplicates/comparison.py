"""Two records beside each other, field by field: the same, different, or not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from rapidfuzz import fuzz
from rapidfuzz.distance import DamerauLevenshtein

from screener.duplicates import sameness
from screener.duplicates.prepared import Prepared
from screener.duplicates.signs import opposed
from screener.duplicates.titles import NO_TITLE, Title
from screener.duplicates.wording import Difference, difference, same_numbers
from screener.units import places

ReadAbstract = Callable[[Prepared], str]

SAME = Difference()
_UNLIKE = Difference(replaced=True)
_OTHER_NUMBER = Difference(numbers=True)
LEAST_LIKENESS = 75.0
"""Titles below this have nothing in common; their words are not compared."""
_TIED_LIKENESS = 50.0
"""The same where an identifier or the place is the same."""
_CUT_OFF = 20
_ONE_TEXT = 95.0
_TWO_TEXTS = 80.0
_OWN_PAGES = 3
_ALL_PAGES = 100
_SLIPS = 80.0
_LONG_TITLE = 60


@dataclass(frozen=True)
class Comparison:
    """What the rules decide on. A field is True (the same), False (different) or None (unknown)."""

    one: Prepared
    other: Prepared
    likeness: float
    titled: tuple[Title, Title]
    wording: Difference
    contains: bool
    authors: bool | None
    shared_authors: float
    year_gap: int | None
    journal: bool | None
    volume: bool | None
    issue: bool | None
    supplement: bool | None
    meeting: bool | None
    page: bool | None
    last_page: bool | None
    doi: bool | None
    pmid: bool | None
    read: ReadAbstract

    @property
    def title_same(self) -> bool:
        """Whether the titles are equal letter by letter after folding, but for spellings."""
        same = self.likeness == 100.0 or self.wording.spellings
        return same and not self.wording.numbers

    @property
    def title_agrees(self) -> bool:
        """Whether the titles are equal but for spellings, or typing errors where those are sure.

        Two abstracts of one page may differ in the letters that tell two drugs apart.
        """
        if self.title_same or self.footnote:
            return True
        sure = self.exclusive or self.abstract is True or (self.doi is True and not self.crowded)
        return self.likeness >= _SLIPS and self.wording.only_slips and (sure or self.one_letter)

    @property
    def footnote(self) -> bool:
        """Whether the number behind one title is a footnote's mark: all that is known agrees."""
        fields = (self.page, self.issue, self.doi, self.abstract)
        if not self.wording.marked or self.authors is not True or False in fields or self.crowded:
            return False
        if self.doi is True:
            return self.volume is True or self.page is True or self.abstract is True
        spot = self.place and self.journal is not False and self.same_year
        return spot and (self.abstract is True or self.range)

    @property
    def long_title(self) -> bool:
        """Whether the titles are so long that two reports hardly have them by accident."""
        left, right = self.titled
        return min(len(left.letters), len(right.letters)) >= _LONG_TITLE

    @property
    def one_letter(self) -> bool:
        """Whether one letter of a long title was lost or added, in one volume of one journal."""
        spot = self.volume is True and self.page is not False and self.year_gap in (0, 1)
        left, right = self.titled
        return (
            spot
            and self.journal is True
            and self.authors is True
            and self.long_title
            and abs(len(left.letters) - len(right.letters)) == 1
            and DamerauLevenshtein.distance(left.letters, right.letters, score_cutoff=1) == 1
        )

    @property
    def translated(self) -> bool:
        """Whether one of the titles is a translation: its words are another translator's."""
        return self.one.translated or self.other.translated

    @property
    def title_unknown(self) -> bool:
        """Whether one of the records has no title."""
        return not (self.one.titles and self.other.titles)

    @property
    def generic(self) -> bool:
        """Whether the titles could stand on many documents.

        Where both give the same range of pages one telling title is enough.
        """
        if self.range:
            return self.one.generic and self.other.generic
        return self.one.generic or self.other.generic

    @cached_property
    def abstract_likeness(self) -> float | None:
        """How alike the abstracts are as far as the shorter goes; None when one is missing."""
        return sameness.abstract_likeness(self.read(self.one), self.read(self.other))

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
        # the proceedings of a meeting under two names of it
        series = self.journal is True and (one.series or other.series)
        alone = series and not (one.supplement or other.supplement)
        return one.presented != other.presented and not alone

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
        if self.doi is True and (self.year_gap or 0) <= 1:
            return False  # each version has its own
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
        alone = self.last_page is True and one.pages.span >= _OWN_PAGES <= other.pages.span
        numbered = any(
            page.startswith("e") and len(page) > _OWN_PAGES
            for page in sameness.firsts(one) & sameness.firsts(other)
        )
        yearly = self.volume is None and self.journal is True and self.same_year
        spot = self.page is True and (self.volume is True or yearly) and not self.shared_pages
        return spot and (alone or numbered) and self.issue is not False and not self.crowded

    @property
    def shared_pages(self) -> bool:
        """Whether other reports may give these pages too.

        Some journals count the pages of every article from 1, and some databases give every
        abstract of a meeting the pages of all of them.
        """
        one, other = self.one.pages, self.other.pages
        counted = "1" in (one.first, other.first) and not (self.issue and self.abstract)
        return counted or max(one.span, other.span) > _ALL_PAGES

    @property
    def range(self) -> bool:
        """Whether first and last page are the same and say something: not "1-12"."""
        return self.page is True and self.last_page is True and not self.shared_pages

    @property
    def near_page(self) -> bool:
        """Whether both give pages that are the same, may be with a letter lost, or overlap."""
        known = self.one.pages.first and self.other.pages.first
        return bool(known) and self.page is not False

    @property
    def disputed(self) -> bool:
        """Whether anything that is known of both differs."""
        fields = (
            self.authors, self.journal, self.volume, self.issue, self.supplement, self.meeting,
            self.page, self.last_page, self.doi, self.pmid, self.abstract,
        )  # fmt: skip
        one, other = self.one, self.other
        filed = one.registrations and other.registrations
        return (
            bool(self.year_gap)
            or False in fields
            or one.kind != other.kind
            or bool(filed and one.registrations.isdisjoint(other.registrations))
        )

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


def own_abstract(record: Prepared) -> str:
    """Return the abstract that was kept with the record."""
    return record.abstract


def compare(one: Prepared, other: Prepared, read: ReadAbstract = own_abstract) -> Comparison | None:
    """Compare two records; None when neither titles nor identifiers have anything in common.

    `read` gives the abstract of a record, should a rule ask for it.
    """
    doi, pmid = sameness.same(one.doi, other.doi), sameness.same(one.pmid, other.pmid)
    tied = doi is True or pmid is True or _same_spot(one, other)
    likeness, left, right = _likeness(one, other, _TIED_LIKENESS if tied else LEAST_LIKENESS)
    if not likeness and not tied and one.titles and other.titles:
        return None
    shared = sameness.shared(one.authors, other.authors)
    return Comparison(
        one=one,
        other=other,
        likeness=likeness,
        titled=(left, right),
        wording=_wording(left, right),
        contains=left.letters != right.letters and _contains(left.letters, right.letters),
        authors=sameness.authors(one, other, shared),
        shared_authors=shared,
        year_gap=sameness.years(one, other),
        journal=sameness.journal(one, other),
        volume=sameness.volume(one, other),
        issue=sameness.issue(one, other),
        supplement=sameness.same(one.supplement_number, other.supplement_number),
        meeting=places.same_meeting(one.meeting_name, other.meeting_name)
        if one.meeting_name and other.meeting_name
        else None,
        page=sameness.page(one, other),
        last_page=sameness.last_page(one, other),
        doi=doi,
        pmid=pmid,
        read=read,
    )


def _same_spot(one: Prepared, other: Prepared) -> bool:
    """Whether both give the same volume and pages: a translated title shares no words."""
    return bool(one.volume and one.pages.first) and (
        (one.volume, one.pages.first) == (other.volume, other.pages.first)
    )


def _likeness(one: Prepared, other: Prepared, floor: float) -> tuple[float, Title, Title]:
    """Return how alike the likest titles are, and these."""
    best, left, right = 0.0, NO_TITLE, NO_TITLE
    for a in one.titles:
        for b in other.titles:
            found = 100.0 if a.letters == b.letters else _ratio(a.letters, b.letters, floor)
            if found > best:
                best, left, right = found, a, b
    return best, left, right


def _wording(one: Title, other: Title) -> Difference:
    if not one.words or not other.words:
        return _UNLIKE
    if opposed(one.signs, other.signs):
        return _OTHER_NUMBER
    if one.letters != other.letters:
        return difference(one.words, other.words)
    return SAME if same_numbers(one.words, other.words) else _OTHER_NUMBER


def _ratio(one: str, other: str, floor: float) -> float:
    likeness = fuzz.ratio(one, other, score_cutoff=floor)
    if not likeness and min(len(one), len(other)) >= _CUT_OFF and (one in other or other in one):
        return floor  # a title and its beginning, however short
    return min(likeness, 99.99)


def _contains(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return len(short) >= _CUT_OFF and (long.startswith(short) or long.endswith(short))
