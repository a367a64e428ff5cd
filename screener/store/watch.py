"""Whether an open file is still where it was, as we left it; and what was written to it since.

A synchronised folder, a restored backup or a drag takes the file away, or puts another one in its
place, while it is open: SQLite goes on writing into what nobody will see again. The file is
looked at by `stat` alone: opening it again would drop its lock (see `paths`).
"""

from __future__ import annotations

import sqlite3
from collections import deque
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from threading import Lock
from time import monotonic
from typing import Any

from screener.model import UserError
from screener.store.paths import stamp
from screener.store.seen import Stamp

HELD = {
    "record": ("number", "uid, number, batch"),
    "record_version": ("rowid", "digest, record, body"),
    "raw": ("number", "number, body"),
    "protocol_version": ("rowid", "digest, body"),
    "form_version": ("rowid", "digest, body"),
    "attachment": ("rowid", "digest, name, size"),
    "event": ("rowid", "id, log, seq, prev, kind, step, subject, body"),
}
"""The tables that grow: what numbers their rows, and their columns; in the order of writing."""
_LAST = ", ".join(f"(SELECT max({n}) FROM {table})" for table, (n, _) in HELD.items())  # noqa: S608
_MOST = 10_000
"""So many rows are held in memory at most; an import writes more, and a backup follows it."""

_AGAIN = 300.0
"""A file that others touch again and again is read whole at most once in so many seconds."""
_SMALL, _APART = 1 << 23, 60.0
"""Up to so many bytes all pages are looked at whenever a file was touched: that takes hundredths of
a second. Those of larger ones at most once in so many seconds."""

SMALL = {"log": 5, "meta": 2}
"""The tables that are held whole, as they are now, and how many columns each has."""
_SMALL_ROWS = (
    "SELECT 'log', id, kind, author, computer, nonce FROM log "
    "UNION ALL SELECT 'meta', key, value, '', '', '' FROM meta"
)
Small = dict[str, list[tuple[str, ...]]]

Places = dict[str, int]
"""The last row of each table."""


class Happened(Enum):
    """What became of a file that is open."""

    GONE = auto()
    REPLACED = auto()
    WRITTEN_OVER = auto()


@dataclass(frozen=True, slots=True)
class Written:
    """What one transaction wrote: where its tables end then, its last event, new rows."""

    places: Places
    last: bytes
    small: Small
    rows: dict[str, list[tuple[Any, ...]]] | None
    """None when they are too many to be held."""


