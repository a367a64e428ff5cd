"""Duplicates that reviewers proposed while they screened: flags that name another unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from screener.model.words import as_name
from screener.store.file import File
from screener.store.heads import cached, heads
from screener.store.kinds.project import Reviewer
from screener.store.kinds.reviewer import Flag
from screener.units.units import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """Two units that reviewers, by name, hold to be the same report."""

    records: tuple[str, str]
    reviewers: tuple[str, ...]


def open_proposals(
    file: File, units: Units, different: Iterable[tuple[str, ...]]
) -> list[Proposal]:
    """Return the proposals on units that are present, not joined and not said to be different."""
    flags = [flag for flag in cached(file, Flag) if flag.other]
    if not flags:
        return []
    names = {head.body.id: as_name(head.body.name) for head in heads(file, Reviewer)}
    named = {file.unit_of(uid) for flag in flags for uid in (flag.subject, flag.other)}
    numbers = {str(unit): place for place, unit in enumerate(units.among(named)[0])}
    apart = [{file.unit_of(uid) for uid in uids} for uids in different]
    found: dict[tuple[str, str], dict[str, None]] = {}
    for flag in flags:
        both = file.unit_of(flag.subject), file.unit_of(flag.other)
        one, two = sorted(both, key=lambda unit: numbers.get(unit, 0))
        here = one != two and one in numbers and two in numbers
        if here and not any({one, two} <= answered for answered in apart):
            found.setdefault((one, two), {})[names.get(flag.author, flag.author)] = None
    return [
        Proposal(records=pair, reviewers=tuple(sorted(by)))
        for pair, by in sorted(found.items(), key=lambda item: [numbers[u] for u in item[0]])
    ]
