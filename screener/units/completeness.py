"""Which record of a group is shown: the most complete one."""

from __future__ import annotations

from collections.abc import Iterable

from screener.units import identifiers, names, places
from screener.units.candidate import Candidate


def kept(records: Iterable[Candidate]) -> list[Candidate]:
    """Order records by completeness, the one to keep first.

    The longest abstract first, then has a PMID, a DOI, a full page range, a volume rather than a
    place ahead of print, most authors; then the team's order of sources, then the id.
    """
    return sorted(records, key=completeness)


def completeness(record: Candidate) -> tuple[int, bool, bool, bool, bool, int, int, str]:
    """Return the sorting key of `kept`; the smallest is the most complete."""
    pages = places.pages(record.pages)
    full = bool(pages.first) and pages.last != pages.first
    published = bool(record.volume.strip()) and "pagination" not in record.volume
    return (
        -len(record.abstract.split()),
        not identifiers.pmid(record.pmid),
        not identifiers.doi(record.doi),
        not (full or record.article_number),
        not published,
        -len(names.tokens(record.authors)),
        record.source_order,
        record.id,
    )
