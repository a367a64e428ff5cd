"""Other kinds of sameness: versions, notices, preprints, meeting abstracts, registry entries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from screener.duplicates.comparison import Comparison
from screener.duplicates.found import Link
from screener.duplicates.prepared import Prepared
from screener.units import identifiers


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
    if one.preprint != other.preprint:
        return Link.PREPRINT
    if pair.place:
        return None
    if one.meeting != other.meeting:
        return Link.CONFERENCE
    elsewhere = sum(field is False for field in (pair.journal, pair.volume, pair.page))
    return Link.ELSEWHERE if pair.title_same and pair.authors and elsewhere > 1 else None


def registrations(
    records: Sequence[Prepared], abstracts: Callable[[], Iterable[tuple[int, str]]]
) -> Iterator[tuple[int, int]]:
    """Yield the positions of entries in trial registers and of reports that name their number.

    `abstracts` reads the abstract of every record, each with the record's position.
    """
    registers = {place for place, record in enumerate(records) if record.registry_entry}
    if not registers:
        return  # reading every abstract for numbers takes its time
    named = [record.trials for record in records]
    for place, abstract in abstracts():
        named[place] |= identifiers.trials(abstract)
    entries: dict[str, list[int]] = defaultdict(list)
    for place in registers:
        for number in named[place]:
            entries[number].append(place)
    for report, numbers in enumerate(named):
        if report not in registers:
            for entry in (entry for number in numbers for entry in entries.get(number, ())):
                yield min(entry, report), max(entry, report)
