"""Which project files this process has open, and safe ways to read and write beside them.

POSIX locks belong to the process: closing *any* descriptor of an open project file drops its lock,
and a second program could then write over acknowledged decisions. So nothing in this process may
open that file except through its one connection. This register is the only state of the process
in the core, because the lock it protects is one too.
"""

from __future__ import annotations

import errno
import os
import sqlite3
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from contextvars import ContextVar
from hashlib import sha256
from pathlib import Path, PurePath
from typing import BinaryIO
from urllib.parse import quote

from screener.model import UserError
from screener.model.cells import defused, visible
from screener.store import drives, file_names, journals, left, room, seen, temporary, windows
from screener.store.file_names import shortened
from screener.store.journals import number
from screener.store.problems import sentence
from screener.store.seen import Identity, Stamp

APPLICATION_ID = 0x5343524E  # "SCRN"
SQLITE_MAGIC = b"SQLite format 3\x00"
LENGTH = 100
"""How many bytes the header of a SQLite file has."""


def is_signed(head: bytes) -> bool:
    """Whether these are the first bytes of a Screener file."""
    return (
        len(head) >= LENGTH and head.startswith(SQLITE_MAGIC) and number(head, 68) == APPLICATION_ID
    )


_open: dict[Identity, Path] = {}
_NO_LINKS = {errno.EPERM, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK}


def stamp(path: Path) -> Stamp | None:
    """Return the stamp of a file, or None when nothing is there.

    `UserError` when its drive does not say, and for a path that no file can have: a name too long,
    links that lead round.
    """
    try:
        found = os.stat(windows.reached(path))  # noqa: PTH116 - the call of Path.stat, said plainly
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise UserError(
            f"{shortened(path.name)} cannot be reached ({error.strerror}); check its drive or "
            "network and do it again, or choose another name or folder."
        ) from error
    inode = found.st_ino or _from_its_path(path)
    touched = 0 if windows.HERE else found.st_ctime_ns  # there it is when the file was made
    return Stamp(found.st_dev, inode, found.st_size, found.st_mtime_ns, touched)


def _from_its_path(path: Path) -> int:
    """Return a number for a file on a drive that numbers none, as some network drives do."""
    whole = os.path.normcase(os.path.realpath(path))
    return int.from_bytes(sha256(whole.encode("utf-8", "surrogatepass")).digest()[:8], "big")


def identity(path: Path) -> Identity | None:
    """Return device and inode of a path, or None when nothing is there; see `stamp`."""
    found = stamp(path)
    return found and found.identity


def uri(path: PurePath, mode: str) -> str:
    """Return what SQLite calls a file that is opened in a mode ("ro", "rw").

    A folder of a server stands after an empty authority: of the two slashes with which it begins
    SQLite would take its name for one, and opens none but those of this computer. A path in the
    system's own notation is left as it is, which SQLite knows by its backslashes: a long one is
    said in it, because the names of journals are longer yet.
    """
    if isinstance(path, Path):
        path = path.absolute()
    path = windows.reached(path, longest=windows.ROOMY)
    name = str(path)
    if not name.startswith("\\\\?\\"):
        name = path.as_posix()
    return f"file://{'' if name.startswith('/') else '/'}{quote(os.fsencode(name))}?mode={mode}"


def real(path: Path) -> Path:
    """Return the path without links, as far as they lead anywhere: `Path.resolve` may raise."""
    return Path(os.path.realpath(path))


def is_open(path: Path) -> bool:
    """Say whether this path is a project file that this process has open."""
    found = identity(path)
    return found is not None and found in _open


def refuse_open(path: Path) -> None:
    """Raise `UserError` when the path is the project that is open."""
    if is_open(path):
        raise UserError(
            f"{path.name} is the project that is open; choose another file, this one is untouched."
        )


def enter(path: Path) -> Identity:
    """Note that a project file is about to be opened; `UserError` when it is open already."""
    refuse_open(path)
    found = identity(path)
    assert found is not None
    _open[found] = path
    return found


