"""A record made ready for comparison: everything folded once."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import msgspec

from screener.duplicates import kinds, notices, titles
from screener.duplicates.titles import Title
from screener.units import identifiers, names, places, whole_source
from screener.units.candidate import Candidate, completeness
from screener.units.folding import compact, fold
from screener.units.places import Pages

_WHOLE = ("authors", "abstract")
_TEXTS = (
    "title", "translated_title", "journal", "journal_abbreviation", "volume", "issue", "pages",
    "article_number", "doi", "pmid", "year", *_WHOLE,
)  # fmt: skip
_LONGEST = 1500
"""Letters of a field that are read; no title of a report is longer."""
# what programs and databases write where they have nothing
_PLACEHOLDERS = frozenset(
    (
        "nan", "none", "null", "na", "n/a", "n.a.", "<na>", "-", "--", "?", "unknown",
        "not available", "not applicable", "no author", "no authors", "no author listed",
        "no title", "no title available", "[no title available]", "[not available]", "untitled",
    )
)  # fmt: skip
_PREPRINTS = re.compile(
    r"\b(?:medrxiv|biorxiv|arxiv|psyarxiv|socarxiv|chemrxiv|ssrn|research square|preprints?|"
    r"osf preprints|authorea)\b",
    re.IGNORECASE,
)
_REGISTRIES = re.compile(
    r"clinicaltrials\.gov|\bictrp\b|trial registry|clinical trials regist|isrctn regist",
    re.IGNORECASE,
)
_MEETING_TYPES = frozenset(("conference abstract", "meeting abstract"))
_LONGEST_PLACEHOLDER = max(map(len, _PLACEHOLDERS)) + 2
_CROWDED = ("s", "p")
_OWN_PAGES = 3
ABSTRACT_HEAD = 60
"""Letters of the abstract that serve as a key for finding pairs."""


class Prepared(msgspec.Struct, frozen=True, array_like=True, kw_only=True):
    """What the rules look at. Empty, 0 and empty sets mean: not known.

    `completeness` orders the records of a group, the one to keep first. `abstract` is empty where
    many records are kept and whoever compares reads it when it is asked for.
    """

    id: str
    titles: tuple[Title, ...]
    generic: bool
    empty_title: bool
    translated: bool
    kind: str
    doi: str
    pmid: str
    year: int
    journals: tuple[tuple[str, ...], ...]
    volume: str
    issue: str
    pages: Pages
    article: str
    authors: frozenset[str]
    first_author: tuple[str, ...]
    abstract_head: str
    meeting: bool
    meeting_name: frozenset[str]
    series: bool
    """Whether the journal's own name is that of a meeting."""
    supplement: bool
    supplement_number: str
    review: str
    """The number of a Cochrane review, which all its versions share."""
    registrations: frozenset[str]
    """The numbers in trial registers that the record is filed under."""
    trials: frozenset[str]
    """These, and those that the title names."""
    preprint: bool
    registry_entry: bool
    completeness: tuple[int, bool, bool, bool, bool, int, int, str]
    abstract: str

    @property
    def cochrane(self) -> bool:
        """Whether the record is of the Cochrane Library's reviews."""
        return bool(self.review) or any("cochrane" in name for name in self.journals)

    @property
    def lettered(self) -> bool:
        """Whether the first page has a letter as those of supplements have; e is an article's."""
        first = self.pages.first
        if not first or first.startswith("e") or first.isdigit():
            return False
        # "H1296-H1304" is an article of a journal that has letters for its sections
        return first[0] in _CROWDED or self.pages.span < _OWN_PAGES

    @property
    def presented(self) -> bool:
        """Whether the record is an abstract of a meeting or stands in a supplement."""
        return self.meeting or self.supplement


