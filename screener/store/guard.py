"""Nothing is written into a file that is not the one that was opened; what it held is kept.

See `watch` for what may happen to an open file, and how that is noticed.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from shutil import copyfileobj
from threading import Lock

from screener.model import ErrorKind, UserError
from screener.store import caches, computer, journals, left, paths, windows
from screener.store.seen import Stamp
from screener.store.temporary import private_folder
from screener.store.watch import HELD, Happened, Watch, Written

_HAPPENED = {
    Happened.GONE: "was moved or removed",
    Happened.REPLACED: "was replaced by another file",
    Happened.WRITTEN_OVER: "was written over by another program",
}

_AT_ONCE = 1 << 20
_LONGEST_STEM = 200  # bytes


_MALFORMED = (ValueError, KeyError, TypeError, AttributeError)
"""What reading a backup raises that somebody damaged."""
Check = Callable[[sqlite3.Connection], Iterable[str]]
"""What says, in sentences, what is wrong with a file."""


class _Elsewhere(Exception):  # noqa: N818 - it ends where the transaction does
    """The file is not where it was: it rolls the transaction back."""

    def __init__(self, happened: Happened) -> None:
        super().__init__(happened)
        self.happened = happened


class Guard:
    """Asked before each writing to an open file whether it is still the one that was opened."""

    def __init__(self, path: Path, connection: sqlite3.Connection, check: Check) -> None:
        self._path = path
        self._connection = connection
        self._check = check
        self.watch = Watch(path, connection)
        self._is_named = False
        self._happened: Happened | None = None
        self._copies = ExitStack()
        self._copy: Path | None = None
        self._can_copy = True
        self._copying = Lock()
        self._kept_as: Stamp | None = None
        self.kept: Path | None = None
        """The file with all it held, since another program moved, replaced or changed it."""

    def name_change(self) -> None:
        """Name the first transaction since the file was opened, which makes it known from others.

        The later ones need no name: another program that wrote the file began with one of its own.
        And it costs: SQLite reads the whole schema again (1.2 ms of 1.7 ms for a decision).
        """
        if not self._is_named:
            journals.name_change(self._connection, self._path)

    def note(self, written: Written) -> None:
        """Note what was committed; the file bears the name of this opening from now on."""
        self._is_named = True
        self.watch.note(written)

    def is_there(self) -> bool:
        """Say whether the file is where it was, as this program left it; nothing is kept of it."""
        try:
            return self._happened is None and self.watch.happened() is None
        except UserError:
            return False

    def require_there(self) -> None:
        """Raise `UserError` when the file is no more where it was, as this program left it.

        All it held is then in the file `kept`, and nothing is written any more.
        """
        if not self.is_kept():  # not yet, or another program took that away too
            self._happened = self.kept = self._kept_as = None
            found = self.watch.happened()
            if found is None:
                return
            self._keep(found)
            self._happened = found
            left.note_kept(self._path, self.kept)
        assert self._happened is not None
        raise UserError(
            f"{self._path.name} {_HAPPENED[self._happened]} while it was open, so nothing more is "
            f"written to it; all that was saved is in {self.kept}, open that file.",
            kind=ErrorKind.MOVED,
        )

    def is_there_or_kept(self) -> bool:
        """Say whether the file is where it was, as this program left it; once not, `is_kept`."""
        return self.is_kept() if self.kept is not None else self.watch.happened() is None

    def is_kept(self) -> bool:
        """Say whether all the file held is in the file `kept`, as it was put there or more."""
        if self.kept is None or self._kept_as is None:
            return False
        try:
            now = paths.stamp(self.kept)
        except UserError:
            return True  # its drive does not say, and that may pass
        if now is None or now.identity != self._kept_as.identity:
            return False
        if now != self._kept_as and not self._holds_all(self.kept):
            return False
        self._kept_as = now
        return True

    def _holds_all(self, kept: Path) -> bool:
        """Say whether a file that was changed is whole and has the last event of this one."""
        if paths.is_open(kept):
            return True
        try:
            with closing(sqlite3.connect(paths.uri(kept, "ro"), uri=True)) as there:
                return self.watch.is_in(there) and not any(self._check(there))
        except sqlite3.Error as error:
            return getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY")
        except _MALFORMED:
            return False

    def require_base(self) -> None:
        """Have a copy of the file, where no backup will do, before it is written to.

        What another program writes over is put together from that and from what is held. It lies
        in a folder for temporary files until `release`; where none can be made there is none.
        """
        with self._copying:  # the worker may copy it, or the window's thread
            if self._can_copy and (self.watch.base is None or not self.watch.complete):
                self._copy_whole()

    def _copy_whole(self) -> None:
        try:
            folder = self._copies.enter_context(private_folder())
            # It stays open as long as the connection: closing it would drop the lock of that.
            handle = os.open(self._path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            self._copies.callback(os.close, handle)
            copy = folder / self._path.name
            with open(handle, "rb", closefd=False) as source, copy.open("wb") as target:
                copyfileobj(source, target, _AT_ONCE)
            if self._copy is not None:
                windows.remove(self._copy)
            self._copy = copy
            if self.watch.happened() is None:
                self.watch.backed_up(self._copy, self.watch.places)
        except (UserError, OSError):
            self._can_copy = False  # it is not tried before each writing

    def release(self) -> None:
        """Remove what was copied; the connection is closed before."""
        self._copies.close()

    def require_same(self) -> None:
        """Raise inside a transaction, to roll it back, when another file is there now."""
        found = self.watch.happened(writing=True)
        if found is not None:
            raise _Elsewhere(found)

    @contextmanager
    def rolled_back_elsewhere(self) -> Iterator[None]:
        """Around a transaction: keep all that was there before it when the file is another one."""
        try:
            yield
        except _Elsewhere:
            self.require_there()
            raise UserError(  # it is back
                f"{self._path.name} was away while this was saved; do it again.",
                kind=ErrorKind.MOVED,
            ) from None

    def _keep(self, found: Happened) -> None:
        try:
            kept = _keep_beside(self._path, self._connection, self.watch, found, self._check)
            self.kept, self._kept_as = kept, paths.stamp(kept)
        except (UserError, sqlite3.Error, OSError, *_MALFORMED) as error:
            raise UserError(
                f"{self._path.name} {_HAPPENED[found]}, and what it held could not be kept in a "
                f"file beside it ({str(error).rstrip('.')}); put it back where it was and do it "
                "again, and leave this window open.",
                kind=ErrorKind.MOVED,
            ) from error


def _keep_beside(
    path: Path, connection: sqlite3.Connection, watch: Watch, what: Happened, check: Check
) -> Path:
    """Write all that an open file held into a new file beside its place, and return that.

    A file that was taken away is still behind its connection. One that was written over, or that
    its drive does not give any more, is put together from its last backup and what was written
    since, which is held in memory. Where nothing can be written into its folder, the new file goes
    into the folder of the program. `UserError` when none can be made, or none that is whole.
    """
    names = _names(_folder(path), path)
    place = next(p for p in names if p.name != path.name and paths.identity(p) is None)
    with paths.written_beside(place, new=True) as beside:
        if what is Happened.WRITTEN_OVER or not _copied(beside, connection, check):
            _put_together(beside, watch)
            if wrong := _wrong(beside, check):
                raise UserError(f"what is left of it is not whole: {wrong}")
    return place


def _folder(path: Path) -> Path:
    try:
        paths.require_folder(path)
    except (UserError, OSError):
        return computer.home()
    return path.parent


def _copied(beside: Path, connection: sqlite3.Connection, check: Check) -> bool:
    """Copy what is behind a connection; say whether that is whole."""
    try:
        with closing(sqlite3.connect(beside)) as target:
            connection.backup(target)
            journals.name_anew(target)
        whole = not _wrong(beside, check)
    except sqlite3.Error:
        whole = False
    if not whole:
        windows.remove(beside)
    return whole


def _wrong(beside: Path, check: Check) -> str:
    with closing(sqlite3.connect(beside)) as target:
        return next(iter(check(target)), "")


_KEPT = re.compile(r"( kept \d{4}-\d\d-\d\d( \d+)?)+$")
"""What the name of a file that was kept before ends in."""


def _names(folder: Path, path: Path) -> Iterator[Path]:
    day = f"{datetime.now():%Y-%m-%d}"  # noqa: DTZ005 - the day the person sees on the clock
    stem = _KEPT.sub("", path.stem) or path.stem
    stem = stem.encode("utf-8", "surrogateescape")[:_LONGEST_STEM].decode("utf-8", "ignore")
    for number in count(1):
        more = "" if number == 1 else f" {number}"
        yield folder / f"{stem} kept {day}{more}{path.suffix}"


def _put_together(beside: Path, watch: Watch) -> None:
    if watch.base is None or not watch.whole:
        raise UserError("no backup of it was made in time")
    paths.copy_file(watch.base, beside)
    with watch.noting, closing(sqlite3.connect(beside, isolation_level=None)) as target:
        target.execute("BEGIN")
        target.executemany("INSERT OR IGNORE INTO log VALUES (?, ?, ?, ?, ?)", watch.small["log"])
        target.execute("DELETE FROM meta")
        target.executemany("INSERT INTO meta VALUES (?, ?)", watch.small["meta"])
        for table, (number, columns) in HELD.items():
            (last,) = target.execute(f"SELECT coalesce(max({number}), 0) FROM {table}").fetchone()  # noqa: S608
            marks = ", ".join("?" for _ in columns.split(","))
            target.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608
                [row[1:] for row in watch.held[table] if row[0] > last],
            )
        target.executemany("INSERT OR REPLACE INTO own VALUES (?, ?)", watch.own.items())
        caches.rebuild(target)
        journals.name_anew(target)
        target.execute("COMMIT")
