"""Duplicates that reviewers proposed while they screened: flags that name another unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

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
    flags = _flags(file)
    if not flags:
        return []
    names = {head.body.id: head.body.name for head in heads(file, Reviewer)}
    named = {file.unit_of(uid) for unit, _, other in flags for uid in (unit, other)}
    numbers = {str(unit): place for place, unit in enumerate(units.among(named)[0])}
    apart = [{file.unit_of(uid) for uid in uids} for uids in different]
    found: dict[tuple[str, str], dict[str, None]] = {}
    for unit, author, other in flags:
        one, two = sorted(
            (file.unit_of(unit), file.unit_of(other)), key=lambda u: numbers.get(u, 0)
        )
        here = one != two and one in numbers and two in numbers
        if here and not any({one, two} <= answered for answered in apart):
            found.setdefault((one, two), {})[names.get(author, author)] = None
    return [
        Proposal(records=pair, reviewers=tuple(sorted(by)))
        for pair, by in sorted(found.items(), key=lambda item: [numbers[u] for u in item[0]])
    ]


def _flags(file: File) -> list[tuple[str, str, str]]:
    """Return the unit, the author and the other unit of every flag that proposes a duplicate."""
    return [(flag.subject, flag.author, flag.other) for flag in cached(file, Flag) if flag.other]
