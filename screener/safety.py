"""What keeps files safe and needs none that is open: backups, and where a file lies."""

from __future__ import annotations

from pathlib import Path

from screener.model import Backup, Progress, Summary, moments, silent
from screener.store import backups, computer, left, shelf, summary, surroundings


def find_backups(path: Path | str | None = None) -> list[Backup]:
    """Return the backups for a file that need not be whole, or there: see `Project.backups`.

    Where its review cannot be read, or without a path, they are all that this computer has.
    `UserError` when it is the project that is open.
    """
    return backups.backups_of(Path(path)) if path else backups.all_backups()


def restore(backup: Path | str, out: Path | str, progress: Progress = silent) -> Summary:
    """Write a backup as a new, verified file and return which file of the review it is."""
    return backups.restore(Path(backup), Path(out), progress)


def is_backup(path: Path | str) -> bool:
    """Say whether a path is one of the backups in the user's data folder."""
    return shelf.holds(Path(path))


def backup_time(path: Path | str) -> str:
    """Return when a backup was made, as a local ISO time, or "" where a path is none of them."""
    place = Path(path)
    return moments.here(shelf.when(place)).isoformat(timespec="seconds") if is_backup(place) else ""


def last_place(what: Summary) -> Path | None:
    """Return where a file of a review lay when it was closed last on this computer, or None.

    Its folder is still there, and is none of the program's own.
    """
    found = left.last_of(what.uuid, what.kind, what.person)
    own = found is not None and found.is_relative_to(computer.home().resolve())
    return None if own else found


def shared_place(path: Path | str) -> str:
    """Return what shares the folder of a path: "OneDrive", "a network drive", or "".

    The path need not exist.
    """
    return surroundings.shared_place(Path(path))


def summary_of(path: Path | str) -> Summary:
    """Return which file of which review a file is, as far as it can be read.

    `UserError` when there is no such file, or it is the project that is open.
    """
    return summary.of_path(Path(path))
