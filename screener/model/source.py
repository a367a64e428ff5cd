"""Searches: where records came from, and what PRISMA-S wants to know about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from screener.model.record import Skipped


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
