"""The union of two files: events and the content they name.

Commutative, associative, idempotent, so that order, repetition and older copies can neither lose
nor double anything. The other file is read from a private copy that is attached to the one
connection; the union is one transaction that reads again what it wrote before it commits.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from screener.model import Changes, Kind, Progress, UserError, silent
from screener.store import caches, verify
from screener.store.events import digest
from screener.store.file import File, FileKind

LogFilter = Callable[[str, str], bool]
"""Given kind and author of a log, says whether the target takes it."""

_CONTENT = (
    (
        "INSERT INTO main.log SELECT * FROM {a}.log s WHERE s.id IN (SELECT id FROM temp.taken) "
        "AND NOT EXISTS (SELECT 1 FROM main.log t WHERE t.id = s.id)"
    ),
    (
        "INSERT INTO main.record SELECT * FROM {a}.record s "
        "WHERE NOT EXISTS (SELECT 1 FROM main.record t WHERE t.uid = s.uid) ORDER BY number"
    ),
    (
        "INSERT INTO main.record_version SELECT * FROM {a}.record_version s "
        "WHERE NOT EXISTS (SELECT 1 FROM main.record_version t "
        "WHERE t.record = s.record AND t.digest = s.digest) ORDER BY s.rowid"
    ),
    (
        "INSERT INTO main.protocol_version SELECT * FROM {a}.protocol_version s "
        "WHERE NOT EXISTS (SELECT 1 FROM main.protocol_version t WHERE t.digest = s.digest)"
    ),
    (
        "INSERT INTO main.attachment SELECT * FROM {a}.attachment s "
        "WHERE NOT EXISTS (SELECT 1 FROM main.attachment t WHERE t.digest = s.digest)"
    ),
)
_NEW_EVENTS = (
    "FROM {a}.event s WHERE s.log IN (SELECT id FROM temp.taken) "
    "AND NOT EXISTS (SELECT 1 FROM main.event t WHERE t.id = s.id) "
    "AND s.id NOT IN (SELECT id FROM temp.damaged)"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What one file added: new events by kind of log, events known already."""

    new: int
    known: int


def accepts(target: File) -> LogFilter:
    """Return which logs a file may hold: a copy takes the project log and its reviewer's only."""
    if target.kind is FileKind.PROJECT:
        return lambda _kind, _author: True
    return lambda kind, author: (
        kind == "project" or (kind == "reviewer" and author == target.reviewer)
    )


@contextmanager
def attached(file: File, path: Path, name: str = "other") -> Iterator[str]:
    """Attach a private copy of another file to the connection of `file`, for reading."""
    connection = file.connection
    connection.execute(f"ATTACH ? AS {name}", (path.absolute().as_uri() + "?mode=rw",))
    try:
        yield name
    finally:
        connection.execute(f"DETACH {name}")


def union(
    target: File, copies: list[Path], progress: Progress = silent, *, salvage: bool = False
) -> list[Taken]:
    """Take what private copies of other files hold into the target, in one transaction.

    The copies were admitted before. Nothing is written when there is nothing new. Returns what
    each of them added, in their order.
    """
    taken: list[Taken] = []
    connection = target.connection
    connection.execute("PRAGMA cache_size = -65536")
    with target.told_errors():
        for path in copies:
            with attached(target, path) as name:
                taken.append(_take(target, name, progress, salvage=salvage))
    if any(t.new for t in taken):
        target.notify(Changes(action="Merge", kinds=frozenset(Kind)))
    return taken


def _take(target: File, name: str, progress: Progress, *, salvage: bool) -> Taken:
    connection = target.connection
    accept = accepts(target)
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS taken (id TEXT PRIMARY KEY)")
    connection.execute("CREATE TEMP TABLE IF NOT EXISTS damaged (id BLOB PRIMARY KEY)")
    connection.execute("DELETE FROM temp.taken")
    connection.execute("DELETE FROM temp.damaged")
    logs = connection.execute(f"SELECT id, kind, author FROM {name}.log").fetchall()  # noqa: S608
    wanted = [(id_,) for id_, kind, author in logs if accept(kind, author)]
    connection.executemany("INSERT INTO temp.taken VALUES (?)", wanted)
    if salvage:
        _leave_damaged_out(connection, name)
    (whole,) = connection.execute(
        f"SELECT count(*) FROM {name}.event WHERE log IN (SELECT id FROM temp.taken)"  # noqa: S608
    ).fetchone()
    (new,) = connection.execute(f"SELECT count(*) {_NEW_EVENTS.format(a=name)}").fetchone()
    if not new:
        return Taken(new=0, known=whole)
    with target.db.atomic():
        _write(connection, name, new, progress)
    return Taken(new=new, known=whole - new)


