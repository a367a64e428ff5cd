"""The first hundred bytes of a file, read before any connection to it and never after."""

from __future__ import annotations

from pathlib import Path

from screener.model import ErrorKind, UserError
from screener.store.migrations import USER_VERSION
from screener.store.paths import open_for_reading
from screener.store.signature import LENGTH, is_signed, number

JOURNAL_MAGIC = bytes((0xD9, 0xD5, 0x05, 0xF9, 0x20, 0xA1, 0x63, 0xD7))


def check_header(path: Path) -> int:
    """Return the file's version; `UserError` when it is no Screener file or a newer one's."""
    with open_for_reading(path) as handle:
        head = handle.read(LENGTH)
    if not is_signed(head):
        raise UserError(
            f"{path.name} is not a Screener file; choose a file that ends in .screener.",
            kind=ErrorKind.NOT_OURS,
        )
    version = number(head, 60)
    if version > USER_VERSION:
        raise UserError(
            f"{path.name} was made by a newer Screener (file version {version}, this one knows "
            f"{USER_VERSION}); update this program, nothing was changed.",
            kind=ErrorKind.NEWER,
        )
    return version
