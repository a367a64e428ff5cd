"""Faults of the program that rows plant in their own processes; none of them is in the program."""

from __future__ import annotations

from contextlib import contextmanager

from screener.consensus.merging import belonging
from screener.store import (
    backups,
    file,
    journals,
    opening,
    paths,
    problems,
    shelf,
    union,
    verify,
    watch,
)


def nothing_is_committed(patch):
    """What an action wrote is acknowledged, and stays in a transaction that never ends."""

    @contextmanager
    def atomic(self):
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN")
        yield

    patch.setattr(file.File, "atomic", atomic)


def _with(patch, *pragmas):
    real = opening._take_lock

    def take_lock(connection, path):
        real(connection, path)
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")

    patch.setattr(opening, "_take_lock", take_lock)


def journal_in_memory(patch):
    """What a transaction changes is not written down before."""
    _with(patch, "journal_mode = MEMORY")


def journal_deleted(patch):
    """The journal is deleted, as is usual, and nobody waits until the drive has done that.

    While a file is locked for good SQLite deletes none.
    """
    _with(patch, "locking_mode = NORMAL", "journal_mode = DELETE")


def written_in_place(patch):
    """New files are written under their own names and not beside their places."""

    @contextmanager
    def written(path, *, new=False):
        paths.require_place(path, new=new)
        yield path

    patch.setattr(paths, "written_beside", written)


def errors_without_sentences(patch):
    """What SQLite and the system say of a drive is handed on as it is."""
    patch.setattr(problems, "sentence", lambda _error, _path: None)
    for module in (file, opening, backups):
        if hasattr(module, "sentence"):
            patch.setattr(module, "sentence", lambda _error, _path: None)


def nobody_watches(patch):
    """Nobody looks whether an open file is still where it was."""
    patch.setattr(watch.Watch, "happened", lambda _self, *, writing=False: None)


def every_journal_belongs(patch):
    """What lies beside a file is taken for its journal."""
    patch.setattr(journals, "belongs", lambda _path: True)
    patch.setattr(journals, "foreign", lambda _path: [])
    patch.setattr(journals, "may_be_logged", lambda _path: False)


def nothing_is_checked(patch):
    """A file is believed, whether it is opened or merged."""
    patch.setattr(verify, "check", lambda *_more, **_named: [])


def forgeries_are_admitted(patch):
    """A file is believed, whatever it holds and of whom."""
    nothing_is_checked(patch)
    for name in ("check_own_logs", "refuse_misplaced"):
        patch.setattr(belonging, name, lambda *_more: None)


def copies_have_everything(patch):
    """A copy gets the logs of everybody."""
    patch.setattr(
        union, "_FILL", ("INSERT INTO fresh.log SELECT * FROM main.log", *union._FILL[1:])
    )


def newest_by_the_clock(patch):
    """Of two backups the newer one is that of the later time."""
    real = shelf.written

    def written(uuid):
        return dict(sorted(real(uuid).items(), key=lambda each: each[1], reverse=True))

    patch.setattr(shelf, "written", written)


def a_merge_forgets(patch):
    """The last entry of each log of a file is not taken in."""
    last = "(SELECT max(m.seq) FROM {a}.event m WHERE m.log = s.log)"
    patch.setattr(union, "_NEW_EVENTS", f"{union._NEW_EVENTS} AND s.seq < {last}")
