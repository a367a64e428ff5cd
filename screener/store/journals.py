"""What lies beside a file for SQLite: whether it is the file's own, and setting aside what is not.

A program that was killed leaves its journal, and SQLite plays that back into whatever lies under
the file's name later: a restored backup, a fresh copy. So the two are compared before SQLite sees
them. Every transaction of ours writes page 1 into its journal first (`File.transaction`), and that
page names the file: by a random schema number each new file, backup and restored file has, and by
its count of changes. The first change after each opening is named too (`name_change`): a file that
was changed once without its journal, by somebody who took it elsewhere, is not the one the journal
was left of.

A write-ahead log (`NAME-wal`) is none of ours: only another program writes one, and only while the
file itself says so. SQLite reads one beside any file, whatever that says.
Formats: https://www.sqlite.org/fileformat.html, sections 1.3, 3 and 4.
"""

from __future__ import annotations

import errno
import os
import secrets
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from screener.model import UserError
from screener.model.words import one_line
from screener.store import windows

_MAGIC = bytes((0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7))
_NONCE, _SECTOR, _PAGE = 12, 20, 24
"""Where the header of a journal says the start of its checksums, its sector and page size."""
_CHANGES, _SCHEMA = 24, 40
"""Where page 1 says how often it was changed, and its schema number."""
_HEADER = 28
_LARGEST = 65_536
_LONGEST = 230  # bytes of a name to which more is added
_SUMMED = 200  # every so many bytes of a page, from its end, are in its checksum
_MOST_STATEMENTS = 1_000  # of a migration: each raises the schema number by one
_LOG_MAGIC = (0x377F0682, 0x377F0683)
_LOG_HEADER, _FRAME_HEADER = 32, 24
"""How long the header of a write-ahead log is, and that of each of the pages in it."""
_LOG_PAGE, _SALTS, _FRAME_SALTS, _SALTS_LENGTH = 8, 16, 8, 8
"""Where they say the size of the pages, and which pages are of this log."""
_VERSIONS, _LOGGED = slice(18, 20), 2
"""Where the header of a file says that it has a write-ahead log, and how."""
_LOCKS, _LOCK_BYTES = 0x4000_0000, 512
"""The bytes of a file that SQLite locks, on all systems."""
_TO_READ = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK")
)


def number(head: bytes, place: int) -> int:
    """Return the number that the header of a file holds at a place."""
    return int.from_bytes(head[place : place + 4], "big")


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps the rollback journal of a file."""
    return _beside(path, "-journal")


def log_of(path: Path) -> Path:
    """Return where SQLite keeps the write-ahead log of a file."""
    return _beside(path, "-wal")


def _beside(path: Path, ending: str) -> Path:
    real = _real(path)
    return windows.reached(real.with_name(f"{real.name}{ending}"), longest=windows.ROOMY)


def _real(path: Path) -> Path:
    """Return the file that a link leads to, which is where SQLite looks."""
    return path if os.name == "nt" else Path(os.path.realpath(path))


def name_anew(connection: sqlite3.Connection) -> None:
    """Give a file a random schema number, so that no other file's journal is taken for its own."""
    connection.execute(f"PRAGMA schema_version = {_name(secrets.randbits(32))}")


def name_change(connection: sqlite3.Connection, path: Path) -> None:
    """Give a file, in a transaction that wrote page 1, the schema number its journal asks for.

    That number comes from the random start of the journal's checksums, so the journal of any other
    transaction asks for another one. Nothing is done where no journal lies on the drive.
    """
    if head := read_head(journal_of(path), _HEADER):
        windows.hide(journal_of(path))
        connection.execute(f"PRAGMA schema_version = {_name(number(head, _NONCE))}")


def _name(chance: int) -> int:
    return chance % 2**30 + 2**20


def exists(path: Path) -> bool:
    """Say whether something lies where the journal would, and is not an empty one."""
    return _lies_at(journal_of(path))


