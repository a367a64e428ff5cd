"""The first hundred bytes of a file, read before any connection to it and never after."""

from __future__ import annotations

from pathlib import Path

from screener.model import UserError
from screener.store.migrations import APPLICATION_ID, USER_VERSION
from screener.store.paths import open_for_reading

SQLITE_MAGIC = b"SQLite format 3\x00"
JOURNAL_MAGIC = bytes((0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7))


def check_header(path: Path) -> int:
    """Return the file's version; `UserError` when it is no Screener file or a newer one's."""
    with open_for_reading(path) as handle:
        head = handle.read(100)
    if len(head) < 100 or not head.startswith(SQLITE_MAGIC) or _at(head, 68) != APPLICATION_ID:
        raise UserError(
            f"{path.name} is not a Screener file; choose a file that ends in .screener."
        )
    version = _at(head, 60)
    if version > USER_VERSION:
        raise UserError(
            f"{path.name} was made by a newer Screener (file version {version}, this one knows "
            f"{USER_VERSION}); update this program, nothing was changed."
        )
    return version


def _at(head: bytes, place: int) -> int:
    return int.from_bytes(head[place : place + 4], "big")
