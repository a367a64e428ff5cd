"""Drives without room, and drives that cannot be read: the place in words, and what is free."""

from __future__ import annotations

import errno
import os
import re
import tempfile
from pathlib import Path

from screener.model import ErrorKind, UserError

_FULL = frozenset((errno.ENOSPC, errno.EFBIG, getattr(errno, "EDQUOT", errno.ENOSPC)))
_UNREAD = frozenset(
    getattr(errno, name) for name in ("EIO", "ENXIO", "ESTALE", "ENODEV") if hasattr(errno, name)
)
_OWN_FOLDER = re.compile(r"\.?screener-[\w-]+")
_UNITS = ("bytes", "KB", "MB", "GB", "TB")


def is_full(error: OSError) -> bool:
    """Whether a drive has no room, or lets no file grow so large."""
    return error.errno in _FULL


def is_unread(error: OSError) -> bool:
    """Whether a drive gave an error for what was asked of it, or is gone."""
    return error.errno in _UNREAD


def full(path: Path, error: OSError | None = None) -> UserError:
    """Return the sentence for a file, written or to be written, that its drive has no room for."""
    large = error is not None and error.errno == errno.EFBIG
    what = "No file may grow so large there" if large else "The disk is full"
    return UserError(
        f"{what}, so this was not saved; make room on the drive of {shown(path)} "
        f"({drive(path)}) and do it again.",
        kind=ErrorKind.FULL,
    )


def unread(path: Path) -> UserError:
    """Return the sentence for a file that its drive gave an error for, instead of what is in it."""
    return UserError(
        f"The drive of {shown(path)} ({drive(path)}) could not be read; check it and its "
        "connection and do it again, nothing was changed.",
        kind=ErrorKind.UNREADABLE,
    )


def unusable_temporary(error: OSError) -> UserError:
    """Return the sentence for a folder for temporary files in which nothing can be written."""
    folder = _temporary()
    where = f"The folder for temporary files, {folder}," if folder else "No temporary folder"
    said = f"{error.strerror or error}{f'; {drive(folder)}' if folder else ''}"
    return UserError(
        f"{where} cannot be used ({said}); make room there, or name another one with TMPDIR, and "
        "do it again. Nothing was changed.",
        kind=ErrorKind.FULL,
    )


def _temporary() -> Path | None:
    try:
        return Path(tempfile.gettempdir())
    except OSError:
        return None


def shown(path: Path) -> Path:
    """Return the path a person knows: that of the folder around one that is ours for a while."""
    whole = path.absolute()
    around = (folder for folder in whole.parents if _OWN_FOLDER.fullmatch(folder.name))
    outermost = list(around)[-1:]
    return outermost[0].parent if outermost else path


def drive(path: Path) -> str:
    """Say where the drive of a path begins and how much is free on it."""
    place = path.absolute()
    while not place.exists() and place != place.parent:
        place = place.parent
    try:
        free = _free(place)
    except OSError:
        return "which is gone"
    while not os.path.ismount(place) and place != place.parent:
        place = place.parent
    return f"{place}, {_size(free)} free"


def _free(place: Path) -> int:
    import shutil  # only a drive that is full waits for it

    return shutil.disk_usage(place).free


def _size(free: int) -> str:
    size, unit = float(free), 0
    while size >= 1000 and unit < len(_UNITS) - 1:
        size, unit = size / 1000, unit + 1
    return f"{size:.0f} {_UNITS[unit]}" if size >= 10 or not unit else f"{size:.1f} {_UNITS[unit]}"
