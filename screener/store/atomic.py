"""Transactions, and parts of them that are taken back by themselves.

sqlite_utils has the same; to load it takes a tenth of a second, for which every command that writes
would wait.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def atomic(connection: sqlite3.Connection) -> Iterator[None]:
    """All of what is written, or nothing: a transaction, or a part of the one that runs."""
    inner = connection.in_transaction
    connection.execute("SAVEPOINT part" if inner else "BEGIN")
    try:
        yield
        connection.execute("RELEASE part" if inner else "COMMIT")
    except BaseException:
        if connection.in_transaction:  # an error may have ended all of it
            connection.execute("ROLLBACK TO part" if inner else "ROLLBACK")
        if inner and connection.in_transaction:
            connection.execute("RELEASE part")
        raise
