"""Making and opening project files: header, lock, schema, journals, who has a file open."""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import ExitStack, closing, suppress
from pathlib import Path

from screener.model import ErrorKind, UserError
from screener.store import events, file_names, journals, meta, paths, shelf, windows
from screener.store.file import File, FileKind
from screener.store.journals import number
from screener.store.migrations import USER_VERSION, made_with, migrate, reference_schema, schema
from screener.store.paths import LENGTH, is_signed, open_for_reading
from screener.store.problems import damaged, not_ours, sentence, told
from screener.store.seen import Identity
from screener.store.temporary import private_folder

_LONGEST_NOTE, _SHOWN = 4_096, 120
_TRIES, _PAUSE = 20, 0.05  # a decision is written in milliseconds, a large change in seconds


def check_header(path: Path) -> int:
    """Return the file's version; `UserError` when it is no Screener file or a newer one's."""
    with open_for_reading(path) as handle:
        head = handle.read(LENGTH)
    if not is_signed(head):
        raise not_ours(path, empty=not head)
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
"""Bytes of a page in a new file. With the usual 4,096, of which a record with its abstract is about
half or a little more, a third of it would be empty; and a decision writes half as much."""


def create(
    path: Path, *, kind: FileKind, uuid: str = "", reviewer: str = "", durable: bool = True
) -> File:
    """Make a new, empty project file and open it for writing.

    One that is not `durable` is thrown away soon: nobody waits for the drive.
    `UserError` when something is there already or the folder cannot be written.
    """
    file_names.require_name(path)
    if paths.identity(path) is not None:
        raise UserError(f"{path} is there already; choose another name.")
    file_names.require_short_name(path)
    journals.set_aside(path)
    try:
        os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o666))
    except FileNotFoundError:
        raise paths.unreachable(path) from None
    except OSError as error:
        raise UserError(
            f"{path} cannot be made ({error.strerror}); choose a folder you may write in."
        ) from None
    try:
        with told(path):
            file = _lay_out(path, kind, uuid or os.urandom(16).hex(), reviewer)
    except BaseException:
        windows.remove(path)
        raise
    if not durable:
        file.connection.execute("PRAGMA synchronous = OFF")
    return file


def _lay_out(path: Path, kind: FileKind, uuid: str, reviewer: str) -> File:
    found = paths.enter(path)
    connection: sqlite3.Connection | None = None
    try:
        connection = _connect(path, "rw")
        connection.execute(f"PRAGMA page_size = {PAGE}")  # counts only before the first writing
        _take_lock(connection, path)
        migrate(connection)
        connection.execute("BEGIN")
        said = {"project": uuid, "kind": str(kind), "reviewer": reviewer}
        meta.put(connection, said | {"made-with": made_with()})
        journals.name_anew(connection)
        connection.execute("COMMIT")
        file = File(path, connection, writable=True, check=_wrong)
        file.whole = True
    except BaseException:
        if connection is not None:
            connection.close()  # what is open cannot be removed on Windows
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
    path = windows.reached(path)
    paths.require_file(path)
    version = check_header(path)
    if not write:
        return _open_to_read(path, version)
    file_names.require_short_name(path)
    found = paths.enter(path)
    connection: sqlite3.Connection | None = None
    try:
        aside = journals.set_aside(path)
        with told(path):
            connection = _connect(path, "rw")
            _take_lock(connection, path)
            _migrate(connection, path, version)
            check_schema(connection, path)
            file = File(path, connection, writable=True, check=_wrong)
            file.set_aside = aside.sentence
            file.own_logs.take_up()
    except BaseException:
        if connection is not None:
            connection.close()
        paths.leave(found)
        raise
    _stand_by(file, found)
    return file


def _wrong(connection: sqlite3.Connection) -> list[str]:
    """Say what is wrong with what was kept of a file that was taken away while it was open."""
    from screener.store import verify  # nearly nobody waits for it

    return [problem.message for problem in verify.check(connection)]


def _migrate(connection: sqlite3.Connection, path: Path, version: int) -> None:
    """Bring a file of an older version up to date; it is copied into its backups before."""
    if version >= USER_VERSION:
        return
    says = {key: meta.value(connection.execute, key) for key in ("project", "kind", "reviewer")}
    mark = events.digest(f"before version {USER_VERSION}").hex()[:12]
    owner = shelf.owner(says["kind"], says["reviewer"])
    place = shelf.next_place(says["project"], owner, mark)
    with (
        paths.written_beside(place, new=True) as beside,
        closing(sqlite3.connect(beside, isolation_level=None)) as target,
    ):
        connection.backup(target)
        journals.name_anew(target)
        if target.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
            raise damaged(path, "its pages do not agree")
    _bring_up(connection, path)


