"""Logs whose entries name others that salvage lost: what is missing there is no damage.

`meta` says which they are. That proves nothing: a merge takes it over only of a log in which it
finds an entry that would be refused otherwise.
"""

from __future__ import annotations

import sqlite3
from itertools import islice

from screener.store import events, meta
from screener.store.kinds.reviewer import Close, Reopen
from screener.store.meta import Read

_ANY = "lost"  # in any log, as an older program said it
_CHUNK = 500  # ids asked for at once


def logs_of(read: Read) -> frozenset[str]:
    """Return the ids of the logs in which a file says that something may be missing."""
    said = meta.value(read, meta.LOST)
    if said != _ANY:
        return frozenset(said.split())
    return frozenset(id_ for (id_,) in read("SELECT id FROM main.log", ()))


def note(connection: sqlite3.Connection) -> None:
    """Have a file that salvage fills say which of its logs lack something."""
    add(connection, _lacking(connection))


def add(connection: sqlite3.Connection, logs: frozenset[str]) -> None:
    """Have a file say of more logs that they lack something."""
    if logs:
        said = logs | logs_of(connection.execute)
        meta.put(connection, {meta.LOST: " ".join(sorted(said))})


def fill(connection: sqlite3.Connection, name: str) -> None:
    """Have an attached copy of a file say what that says, of the logs that are in the copy."""
    here = {id_ for (id_,) in connection.execute(f"SELECT id FROM {name}.log")}  # noqa: S608
    if said := here & logs_of(connection.execute):
        meta.put(connection, {meta.LOST: " ".join(sorted(said))}, name)


def named(whole: events.Envelope, body: object) -> tuple[str, ...]:
    """Return the entries that one takes the place of, or knew when it closed or opened again."""
    return whole.supersedes + (body.known if isinstance(body, Close | Reopen) else ())


def _lacking(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the logs of a file whose entries name some that are not in it."""
    by: dict[str, set[str]] = {}
    for log, kind, text in connection.execute("SELECT log, kind, body FROM main.event"):
        whole, _, body = events.opened(kind, text)
        for old in named(whole, body):
            by.setdefault(old, set()).add(log)
    rest = iter(tuple(by))
    while chunk := list(islice(rest, _CHUNK)):
        marks = ", ".join("?" * len(chunk))
        query = f"SELECT id FROM main.event WHERE id IN ({marks})"  # noqa: S608
        for (id_,) in connection.execute(query, list(map(bytes.fromhex, chunk))):
            del by[id_.hex()]
    return frozenset().union(*by.values())