class Watch:
    """What is known of an open file from outside, and what was written to it since its backup."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self._path = path
        self._connection = connection
        self.base: Path | None = None
        """The last verified backup; what is held was written after it."""
        self.held: dict[str, deque[tuple[Any, ...]]] = {table: deque() for table in HELD}
        """Rows written since, by table: the number of each, then its columns."""
        self.whole = True
        """Whether nothing was too much to be held."""
        self.noting = Lock()
        """Held while what is held changes: a commit and a backup may end at the same time."""
        self.own: dict[str, str] = {}
        """What was set in the table `own` since."""
        self.small = self._small()
        self.places, self._last = self._last_rows(), self._last_event()
        left = stamp(self._path)
        if left is None:
            raise UserError(f"{path.name} was moved or removed while it was opened; open it again.")
        self._left = left
        self._touched = False
        """Whether somebody touched it, and its pages were not looked at since."""
        self.touches = 0
        """How often somebody touched it, and its pages agreed all the same."""
        self._trusted, self._verified = 0, -_AGAIN
        self._wrong = False
        """Whether it is not what was written to it, though it ends alike and its pages agree."""
        self._looked = -_APART
        self._unsure = False
        """Whether the drive did not say how our last commit left the file."""
        self._failed: Written | None = None
        """What a commit wrote that failed: it may be in the file all the same."""

    @property
    def complete(self) -> bool:
        """Whether all that was saved is in the last backup and in memory.

        Another window of the same file may have rotated the backup away.
        """
        return self.whole and (self.base is None or self.base.exists())

    @property
    def doubted(self) -> bool:
        """Whether somebody touched it since all that is in it was verified."""
        return self.touches != self._trusted

    @property
    def safe(self) -> bool:
        """Whether it is `complete`, and there is nothing to be verified now."""
        verified = not self.doubted or monotonic() - self._verified < _AGAIN
        return verified and self.complete

    def note_verified(self, touches: int, *, whole: bool) -> None:
        """Note what came of reading all of it, which began when it had been touched so often.

        What is wrong in a file that somebody touched is taken for written by that program.
        """
        if self.doubted:
            self._wrong |= not whole
            self._trusted, self._verified = touches, monotonic()

    def happened(self, *, writing: bool = False) -> Happened | None:
        """Say what became of the file since our last commit; None when it is as we left it.

        While a transaction is `writing`, the file's size and time are not yet what they will be.
        `UserError` when its drive does not say: that may pass.
        """
        now = stamp(self._path)
        if now == self._left and not self._wrong and (writing or not self._is_due(now)):
            return None
        if now is None:
            return Happened.GONE
        if now.identity != self._left.identity:
            return Happened.REPLACED
        if writing:
            return None
        if now != self._left:
            self._touched, self.touches = True, self.touches + 1
        alike = (self._unsure or now.size == self._left.size) and not self._wrong
        if alike and self._ends_alike() and (not self._is_due(now) or self._pages_agree()):
            self._left = now  # only touched, or a drive that keeps rough times
            if self._unsure:
                self._left_by_us()  # asked, SQLite took back what it could not write
            return None
        return Happened.WRITTEN_OVER

    def gather(self) -> Written:
        """Return what the transaction that is about to be committed wrote, to be held."""
        places = self._last_rows()
        many = sum(places.values()) - sum(self.places.values())
        whole = self.whole and many + sum(map(len, self.held.values())) <= _MOST
        rows = {
            table: self._connection.execute(
                f"SELECT {number}, {columns} FROM {table} WHERE {number} > ? ORDER BY 1",  # noqa: S608
                (self.places[table],),
            ).fetchall()
            for table, (number, columns) in HELD.items()
            if whole and places[table] > self.places[table]
        }
        events = rows.get("event")
        last = bytes(events[-1][1]) if events else self._last_event()
        return Written(places, last, self._small(), rows if whole else None)

    def note(self, written: Written) -> None:
        """Note how the file was left by our own commit, and hold what that wrote.

        What took its place during the commit is not what we left: the next question finds that.
        """
        self._left_by_us()
        self._take(written)

    def note_failed(self, written: Written | None) -> None:
        """Note a transaction that the drive failed, and what it had written if that was all.

        A drive may give an error when all is in the file, and the journal cannot be cleared; or
        when part of it is there, which SQLite takes back when it is asked next. Which of them it is
        is found when the file is looked at next.
        """
        self._failed, self._unsure = written, True

    def _take(self, written: Written) -> None:
        self._failed = None
        with self.noting:
            self.places, self._last, self.small = written.places, written.last, written.small
            self.whole &= written.rows is not None
            for table, rows in (written.rows or {}).items():
                self.held[table].extend(rows)

    def note_passed(self) -> None:
        """Note that a transaction writes rows that are not found as new: a backup has to follow."""
        with self.noting:
            self.whole = False

    def closed(self) -> Stamp | None:
        """Return the stamp of the file that was closed now; None where it may be another one.

        Some drives set the time of the last change when a file is closed, so that may differ.
        """
        try:
            now = stamp(self._path)
        except UserError:
            return None
        left = self._left
        same = now and now._replace(changed=left.changed) == left
        return now if same and not (self._unsure or self.doubted) else None

    def backed_up(self, base: Path, places: Places) -> None:
        """Note a verified backup that has all rows up to `places`: these need not be held."""
        with self.noting:
            self.base = base
            self.whole = self.whole or places == self.places
            for table, rows in self.held.items():
                while rows and int(rows[0][0]) <= places[table]:
                    rows.popleft()

    def _is_due(self, now: Stamp) -> bool:
        """Say whether somebody touched the file and its pages can be looked at now."""
        return self._touched and (now.size <= _SMALL or monotonic() - self._looked >= _APART)

    def _left_by_us(self) -> None:
        try:
            now = stamp(self._path)
        except UserError:
            self._unsure = True  # it was committed; what that made of size and time is asked later
            return
        if now is not None and now.identity == self._left.identity:
            self._left, self._unsure = now, False

    def _small(self) -> Small:
        found: Small = {table: [] for table in SMALL}
        for table, *row in self._connection.execute(_SMALL_ROWS):  # both at once: it is often
            found[table].append(tuple(row[: SMALL[table]]))
        return found

    def _last_rows(self) -> Places:
        found = self._connection.execute(f"SELECT {_LAST}").fetchone()
        return dict(zip(HELD, (number or 0 for number in found), strict=True))

    def _last_event(self) -> bytes:
        query = "SELECT id FROM event ORDER BY rowid DESC LIMIT 1"
        return bytes(*self._connection.execute(query).fetchone() or [b""])

    def is_in(self, connection: sqlite3.Connection) -> bool:
        """Say whether another file has the last event that was written to this one."""
        query = "SELECT 1 FROM event WHERE id = ?"
        return not self._last or connection.execute(query, (self._last,)).fetchone() is not None

    def _ends_alike(self) -> bool:
        """Say whether the last rows on the drive are those that we wrote."""
        try:
            self._connection.execute("PRAGMA shrink_memory")  # what was read before is not believed
            ends, failed = (self._last_rows(), self._last_event()), self._failed
            if failed is not None and ends == (failed.places, failed.last):
                self._take(failed)
            return ends == (self.places, self._last)
        except sqlite3.Error:
            return False

    def _pages_agree(self) -> bool:
        """Say whether the pages on the drive are whole: bytes in the midst may be changed."""
        try:
            if self._connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
                return False
        except sqlite3.Error as error:
            if getattr(error, "sqlite_errorname", "") == "SQLITE_INTERRUPT":
                raise  # the person stopped the work: nothing is known of the pages
            return False
        self._looked, self._touched = monotonic(), False
        return True
