"""What a file says of itself, in its table `meta`.

No other module names a row of it, but `summary`, which reads files that may be damaged.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

Read = Callable[[str, Sequence[str]], Iterable[Any]]
"""What answers a query: `File.rows`, or a connection's `execute`."""

MADE_BY_MERGING = ("made", "merging")
"""The file was made by merging; then `given` are the ids of those of whom it speaks."""
RAW_INCOMPLETE = ("raw", "incomplete")
"""Records of this project came from copies, without the raw text that they name."""
LOST = "superseded"
"""Under this key stand the logs in which something may be missing: see `lost`."""


def value(read: Read, key: str) -> str:
    """Return what a file says under a key, or ""."""
    rows = list(read("SELECT value FROM main.meta WHERE key = ?", (key,)))
    return str(rows[0][0]) if rows else ""


def says(read: Read, key: str, text: str) -> bool:
    """Say whether a file says just this under a key."""
    return value(read, key) == text


def put(connection: sqlite3.Connection, said: Mapping[str, str], name: str = "main") -> None:
    """Have a file say texts under keys, inside the caller's transaction."""
    connection.executemany(f"INSERT OR REPLACE INTO {name}.meta VALUES (?, ?)", said.items())  # noqa: S608


def take_out(connection: sqlite3.Connection, *keys: str) -> None:
    """Have a file say nothing under keys any more, inside the caller's transaction."""
    connection.executemany("DELETE FROM main.meta WHERE key = ?", [(key,) for key in keys])