def prepare(candidate: Candidate) -> Prepared:
    """Fold every field of a record."""
    candidate = with_places(cleaned(candidate))
    title = titles.plain(candidate.title)
    titled = kinds.kind_of_plain(title)
    known = titles.of_plain(title, titled, candidate.translated_title)
    article = _article(candidate)
    numbered = candidate.article_number or not article
    volume, issue = places.volume_and_issue(candidate.volume, candidate.issue if numbered else "")
    doi = _proof(identifiers.doi(candidate.doi)) or _proof(identifiers.doi(candidate.pages))
    authors = names.tokens(candidate.authors)
    meeting_name = places.meeting(candidate.journal)
    conference = places.conference(candidate.journal)
    return Prepared(
        id=candidate.id,
        titles=known,
        generic=not known or titles.generic(known[0]),
        empty_title=not known or titles.empty(known[0]),
        translated=titles.translated(candidate.title, known),
        kind=notices.kind(titled, candidate.publication_type),
        doi=doi,
        pmid=identifiers.pmid(candidate.pmid),
        year=places.year(candidate.year),
        journals=_journals(candidate),
        volume=volume,
        issue=issue,
        pages=places.pages(candidate.pages if "10." not in candidate.pages else ""),
        article=article,
        authors=authors,
        first_author=tuple(sorted(names.first(candidate.authors))),
        abstract_head=_abstract_head(candidate.abstract),
        meeting=conference or _presented(candidate),
        meeting_name=meeting_name,
        series=conference and not meeting_name,
        supplement=places.supplement(candidate.volume, candidate.issue),
        supplement_number=places.supplement_number(candidate.volume, candidate.issue),
        review=identifiers.review(doi) or identifiers.review(candidate.pages.lower() or article),
        registrations=identifiers.trials(candidate.registration),
        trials=identifiers.trials(f"{candidate.registration} {candidate.title}"),
        preprint=candidate.type == "preprint" or bool(_PREPRINTS.search(candidate.journal)),
        registry_entry=_registry_entry(candidate),
        completeness=completeness(candidate, authors),
        abstract=candidate.abstract,
    )


def cleaned(candidate: Candidate) -> Candidate:
    """Empty fields that say "nan", and cut those that hold something else, a whole article."""
    changed: dict[str, Any] = {}
    for name in _TEXTS:
        text = getattr(candidate, name)
        if len(text) <= _LONGEST_PLACEHOLDER:
            if text and text.strip().casefold() in _PLACEHOLDERS:
                changed[name] = ""
        elif len(text) > _LONGEST and name not in _WHOLE:
            changed[name] = text[:_LONGEST]
    return replace(candidate, **changed) if changed else candidate


def with_places(candidate: Candidate) -> Candidate:
    """Take the source apart that stands whole in the journal's column, into what is empty."""
    source = whole_source.taken_apart(candidate.journal)
    if source is None:
        return candidate
    changed: dict[str, Any] = {"journal": source.journal}
    for name in ("volume", "issue", "year"):
        if not getattr(candidate, name):
            changed[name] = getattr(source, name)
    if not candidate.pages and not candidate.article_number:
        changed["pages"] = source.pages
    return replace(candidate, **changed)


def _proof(doi: str) -> str:
    """Return a DOI unless it was cut: other articles may have what is left of it too."""
    return doi if identifiers.whole(doi) else ""


def _registry_entry(candidate: Candidate) -> bool:
    """Whether it is an entry of a trial register, by its type or where it comes from."""
    return candidate.type == "registry-entry" or bool(
        _REGISTRIES.search(candidate.journal) or _REGISTRIES.search(candidate.database)
    )


def _presented(candidate: Candidate) -> bool:
    """Whether the type says that this was presented at a meeting."""
    if candidate.type == "conference":
        return True
    return any(name.strip().casefold() in _MEETING_TYPES for name in candidate.publication_type)


def _journals(candidate: Candidate) -> tuple[tuple[str, ...], ...]:
    names_ = places.journal_names(candidate.journal)
    if candidate.journal_abbreviation:
        names_ += places.journal_names(candidate.journal_abbreviation)
    return names_


def _article(candidate: Candidate) -> str:
    """Return the article number, which some databases give as the issue ("e0192222")."""
    if candidate.article_number:
        return places.pages(candidate.article_number).first
    issue = candidate.issue.strip().lower()
    numbered = issue.startswith("e") and issue[1:].isdigit()
    return places.pages(issue).first if numbered or identifiers.review(issue) else ""


def _abstract_head(abstract: str) -> str:
    # entities and labels can only shorten it, so a little more than needed is folded
    return compact(fold(abstract[: ABSTRACT_HEAD * 4]))[:ABSTRACT_HEAD]
