"""What records and studies belong to now: the cache `unit_of`, and what joined them.

It has the unit of each record of a duplicate group, and the study that each of some joined studies
counts for; of the record shown and the study kept, itself. What is not in it stands for itself.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence

from screener.model.gathering import gathered
from screener.store import events
from screener.store.chain import Order
from screener.store.kinds import MANY, Body
from screener.store.kinds.project import Remove, Same, Study, Withdraw

JOINS = ("same", "study")
"""The kinds of events that join subjects."""
_FIRST = -(2**63)  # before every row there may be
_SELDOM = "kind NOT IN (" + ", ".join(f"'{kind}'" for kind in MANY) + ")"


def joined_by(body: Body) -> Sequence[str]:
    """Return the records or studies that an event joins, or nothing."""
    if isinstance(body, Same):
        return (*body.records, body.kept)
    return (body.id, body.into) if isinstance(body, Study) and body.into else ()


def joins_after(connection: sqlite3.Connection, after: int = _FIRST) -> list[Body]:
    """Return what every event that joins subjects says, those after a row of `event`."""
    return [body for kind in JOINS for body in written(connection, kind, after)]


def written(connection: sqlite3.Connection, kind: str, after: int = _FIRST) -> list[Body]:
    """Return what every event of a seldom kind says, those after a row of `event`.

    No cache is asked: it may not be what the events say.
    """
    query = f"SELECT body FROM event WHERE {_SELDOM} AND kind = ? AND rowid > ?"  # noqa: S608
    return [events.opened(kind, text)[2] for (text,) in connection.execute(query, (kind, after))]


def ever_joined(*connections: sqlite3.Connection) -> dict[str, str]:
    """Return one name for all records or studies that a join ever brought together, by each.

    Joins that were taken back count too: an answer takes the place of one on another record of the
    unit, as it was then.
    """
    return connected(
        joined_by(body)
        for connection in connections
        for kind in JOINS
        for body in written(connection, kind)
    )


def connected(several: Iterable[Sequence[str]]) -> dict[str, str]:
    """Return one name for all that lists connect, by each of them."""
    parent: dict[str, str] = {}

    def root(uid: str) -> str:
        while parent.setdefault(uid, uid) != uid:
            parent[uid] = parent[parent[uid]]
            uid = parent[uid]
        return uid

    for first, *others in filter(None, several):
        for other in others:
            parent[root(first)] = root(other)
    return {uid: root(uid) for uid in list(parent)}


def bodies(connection: sqlite3.Connection, kind: str) -> list[tuple[bytes, Body]]:
    """Return id and body of all heads of a kind that stand, in the order of their chain."""
    found = connection.execute(
        "SELECT e.log, e.seq, e.id, e.body FROM current c JOIN event e ON e.id = c.event "
        "WHERE c.kind = ? AND c.value <> 0",
        (kind,),
    )
    order = Order(connection.execute)
    ordered = sorted((order.at(log, seq), id_, text) for log, seq, id_, text in found)
    return [(id_, events.opened(kind, text)[2]) for _, id_, text in ordered]


def absent_records(connection: sqlite3.Connection) -> set[str]:
    """Return the uids of records removed before screening or whose batch was withdrawn."""
    absent: set[str] = set()
    for _, body in bodies(connection, "withdraw"):
        if isinstance(body, Withdraw):
            found = connection.execute("SELECT uid FROM record WHERE batch = ?", (body.batch,))
            absent.update(uid for (uid,) in found)
    for _, body in bodies(connection, "remove"):
        if isinstance(body, Remove):
            absent.add(body.record)
    return absent


def groups(connection: sqlite3.Connection) -> dict[str, str]:
    """Compute `unit_of` from the heads of `same` and `study`.

    It has the unit of each record that is in a group, and the study that each study of some that
    were joined counts for, the kept one too: whoever asks for the members finds all of them.

    Groups are the connected parts of all `same` that were not undone. The unit is the kept record
    the last `same` of the group named; when that one is absent (withdrawn, removed), the member
    with the lowest number that is present.
    """
    joins = [body for _, body in bodies(connection, "same") if isinstance(body, Same)]
    top = connected(body.records for body in joins)
    if not top:
        return _studies(connection)
    # What a `same` kept may have left the group since, when another `same` was undone.
    chosen = {top[body.kept]: body.kept for body in joins if body.kept in top}
    members = gathered((name, uid) for uid, name in top.items())
    absent = absent_records(connection)
    numbers = (
        dict(connection.execute("SELECT uid, number FROM record").fetchall())
        if absent or len(chosen) < len(members)
        else {}
    )
    found: dict[str, str] = {}
    for name, uids in members.items():
        unit = chosen.get(name, "")
        present = [u for u in uids if u not in absent]
        if not unit or (unit in absent and present):
            unit = min(present or uids, key=lambda u: numbers.get(u, 0))
        found.update(dict.fromkeys(uids, unit))
    return found | _studies(connection)


def _studies(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the study that each of those joined counts for; those of a circle stand."""
    into = {
        body.id: body.into
        for _, body in bodies(connection, "study")
        if isinstance(body, Study) and body.into
    }
    found = {}
    for one in into:
        passed, last = {one}, into[one]
        while last in into and last not in passed:
            passed.add(last)
            last = into[last]
        if last not in passed:
            found[one] = found[last] = last
    return found


def rebuild_units(connection: sqlite3.Connection) -> None:
    """Bring `unit_of` up to date (inside the caller's transaction); only rows that differ."""
    found = groups(connection)
    kept = dict(connection.execute("SELECT record, unit FROM unit_of"))
    gone = [(uid,) for uid, unit in kept.items() if found.get(uid) != unit]
    new = [(uid, unit) for uid, unit in found.items() if kept.get(uid) != unit]
    connection.executemany("DELETE FROM unit_of WHERE record = ?", gone)
    connection.executemany("INSERT INTO unit_of VALUES (?, ?)", sorted(new))
