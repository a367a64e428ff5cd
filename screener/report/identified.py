"""The numbers of the diagram that are of records: identified, duplicates, removed beforehand."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from screener.duplicates.joins import Joins
from screener.duplicates.tally import tally
from screener.model import SourceKind
from screener.model.gathering import gathered
from screener.report import reasons
from screener.sources.batches import Batches
from screener.store.file import File
from screener.store.membership import imported
from screener.units.units import Units

OTHER_REMOVED = "other_removed"
"""What is behind `Flow.other_unsought`: records of other methods that were removed."""
_RESULT_FIELDS = {
    SourceKind.DATABASE: "database_results",
    SourceKind.REGISTER: "register_results",
    SourceKind.WEBSITE: "website_results",
    SourceKind.ORGANISATION: "organisation_results",
    SourceKind.CITATION_SEARCHING: "citations_results",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """What was identified: the numbers by their names in the flow, and the records behind them.

    `by_databases` are the units with a record of a database or register that was not removed;
    `others` counts the records of other methods that are in the review, and of a group that was
    removed as a whole those that are its duplicates. `told` says, in sentences with their reasons,
    which imports were taken back and what was removed.
    """

    numbers: Mapping[str, Any]
    behind: Mapping[str, Sequence[str]]
    by_databases: frozenset[str]
    others: int
    told: tuple[str, ...] = ()


def identified(file: File, units: Units, batches: Batches, joins: Joins) -> Identified:
    """Count what the imports that stand have brought."""
    every = batches.batches()
    standing = {b.id: b for b in every if not b.withdrawn}
    kinds = {id_: batch.search.kind for id_, batch in standing.items()}
    behind: dict[str, list[str]] = defaultdict(list)
    records = [(uid, batch) for uid, batch in imported(file) if batch in standing]
    for uid, batch in records:
        search = standing[batch].search
        behind[_RESULT_FIELDS[search.kind]].append(uid)
        if search.kind.is_database:
            behind[f"{search.kind}_specific_results:{search.source}"].append(uid)
    found = tally(file, units, joins, {id_: kind.is_database for id_, kind in kinds.items()})
    behind["duplicates"] = _second_records(found.unit_of, found.counted)
    second = set(behind["duplicates"])
    for uid in found.ours:
        if uid in found.removed and uid not in second:
            box = "excluded_automatic" if found.removed[uid].automatic else "excluded_other"
            behind[box].append(uid)
    behind[OTHER_REMOVED] = list(found.others_removed)
    removed = [*behind["excluded_automatic"], *behind["excluded_other"], *behind[OTHER_REMOVED]]
    results = Counter(kinds[batch] for _, batch in records)
    searched = set(kinds.values())
    specific = _specific(batches)
    return Identified(
        numbers={
            "database_results": results[SourceKind.DATABASE],
            "register_results": results[SourceKind.REGISTER],
            "database_specific_results": specific[SourceKind.DATABASE],
            "register_specific_results": specific[SourceKind.REGISTER],
            "duplicates": found.automatic + found.by_hand,
            "duplicates_automatic": found.automatic,
            "duplicates_by_hand": found.by_hand,
            "excluded_automatic": len(behind["excluded_automatic"]),
            "excluded_other": len(behind["excluded_other"]),
            **{
                _RESULT_FIELDS[kind]: results[kind] if kind in searched else None
                for kind in SourceKind
                if not kind.is_database
            },
        },
        behind=behind,
        by_databases=found.by_databases,
        others=found.others,
        told=(
            *reasons.taken_back(every),
            *reasons.removed(found.removed[uid] for uid in removed),
        ),
    )


def _specific(batches: Batches) -> Mapping[SourceKind, tuple[tuple[str, int], ...]]:
    """Return, by kind of source, the records that each source gave, as its files have them."""
    found: dict[SourceKind, dict[str, int]] = defaultdict(dict)
    for batch in batches.batches(withdrawn=False):
        by_source = found[batch.search.kind]
        by_source[batch.search.source] = by_source.get(batch.search.source, 0) + batch.parsed
    return defaultdict(tuple, {kind: tuple(by.items()) for kind, by in found.items()})


def _second_records(unit_of: Mapping[str, str], left: Collection[str]) -> list[str]:
    """Return the records of databases that duplicate another one of them."""
    groups = gathered((unit, record) for record, unit in sorted(unit_of.items()) if record in left)
    return [
        member
        for unit, members in groups.items()
        for member in [m for m in members if m != unit][: len(members) - 1]
    ]
