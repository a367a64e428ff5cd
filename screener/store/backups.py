"""Backups: copied with SQLite's backup API into the user's data folder, verified, rotated.

Never beside the project: a synchronised folder would synchronise them too.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from screener.model import ErrorKind, Progress, UserError, silent
from screener.store import computer, paths, verify
from screener.store.events import digest
from screener.store.file import File
from screener.store.opening import check_header, open_file, private_copy, take_back_unsaved
from screener.store.problems import sentence

PAGES = 256  # copied at a time, so that decisions get through in between
PAUSE = 0.005
LATEST, DAILY, WEEKLY = 10, 7, 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """One backup: where it lies, when it was made (local ISO time), its size in bytes."""

    path: Path
    made: str
    size: int


def backup(
    file: File, out: Path | None = None, progress: Progress = silent, *, pause: float = 0.0
) -> Path:
    """Copy the file as it is now, verify the copy, and return where it lies.

    Without `out` it goes into the user's data folder and older ones are rotated. With a `pause`
    (seconds after every 256 pages) decisions get through meanwhile. `UserError` when the copy does
    not verify: then the project is damaged, and nothing was rotated.
    """
    if out is not None:
        paths.require_folder(out)
        with paths.written_beside(out, new=True) as beside:
            _copy(file, beside, progress, pause)
        return out
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    place = computer.backup_folder(file.uuid) / f"{stamp}-{_mark(file)}.screener"
    with paths.written_beside(place) as beside:
        _copy(file, beside, progress, pause)
    _rotate(file)
    return place


def backup_if_changed(
    file: File, progress: Progress = silent, *, pause: float = 0.0
) -> Path | None:
    """Make a backup unless the newest one already holds the file as it is; None when it does."""
    if any(b.path.stem.endswith(_mark(file)) for b in backups(file.uuid)[:LATEST]):
        return None
    return backup(file, None, progress, pause=pause)


def _mark(file: File) -> str:
    """Return a short name for the file's state: its kind, reviewer and the ends of its logs."""
    ends = file.rows("SELECT log, max(seq), id FROM event GROUP BY log ORDER BY log")
    text = f"{file.kind} {file.reviewer} " + " ".join(f"{a}{b}{c.hex()}" for a, b, c in ends)
    return digest(text).hex()[:12]


def _copy(file: File, out: Path, progress: Progress, pause: float) -> None:
    def tell(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total, "Making a backup")
        if pause:
            time.sleep(pause)

    try:
        with closing(sqlite3.connect(out, isolation_level=None)) as target:
            target.execute("PRAGMA journal_mode = MEMORY")
            target.execute("PRAGMA synchronous = OFF")  # synced once, when it is renamed
            file.connection.backup(target, pages=PAGES if pause else 4_096, sleep=0, progress=tell)
            problems = verify.check(target, progress)
    except sqlite3.Error as error:
        where = out if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL" else file.path
        raise sentence(error, where) or error from error
    if problems:
        raise UserError(
            f"{file.path.name} is damaged ({problems[0].message.rstrip('.')}); "
            "restore a backup of it (File, Backups), nothing was changed.",
            kind=ErrorKind.DAMAGED,
        )


def backups(uuid: str) -> list[Backup]:
    """Return the backups of a review, newest first."""
    return [
        Backup(
            path=p, made=_made(p).astimezone().isoformat(timespec="seconds"), size=p.stat().st_size
        )
        for p in sorted(computer.backup_folder(uuid).glob("2*.screener"), reverse=True)
    ]


def _made(path: Path) -> datetime:
    return datetime.strptime(path.name.partition("-")[0], "%Y%m%dT%H%M%S%fZ").replace(tzinfo=UTC)


def _rotate(file: File) -> None:
    kept = [b.path for b in backups(file.uuid)]
    wanted = set(kept[:LATEST])
    wanted |= set(_newest_of(kept, "%Y-%m-%d", DAILY)) | set(_newest_of(kept, "%G-%V", WEEKLY))
    for path in kept:
        if path not in wanted:
            path.unlink(missing_ok=True)


def _newest_of(newest_first: Iterable[Path], period: str, count: int) -> list[Path]:
    found: dict[str, Path] = {}
    for path in newest_first:
        found.setdefault(_made(path).strftime(period), path)
    return list(found.values())[:count]


def restore(source: Path, out: Path, progress: Progress = silent) -> None:
    """Write a backup as a new project file, verified; the backup stays.

    `UserError` when the backup is damaged or something lies at `out` already.
    """
    paths.require_file(source)
    check_header(source)
    with paths.written_beside(out, new=True) as beside:
        private_copy(source, beside)
        take_back_unsaved(beside)
        file = open_file(beside, write=False)
        try:
            problems = verify.check(file.connection, progress)
        finally:
            file.close()
        if problems:
            raise UserError(
                f"{source.name} is damaged ({problems[0].message.rstrip('.')}); "
                "choose an older backup.",
                kind=ErrorKind.DAMAGED,
            )