def leave(found: Identity) -> None:
    """Note that a project file was closed."""
    _open.pop(found, None)


def require_file(path: Path) -> None:
    """Raise `UserError` unless the path is a regular file that is not the open project."""
    refuse_open(path)
    try:
        mode = windows.reached(path).stat().st_mode
    except FileNotFoundError:
        raise UserError(f"There is no file {path}; check the name and the folder.") from None
    except OSError as error:
        raise UserError(f"{path} cannot be read ({error.strerror}); check the drive.") from None
    if stat.S_ISDIR(mode):
        raise UserError(f"{path} is a folder; choose a file in it.")
    if not stat.S_ISREG(mode):
        raise UserError(f"{path} is not an ordinary file; choose a file.")


def require_folder(path: Path) -> None:
    """Raise `UserError` unless there is a folder in which the path can be written."""
    if not path.parent.is_dir():
        raise unreachable(path)
    if not os.access(path.parent, os.W_OK):
        raise UserError(f"{path.parent} cannot be written; choose another folder.")


def unreachable(path: Path) -> UserError:
    """Return the sentence for a place that the system does not find.

    Windows says so of a path that is too long too: 260 letters, with what is written beside it.
    """
    if path.parent.is_dir():
        return UserError(
            f"{shortened(path.name)} cannot be written in {path.parent}: the name or the path is "
            "too long; choose a shorter name or a folder with a shorter path."
        )
    return UserError(f"There is no folder {path.parent}; make it first or choose another one.")


def _held(path: Path) -> UserError:
    return UserError(
        f"{path} is held by another program, such as Excel or a virus scanner; close it there and "
        "do it again."
    )


def require_place(path: Path, *, new: bool = False) -> None:
    """Raise `UserError` unless a file can be written there, over another one unless it is `new`.

    What is new is a Screener file, beside which its journal has a longer name. A Screener file is
    never written over, whatever its name: the decisions in it are all there are.
    """
    file_names.require_name(path)
    refuse_open(path)
    if new and identity(path) is not None:
        raise UserError(f"{path} is there already; choose another name.")
    if new:
        file_names.require_short_name(path)
    if path.is_dir():
        raise UserError(f"{path} is a folder; give the name of a file in it.")
    require_folder(path)
    if identity(path) is not None:
        with open_for_reading(path) as handle:
            if is_signed(handle.read(LENGTH)):
                raise UserError(
                    f"{path} is a Screener file and is not written over; choose another name, "
                    "this one is untouched."
                )


@contextmanager
def written_beside(path: Path, *, new: bool = False) -> Iterator[Path]:
    """Give a path to write to, and put it in place of `path` when that went well.

    The file is written beside its place, synced and renamed, so that a reader sees the old file or
    the new one. `UserError` where `require_place` says so.
    """
    path = windows.reached(path)
    stack = _waiting.get()
    if stack is None:
        with _beside(path, new=new) as beside:
            yield beside
        return
    beside = stack.enter_context(_beside(path, new=new))
    try:
        yield beside
    except OSError as error:
        raise _unwritable(path, error) from error


_waiting: ContextVar[ExitStack | None] = ContextVar("_waiting", default=None)


@contextmanager
def together() -> Iterator[None]:
    """Put what is written inside the block in its places at the end of it, all or nothing."""
    with ExitStack() as stack:
        before = _waiting.set(stack)
        try:
            yield
        finally:
            _waiting.reset(before)


