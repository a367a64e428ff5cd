"""The computer we are on: its random id, its folders, and where each of its logs stands.

The folder is the user's data folder, or `SCREENER_HOME` where that is set (tests, portable use).
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from screener.model import ErrorKind, UserError
from screener.store import room, windows

PRIVATE = 0o700
"""For folders: backups, logs and notes are for nobody else on this computer."""
ID = re.compile("[0-9a-f]{32}")
"""What the random ids are: nothing else that a file says may become part of a path."""


def home() -> Path:
    """Return the folder for settings, backups and logs of this user, made when missing."""
    import platformdirs

    chosen = os.environ.get("SCREENER_HOME")
    folder = Path(chosen) if chosen else platformdirs.user_data_path("screener", appauthor=False)
    with _told(folder):
        folder.mkdir(mode=PRIVATE, parents=True, exist_ok=True)
    return folder


@contextmanager
def _told(folder: Path) -> Iterator[None]:
    """Say in a sentence when the user's own folder is missing, full, held or not to be written."""
    try:
        yield
    except OSError as error:
        if error.filename and windows.is_held(Path(error.filename), windows.TO_WRITE):
            raise UserError(
                f"{error.filename} is held by another program, such as a virus scanner or one that "
                "synchronises the folder; wait until it is done with it and do it again."
            ) from None
        raise UserError(
            f"The program's own folder {folder} cannot be used ({error.strerror}; "
            f"{room.drive(folder)}); mend its permissions or make room there."
        ) from None


def ordinary(path: str, flags: int) -> int:
    """Open an ordinary file, as an `opener`; `OSError` for a pipe, a device or a folder.

    Whatever somebody put into the folder, nothing is waited for.
    """
    handle = os.open(path, flags | getattr(os, "O_NONBLOCK", 0), 0o666)
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise OSError(errno.EINVAL, f"{Path(path).name} in it is no ordinary file", path)
    return handle


def read_text(place: Path) -> str:
    """Return the text of an ordinary file; `OSError` where there is none, `ValueError` else."""
    with windows.patiently(lambda: open(place, encoding="utf-8", opener=ordinary)) as handle:
        return handle.read()


def write_text(place: Path, text: str) -> None:
    """Write the text of an ordinary file; `OSError` where something else is in its place."""
    with windows.patiently(lambda: open(place, "w", encoding="utf-8", opener=ordinary)) as handle:
        handle.write(text)


def keep_text(place: Path, text: str) -> None:
    """Write a small file of the program's own so that a reader sees the old one or the new one.

    `OSError` where it cannot be written.
    """
    beside = place.with_name(f".{place.name}.new")
    write_text(beside, text)
    try:
        windows.replace(beside, place)
    except PermissionError:  # another program has the old one open all the time
        write_text(place, text)
        windows.remove(beside)


def keep_setting(name: str, text: str) -> None:
    """Write a small file of this name in the folder `home`, as `keep_text` does. `OSError`."""
    keep_text(home() / name, text)


def computer_id() -> str:
    """Return the random id of this user on this computer (32 hexadecimal digits)."""
    place, found = home() / "computer", ""
    with _told(place.parent), suppress(FileNotFoundError, UnicodeDecodeError):
        found = read_text(place).strip()
    if not ID.fullmatch(found):
        found = os.urandom(16).hex()
        with _told(place.parent):
            write_text(place, found)
    return found


def backup_folder(uuid: str) -> Path:
    """Return the folder of a review's backups, made when missing."""
    place = home() / "backups" / _name(uuid)
    with _told(place):
        place.parent.mkdir(mode=PRIVATE, exist_ok=True)
        place.mkdir(mode=PRIVATE, exist_ok=True)
    return place


@dataclass(frozen=True, slots=True)
class LogEnd:
    """Where a log of this computer stood: its last event, the file it was written in, if in use."""

    head: str
    file: str
    in_use: bool


def log_end(log: str) -> LogEnd | None:
    """Return where a log stood when this computer last had it, or None when it never had."""
    try:
        kept = json.loads(read_text(_place(log)))
        return LogEnd(head=kept["head"], file=kept["file"], in_use=kept["in_use"])
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None  # where nothing can be read a new log begins: nothing is lost


def note_log_end(log: str, where: LogEnd) -> None:
    """Remember where a log stands, so that a duplicate of its file cannot fork it unnoticed."""
    place = _place(log)
    with _told(place.parent):
        place.parent.mkdir(mode=PRIVATE, exist_ok=True)
        text = json.dumps({"head": where.head, "file": where.file, "in_use": where.in_use})
        keep_text(place, text)


def _place(log: str) -> Path:
    return home() / "logs" / f"{_name(log)}.json"


def _name(id_: str) -> str:
    """Return an id from a file as a name in our folders; `UserError` when it is none."""
    if ID.fullmatch(id_):
        return id_
    raise UserError(
        "The file is damaged: what names it or a log of it is no id; restore a backup of it (File, "
        "Backups).",
        kind=ErrorKind.DAMAGED,
    )
