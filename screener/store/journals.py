"""The rollback journal beside a file: whether it is its own, and setting aside one that is not.

A program that was killed leaves its journal, and SQLite plays that back into whatever lies under
the file's name later: a restored backup, a fresh copy. So the two are compared before SQLite sees
them. Every transaction of ours writes page 1 into its journal first (`File.transaction`), and that
page names the file: by a random schema number each new file, backup and restored file has, and by
its count of changes. Formats: https://www.sqlite.org/fileformat.html, sections 1.3 and 3.
"""

from __future__ import annotations

import errno
import os
import secrets
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path

from screener.model import UserError
from screener.store import windows
from screener.store.paths import number

_MAGIC = bytes((0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7))
_NONCE, _SECTOR, _PAGE = 12, 20, 24
"""Where the header of a journal says the start of its checksums, its sector and page size."""
_CHANGES, _PAGES, _SCHEMA = 24, 28, 40
"""Where page 1 says how often it was changed, how many pages there are, its schema number."""
_HEADER = 28
_LARGEST = 65_536
_SUMMED = 200  # every so many bytes of a page, from its end, are in its checksum
_MOST_STATEMENTS = 1_000  # of a migration: each raises the schema number by one
_LOCKS, _LOCK_BYTES = 0x4000_0000, 512
"""The bytes of a file that SQLite locks, on all systems."""
_TO_READ = os.O_RDONLY | sum(
    getattr(os, name, 0) for name in ("O_BINARY", "O_NOFOLLOW", "O_NONBLOCK")
)


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps the rollback journal of a file."""
    return path.with_name(f"{path.name}-journal")


def name_anew(connection: sqlite3.Connection) -> None:
    """Give a file a random schema number, so that no other file's journal is taken for its own."""
    connection.execute(f"PRAGMA schema_version = {secrets.randbelow(2**30) + 2**20}")


def exists(path: Path) -> bool:
    """Say whether something lies where the journal would, and is not an empty one."""
    try:
        found = journal_of(path).lstat()
    except OSError:
        return False
    return found.st_size > 0 or not stat.S_ISREG(found.st_mode)


def clear_empty(path: Path) -> None:
    """Delete the empty journal of a file that is gone."""
    journal = journal_of(path)
    with suppress(OSError):
        found = journal.lstat()
        if stat.S_ISREG(found.st_mode) and not found.st_size and not os.path.lexists(path):
            journal.unlink()


def belongs(path: Path) -> bool:
    """Say whether the journal beside a file tells what was in that file before its last change."""
    head = read_head(journal_of(path), _HEADER)
    sector, size = number(head, _SECTOR), number(head, _PAGE)
    if not head.startswith(_MAGIC) or not (0 < sector <= _LARGEST and 0 < size <= _LARGEST):
        return False
    record = read_head(journal_of(path), size + 8, at=sector)
    before, now = record[4:-4], read_head(path, size)
    if len(record) < size + 8 or _checksum(number(head, _NONCE), before) != number(
        record, size + 4
    ):
        return False  # not written to its end, so that nothing was written to the file yet
    if number(record, 0) != 1:
        return number(now, _PAGES) == number(head, 16)
    changes = (number(now, _CHANGES) - number(before, _CHANGES)) % 2**32
    schema = number(now, _SCHEMA) - number(before, _SCHEMA)
    return now == before or (changes == 1 and 0 <= schema < _MOST_STATEMENTS)


def _checksum(nonce: int, page: bytes) -> int:
    return (nonce + sum(page[at] for at in range(len(page) - _SUMMED, 0, -_SUMMED))) % 2**32


def read_head(path: Path, length: int, at: int = 0) -> bytes:
    """Return bytes of an ordinary file; none where there is none.

    A link is not followed, and a pipe not waited for.
    """
    try:
        handle = os.open(path, _TO_READ)
    except OSError:
        return b""
    try:
        os.lseek(handle, at, os.SEEK_SET)
        return os.read(handle, length)
    except OSError:
        return b""
    finally:
        os.close(handle)


def set_aside(path: Path) -> Path | None:
    """Give a journal that does not belong to the file, or to nothing, another name.

    It is never deleted. Returns where it lies now, or None when there was none. `UserError` when
    it cannot be moved.
    """
    journal = journal_of(path)
    if not exists(path) or belongs(path):
        return None
    with reserved(path) as free:
        if not free:
            return None  # it is being written now
        names = (journal.with_name(f"{path.name}-left-over-{n}") for n in count(1))
        place = next(name for name in names if not os.path.lexists(name))
        try:
            windows.replace(journal, place)
        except OSError as error:
            raise UserError(
                f"{journal.name} was left by another file and cannot be moved ({error.strerror}); "
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
