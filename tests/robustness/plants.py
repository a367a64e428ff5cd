"""Faults of the program that rows plant in their own processes; none of them is in the program."""

from __future__ import annotations

from contextlib import contextmanager

import sqlite_utils

from screener.store import opening, paths


def nothing_is_committed(patch):
    """What an action wrote is acknowledged, and stays in a transaction that never ends."""

    @contextmanager
    def atomic(db):
        if not db.conn.in_transaction:
            db.conn.execute("BEGIN")
        yield

    patch.setattr(sqlite_utils.Database, "atomic", atomic)


def _with(patch, pragma):
    real = opening._take_lock

    def take_lock(connection, path):
        real(connection, path)
        connection.execute(f"PRAGMA {pragma}")

    patch.setattr(opening, "_take_lock", take_lock)


def journal_in_memory(patch):
    """What a transaction changes is not written down before."""
    _with(patch, "journal_mode = MEMORY")


def journal_deleted(patch):
    """The journal is deleted, as is usual, and nobody waits until the drive has done that."""
    _with(patch, "journal_mode = DELETE")


def written_in_place(patch):
    """New files are written under their own names and not beside their places."""

    @contextmanager
    def written(path, *, new=False):
        paths.require_place(path, new=new)
        yield path

    patch.setattr(paths, "written_beside", written)
