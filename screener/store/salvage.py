"""What is whole in a damaged file, written into a fresh one.

A log is a chain: its entries are taken up to the first that does not verify. Everything that reads
the fresh file afterwards need not know that there was damage.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from screener.store import caches, events, raw, verify
from screener.store.file import File
from screener.store.kinds.content import is_content
from screener.store.opening import create


def salvage(damaged: File, out: Path) -> None:
    """Write the entries of a damaged file that verify, and their content, as a new file."""
    fresh = create(out, kind=damaged.kind, uuid=damaged.uuid, reviewer=damaged.reviewer)
    try:
        with fresh.action("Salvage"):
            _take(damaged.connection, fresh.connection)
    finally:
        fresh.close()


def _readable(connection: sqlite3.Connection, query: str) -> Iterator[Any]:
    """Yield the rows of a query up to the place where the file cannot be read any further."""
    try:
        yield from connection.execute(query)
    except sqlite3.DatabaseError:
        return


def _take(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    logs: dict[str, str] = {}
    for row in _readable(source, "SELECT id, kind, author, computer, nonce FROM log"):
        id_, kind, author, computer, nonce = row
        if events.log_id(kind=kind, author=author, computer=computer, nonce=nonce) == id_:
            logs[id_] = kind
            target.execute("INSERT OR IGNORE INTO log VALUES (?, ?, ?, ?, ?)", row)
    _take_content(source, target)
    broken: set[str] = set()
    here: set[bytes] = set()
    query = "SELECT id, log, seq, prev, kind, step, subject, body FROM event ORDER BY rowid"
    for row in _readable(source, query):
        id_, log, seq, prev = row[:4]
        follows = seq == 1 or prev in here
        if log in broken or not follows or not _sound(row, logs.get(log, "")):
            broken.add(log)
            continue
        if id_ not in here:
            here.add(id_)
            target.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    raw.note_lacking(target)
    caches.rebuild_current(target)
    caches.rebuild_units(target)


def _sound(row: Any, log: str) -> bool:  # noqa: ANN401 - a damaged row may hold anything
    """Whether an event is whole and belongs into a log of that kind ("" for no log)."""
    try:
        return verify.sound(row)[1].log == log
    except (ValueError, TypeError, AttributeError):
        return False


def _take_content(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    known = set()
    for row in _readable(source, "SELECT uid, number, batch FROM record"):
        if not (isinstance(row[0], str) and isinstance(row[1], int) and isinstance(row[2], str)):
            continue
        known.add(row[0])
        target.execute("INSERT OR IGNORE INTO record VALUES (?, ?, ?)", row)
    for row in _readable(source, "SELECT digest, record, body FROM record_version ORDER BY rowid"):
        if row[1] in known and verify.matches(row[2], row[0]) and is_content("record", row[2]):
            target.execute("INSERT OR IGNORE INTO record_version VALUES (?, ?, ?)", row)
    for number, packed, body in _readable(source, raw.WITH_BODIES):
        if isinstance(body, str) and raw.is_sound(packed, body):
            target.execute("INSERT OR IGNORE INTO raw VALUES (?, ?)", (number, packed))
    for what in ("protocol", "form"):
        table = f"{what}_version"
        for row in _readable(source, f"SELECT digest, body FROM {table} ORDER BY rowid"):  # noqa: S608
            if verify.matches(row[1], row[0]) and is_content(what, row[1]):
                target.execute(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", row)  # noqa: S608