@contextmanager
def _beside(path: Path, *, new: bool) -> Iterator[Path]:
    require_place(path, new=new)
    if path.is_symlink() and not new:  # renaming would put the file in place of the link
        path = _target(path)
        require_place(path)
    try:
        with temporary.private_folder(
            windows.reached(path.parent, longest=windows.ROOMY)
        ) as folder:
            beside = folder / "new"
            yield beside
            with beside.open("rb+") as handle:
                _flush(handle.fileno())
            if _is_ours(beside):
                journals.set_aside(path)  # what a file that lay there once left beside it
            made = stamp(beside)
            if new:
                _put_where_nothing_is(beside, path)
            else:
                windows.replace(beside, path)
            seen.note_renamed(made, stamp(path))
            _sync(path.parent)
        if new:
            left.forget(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    except sqlite3.Error as error:  # while a Screener file was made there
        raise sentence(error, path) or error from error


def _target(link: Path) -> Path:
    """Return where a symbolic link leads, be there a file or not; `UserError` when it is a loop."""
    try:
        return link.resolve()
    except (OSError, RuntimeError) as error:
        raise UserError(f"{link} is a link that leads nowhere; choose another name.") from error


def _is_ours(path: Path) -> bool:
    with path.open("rb") as handle:
        return is_signed(handle.read(LENGTH))


def _put_where_nothing_is(beside: Path, path: Path) -> None:
    """Give a file its name; `UserError` when something came there meanwhile."""
    try:
        if windows.HERE:
            windows.replace(beside, path, new=True)
        else:
            path.hardlink_to(beside)
            beside.unlink()
    except FileExistsError:
        require_place(path, new=True)
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        require_place(path, new=True)  # a drive that has no hard links, as of a camera
        beside.replace(path)


def _sync(folder: Path) -> None:
    """Have the drive keep a name that was given; Windows does so by itself."""
    if os.name != "nt":
        with suppress(OSError):  # not every network folder can
            handle = os.open(folder, os.O_RDONLY)
            try:
                _flush(handle)
            finally:
                os.close(handle)


def _flush(handle: int) -> None:
    """Have the drive keep what was written; on macOS `fsync` leaves it in the drive's own memory.

    Not every drive of the network can be asked so. Source: fsync(2) of macOS; SQLite's `fullfsync`.
    """
    if sys.platform == "darwin":
        import fcntl

        with suppress(OSError):
            fcntl.fcntl(handle, fcntl.F_FULLFSYNC)
            return
    os.fsync(handle)


def _unwritable(path: Path, error: OSError) -> UserError:
    if isinstance(error, FileNotFoundError):
        return unreachable(path)
    if room.is_full(error):
        return room.full(path, error)
    if windows.is_held(path, windows.TO_REPLACE):
        return _held(path)
    why = error.strerror or str(error)
    return UserError(f"{path} could not be written ({why}); choose another folder or make room.")


def write_text(path: Path, text: str, *, encoding: str = "utf-8") -> None:
    """Write a text file beside its place and rename it; line ends are written as they are."""
    with written_beside(path) as beside, beside.open("w", encoding=encoding, newline="") as handle:
        handle.write(text)


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a table as spreadsheets read it, beside its place; no cell is a formula."""
    import csv

    with (
        written_beside(path) as beside,
        beside.open("w", encoding="utf-8-sig", newline="") as handle,
    ):
        writer = csv.writer(handle)
        writer.writerow([visible(name) for name in columns])
        writer.writerows([defused(visible(str(cell))) for cell in row] for row in rows)


def open_for_reading(path: Path) -> BinaryIO:
    """Open an ordinary file that is not the open project; `UserError` with a sentence otherwise."""
    require_file(path)
    try:
        return windows.patiently(lambda: drives.reading(windows.reached(path)))
    except OSError as error:
        if windows.is_held(path):
            raise _held(path) from None
        raise UserError(
            f"{path} cannot be read ({error.strerror}); check its permissions."
        ) from None


def copy_file(source: Path, target: Path) -> None:
    """Copy a file that is not the open project; `UserError` when it changes meanwhile."""
    import shutil

    require_file(source)
    source, target = windows.reached(source), windows.reached(target)
    before = source.stat()
    try:
        windows.patiently(lambda: shutil.copyfile(source, target))
    except OSError as error:
        if room.is_full(error):
            raise room.full(target, error) from error
        if windows.is_held(source):
            raise _held(source) from None
        raise UserError(f"{source} cannot be read ({error.strerror}); check the drive.") from None
    after = source.stat()
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        raise UserError(f"{source.name} changed while it was read; close it there and try again.")
