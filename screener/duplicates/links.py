"""Other kinds of sameness: versions, notices, preprints, meeting abstracts, registry entries."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from screener.duplicates.comparison import Comparison
from screener.duplicates.found import Link
from screener.duplicates.prepared import Prepared
from screener.units import identifiers

_PREPRINTS = re.compile(
    r"\b(?:medrxiv|biorxiv|arxiv|psyarxiv|socarxiv|chemrxiv|ssrn|research square|preprints?|"
    r"osf preprints|authorea)\b",
    re.IGNORECASE,
)
_REGISTRIES = re.compile(
    r"clinicaltrials\.gov|\bictrp\b|trial registry|clinical trials regist|isrctn regist",
    re.IGNORECASE,
)


def link(pair: Comparison) -> Link | None:
    """Return how two records that are not duplicates belong together, if they do."""
    one, other = pair.one, pair.other
    if pair.likeness < 80 and not pair.contains:
        return None
    if pair.versions:
        return Link.COCHRANE
    if pair.authors is False:
        return None
    if one.kind != other.kind:
        return Link.NOTICE
    if preprint(one) != preprint(other):
        return Link.PREPRINT
    if pair.place:
        return None
    if one.meeting != other.meeting:
        return Link.CONFERENCE
    elsewhere = sum(field is False for field in (pair.journal, pair.volume, pair.page))
    return Link.ELSEWHERE if pair.title_same and pair.authors and elsewhere > 1 else None


def preprint(record: Prepared) -> bool:
    """Whether the record is a preprint, by its type or its server."""
    return record.candidate.type == "preprint" or bool(_PREPRINTS.search(record.candidate.journal))


def registry_entry(record: Prepared) -> bool:
    """Whether the record is an entry of a trial register, by its type or where it comes from."""
    named = record.candidate
    return named.type == "registry-entry" or bool(
        _REGISTRIES.search(named.journal) or _REGISTRIES.search(named.database)
    )


def registrations(records: Sequence[Prepared]) -> Iterator[tuple[int, int]]:
    """Yield the positions of entries in trial registers and of reports that name their number."""
    entries: dict[str, list[int]] = defaultdict(list)
    for place, record in enumerate(records):
        if registry_entry(record):
            for number in _trials(record):
                entries[number].append(place)
    if not entries:
        return  # reading every abstract for numbers takes its time
    for report, record in enumerate(records):
        if not registry_entry(record):
            for number in _trials(record) & entries.keys():
                for entry in entries[number]:
                    yield min(entry, report), max(entry, report)


def _trials(record: Prepared) -> frozenset[str]:
    named = record.candidate
    return identifiers.trials(f"{named.registration} {named.title} {named.abstract}")