def _lies_at(place: Path) -> bool:
    try:
        found = place.lstat()
    except OSError:
        return False
    return found.st_size > 0 or not stat.S_ISREG(found.st_mode)


def may_be_logged(path: Path) -> bool:
    """Say whether SQLite would look for a write-ahead log when it opens a file, or find one."""
    return _LOGGED in read_head(_real(path), _VERSIONS.stop)[_VERSIONS] or _lies_at(log_of(path))


def foreign(path: Path) -> list[Path]:
    """Return what lies beside a file for SQLite to play back and does not belong to it."""
    found = [journal_of(path)] if exists(path) and not belongs(path) else []
    if _lies_at(log_of(path)) and not log_belongs(path):
        found.append(log_of(path))
    return found


def clear_empty(path: Path) -> None:
    """Delete the empty journal of a file that is gone."""
    journal = journal_of(path)
    with suppress(OSError):
        found = journal.lstat()
        if stat.S_ISREG(found.st_mode) and not found.st_size and not os.path.lexists(path):
            journal.unlink()


def belongs(path: Path) -> bool:
    """Say whether the journal beside a file tells what was in that file before its last change.

    The file is as it was before, or as the transaction of this journal and no other left it. One
    that is not named (`name_change`) left the schema number, or raised it: of an earlier version.
    """
    head = read_head(journal_of(path), _HEADER)
    sector, size = number(head, _SECTOR), number(head, _PAGE)
    if not head.startswith(_MAGIC) or not (0 < sector <= _LARGEST and 0 < size <= _LARGEST):
        return False
    record = read_head(journal_of(path), size + 8, at=sector)
    before, now = record[4:-4], read_head(_real(path), size)
    if len(record) < size + 8 or _checksum(number(head, _NONCE), before) != number(
        record, size + 4
    ):
        return False  # not written to its end, so that nothing was written to the file yet
    if number(record, 0) != 1:
        return False  # whose it is cannot be told: none of ours begins so
    changes = (number(now, _CHANGES) - number(before, _CHANGES)) % 2**32
    names = number(before, _SCHEMA), _name(number(head, _NONCE))
    raised = min((number(now, _SCHEMA) - name) % 2**32 for name in names)
    return now == before or (changes == 1 and raised < _MOST_STATEMENTS)


def log_belongs(path: Path) -> bool:
    """Say whether the write-ahead log beside a file is of that file, as far as it can be told.

    The file says that it has one. Where page 1 is in the log it names the file as in a journal;
    where it is not, all that is known is the size of the pages.
    """
    head, log = read_head(_real(path), 100), read_head(log_of(path), _LOG_HEADER)
    if set(head[_VERSIONS]) != {_LOGGED} or len(log) < _LOG_HEADER:
        return False
    size = number(log, _LOG_PAGE)
    if number(log, 0) not in _LOG_MAGIC or size % _LARGEST != _size_of_pages(head):
        return False
    schema = _schema_in_log(log_of(path), size, log[_SALTS : _SALTS + _SALTS_LENGTH])
    return schema is None or abs(schema - number(head, _SCHEMA)) < _MOST_STATEMENTS


def _size_of_pages(head: bytes) -> int:
    """Return what the header of a file says of its pages; 1 stands for 65,536 there, here 0."""
    size = int.from_bytes(head[16:18], "big")
    return 0 if size == 1 else size


def _schema_in_log(log: Path, size: int, salts: bytes) -> int | None:
    """Return the schema number of the first page 1 in a log; None where it has none."""
    wanted = _FRAME_HEADER + _SCHEMA + 4
    with _opened(log) as handle:
        for at in count(_LOG_HEADER, _FRAME_HEADER + size):
            os.lseek(handle, at, os.SEEK_SET)
            frame = os.read(handle, wanted)
            if len(frame) < wanted or frame[_FRAME_SALTS : _FRAME_SALTS + _SALTS_LENGTH] != salts:
                break  # its end, or of an earlier use of the log
            if number(frame, 0) == 1:
                return number(frame, _FRAME_HEADER + _SCHEMA)
    return None


