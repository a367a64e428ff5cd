"""The folder of a review's backups: what was written there, in which order, what is kept.

A backup is known by its name; what a person puts into the folder is none, whatever it holds.
"""

from __future__ import annotations

import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from screener.store import computer
from screener.store.events import digest

LATEST, DAILY, WEEKLY = 10, 7, 8
_STAMP = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"(\d{6,})-(\d{8}T\d{12}Z)-(?:([0-9a-f]{8})-)?([0-9a-f]{12})\.screener")
"""Its number among the backups of the review, when it was made, whose file it is of (not in names
of older versions), the mark of the file's state."""


def owner(kind: str, reviewer: str) -> str:
    """Return what the names of backups call the file of that kind and person: 8 digits."""
    return digest(f"{kind} {reviewer}").hex()[:8]


def next_place(uuid: str, owner: str, mark: str) -> Path:
    """Return where the next backup of a review goes; `mark` are 12 hexadecimal digits."""
    number = max(map(_number, written(uuid)), default=0) + 1
    stamp = datetime.now(UTC).strftime(_STAMP)
    return computer.backup_folder(uuid) / f"{number:06d}-{stamp}-{owner}-{mark}.screener"


def latest_of(uuid: str, owner: str) -> list[Path]:
    """Return the backups of one file of a review that are kept whatever their age."""
    return [path for path in written(uuid) if _owner(path) == owner][:LATEST]


def written(uuid: str) -> dict[Path, datetime]:
    """Return what was written here as a backup, and when by the clock of then, the newest first.

    Newest is which has the highest number: a clock may be wrong. What is no ordinary file is none.
    """
    found: dict[Path, datetime] = {}
    for path in computer.backup_folder(uuid).glob("*.screener"):
        with suppress(ValueError, OSError):
            made = when(path)
            if stat.S_ISREG(path.stat().st_mode):
                found[path] = made
    return dict(sorted(found.items(), key=lambda each: _number(each[0]), reverse=True))


def when(backup: Path) -> datetime:
    """Return when a backup was made; `ValueError` when the name is not that of one."""
    name = _NAME.fullmatch(backup.name)
    if name is None:
        raise ValueError(backup.name)
    return datetime.strptime(name[2], _STAMP).replace(tzinfo=UTC)


def others(uuid: str) -> list[Path]:
    """Return what is called like a backup and is no ordinary file: a folder, a pipe, a device."""
    named = computer.backup_folder(uuid).glob("*.screener")
    return sorted(set(filter(lambda path: _NAME.fullmatch(path.name), named)) - {*written(uuid)})


def reviews() -> list[str]:
    """Return the ids of the reviews of which this computer has backups."""
    folders = (computer.home() / "backups").glob("*")
    return sorted(p.name for p in folders if computer.ID.fullmatch(p.name) and p.is_dir())


def holds(path: Path) -> bool:
    """Say whether a path is a backup in one of these folders."""
    folder = path.absolute().parent
    inside = folder.parent == (computer.home() / "backups").absolute()
    return inside and bool(computer.ID.fullmatch(folder.name) and _NAME.fullmatch(path.name))


def rotate(uuid: str, owner: str) -> None:
    """Delete older backups of one file of a review; those of its other files are left alone.

    Of the days and weeks the last that were written are kept.
    """
    newest_first = {path: at for path, at in written(uuid).items() if _owner(path) == owner}
    wanted = set(list(newest_first)[:LATEST])
    for period, count in (("%Y-%m-%d", DAILY), ("%G-%V", WEEKLY)):
        wanted |= _newest_of(newest_first, period, count)
    for path in newest_first:
        if path not in wanted:
            with suppress(OSError):  # somebody has it open: the next one tries again
                path.unlink()


def _number(backup: Path) -> int:
    return int(backup.name.partition("-")[0])


def _owner(backup: Path) -> str:
    name = _NAME.fullmatch(backup.name)
    return (name and name[3]) or ""


def _newest_of(newest_first: Mapping[Path, datetime], period: str, count: int) -> set[Path]:
    found: dict[str, Path] = {}
    for path, made in newest_first.items():
        found.setdefault(made.strftime(period), path)
    return set(list(found.values())[:count])
