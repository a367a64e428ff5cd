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
from functools import lru_cache
from sys import intern
from typing import Any

from screener.store.events import LOG_OF, canonical

UNIT_KINDS = frozenset({"same", "withdraw", "remove", "batch"})
"""Kinds of events after which units may be others than before."""

Row = tuple[str, str, str, str, bytes, str, str, str]

_decode = json.JSONDecoder().raw_decode


def parsed(text: str) -> dict[str, Any]:
    """Return the JSON object of an event's text; `ValueError` when it is none.

    Half the time of `json.loads`, which looks for blanks that the canonical form has not.
    """
    whole, end = _decode(text)
    if end != len(text) or not isinstance(whole, dict):
        raise ValueError("not one JSON object")
    return whole


@lru_cache(maxsize=4096)
def _compact(judged: tuple[tuple[str, str], ...]) -> str:
    return canonical(dict(judged))


def head_row(
    event: bytes, kind: str, unit: str, stage: str, author: str, body: Mapping[str, Any]
) -> Row:
    """Return the row of `current` for one head.

    The words that repeat in every row are interned: a merge holds a row for every decision.
    """
    judged = body.get("judgements")
    return (
        intern(str(kind)),
        intern(str(stage)),
        intern(str(unit)),
        author,
        event,
        intern(str(body.get("verdict", ""))),
        intern(str(body.get("reason", ""))),
        _compact(tuple(judged.items())) if judged else "",
    )


class Heads:
    """Collects events and finds which of them stand.

    An author's events are superseded only by that author's own (kind of log and author together,
    so that a coordinator who also screens is two).
    """

    def __init__(self) -> None:
        self._rows: dict[bytes, Row] = {}
        self._gone: list[tuple[bytes, tuple[str, str]]] = []

    def add(self, row: Row, supersedes: Iterable[str]) -> None:
        """Take in one event: its row of `current` and what it supersedes."""
        self._rows[row[4]] = row
        for old in supersedes:
            self._gone.append((bytes.fromhex(old), _owner(row)))

    def standing(self) -> list[Row]:
        """Return the rows of the events that stand; the collection is empty afterwards."""
        for event, who in self._gone:
            row = self._rows.get(event)
            if row is not None and _owner(row) == who:
                del self._rows[event]
        standing = list(self._rows.values())
        self._rows.clear()  # a merge of a hundred thousand decisions feels the difference
        return standing


def _owner(row: Row) -> tuple[str, str]:
    """Return whose event a row is of: the kind of log its kind belongs to, and the author."""
    return LOG_OF.get(row[0], row[0]), row[3]


def heads(connection: sqlite3.Connection, authors: Iterable[str] | None = None) -> list[Row]:
    """Compute the rows of `current` from the events, of all authors or of those named."""
    chosen = None if authors is None else set(authors)
    found = Heads()
    authors_of = dict(connection.execute("SELECT id, author FROM log"))
    query = "SELECT id, kind, unit, stage, body, log FROM event"
    for id_, kind, unit, stage, text, log in connection.execute(query):
        author = authors_of[log]
        if chosen is None or author in chosen:
            whole = parsed(text)
            row = head_row(id_, kind, unit, stage, author, whole["body"])
            found.add(row, whole["supersedes"])
    return found.standing()


def write_current(
    connection: sqlite3.Connection, found: list[Row], authors: Iterable[str] | None
) -> None:
    """Put rows in place of what `current` holds of these authors (None: of everybody)."""
    if authors is None:
        connection.execute("DELETE FROM current")
    else:
        names = [(author,) for author in sorted(set(authors))]
        connection.executemany("DELETE FROM current WHERE author = ?", names)
    connection.executemany("INSERT INTO current VALUES (?, ?, ?, ?, ?, ?, ?, ?)", sorted(found))


def rebuild_current(connection: sqlite3.Connection, authors: Iterable[str] | None = None) -> None:
    """Write `current` anew, for all authors or those named (inside the caller's transaction)."""
    write_current(connection, heads(connection, authors), authors)


def bodies(connection: sqlite3.Connection, kind: str) -> list[tuple[bytes, dict[str, Any]]]:
    """Return id and body of all heads of a kind, in the order they were written."""
    found = connection.execute(
        "SELECT e.id, e.body FROM current c JOIN event e ON e.id = c.event "
        "WHERE c.kind = ? ORDER BY e.rowid",
        (kind,),
    )
    return [(id_, parsed(body)["body"]) for id_, body in found]


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
    # What a `same` kept may have left the group since, when another `same` was undone.
    chosen = {root(uid): uid for uid in kept if uid in parent}
    members: dict[str, list[str]] = defaultdict(list)
    for uid in parent:
        members[root(uid)].append(uid)
    absent = absent_records(connection)
    numbers = (
        dict(connection.execute("SELECT uid, number FROM record").fetchall())
        if absent or len(chosen) < len(members)
        else {}
    )
    found: dict[str, str] = {}
    for top, uids in members.items():
        unit = chosen.get(top, "")
        present = [u for u in uids if u not in absent]
        if not unit or (unit in absent and present):
            unit = min(present or uids, key=lambda u: numbers.get(u, 0))
        found.update(dict.fromkeys(uids, unit))
    return found


def rebuild_units(connection: sqlite3.Connection) -> None:
    """Bring `unit_of` up to date (inside the caller's transaction); only rows that differ."""
    found = groups(connection)
    kept = dict(connection.execute("SELECT record, unit FROM unit_of"))
    gone = [(uid,) for uid, unit in kept.items() if found.get(uid) != unit]
    new = [(uid, unit) for uid, unit in found.items() if kept.get(uid) != unit]
    connection.executemany("DELETE FROM unit_of WHERE record = ?", gone)
    connection.executemany("INSERT INTO unit_of VALUES (?, ?)", sorted(new))