def _leave_damaged_out(connection: sqlite3.Connection, name: str) -> None:
    """Note the events of a damaged file that do not verify, and all that follow them in a log."""
    broken: set[str] = set()
    rows = connection.execute(
        "SELECT id, log, seq, prev, kind, unit, stage, body "  # noqa: S608
        f"FROM {name}.event ORDER BY log, seq"
    ).fetchall()
    for row in rows:
        if row[1] in broken or not verify.sound(row):
            broken.add(row[1])
            connection.execute("INSERT OR IGNORE INTO temp.damaged VALUES (?)", (row[0],))


def _write(connection: sqlite3.Connection, name: str, new: int, progress: Progress) -> None:
    progress(0, new, "Taking decisions in")
    (last_event,) = connection.execute("SELECT coalesce(max(rowid), 0) FROM event").fetchone()
    (last_version,) = connection.execute(
        "SELECT coalesce(max(rowid), 0) FROM record_version"
    ).fetchone()
    for statement in _CONTENT:
        connection.execute(statement.format(a=name))
        progress(0, new, "Taking decisions in")
    connection.execute(
        f"INSERT INTO main.event SELECT s.* {_NEW_EVENTS.format(a=name)} ORDER BY s.rowid"
    )
    progress(new, new, "Reading again what was written")
    _read_again(connection, last_event, last_version, progress)
    authors = {
        author
        for (author,) in connection.execute(
            "SELECT DISTINCT l.author FROM event e JOIN log l ON l.id = e.log WHERE e.rowid > ?",
            (last_event,),
        )
    }
    caches.rebuild_current(connection, authors)
    caches.rebuild_units(connection)
    progress(new, new, "Saving")


def _read_again(
    connection: sqlite3.Connection, last_event: int, last_version: int, progress: Progress
) -> None:
    rows = connection.execute(
        "SELECT id, log, seq, prev, kind, unit, stage, body FROM main.event WHERE rowid > ?",
        (last_event,),
    )
    for done, row in enumerate(rows):
        if not verify.sound(row):
            raise _not_kept()
        if done % verify.STEP == 0:
            progress(done, None, "Reading again what was written")
    for wanted, body in connection.execute(
        "SELECT digest, body FROM main.record_version WHERE rowid > ?", (last_version,)
    ):
        if digest(body) != wanted:
            raise _not_kept()


def _not_kept() -> UserError:
    return UserError("The drive did not keep what was written; nothing was merged, try again.")


def fill_copy(project: File, out: Path, reviewer: str) -> None:
    """Insert into a fresh file what a copy of that reviewer holds, and nothing else.

    The copy gets the project log, the reviewer's own logs merged so far, and the content. It is
    filled by inserting, never by deleting, so that no byte of anybody else's is in its free pages.
    """
    connection = project.connection
    with project.told_errors(), attached(project, out, "fresh"):
        connection.execute("PRAGMA fresh.synchronous = OFF")  # the caller syncs before renaming
        with project.db.atomic():
            for statement in _FILL:
                connection.execute(statement, {"reviewer": reviewer})
        connection.execute("PRAGMA fresh.journal_mode = DELETE")


_FILL = (
    (
        "INSERT INTO fresh.log SELECT * FROM main.log "
        "WHERE kind = 'project' OR (kind = 'reviewer' AND author = :reviewer)"
    ),
    "INSERT INTO fresh.record SELECT * FROM main.record",
    "INSERT INTO fresh.record_version SELECT * FROM main.record_version ORDER BY rowid",
    "INSERT INTO fresh.protocol_version SELECT * FROM main.protocol_version",
    "INSERT INTO fresh.attachment SELECT * FROM main.attachment",
    (
        "INSERT INTO fresh.event SELECT * FROM main.event "
        "WHERE log IN (SELECT id FROM fresh.log) ORDER BY rowid"
    ),
    (
        "INSERT INTO fresh.current SELECT c.* FROM main.current c "
        "JOIN main.event e ON e.id = c.event WHERE e.log IN (SELECT id FROM fresh.log)"
    ),
    "INSERT INTO fresh.unit_of SELECT * FROM main.unit_of",
)
