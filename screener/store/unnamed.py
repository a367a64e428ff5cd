"""Content that no event names: somebody put it into the file, and nothing says who or why.

The first version of a record is named by the digest of its import, each other one by a correction,
each version of the protocol and of a form by the event that brought it. Nothing writes attachments
yet, so nothing is said of those.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator
from typing import NamedTuple

from screener.store import subjects
from screener.store.kinds.project import Correct, Form, Protocol

_TABLES = ("record_version", "protocol_version", "form_version", "attachment")


class Content(NamedTuple):
    """A row that no event names: its table, its number there, the record's uid or the digest."""

    table: str
    row: int
    where: str
    words: str


class Named(NamedTuple):
    """What the events of a file name: pairs of record and version, and digests (hexadecimal)."""

    versions: Collection[tuple[str, str]]
    protocols: Collection[str]
    forms: Collection[str]


def named(connection: sqlite3.Connection) -> Named:
    """Return what the events of a file name; `ValueError` when one of them is malformed."""
    corrections = subjects.written(connection, "correct")
    protocols, forms = (subjects.written(connection, kind) for kind in ("protocol", "form"))
    return Named(
        {(body.record, body.version) for body in corrections if isinstance(body, Correct)},
        {body.digest for body in protocols if isinstance(body, Protocol)},
        {body.digest for body in forms if isinstance(body, Form)},
    )


def content(connection: sqlite3.Connection) -> Iterator[Content]:
    """Give every row of content that no event names; `ValueError` as `named` raises it."""
    known = named(connection)
    before = ""
    for row, uid, number, digest in connection.execute(
        "SELECT v.rowid, v.record, r.number, v.digest FROM main.record_version v "
        "JOIN main.record r ON r.uid = v.record WHERE v.record IN (SELECT record "
        "FROM main.record_version GROUP BY record HAVING count(*) > 1) ORDER BY v.record, v.rowid"
    ):
        if uid == before and (uid, digest.hex()) not in known.versions:
            words = f"Record {number} has a version that no entry names."
            yield Content("record_version", row, uid, words)
        before = uid
    for what, digests in (("protocol", known.protocols), ("form", known.forms)):
        rows = connection.execute(f"SELECT rowid, digest FROM main.{what}_version")  # noqa: S608
        for row, digest in rows:
            if digest.hex() not in digests:
                words = f"A version of the {what} is here that no entry names."
                yield Content(f"{what}_version", row, digest.hex(), words)


def leave_out(connection: sqlite3.Connection, into: str) -> None:
    """Insert the content of the main file into an attached one, without these rows."""
    found: dict[str, list[int]] = {table: [] for table in _TABLES}
    for each in content(connection):
        found[each.table].append(each.row)
    for table, numbers in found.items():
        connection.execute(
            f"INSERT INTO {into}.{table} SELECT * FROM main.{table} "  # noqa: S608 - our names
            "WHERE rowid NOT IN (SELECT value FROM json_each(?)) ORDER BY rowid",
            (json.dumps(numbers),),
        )