def _checksum(nonce: int, page: bytes) -> int:
    return (nonce + sum(page[at] for at in range(len(page) - _SUMMED, 0, -_SUMMED))) % 2**32


def read_head(path: Path, length: int, at: int = 0) -> bytes:
    """Return bytes of an ordinary file; none where there is none.

    A link is not followed, and a pipe not waited for.
    """
    with suppress(OSError), _opened(path) as handle:
        os.lseek(handle, at, os.SEEK_SET)
        return os.read(handle, length)
    return b""


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    """Open a file to be read; a link is not followed, and a pipe not waited for. `OSError`."""
    handle = os.open(path, _TO_READ)
    try:
        yield handle
    finally:
        os.close(handle)


@dataclass(frozen=True, slots=True)
class SetAside:
    """What lay beside a file and did not belong to it: where it lies now, a sentence about it."""

    places: list[Path]
    sentence: str


def set_aside(path: Path) -> SetAside:
    """Give what lies beside a file, or beside nothing, and does not belong to it another name.

    It is never deleted, and the log of the program says so (a command prints that). `UserError`
    when it cannot be moved.
    """
    found = foreign(path)
    index = _beside(path, "-shm")
    if os.path.lexists(index) and (log_of(path) in found or not may_be_logged(path)):
        found.append(index)
    nothing = SetAside([], "")
    if not found:
        return nothing
    with reserved(path) as free:
        if not free:
            return nothing  # it is being written now
        moved = [_renamed(path, each) for each in found]
    import logging  # hardly anybody waits for it

    names, places = (", ".join(each.name for each in some) for some in (found, moved))
    words = one_line(
        f"{names} is not known as written for {path.name}, so it was set aside as {places}; "
        "nothing of it was read."
    )
    logging.getLogger(__name__).warning("%s", words)
    return SetAside(moved, words)


def _renamed(path: Path, left: Path) -> Path:
    name = _real(path).name.encode("utf-8", "surrogateescape")[:_LONGEST].decode("utf-8", "ignore")
    names = (left.with_name(f"{name}-left-over-{n}") for n in count(1))
    place = next(name for name in names if not os.path.lexists(name))
    try:
        windows.replace(left, place)
        windows.hide(place, hidden=False)
    except OSError as error:
        raise UserError(
            f"{left.name} was left by another file and cannot be moved ({error.strerror}); "
            f"move it elsewhere, then try {path.name} again."
        ) from None
    return place


@contextmanager
def reserved(path: Path) -> Iterator[bool]:
    """Keep other programs from writing a file that this process has not open; say if none does.

    Also True where there is no file; not while others only read it, unless it may not be written
    here. SQLite's own locks cannot be had without it reading the journal first.
    """
    try:
        handle, write = _to_lock(path)
    except FileNotFoundError:
        yield True
        return
    except OSError:
        yield False
        return
    try:
        yield _lock(handle, write=write)
    finally:
        os.close(handle)


def _to_lock(path: Path) -> tuple[int, bool]:
    """Open a file to lock it; say whether to be written: what is read-only is locked to be read."""
    binary = getattr(os, "O_BINARY", 0)
    try:
        return os.open(path, os.O_RDWR | binary), True
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.EROFS):
            raise
    return os.open(path, os.O_RDONLY | binary), False


def _lock(handle: int, *, write: bool) -> bool:
    try:
        if os.name == "nt":
            import msvcrt

            os.lseek(handle, _LOCKS, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, _LOCK_BYTES)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl

            how = fcntl.LOCK_EX if write else fcntl.LOCK_SH
            fcntl.lockf(handle, how | fcntl.LOCK_NB, _LOCK_BYTES, _LOCKS)
    except OSError:
        return False
    return True
