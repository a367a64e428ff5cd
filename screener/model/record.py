"""Records: title and abstract as a source gave them, and the searches that found them."""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import fields as fields_of
from enum import StrEnum
from typing import Any, NewType

RecordId = NewType("RecordId", str)
"""32 hexadecimal digits, random at import; the same in every file of the review."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fields:
    """The bibliographic fields of one record, out of whatever format it came in.

    Everything is plain text; empty means the source did not give it. A person in `authors` is
    written "Family, Given"; a collective author is written as it stands and, when its own name
    holds a comma, ends in a comma (the convention of EndNote), so that the two stay apart.
    `doi` is bare, lower case and begins with "10."; `pmid` is digits only. `type` is a word of
    `RECORD_TYPES` or empty.
    """

    type: str = ""
    title: str = ""
    translated_title: str = ""
    authors: tuple[str, ...] = ()
    year: int | None = None
    date: str = ""
    journal: str = ""
    journal_abbreviation: str = ""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    article_number: str = ""
    doi: str = ""
    pmid: str = ""
    pmcid: str = ""
    issn: str = ""
    isbn: str = ""
    accession: str = ""
    database: str = ""
    registration: str = ""
    abstract: str = ""
    keywords: tuple[str, ...] = ()
    language: str = ""
    url: str = ""
    publication_type: tuple[str, ...] = ()
    publisher: str = ""


FIELD_NAMES = tuple(f.name for f in fields_of(Fields))
FIELD_WORDS = {
    "title": "Title",
    "translated_title": "Translated title",
    "authors": "Authors",
    "year": "Year",
    "date": "Date",
    "journal": "Journal",
    "journal_abbreviation": "Journal, short",
    "volume": "Volume",
    "issue": "Issue",
    "pages": "Pages",
    "article_number": "Article number",
    "doi": "DOI",
    "pmid": "PMID",
    "pmcid": "PMCID",
    "issn": "ISSN",
    "isbn": "ISBN",
    "registration": "Registration",
    "abstract": "Abstract",
    "keywords": "Keywords",
    "language": "Language",
    "type": "Type",
    "publication_type": "Publication type",
    "publisher": "Publisher",
    "url": "Web address",
    "accession": "Accession number",
    "database": "Database",
}
"""The fields of a record in the order in which they are shown, in words."""

_LISTS = ("authors", "keywords", "publication_type")


def field_text(fields: Fields, name: str) -> str:
    """Return a field as one text, "" when it says nothing; lists with semicolons between."""
    value = getattr(fields, name)
    if isinstance(value, tuple):
        return "; ".join(value)
    return "" if value is None else str(value)


def field_value(name: str, text: str) -> Any:  # noqa: ANN401 - a text, a number or a list
    """Return what a field holds when a person wrote this text for it; see `field_text`.

    `ValueError` says in a sentence what is wrong.
    """
    if name not in FIELD_NAMES:
        raise ValueError(f"A record has no field “{name}”; it has {', '.join(FIELD_NAMES)}.")
    if name == "year":
        if text and not (text.isdecimal() and len(text) == 4):
            raise ValueError("A year has four digits, such as 2019.")
        return int(text) if text else None
    if name in _LISTS:
        return tuple(part.strip() for part in text.split(";") if part.strip())
    return text.strip()


RECORD_TYPES = (
    "article", "conference", "book", "chapter", "thesis", "report", "preprint", "registry-entry",
    "webpage", "patent", "dataset", "other",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One record as a file gave it: its fields, its raw tags in order, the line where it begins.

    `remarks` are sentences about what was repaired or guessed.
    """

    fields: Fields
    raw: tuple[tuple[str, str], ...] = ()
    line: int = 0
    remarks: tuple[str, ...] = ()


NO_TAGS = (
    "The tags as the source gave them are not in this file: reviewers' copies do without them, and"
    " so does what is made from copies."
)
"""What is said where a record's tags would be shown and the file has none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Skipped:
    """A line, or a run of lines, that no record could be made of."""

    line: int
    text: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One imported record: its id, its number in the review (from 1), its batch, its fields.

    `fields` are those of the newest version; `version` is that version's digest (64 hexadecimal
    digits). `corrected` names the fields that differ from what the source gave.
    """

    id: RecordId
    number: int
    batch: str
    version: str
    fields: Fields
    corrected: frozenset[str] = field(default_factory=frozenset)


class SourceKind(StrEnum):
    """The kinds of source that the PRISMA 2020 diagram tells apart."""

    DATABASE = "database"
    REGISTER = "register"
    WEBSITE = "website"
    ORGANISATION = "organisation"
    CITATION_SEARCHING = "citation-searching"

    @property
    def is_database(self) -> bool:
        """Whether it belongs to the column of databases and registers."""
        return self in (SourceKind.DATABASE, SourceKind.REGISTER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a person says about one search (PRISMA-S items 1, 8, 9, 10, 13 and 15).

    `searched` is an ISO date or empty; `claimed` is the number of records the source announced.
    """

    source: str
    kind: SourceKind = SourceKind.DATABASE
    platform: str = ""
    searched: str = ""
    strategy: str = ""
    limits: str = ""
    filters: str = ""
    claimed: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """What one import brought in. `withdrawn` is the reason when it was taken back, else empty."""

    id: str
    search: Search
    file: str
    parsed: int
    skipped: tuple[Skipped, ...]
    file_digest: str
    withdrawn: str = ""
    imported: str = ""
    format: str = ""
