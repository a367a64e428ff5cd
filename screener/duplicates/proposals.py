"""Duplicates that reviewers proposed while they screened: flags that name another unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from screener.store import events
from screener.store.file import File
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
    flags = list(_flags(file))
    if not flags:
        return []
    names = {body["id"]: body["name"] for _, body in file.heads("reviewer")}
    numbers = {str(unit): number for unit, number in units.numbered()}
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


def _flags(file: File) -> Iterable[tuple[str, str, str]]:
    """Yield the unit, the author and the other unit of every flag that proposes a duplicate."""
    rows = file.rows(
        "SELECT e.id, e.body, c.author FROM current c JOIN event e ON e.id = c.event "
        "WHERE c.kind = 'flag' AND instr(e.body, '\"duplicate_of\"') > 0 ORDER BY e.rowid"
    )
    for id_, text, author in rows:
        event = events.parse(id_, text)
        if event.body.get("on") and event.body.get("duplicate_of"):
            yield event.unit, author, event.body["duplicate_of"]
