"""Is a file whole? Integrity, hashes, chains, caches.

`integrity_check` alone notices about half of random damage; with the hashes of every record and
event, the chains of the logs and the caches computed anew, all of it was noticed (storage facts,
section 1.7).
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from screener.model import Progress, silent
from screener.store import caches, events
from screener.store.migrations import reference_schema, schema

STEP = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing that is wrong with a file: its kind, where it was found, a sentence."""

    kind: str
    where: str
    message: str


def check(
    connection: sqlite3.Connection, progress: Progress = silent, *, with_caches: bool = True
) -> list[Problem]:
    """Return everything that is wrong with the file; an empty list says that it is whole."""
    steps: list[Callable[[sqlite3.Connection, Progress], Iterator[Problem]]] = [
        _schema,
        _integrity,
        _contents,
        _events,
        _batches,
    ]
    if with_caches:
        steps.append(_caches)
    found: list[Problem] = []
    for step in steps:
        try:
            found += step(connection, progress)
        except sqlite3.DatabaseError as error:
            found.append(Problem(kind="file", where="", message=f"The file is damaged: {error}."))
            break
    return found


def _schema(connection: sqlite3.Connection, _progress: Progress) -> Iterator[Problem]:
    here, wanted = schema(connection), reference_schema()
    for name in sorted(here.keys() | wanted.keys()):
        if here.get(name) != wanted.get(name):
            yield Problem(kind="schema", where=name, message=f"{name} is not as Screener made it.")


def _integrity(connection: sqlite3.Connection, progress: Progress) -> Iterator[Problem]:
    progress(0, None, "Checking the file")
    for (line,) in connection.execute("PRAGMA integrity_check(20)"):
        if line != "ok":
            yield Problem(kind="file", where="", message=f"The file is damaged: {line}.")


def _contents(connection: sqlite3.Connection, progress: Progress) -> Iterator[Problem]:
    sha256 = hashlib.sha256
    query = "SELECT digest, body, record FROM record_version"
    for done, (digest, body, record) in enumerate(connection.execute(query)):
        if sha256(body.encode("utf-8", "surrogatepass")).digest() != digest:
            number = _number(connection, record)
            yield Problem(
                kind="record", where=record, message=f"Record {number} is not as it was imported."
            )
        if done % STEP == 0:
            progress(done, None, "Checking records")
    for digest, body in connection.execute("SELECT digest, body FROM protocol_version"):
        if events.digest(body) != digest:
            yield Problem(
                kind="protocol", where=digest.hex(), message="A protocol version was changed."
            )


def _number(connection: sqlite3.Connection, record: str) -> int | str:
    row = connection.execute("SELECT number FROM record WHERE uid = ?", (record,)).fetchone()
    return int(row[0]) if row else "?"


def _events(connection: sqlite3.Connection, progress: Progress) -> Iterator[Problem]:
    logs = {
        id_: (kind, author)
        for id_, kind, author, computer, nonce in connection.execute("SELECT * FROM log")
        if events.log_id(kind=kind, author=author, computer=computer, nonce=nonce) == id_
    }
    for (id_,) in connection.execute("SELECT id FROM log"):
        if id_ not in logs:
            yield Problem(kind="log", where=id_, message="A log was given to another author.")
    query = "SELECT id, log, seq, prev, kind, unit, stage, body FROM event ORDER BY log, seq"
    at: dict[str, dict[int, set[bytes]]] = defaultdict(lambda: defaultdict(set))
    for done, row in enumerate(connection.execute(query)):
        id_, log, seq, prev, *_ = row
        if not sound(row):
            yield Problem(
                kind="event", where=id_.hex(), message=f"Entry {seq} of a log was changed."
            )
        elif log not in logs:
            yield Problem(kind="event", where=id_.hex(), message=f"Entry {seq} has no log.")
        # In a fork two entries share a number; each must follow one that is there.
        before = at[log][seq - 1]
        if seq > 1 and prev not in before:
            yield Problem(
                kind="chain", where=id_.hex(), message=f"The entry before entry {seq} is missing."
            )
        at[log][seq].add(id_)
        at[log].pop(seq - 2, None)
        if done % STEP == 0:
            progress(done, None, "Checking the history")


def sound(row: tuple[bytes, str, int, bytes | None, str, str, str, str]) -> bool:
    """Say whether an event's row is what its hash and its own text say."""
    id_, log, seq, prev, kind, unit, stage, body = row
    if hashlib.sha256(body.encode("utf-8", "surrogatepass")).digest() != id_:
        return False
    whole = json.loads(body)
    return bool(
        whole["log"] == log
        and whole["seq"] == seq
        and whole["prev"] == (prev.hex() if prev else "")
        and whole["kind"] == kind
        and whole.get("unit", "") == unit
        and whole.get("stage", "") == stage
    )


def records_digest(rows: list[tuple[str, int, bytes]]) -> str:
    """Return the digest of a batch's records: uid, number and first version of each, in order."""
    whole = hashlib.sha256()
    for uid, number, digest in rows:
        whole.update(f"{uid} {number} {digest.hex()}\n".encode())
    return whole.hexdigest()


def _batches(connection: sqlite3.Connection, progress: Progress) -> Iterator[Problem]:
    progress(0, None, "Checking the imports")
    corrected = {
        bytes.fromhex(json.loads(body)["body"].get("version", ""))
        for (body,) in connection.execute("SELECT body FROM event WHERE kind = 'correct'")
    }
    known = set()
    for _, body in caches.bodies(connection, "batch"):
        known.add(body["id"])
        rows = connection.execute(
            "SELECT r.uid, r.number, v.digest FROM record r JOIN record_version v "
            "ON v.record = r.uid WHERE r.batch = ? ORDER BY r.number, v.rowid",
            (body["id"],),
        ).fetchall()
        first = [row for row in rows if row[2] not in corrected]
        if records_digest(first) != body["records_digest"]:
            yield Problem(
                kind="batch",
                where=body["id"],
                message=f"Records of the import from {body['source']} are not what was imported.",
            )
    for (batch,) in connection.execute("SELECT DISTINCT batch FROM record"):
        if batch not in known:
            yield Problem(
                kind="batch", where=batch, message="Records are here that no import brought."
            )


def _caches(connection: sqlite3.Connection, progress: Progress) -> Iterator[Problem]:
    progress(0, None, "Computing what is shown anew")
    kept = connection.execute("SELECT * FROM current").fetchall()
    if sorted(kept) != sorted(caches.heads(connection)):
        yield Problem(
            kind="cache", where="current", message="What is shown is not what the history says."
        )
    if dict(connection.execute("SELECT record, unit FROM unit_of")) != caches.groups(connection):
        yield Problem(
            kind="cache", where="unit_of", message="The groups shown are not what the history says."
        )
