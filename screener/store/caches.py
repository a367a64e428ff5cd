"""The caches `current` and `unit_of`: computed from the events, rebuilt, compared.

`current` holds the *heads*, the events that no later event of the same author supersedes;
`unit_of` says for each record of a duplicate group which unit it belongs to. A record that is not
in it is a unit of its own.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from screener.store.events import canonical

UNIT_KINDS = frozenset({"same", "different", "withdraw", "remove", "batch"})
"""Kinds of events after which units may be others than before."""

Row = tuple[str, str, str, str, bytes, str, str, str]


def head_row(
    event: bytes, kind: str, unit: str, stage: str, author: str, body: Mapping[str, Any]
) -> Row:
    """Return the row of `current` for one head."""
    judged = body.get("judgements")
    return (
        kind,
        stage,
        unit,
        author,
        event,
        str(body.get("verdict", "")),
        str(body.get("reason", "")),
        canonical(judged) if judged else "",
    )


def heads(connection: sqlite3.Connection, authors: Iterable[str] | None = None) -> list[Row]:
    """Compute the rows of `current` from the events, of all authors or of those named.

    An author's events are superseded only by that author's own (author here: kind of log and
    author together, so that a coordinator who also screens is two).
    """
    chosen = None if authors is None else set(authors)
    rows: dict[bytes, Row] = {}
    owner: dict[bytes, tuple[str, str]] = {}
    gone: list[tuple[bytes, tuple[str, str]]] = []
    query = (
        "SELECT e.id, e.kind, e.unit, e.stage, e.body, l.author, l.kind "
        "FROM event e JOIN log l ON l.id = e.log"
    )
    for id_, kind, unit, stage, body, author, log_kind in connection.execute(query):
        if chosen is not None and author not in chosen:
            continue
        whole = json.loads(body)
        who = (log_kind, author)
        rows[id_] = head_row(id_, kind, unit, stage, author, whole["body"])
        owner[id_] = who
        gone += [(bytes.fromhex(s), who) for s in whole["supersedes"]]
    for id_, who in gone:
        if owner.get(id_) == who:
            rows.pop(id_, None)
    return list(rows.values())


def rebuild_current(connection: sqlite3.Connection, authors: Iterable[str] | None = None) -> None:
    """Write `current` anew, for all authors or those named (inside the caller's transaction)."""
    found = heads(connection, authors)
    if authors is None:
        connection.execute("DELETE FROM current")
    else:
        connection.executemany(
            "DELETE FROM current WHERE author = ?", [(a,) for a in sorted(set(authors))]
        )
    found.sort()
    connection.executemany("INSERT INTO current VALUES (?, ?, ?, ?, ?, ?, ?, ?)", found)


def bodies(connection: sqlite3.Connection, kind: str) -> list[tuple[bytes, dict[str, Any]]]:
    """Return id and body of all heads of a kind, in the order they were written."""
    found = connection.execute(
        "SELECT e.id, e.body FROM current c JOIN event e ON e.id = c.event "
        "WHERE c.kind = ? ORDER BY e.rowid",
        (kind,),
    )
    return [(id_, json.loads(body)["body"]) for id_, body in found]


def absent_records(connection: sqlite3.Connection) -> set[str]:
    """Return the uids of records removed before screening or whose batch was withdrawn."""
    absent: set[str] = set()
    for _, body in bodies(connection, "withdraw"):
        if not body.get("void"):
            batch = (body["batch"],)
            found = connection.execute("SELECT uid FROM record WHERE batch = ?", batch)
            absent.update(uid for (uid,) in found)
    for _, body in bodies(connection, "remove"):
        if not body.get("void"):
            absent.add(body["record"])
    return absent


def groups(connection: sqlite3.Connection) -> dict[str, str]:
    """Compute `unit_of` from the heads of `same`: record uid to unit uid, for records in groups.

    Groups are the connected parts of all `same` that were not undone. The unit is the kept record
    the last `same` of the group named; when that one is absent (withdrawn, removed), the member
    with the lowest number that is present.
    """
    parent: dict[str, str] = {}

    def root(uid: str) -> str:
        while parent.setdefault(uid, uid) != uid:
            parent[uid] = parent[parent[uid]]
            uid = parent[uid]
        return uid

    kept: list[str] = []
    for _, body in bodies(connection, "same"):
        records = body["records"]
        for other in records[1:]:
            parent[root(records[0])] = root(other)
        if records:
            kept.append(body["kept"])
    if not parent:
        return {}
    chosen = {root(uid): uid for uid in kept}
    members: dict[str, list[str]] = defaultdict(list)
    for uid in parent:
        members[root(uid)].append(uid)
    absent = absent_records(connection)
    numbers = (
        dict(connection.execute("SELECT uid, number FROM record").fetchall()) if absent else {}
    )
    found: dict[str, str] = {}
    for top, uids in members.items():
        unit = chosen[top]
        present = [u for u in uids if u not in absent]
        if unit in absent and present:
            unit = min(present, key=lambda u: numbers.get(u, 0))
        found.update(dict.fromkeys(uids, unit))
    return found


def rebuild_units(connection: sqlite3.Connection) -> None:
    """Write `unit_of` anew (inside the caller's transaction)."""
    found = groups(connection)
    connection.execute("DELETE FROM unit_of")
    connection.executemany("INSERT INTO unit_of VALUES (?, ?)", sorted(found.items()))
