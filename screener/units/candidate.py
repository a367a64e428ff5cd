"""A record as the duplicate finder sees it, and which of several is the most complete."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from screener.model import Fields
from screener.units import identifiers, names, places

COLUMNS = (
    "record_id", "title", "authors", "year", "journal", "volume", "number", "pages", "doi", "pmid",
    "abstract",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One record that may have duplicates; everything is text as the source gave it.

    `authors` are joined with "; " or " and ". `source_order` is the team's order of sources
    (0 first); it settles which of two equally complete records is kept.
    """

    id: str
    title: str = ""
    translated_title: str = ""
    authors: str = ""
    year: str = ""
    journal: str = ""
    journal_abbreviation: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    doi: str = ""
    pmid: str = ""
    registration: str = ""
    abstract: str = ""
    database: str = ""
    type: str = ""
    publication_type: tuple[str, ...] = ()
    source_order: int = 0

    @classmethod
    def of(cls, id: str, fields: Fields, *, source_order: int = 0) -> Candidate:  # noqa: A002
        """Take what matters out of a record's fields."""
        return cls(
            id=id,
            title=fields.title,
            translated_title=fields.translated_title,
            authors="; ".join(fields.authors),
            year="" if fields.year is None else str(fields.year),
            journal=fields.journal,
            journal_abbreviation=fields.journal_abbreviation,
            volume=fields.volume,
            issue=fields.issue,
            pages=fields.pages,
            article_number=fields.article_number,
            doi=fields.doi,
            pmid=fields.pmid,
            registration=fields.registration,
            abstract=fields.abstract,
            database=fields.database,
            type=fields.type,
            publication_type=fields.publication_type,
            source_order=source_order,
        )

    @classmethod
    def from_row(cls, row: Mapping[str, str | None]) -> Candidate:
        """Read one row of a CSV table with the columns of `COLUMNS`; missing ones are empty."""
        return cls(
            id=row.get("record_id") or "",
            title=row.get("title") or "",
            authors=row.get("authors") or "",
            year=row.get("year") or "",
            journal=row.get("journal") or "",
            volume=row.get("volume") or "",
            issue=row.get("number") or "",
            pages=row.get("pages") or "",
            doi=row.get("doi") or "",
            pmid=row.get("pmid") or "",
            abstract=row.get("abstract") or "",
        )


def kept(records: Iterable[Candidate]) -> list[Candidate]:
    """Order records by completeness, the one to keep first.

    The longest abstract first, then has a PMID, a DOI, a full page range, a volume rather than a
    place ahead of print, most authors; then the team's order of sources, then the id.
    """
    return sorted(records, key=completeness)


def completeness(
    record: Candidate, authors: frozenset[str] | None = None
) -> tuple[int, bool, bool, bool, bool, int, int, str]:
    """Return the sorting key of `kept`; the smallest is the most complete.

    `authors` are the words of the authors' names, where they are known already.
    """
    pages = places.pages(record.pages)
    full = bool(pages.first) and pages.last != pages.first
    published = bool(record.volume.strip()) and "pagination" not in record.volume
    return (
        -len(record.abstract.split()),
        not identifiers.pmid(record.pmid),
        not identifiers.doi(record.doi),
        not (full or record.article_number),
        not published,
        -len(names.tokens(record.authors) if authors is None else authors),
        record.source_order,
        record.id,
    )
