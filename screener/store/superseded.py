"""Entries that others take the place of and that are not in the file: only salvage loses them.

A file that was salvaged, and one into which such a file was merged, says so in `meta`. What takes
the place of an entry that is not there is without effect, until the entry comes.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from itertools import islice

_LOST = ("superseded", "lost")  # in `meta`
_CHUNK = 500


def missed(connection: sqlite3.Connection, named: Collection[str]) -> Iterator[str]:
    """Yield those of some events (64 hexadecimal digits) that are not in a file and should be."""
    rest = iter(() if may_lack(connection) else named)
    while chunk := list(islice(rest, _CHUNK)):
        marks = ", ".join("?" * len(chunk))
        query = f"SELECT id FROM event WHERE id IN ({marks})"  # noqa: S608 - marks only
        here = {id_.hex() for (id_,) in connection.execute(query, list(map(bytes.fromhex, chunk)))}
        yield from (old for old in chunk if old not in here)


def may_lack(connection: sqlite3.Connection) -> bool:
    """Say whether what others take the place of may be missing from a file."""
    query = "SELECT EXISTS (SELECT 1 FROM main.meta WHERE key = ? AND value = ?)"
    (found,) = connection.execute(query, _LOST).fetchone()
    return bool(found)


def note_lost(connection: sqlite3.Connection) -> None:
    """Keep in a file that what others take the place of may be missing from it."""
    connection.execute("INSERT OR REPLACE INTO main.meta VALUES (?, ?)", _LOST)


def carry_on(connection: sqlite3.Connection, origin: str, into: str) -> None:
    """Keep the same in one attached file when another one, whose events it takes, says so."""
    connection.execute(
        f"INSERT OR REPLACE INTO {into}.meta "  # noqa: S608 - names of this program
        f"SELECT key, value FROM {origin}.meta WHERE key = ? AND value = ?",
        _LOST,
    )
