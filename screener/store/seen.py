"""Which files this computer has checked whole and nobody has changed since.

A file is checked when it is opened and is not known: after it came from elsewhere, after a crash,
or when another program wrote to it. What says so lies in the user's own folder, not in the file.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from screener.model import UserError
from screener.store import computer

_MOST = 500


def stamp(path: Path) -> str:
    """Return what changes with every writing to a file, or "" when there is none."""
    try:
        found = os.stat(path)  # noqa: PTH116 - Path.stat is the same call; said plainly
    except OSError:
        return ""
    return f"{found.st_dev:x}-{found.st_ino:x} {found.st_size} {found.st_mtime_ns}"


def knows(found: str) -> bool:
    """Say whether a file was noted with this stamp."""
    try:
        return bool(found) and computer.read_text(_place(found)) == found
    except (OSError, ValueError):
        return False


def note(found: str) -> None:
    """Note a file as whole. A file that could not be noted is checked again, and no more."""
    if not found:
        return
    with suppress(OSError, UserError):
        place = _place(found)
        place.parent.mkdir(mode=computer.PRIVATE, exist_ok=True)
        computer.write_text(place, found)
        noted = list(place.parent.iterdir())
        if len(noted) > _MOST:
            min(noted, key=lambda each: each.stat().st_mtime).unlink()


def _place(found: str) -> Path:
    return computer.home() / "seen" / found.partition(" ")[0]
