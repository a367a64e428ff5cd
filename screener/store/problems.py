"""SQLite's errors in words for the reviewer at the laptop."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from screener.model import ErrorKind, UserError
from screener.store import room

_OPEN = "{name} is open in another window or by somebody else; close it there and try again."
_WORDS = {
    "SQLITE_BUSY": _OPEN,
    "SQLITE_LOCKED": _OPEN,
    "SQLITE_READONLY": "{name} cannot be written here; copy it into a folder you may write in and "
    "open that copy.",
    "SQLITE_CANTOPEN": "{name} cannot be opened in its folder; copy it into a folder you may "
    "write in and open that copy.",
    "SQLITE_PERM": "{name} cannot be opened: this account may not read it; ask its owner.",
    "SQLITE_CORRUPT": "{name} is damaged; restore a backup of it (File, Backups), nothing was "
    "changed.",
    "SQLITE_CONSTRAINT": "{name} is damaged: what it holds does not allow this to be written; "
    "restore a backup of it (File, Backups), nothing was changed.",
    "SQLITE_IOERR_WRITE": "The drive of {path} ({drive}) did not take what was written, so this "
    "was not saved; make room there or check the drive, and do it again.",
    "SQLITE_IOERR": "The drive of {path} ({drive}) gave an error, so this was not saved; check the "
    "drive and do it again.",
}
_KINDS = {
    "SQLITE_IOERR_WRITE": ErrorKind.FULL,
    "SQLITE_BUSY": ErrorKind.LOCKED,
    "SQLITE_LOCKED": ErrorKind.LOCKED,
    "SQLITE_CORRUPT": ErrorKind.DAMAGED,
    "SQLITE_CONSTRAINT": ErrorKind.DAMAGED,
}


_UNREAD = {f"SQLITE_IOERR_{what}" for what in ("READ", "SHORT_READ", "FSTAT", "CORRUPTFS", "DATA")}
"""What SQLite calls an error of the drive while it reads."""
_CODES = re.compile(r"error code=(\d{1,9})")
_IO_ERROR = 10  # in the last byte of each code of such an error

_OF_DAMAGE = ("Could not decode to UTF-8", "unsupported file format", "malformed database schema")
"""What SQLite says of bytes that were changed, beside its name for that."""


def sentence(error: sqlite3.Error, path: Path) -> UserError | None:
    """Return the sentence for an error a reviewer can mend, or None when it is a bug of ours."""
    name = getattr(error, "sqlite_errorname", "") or ""
    if str(error).startswith(_OF_DAMAGE):
        name = "SQLITE_CORRUPT"
    if name == "SQLITE_FULL":
        return room.full(path)
    if name in _UNREAD:
        return room.unread(path)
    if name == "SQLITE_NOTADB":
        return not_ours(path, empty=False)
    for known, words in _WORDS.items():
        if name == known or name.startswith(f"{known}_"):
            drive = room.drive(path) if "{drive}" in words else ""
            said = words.format(name=path.name, path=room.shown(path), drive=drive)
            return UserError(said, kind=_KINDS.get(known, ErrorKind.OTHER))
    return None


NO_TEXT = "it holds a text that is not UTF-8"


def _is_no_text(error: Exception) -> bool:
    return str(error).startswith("Could not decode to UTF-8")


def words_of(error: Exception) -> str:
    """Return what SQLite says of a damaged file, without what the file holds."""
    return NO_TEXT if _is_no_text(error) else str(error)


def require_read(connection: sqlite3.Connection, found: sqlite3.Error | str) -> None:
    """Raise `UserError` when an error, or a line of a check, is the drive's and no damage.

    What the drive does not read SQLite calls malformed; only its check of the pages says more.
    """
    name = getattr(found, "sqlite_errorname", "")
    if name == "SQLITE_CORRUPT":
        with suppress(sqlite3.Error):
            lines = connection.execute("PRAGMA quick_check(20)").fetchall()
            found = "\n".join(line for (line,) in lines)
    codes = _CODES.findall(found) if isinstance(found, str) else ()
    if name in _UNREAD or any(int(code) % 256 == _IO_ERROR for code in codes):
        (_, _, file), *_ = connection.execute("PRAGMA database_list")
        raise room.unread(Path(file))


def plain(message: str) -> str:
    """Return what is wrong with a file, without what SQLite says of its pages and cells."""
    raw = message.startswith("The file is damaged: ") and NO_TEXT not in message
    return "its pages do not agree" if raw else message


def not_ours(path: Path, *, empty: bool) -> UserError:
    """Return the sentence for a file that is none of Screener's."""
    if empty:
        said = (
            "is empty, there is nothing in it: what copied it here did not finish; copy it again, "
            "or restore a backup (File, Backups)."
        )
    elif path.suffix.lower() == ".screener":
        said = (
            "is not a Screener file, although its name ends so: something was written over it, or "
            "it is another file; restore a backup of it (File, Backups)."
        )
    else:
        said = "is not a Screener file; choose a file that ends in .screener."
    return UserError(f"{path.name} {said}", kind=ErrorKind.NOT_OURS)


def damaged(path: Path, what: str) -> UserError:
    """Return the sentence for a file in which a check found something wrong."""
    return UserError(
        f"{path.name} is damaged ({what.rstrip('.')}); "
        "restore a backup of it (File, Backups), nothing was changed.",
        kind=ErrorKind.DAMAGED,
    )


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Turn SQLite's errors on a file that a reviewer can mend into sentences."""
    try:
        yield
    except sqlite3.Error as error:
        raise sentence(error, path) or error from error
