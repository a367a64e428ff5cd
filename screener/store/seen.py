"""Which files this computer has checked whole and nobody has changed since.

A file is checked when it is opened and is not known: after it came from elsewhere, after a crash,
or when another program wrote to it. What says so lies in the user's own folder, not in the file.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from screener.model import UserError
from screener.store import computer

_MOST = 500

Identity = tuple[int, int]


class Stamp(NamedTuple):
    """What is seen of a file without opening it; it changes with every writing to the file."""

    device: int
    inode: int
    size: int
    changed: int
    """Nanoseconds: when its content was changed, or what a program says of that."""
    touched: int = 0
    """Nanoseconds: when anything of it was changed, its name too. No program can set that; 0 on
    Windows, which does not say."""

    @property
    def identity(self) -> Identity:
        """Which file it is, whatever is written to it."""
        return self.device, self.inode


def knows(found: Stamp | None) -> bool:
    """Say whether a file was noted with this stamp."""
    try:
        return found is not None and computer.read_text(_place(found)) == _text(found)
    except (OSError, ValueError):
        return False


def note(found: Stamp) -> None:
    """Note a file as whole. A file that could not be noted is checked again, and no more."""
    with suppress(OSError, UserError):
        place = _place(found)
        place.parent.mkdir(mode=computer.PRIVATE, exist_ok=True)
        computer.write_text(place, _text(found))
        noted = list(place.parent.iterdir())
        if len(noted) > _MOST:
            min(noted, key=lambda each: each.stat().st_mtime).unlink()


def note_renamed(before: Stamp | None, now: Stamp | None) -> None:
    """Note a file that got another name by this program as whole, if it was noted before."""
    if before is None or now is None or not knows(before):
        return
    if now._replace(touched=before.touched) == before:
        note(now)


def _text(found: Stamp) -> str:
    return f"{found.device:x}-{found.inode:x} {found.size} {found.changed} {found.touched}"


def _place(found: Stamp) -> Path:
    return computer.home() / "seen" / _text(found).partition(" ")[0]
