"""What is said of a file that is older than what was saved in it here, or somebody else's."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from screener.model import UserError
from screener.model.moments import local
from screener.model.words import counted
from screener.store import left, paths, shelf, summary
from screener.store.file import File


@dataclass(frozen=True, slots=True, kw_only=True)
class Older:
    """A sentence about a file in place of what was saved there, and where that was kept."""

    sentence: str
    kept: Path | None
    accept: Callable[[], None]
    """Take the file as it is: nothing more is said of what was there before."""


def find(file: File) -> Older | None:
    """Say what is wrong with the place of an open file; None where it is as it was left here."""
    before = left.of(file.path)
    if before is None:
        return None
    other = not before.is_of(file.uuid, file.kind, file.reviewer)
    if not other and not before.behind(file.connection):
        return None
    kept = Path(before.kept) if before.kept and Path(before.kept).is_file() else None
    accept, name = partial(left.note, file.path, file.connection), file.path.name
    newer = _where(before, kept)
    if other:
        what = summary.of_open(file)
        review = f" of the review “{what.title}”" if before.uuid != file.uuid else ""
        return Older(
            sentence=f"{name} is {what.whose}{review} now, and not the file that was open here "
            f"under this name before; that one {newer}.",
            kept=kept,
            accept=accept,
        )
    more = before.events - left.read(file.path, file.connection).events
    amount = f", {counted(more, 'entry', 'entries')} more" if more > 0 else ""
    return Older(
        sentence=f"{name} is older than what was last saved in it on this computer "
        f"({_when(before.time)}{amount}); the newer {newer}.",
        kept=kept,
        accept=accept,
    )


def _where(before: left.Left, kept: Path | None) -> str:
    """Say where the file that was there before is, as far as it is known."""
    if kept is not None:
        return f"is in {kept}, open that file"
    backups: list[Path] = []
    with suppress(UserError, OSError):  # the folder of backups cannot be read
        owner = shelf.owner(before.kind, before.person)
        backups = shelf.latest_of(before.uuid, owner)
    if any(_has_all(backup, before) for backup in backups):
        return "is among its backups"
    return "is in no backup of this computer, look for it where it was moved to"


def _has_all(backup: Path, before: left.Left) -> bool:
    """Say whether a backup, which nobody writes to, has everything that a file had."""
    if paths.is_open(backup):
        return False  # a second connection, closed again, would take its locks away
    with suppress(sqlite3.Error, OSError):
        where = f"{paths.uri(backup, 'ro')}&immutable=1"
        with closing(sqlite3.connect(where, uri=True)) as connection:
            return not before.is_not_all_in(connection)
    return False


def _when(time: str) -> str:
    at = local(time)
    return f"{at.day} {at:%B %Y, %H:%M}" if at else "at an unknown time"
