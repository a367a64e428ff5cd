"""Making and opening project files: header, lock, schema, journals, who has a file open."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from pathlib import Path

from screener.model import ErrorKind, UserError
from screener.store import computer, events, paths
from screener.store.file import File, FileKind
from screener.store.migrations import USER_VERSION, migrate, reference_schema, schema
from screener.store.paths import LENGTH, is_signed, number, open_for_reading
from screener.store.problems import sentence, told

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
    if number(head, 56) not in (0, 1):  # SQLite joins no files whose texts are not written alike
        raise _altered(path, "its texts are not UTF-8")
    version = number(head, 60)
    if version > USER_VERSION:
        raise UserError(
            f"{path.name} was made by a newer Screener (file version {version}, this one knows "
            f"{USER_VERSION}); update this program, nothing was changed.",
            kind=ErrorKind.NEWER,
        )
    return version


PAGE = 1024
"""Bytes of a page in a new file.

A record with its abstract is about half a page of the usual 4,096 bytes or a little more, so that
a third of the file would be empty; and a decision writes half as much with small pages.
"""


def create(
    path: Path, *, kind: FileKind, uuid: str = "", reviewer: str = "", durable: bool = True
) -> File:
    """Make a new, empty project file and open it for writing.

    One that is not `durable` is thrown away soon: nobody waits for the drive.
    `UserError` when something is there already or the folder cannot be written.
    """
    if paths.identity(path) is not None:
        raise UserError(f"{path} is there already; choose another name.")
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except FileNotFoundError:
        raise UserError(f"There is no folder {path.parent}; make it first.") from None
    except OSError as error:
        raise UserError(
            f"{path} cannot be made ({error.strerror}); choose a folder you may write in."
        ) from None
    try:
        file = _lay_out(path, kind, uuid or os.urandom(16).hex(), reviewer)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    if not durable:
        file.connection.execute("PRAGMA synchronous = OFF")
    return file


def _lay_out(path: Path, kind: FileKind, uuid: str, reviewer: str) -> File:
    found = paths.enter(path)
    try:
        connection = _connect(path, "rw")
        connection.execute(f"PRAGMA page_size = {PAGE}")  # counts only before the first writing
        _take_lock(connection, path)
        migrate(connection)
        connection.execute("BEGIN")
        connection.executemany(
            "INSERT INTO meta VALUES (?, ?)",
            [
                ("project", uuid),
                ("kind", str(kind)),
                ("reviewer", reviewer),
                ("made-with", f"screener file {USER_VERSION}"),
            ],
        )
        connection.execute("COMMIT")
        file = File(path, connection, writable=True)
    except BaseException:
        paths.leave(found)
        raise
    _stand_by(file, found)
    return file


def open_file(path: Path, *, write: bool) -> File:
    """Open a project file.

    For writing it is locked, and the header, the schema and the version are checked first. For
    reading nothing is locked or written; a file that was copied while it was being saved is read
    from a private copy. `UserError` says what is wrong and what to do.
    """
    paths.require_file(path)
    version = check_header(path)
    if not write:
        return _open_to_read(path, version)
    found = paths.enter(path)
    connection: sqlite3.Connection | None = None
    try:
        with told(path):
            connection = _connect(path, "rw")
            _take_lock(connection, path)
            _migrate(connection, path, version)
            check_schema(connection, path)
            file = File(path, connection, writable=True)
            file.take_up_logs()
    except BaseException:
        if connection is not None:
            connection.close()
        paths.leave(found)
        raise
    _stand_by(file, found)
    return file


def _migrate(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Bring a file of an older version up to date; it was copied into the backups before."""
    if version >= USER_VERSION:
        return
    row = connection.execute("SELECT value FROM meta WHERE key = 'project'").fetchone()
    place = computer.backup_folder(str(row and row[0])) / f"before-version-{USER_VERSION}.screener"
    with closing(sqlite3.connect(place)) as target:
        connection.backup(target)
    _bring_up(connection, path)


def _bring_up(connection: sqlite3.Connection, path: Path) -> None:
    """Apply what is new to a file; `UserError` when it is not of the version that it names."""
    try:
        migrate(connection)
    except (sqlite3.Error, LookupError, TypeError, ValueError) as error:
        known = sentence(error, path) if isinstance(error, sqlite3.Error) else None
        raise known or _altered(path, "it is not of the version that it names") from error


def _open_to_read(path: Path, version: int) -> File:
    if has_hot_journal(path) or version < USER_VERSION or _is_logged_ahead(path):
        return _open_private(path)
    connection = _connect(path, "ro")
    try:
        with told(path):
            check_schema(connection, path)
            return File(path, connection, writable=False)
    except BaseException:
        connection.close()
        raise


