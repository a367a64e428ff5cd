"""What the decisions that stand say, read in one sweep and not one by one.

Thousands of units have few different things said of them, so SQLite brings together who said the
same, and where units stand is computed once for each thing said.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, NamedTuple

from screener.model import Stage
from screener.store.file import File

_CHUNK = 500
_FEW = 50
"""So many units are looked up one by one; for more the whole table of groups is read."""


class Said(NamedTuple):
    """What one decision says, and whose it is; `judged` is JSON, "" when nothing was judged."""

    author: str
    verdict: str
    reason: str
    judged: str


def decided(
    file: File, stage: Stage, units: Iterable[str] | None = None
) -> dict[str, tuple[Said, ...]]:
    """Return what the decisions that stand say on every unit (or on those named)."""
    unit_of = groups(file)
    found: dict[str, tuple[Said, ...]] = {}
    for *words, records in rows_on(
        file,
        "SELECT c.author, c.verdict, c.reason, c.judged, json_group_array(c.unit) FROM current c "
        "WHERE c.kind = 'decision' AND c.stage = ? AND c.verdict <> 'none'",
        (stage,),
        units,
        tail="GROUP BY c.author, c.verdict, c.reason, c.judged",
    ):
        one = (Said._make(words),)
        for record in json.loads(records):
            unit = unit_of.get(record, record)
            found[unit] = found.get(unit, ()) + one
    return found


def groups(file: File) -> dict[str, str]:
    """Return the unit of every record that is in a duplicate group."""
    return dict(file.rows("SELECT record, unit FROM unit_of"))


def rows_on(
    file: File,
    query: str,
    values: tuple[str, ...],
    units: Iterable[str] | None,
    *,
    tail: str = "",
) -> Iterator[Any]:
    """Yield the rows of a query on `current c`: all, or of the records of the units named.

    Settling one unit must not read the decisions on ten thousand. With `tail`, a group may come
    in parts.
    """
    if units is None:
        yield from file.rows(f"{query} {tail}", values)
        return
    records = iter(_records(file, set(units)))
    while chunk := list(islice(records, _CHUNK)):
        marks = ", ".join("?" * len(chunk))
        yield from file.rows(f"{query} AND c.unit IN ({marks}) {tail}", (*values, *chunk))


def _records(file: File, units: set[str]) -> list[str]:
    if len(units) <= _FEW:
        return [record for unit in sorted(units) for record in file.members(unit)]
    members: dict[str, list[str]] = {}
    for record, unit in groups(file).items():
        members.setdefault(unit, []).append(record)
    return [record for unit in sorted(units) for record in members.get(unit, [unit])]