def _bring_up(connection: sqlite3.Connection, path: Path) -> None:
    """Apply what is new to a file; `UserError` when it is not of the version that it names.

    It is one transaction, and like each of ours it writes page 1 first (see `journals`).
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        connection.execute(f"PRAGMA user_version = {version}")
        journals.name_change(connection, path)
        migrate(connection)
        meta.put(connection, {"made-with": made_with()})
        connection.execute("COMMIT")
    except (sqlite3.Error, LookupError, TypeError, ValueError) as error:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        known = sentence(error, path) if isinstance(error, sqlite3.Error) else None
        raise known or _altered(path, "it is not of the version that it names") from error


def _open_to_read(path: Path, version: int) -> File:
    if version < USER_VERSION or journals.may_be_logged(path):
        return open_private(path)
    if journals.exists(path) and not _is_written(path):
        return open_private(path)
    connection = _connect(path, "ro")
    try:
        with told(path):
            check_schema(connection, path)
            return File(path, connection, writable=False)
    except BaseException as error:
        connection.close()
        if isinstance(error, UserError) and error.kind is ErrorKind.LOCKED:
            raise UserError(_busy(path), kind=ErrorKind.LOCKED) from error
        raise


def open_private(path: Path, mend: Callable[[Path], object] | None = None) -> File:
    """Open a private copy of a file for reading, after what `mend` does to it."""
    folder = ExitStack()
    private = folder.enter_context(private_folder()) / path.name
    try:
        private_copy(path, private)
        if mend is not None:
            mend(private)
        connection = _connect(private, "rw")
        folder.callback(connection.close)
        with told(path):
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version < USER_VERSION:
                _bring_up(connection, path)
            check_schema(connection, path)
            file = File(private, connection, writable=False)
    except BaseException:
        folder.close()
        raise
    file.path = path
    file.on_close(folder.close)
    return file


def private_copy(path: Path, target: Path) -> None:
    """Copy a project file, with its journal when that is hot, to be opened without touching it.

    A journal or a log that does not belong to it stays where it is. `UserError` when the file is
    being written meanwhile: half of a change would be in the copy.
    """
    had, foreign = journals.exists(path), journals.foreign(path)
    if (had or foreign) and _is_written(path):
        raise UserError(_busy(path), kind=ErrorKind.LOCKED)
    paths.copy_file(path, target)
    if had and journals.journal_of(path) not in foreign:
        paths.copy_file(journals.journal_of(path), journals.journal_of(target))
    if journals.exists(path) != had or journals.foreign(path) != foreign:
        raise UserError(f"{path.name} changed while it was read; close it there and try again.")
    if journals.may_be_logged(target):
        _bring_log_in(path, target)


def _bring_log_in(path: Path, target: Path) -> None:
    """Set a private copy back to one file, with what lies in the log beside the original.

    Such a file cannot be attached to another for reading.
    """
    if journals.log_belongs(path):
        paths.copy_file(journals.log_of(path), journals.log_of(target))
    with told(path), closing(sqlite3.connect(target)) as connection:
        connection.execute("PRAGMA journal_mode = DELETE")


def _is_written(path: Path) -> bool:
    """Say whether another program writes the file now, after a while in which it may end."""
    for _ in range(_TRIES):
        with journals.reserved(path) as free:
            if free:
                return False
        time.sleep(_PAUSE)
    return True


def name_anew(path: Path) -> None:
    """Give a private copy a name of its own, for journals; its own is played back into it first."""
    with closing(_connect(path, "rw")) as connection, told(path):
        journals.name_anew(connection)


def check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file whose tables, views or triggers are not, to the letter, what we made."""
    with told(path):
        here, wanted = schema(connection), reference_schema()
    if here == wanted:
        return
    if _made_with(connection) != made_with():
        raise UserError(
            f"{path.name} was made by another development version of Screener; open it with that "
            "one, this file is untouched.",
            kind=ErrorKind.OTHER_VERSION,
        )
    different = sorted(k for k in here.keys() | wanted.keys() if here.get(k) != wanted.get(k))
    raise _altered(path, ", ".join(different[:5]))


def _made_with(connection: sqlite3.Connection) -> str:
    try:
        return meta.value(connection.execute, "made-with") or made_with()
    except sqlite3.Error:
        return made_with()  # it has no such table, and so it is none of ours


def _altered(path: Path, how: str) -> UserError:
    return UserError(
        f"{path.name} was altered by another program ({how}); "
        "ask for a fresh copy or restore a backup.",
        kind=ErrorKind.ALTERED,
    )


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    with told(path):
        connection = sqlite3.connect(
            paths.uri(path, mode),
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


def _note_beside(path: Path) -> Path:
    return windows.reached(path.with_name(f".~lock.{path.name}#"), longest=windows.ROOMY)


def _busy(path: Path) -> str:
    who = "another window or somebody else"
    try:
        kept = json.loads(journals.read_head(_note_beside(path), _LONGEST_NOTE))
        who = f"{kept['who']} on {kept['where']} since {kept['since'][:16].replace('T', ' ')}"
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        pass
    return f"{path.name} is open ({' '.join(who.split())[:_SHOWN]}); close it there and try again."


def _stand_by(file: File, found: Identity) -> None:
    """Leave a note beside the file that says who has it open; take everything back at closing.

    A note that lies there was left by a program that ended, because we hold the file's lock: it is
    removed. Where no note can be left, as beside a very long name, the lock does without.
    """
    import socket

    beside = _note_beside(file.path)
    said = {"who": _user(), "where": socket.gethostname(), "since": events.now()}
    text = json.dumps(said).encode()
    if not os.access(file.path.parent, os.W_OK):
        file.connection.close()
        paths.leave(found)
        raise UserError(
            f"The folder of {file.path.name} cannot be written; "
            "copy the file into a folder you may write in."
        )
    note = None
    with suppress(OSError):
        windows.remove(beside)
        flags = os.O_CREAT | os.O_EXCL | os.O_WRONLY
        note = windows.patiently(lambda: os.open(beside, flags, 0o644))
        os.write(note, text)
        windows.hide(beside)
    file.on_close(lambda: paths.leave(found))
    if note is not None:
        os.close(note)
        file.on_close(lambda: _take_away(beside, text))


def _take_away(note: Path, ours: bytes) -> None:
    """Remove our note, and not that of whoever opened another file under this name meanwhile.

    It is known by what it says: Windows may set the time of a file only when it is closed.
    """
    with suppress(OSError):
        if journals.read_head(note, _LONGEST_NOTE) == ours:
            windows.remove(note)


def _user() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return "somebody"
