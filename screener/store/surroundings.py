"""Where a file lies: in a folder that a service synchronises, on the network, beside its double.

A service may copy a file while it is written, and makes two files of one that was changed on two
computers. Folders are recognised by their names and by what the services put into them, drives by
what the system says of them.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from screener.model import Summary, UserError
from screener.store import paths, summary, windows
from screener.store.file import File, FileKind

MOUNTS = Path("/proc/mounts")

_NAMES = (
    ("OneDrive", re.compile(r"OneDrive([ -].+)?", re.IGNORECASE)),
    ("Dropbox", re.compile(r"Dropbox([ -].+)?", re.IGNORECASE)),
    ("Google Drive", re.compile(r"(Google ?Drive([ -].+)?|My Drive)", re.IGNORECASE)),
    ("iCloud Drive", re.compile(r"(iCloud ?Drive|com~apple~CloudDocs|Mobile Documents)", re.I)),
    ("Nextcloud", re.compile(r"Nextcloud", re.IGNORECASE)),
    ("ownCloud", re.compile(r"ownCloud", re.IGNORECASE)),
)
"""What the folder of a service is called, by itself or with the name of an account."""

_MARKS = (
    ("Dropbox", ".dropbox"),
    ("Dropbox", ".dropbox.cache"),
    ("Google Drive", ".tmp.drivedownload"),
    ("Google Drive", ".tmp.driveupload"),
    ("Syncthing", ".stfolder"),
    ("Nextcloud", ".nextcloudsync.log"),
    ("ownCloud", ".owncloudsync.log"),
)
"""What a service puts into its folder, whatever the folder is called."""

_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_NETWORK = re.compile(
    r"(cifs|smb\d?|smbfs|nfs\d?|afpfs|davfs|fuse\.(sshfs|gvfsd-fuse|davfs2?|rclone|smbnetfs))"
)
_SERVER = re.compile(r"[\\/]{2}[^\\/?.][^\\/]*[\\/]+[^\\/]+")

_DOUBLES = (
    re.compile(r" \(.*\bconflicted copy\b.*\)", re.IGNORECASE),  # Dropbox
    re.compile(r" \(\d+\)"),  # Google Drive
    re.compile(r"\.sync-conflict-\d{8}-\d{6}(-\w+)?"),  # Syncthing
    re.compile(r"-(?!restored|merged)[\w-]*[^\W\d_][\w-]*"),  # OneDrive: the computer's name
)
"""What stands between the name of a file and its ending in that of its double."""


def shared_place(path: Path, mounts: Path = MOUNTS) -> str:
    """Return what shares the folder of a path: "OneDrive", "a network drive"; "" when nothing does.

    The path need not exist. `mounts` is what the system says of its drives (Linux).
    """
    if _SERVER.match(str(path)):
        return "a network drive"
    path = paths.real(path)
    for folder in path.parents:
        named = _service(folder)
        if named:
            return named
    return "a network drive" if _is_remote(path, mounts) else ""


def _service(folder: Path) -> str:
    for name, called in _NAMES:
        if called.fullmatch(folder.name):
            return name
    named = filter(None, map(os.environ.get, _VARIABLES))
    if os.path.normcase(folder) in map(os.path.normcase, named):
        return "OneDrive"
    for name, mark in _MARKS:
        with suppress(OSError):
            if (folder / mark).exists():
                return name
    return ""


def _is_remote(path: Path, mounts: Path) -> bool:
    if windows.HERE:
        return windows.is_remote(path.anchor)
    at, kind = "", ""
    for place, of_kind in _mounted(mounts):
        inside = path == Path(place) or Path(place) in path.parents
        if inside and len(place) >= len(at):  # what was mounted last lies over the others
            at, kind = place, of_kind
    return bool(_NETWORK.fullmatch(kind))


def _mounted(mounts: Path) -> Iterator[tuple[str, str]]:
    r"""Yield where drives are and of what kind; a blank in a name is written as `\040`."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return
    for line in lines:
        _, place, kind, *_ = [*line.split(" "), "", "", ""]
        yield re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), place), kind


def doubles(file: File) -> list[Path]:
    """Return the files beside an open one that a service made of it and that hold more than it.

    They have a name that a service gives, are of the same review and the same person, and hold an
    entry that is not in the open file. What cannot be read is none.
    """
    if file.kind is FileKind.ARBITRATOR:
        return []  # nothing is merged into one
    own = Summary(uuid=file.uuid, kind=file.kind, person=file.reviewer)
    known: set[bytes] = set()
    found = []
    for path in _named_like(file.path):
        with suppress(UserError):
            if not paths.is_open(path) and summary.of_path(path).same_file(own):
                known = known or {id_ for (id_,) in file.rows("SELECT id FROM event")}
                if _holds_more(path, known):
                    found.append(path)
    return found


def _holds_more(path: Path, known: set[bytes]) -> bool:
    with suppress(sqlite3.Error, UserError), summary.connected(path) as connection:
        return any(id_ not in known for (id_,) in connection.execute("SELECT id FROM event"))
    return False


def _named_like(path: Path) -> list[Path]:
    found: list[Path] = []
    stem, suffix = map(os.path.normcase, (path.stem, path.suffix))
    with suppress(OSError):
        for each in path.parent.iterdir():
            between = each.stem[len(path.stem) :]
            like = os.path.normcase(each.suffix) == suffix and os.path.normcase(
                each.stem
            ).startswith(stem)
            if like and any(double.fullmatch(between) for double in _DOUBLES):
                found.append(each)
    return sorted(found)
