"""What is whole in a damaged file, written into a fresh one.

A log is a chain: its entries are taken up to the first that does not verify. Everything that reads
the fresh file afterwards need not know that there was damage.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from screener.model import ErrorKind, UserError
from screener.store import caches, events, lost, raw, unnamed, verify
from screener.store.file import File
from screener.store.kinds.content import is_content
from screener.store.kinds.reviewer import Close
from screener.store.opening import create


def salvage(damaged: File, out: Path) -> None:
    """Write the entries of a damaged file that verify, and their content, as a new file.

    `UserError` when they are no chains: then nothing of the file is taken.
    """
    fresh = create(out, kind=damaged.kind, uuid=damaged.uuid, reviewer=damaged.reviewer)
    try:
        with fresh.action("Salvage"):
            _take(damaged.connection, fresh.connection)
            for problem in verify.chain(fresh.connection):
                raise UserError(
                    f"What is left of {damaged.path.name} is not whole either: {problem.message}",
                    kind=ErrorKind.DAMAGED,
                )
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
    broken: set[str] = set()
    here: dict[bytes, tuple[str, int]] = {}
    query = "SELECT id, log, seq, prev, kind, step, subject, body FROM event ORDER BY rowid"
    for row in _readable(source, query):
        id_, log, seq, prev = row[:4]
        follows = seq == 1 or (isinstance(seq, int) and here.get(prev) == (log, seq - 1))
        if log in broken or not follows or not _sound(source, row, logs):
            broken.add(log)
            continue
        if id_ not in here:
            here[id_] = (log, seq)
            target.execute("INSERT INTO event VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
    _take_content(source, target)
    raw.note_lacking(target)
    lost.note(target)
    caches.rebuild(target)


def _sound(source: sqlite3.Connection, row: Any, logs: Mapping[str, str]) -> bool:  # noqa: ANN401
    """Whether an event is whole and belongs into its log; `logs` are those that are, with kinds.

    A close must name a change of the review that can be read in the same file: with one from
    elsewhere it would say of later searches that they were closed.
    """
    try:
        _, kind, body = verify.sound(row)
    except (ValueError, TypeError, AttributeError):
        return False
    if kind.log != logs.get(row[1]):
        return False
    if not isinstance(body, Close) or not body.review:
        return True
    query = f"SELECT {events.COLUMNS} FROM event e WHERE e.id = x'{body.review}'"  # noqa: S608
    return any(
        logs.get(at[1]) == "project" and _sound(source, at, logs) for at in _readable(source, query)
    )


def _take_content(source: sqlite3.Connection, target: sqlite3.Connection) -> None:
    here = unnamed.named(target)
    known, begun = set(), set()
    for row in _readable(source, "SELECT uid, number, batch FROM record"):
        if not (isinstance(row[0], str) and isinstance(row[1], int) and isinstance(row[2], str)):
            continue
        known.add(row[0])
        target.execute("INSERT OR IGNORE INTO record VALUES (?, ?, ?)", row)
    for row in _readable(source, "SELECT digest, record, body FROM record_version ORDER BY rowid"):
        is_named = row[1] not in begun or (row[1], _hex(row[0])) in here.versions
        begun.add(row[1])
        whole = row[1] in known and verify.matches(row[2], row[0])
        if is_named and whole and is_content("record", row[2]):
            target.execute("INSERT OR IGNORE INTO record_version VALUES (?, ?, ?)", row)
    for number, packed, body in _readable(source, raw.WITH_BODIES):
        if isinstance(body, str) and raw.is_sound(packed, body):
            target.execute("INSERT OR IGNORE INTO raw VALUES (?, ?)", (number, packed))
    for what, digests in (("protocol", here.protocols), ("form", here.forms)):
        table = f"{what}_version"
        for row in _readable(source, f"SELECT digest, body FROM {table} ORDER BY rowid"):  # noqa: S608
            whole = verify.matches(row[1], row[0]) and _hex(row[0]) in digests
            if whole and is_content(what, row[1]):
                target.execute(f"INSERT OR IGNORE INTO {table} VALUES (?, ?)", row)  # noqa: S608


def _hex(digest: object) -> str:
    return digest.hex() if isinstance(digest, bytes) else ""
