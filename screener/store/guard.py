"""Nothing is written into a file that is not the one that was opened; what it held is kept.

See `watch` for what may happen to an open file, and how that is noticed.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from datetime import datetime
from itertools import count
from pathlib import Path
from shutil import copyfileobj

from screener.model import ErrorKind, UserError
from screener.store import caches, computer, journals, paths
from screener.store.temporary import private_folder
from screener.store.watch import HELD, Happened, Watch

_HAPPENED = {
    Happened.GONE: "was moved or removed",
    Happened.REPLACED: "was replaced by another file",
    Happened.WRITTEN_OVER: "was written over by another program",
}

_AT_ONCE = 1 << 20
_LONGEST_STEM = 200  # bytes


class _Elsewhere(Exception):  # noqa: N818 - it never leaves this module
    """The file is not where it was; what was written is taken back."""

    def __init__(self, happened: Happened) -> None:
        super().__init__(happened)
        self.happened = happened


class Guard:
    """Asked before each writing to an open file whether it is still the one that was opened."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self.watch = Watch(path, connection)
        self._happened: Happened | None = None
        self._copies = ExitStack()
        self._copy: Path | None = None
        self._can_copy = True
        self.kept: Path | None = None
        """The file with all it held, since another program moved, replaced or changed it."""

    def require_there(self) -> None:
        """Raise `UserError` when the file is no more where it was, as this program left it.

        All it held is then in the file `kept`, and nothing is written any more.
        """
        if self._happened is None:
            found = self.watch.happened()
            if found is None:
                return
            self._keep(found)
            self._happened = found
        raise UserError(
            f"{self._path.name} {_HAPPENED[self._happened]} while it was open, so nothing more is "
            f"written to it; all that was saved is in {self.kept}, open that file.",
            kind=ErrorKind.MOVED,
        )

    def require_base(self) -> None:
        """Have a copy of the file, where no backup will do, before it is written to.

        What another program writes over is put together from that and from what is held. It lies
        in a folder for temporary files until `release`; where none can be made there is none.
        """
        if not self._can_copy or (self.watch.base is not None and self.watch.whole):
            return
        try:
            folder = self._copies.enter_context(private_folder())
            # It stays open as long as the connection: closing it would drop the lock of that.
            handle = os.open(self._path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            self._copies.callback(os.close, handle)
            copy = folder / self._path.name
            with open(handle, "rb", closefd=False) as source, copy.open("wb") as target:
                copyfileobj(source, target, _AT_ONCE)
            if self._copy is not None:
                self._copy.unlink(missing_ok=True)
            self._copy = copy
            if self.watch.happened() is None:
                self.watch.backed_up(self._copy, self.watch.places)
        except (UserError, OSError):
            self._can_copy = False  # it is not tried before each writing

    def release(self) -> None:
        """Remove what was copied; the connection is closed before."""
        self._copies.close()

    def require_same(self) -> None:
        """Raise inside a transaction when another file is there now; see `taken_back_elsewhere`."""
        found = self.watch.happened(writing=True)
        if found is not None:
            raise _Elsewhere(found)

    @contextmanager
    def taken_back_elsewhere(self) -> Iterator[None]:
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
            self.kept = _keep_beside(self._path, self._connection, self.watch, found)
        except (UserError, sqlite3.Error, OSError) as error:
            raise UserError(
                f"{self._path.name} {_HAPPENED[found]}, and what it held could not be kept in a "
                f"file beside it ({str(error).rstrip('.')}); put it back where it was and do it "
                "again, and leave this window open.",
                kind=ErrorKind.MOVED,
            ) from error


def _keep_beside(path: Path, connection: sqlite3.Connection, watch: Watch, what: Happened) -> Path:
    """Write all that an open file held into a new file beside its place, and return that.

    A file that was taken away is still behind its connection. One that was written over is put
    together from its last backup and what was written since, which is held in memory. Where its
    folder is gone too, the new file goes into the folder of the program. `UserError` when it
    cannot be written, or no backup was made in time.
    """
    folder = path.parent if path.parent.is_dir() else computer.home()
    place = next(p for p in _names(folder, path) if paths.identity(p) is None)
    with paths.written_beside(place, new=True) as beside:
        if what is Happened.WRITTEN_OVER:
            _put_together(beside, watch)
        else:
            with closing(sqlite3.connect(beside)) as target:
                connection.backup(target)
                journals.name_anew(target)
    return place


def _names(folder: Path, path: Path) -> Iterator[Path]:
    day = f"{datetime.now():%Y-%m-%d}"  # noqa: DTZ005 - the day the person sees on the clock
    stem = path.stem.encode("utf-8", "surrogateescape")[:_LONGEST_STEM].decode("utf-8", "ignore")
    for number in count(1):
        more = "" if number == 1 else f" {number}"
        yield folder / f"{stem} kept {day}{more}{path.suffix}"


def _put_together(beside: Path, watch: Watch) -> None:
    if watch.base is None or not watch.whole:
        raise UserError("no backup of it was made in time")
    paths.copy_file(watch.base, beside)
    with closing(sqlite3.connect(beside, isolation_level=None)) as target:
        target.execute("BEGIN")
        target.executemany("INSERT OR IGNORE INTO log VALUES (?, ?, ?, ?, ?)", watch.logs)
        for table, (number, columns) in HELD.items():
            (last,) = target.execute(f"SELECT coalesce(max({number}), 0) FROM {table}").fetchone()  # noqa: S608
            marks = ", ".join("?" for _ in columns.split(","))
            target.executemany(
                f"INSERT INTO {table} ({columns}) VALUES ({marks})",  # noqa: S608
                [row[1:] for row in watch.held[table] if row[0] > last],
            )
        target.executemany("INSERT OR REPLACE INTO own VALUES (?, ?)", watch.own.items())
        caches.rebuild_current(target)
        caches.rebuild_units(target)
        journals.name_anew(target)
        target.execute("COMMIT")