def _open_private(path: Path) -> File:
    import tempfile

    folder = tempfile.TemporaryDirectory(prefix="screener-")
    private = Path(folder.name) / path.name
    private_copy(path, private)
    connection = _connect(private, "rw")
    try:
        with told(path):
            _bring_up(connection, path)  # a private copy of an older file
            check_schema(connection, path)
            file = File(private, connection, writable=False)
    except BaseException:
        connection.close()
        folder.cleanup()
        raise
    file.path = path
    file.on_close(folder.cleanup)
    return file


def private_copy(path: Path, target: Path) -> None:
    """Copy a project file, with its journal when that is hot, to be opened without touching it.

    `UserError` when it is being written meanwhile: half of a change would be in the copy.
    """
    hot = has_hot_journal(path)
    paths.copy_file(path, target)
    if hot:
        paths.copy_file(journal_of(path), journal_of(target))
    if has_hot_journal(path) != hot:
        raise UserError(f"{path.name} changed while it was read; close it there and try again.")
    if _is_logged_ahead(target):
        _bring_log_in(path, target)


def _is_logged_ahead(path: Path) -> bool:
    """Say whether another program set a file to write-ahead logging (SQLite's header, byte 18)."""
    try:
        with path.open("rb") as handle:
            return handle.read(19)[18:] == b"\x02"
    except OSError:
        return False


def _bring_log_in(path: Path, target: Path) -> None:
    """Set a private copy back to one file, with what lies in the log beside the original.

    Such a file cannot be attached to another for reading.
    """
    log = path.with_name(f"{path.name}-wal")
    if log.exists():
        paths.copy_file(log, target.with_name(f"{target.name}-wal"))
    with told(path), closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def take_back_unsaved(path: Path) -> None:
    """Have SQLite take back what a hot journal beside a private copy says was not saved."""
    if has_hot_journal(path):
        with closing(_connect(path, "rw")) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()


def journal_of(path: Path) -> Path:
    """Return where SQLite keeps the rollback journal of a file."""
    return path.with_name(f"{path.name}-journal")


def has_hot_journal(path: Path) -> bool:
    """Say whether a journal lies beside the file that begins with the journal magic."""
    journal = journal_of(path)
    try:
        with journal.open("rb") as handle:
            return handle.read(len(JOURNAL_MAGIC)) == JOURNAL_MAGIC
    except OSError:
        return False


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file whose tables, views or triggers are not, to the letter, what we made."""
    with told(path):
        here, wanted = schema(connection), reference_schema()
    if here == wanted:
        return
    different = sorted(k for k in here.keys() | wanted.keys() if here.get(k) != wanted.get(k))
    raise _altered(path, ", ".join(different[:5]))


def _altered(path: Path, how: str) -> UserError:
    return UserError(
        f"{path.name} was altered by another program ({how}); "
        "ask for a fresh copy or restore a backup.",
        kind=ErrorKind.ALTERED,
    )


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    with told(path):
        connection = sqlite3.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            isolation_level=None,
            check_same_thread=False,
            timeout=0.3,
        )
        for pragma in ("foreign_keys = ON", "trusted_schema = OFF", "cell_size_check = ON"):
            connection.execute(f"PRAGMA {pragma}")
    return connection


def _take_lock(connection: sqlite3.Connection, path: Path) -> None:
    try:
        for pragma in (
            "locking_mode = EXCLUSIVE",
            "journal_mode = TRUNCATE",
            "synchronous = FULL",
            "fullfsync = 1",
        ):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("COMMIT")
    except sqlite3.OperationalError as error:
        connection.close()
        if getattr(error, "sqlite_errorname", "").startswith("SQLITE_BUSY"):
            raise UserError(_busy(path), kind=ErrorKind.LOCKED) from error
        raise sentence(error, path) or error from error
    except UnicodeDecodeError as error:  # SQLite's own message quotes the damaged bytes
        raise sqlite3.DatabaseError("Could not decode to UTF-8 what the schema says") from error


def _sidecar(path: Path) -> Path:
    return path.with_name(f".~lock.{path.name}#")


def _busy(path: Path) -> str:
    try:
        kept = json.loads(_sidecar(path).read_text(encoding="utf-8"))
        who = f"{kept['who']} on {kept['where']} since {kept['since'][:16].replace('T', ' ')}"
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        who = "another window or somebody else"
    return f"{path.name} is open ({who}); close it there and try again."


def _stand_by(file: File, found: paths.Identity) -> None:
    """Leave a note beside the file that says who has it open; take everything back at closing."""
    import socket

    beside = _sidecar(file.path)
    note = {"who": _user(), "where": socket.gethostname(), "since": events.now()}
    try:
        beside.write_text(json.dumps(note), encoding="utf-8")
    except OSError as error:
        file.connection.close()
        paths.leave(found)
        raise UserError(
            f"The folder of {file.path.name} cannot be written ({error.strerror}); "
            "copy the file into a folder you may write in."
        ) from None
    file.on_close(lambda: paths.leave(found))
    file.on_close(lambda: beside.unlink(missing_ok=True))


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "somebody"
