"""Backups: copied with SQLite's backup API into the user's data folder, verified, rotated.

Never beside the project: a synchronised folder would synchronise them too.
"""

from __future__ import annotations

import re
import sqlite3
import time
from collections.abc import Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from screener.model import ErrorKind, Progress, UserError, silent
from screener.store import computer, journals, paths, verify
from screener.store.events import digest
from screener.store.file import File
from screener.store.opening import check_header, open_file, private_copy, take_back_unsaved
from screener.store.problems import damaged, sentence
from screener.store.watch import Places

PAGES = 256  # copied at a time, so that decisions get through in between
PAUSE = 0.005
LATEST, DAILY, WEEKLY = 10, 7, 8
_STAMP = "%Y%m%dT%H%M%S%fZ"
_NAME = re.compile(r"(\d{6,})-(\d{8}T\d{12}Z)-([0-9a-f]{12})\.screener")
"""Its number among the backups of the review, when it was made, the mark of the file's state."""


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
    held, number = _places(file), max(map(_number, _ours(file.uuid)), default=0) + 1
    name = f"{number:06d}-{datetime.now(UTC).strftime(_STAMP)}-{_mark(file)}.screener"
    place = computer.backup_folder(file.uuid) / name
    with paths.written_beside(place) as beside:
        _copy(file, beside, progress, pause)
    _rotate(file.uuid)
    _note(file, place, held)
    return place


def backup_if_changed(
    file: File, progress: Progress = silent, *, pause: float = 0.0
) -> Path | None:
    """Make a backup unless the newest one already holds the file as it is; None when it does."""
    held, mark = _places(file), _mark(file)
    for there in list(_ours(file.uuid))[:LATEST]:
        if there.stem.endswith(mark):
            _note(file, there, held)
            return None
    return backup(file, None, progress, pause=pause)


def _places(file: File) -> Places:
    return file.guard.watch.places if file.writable else {}


def _note(file: File, there: Path, had: Places) -> None:
    """Note that a backup has all that was in the file up to these places."""
    if file.writable:
        file.guard.watch.backed_up(there, had)


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
            journals.name_anew(target)
            problems = verify.check(target, progress)
    except sqlite3.Error as error:
        where = out if getattr(error, "sqlite_errorname", "") == "SQLITE_FULL" else file.path
        raise sentence(error, where) or error from error
    if problems:
        raise damaged(file.path, problems[0].message)


def backups(uuid: str) -> list[Backup]:
    """Return the backups of a review, newest first."""
    return [
        Backup(path=p, made=m.astimezone().isoformat(timespec="seconds"), size=p.stat().st_size)
        for p, m in _ours(uuid).items()
    ]


def _number(backup: Path) -> int:
    return int(backup.name.partition("-")[0])


def _ours(uuid: str) -> dict[Path, datetime]:
    """Return what was written here as a backup, and when by the clock of then, the newest first.

    Newest is which has the highest number: a clock may be wrong. What a person put into the folder
    is none, whatever it holds.
    """
    found: dict[Path, datetime] = {}
    for path in computer.backup_folder(uuid).glob("*.screener"):
        name = _NAME.fullmatch(path.name)
        if name:
            with suppress(ValueError):  # the digits are no date
                found[path] = datetime.strptime(name[2], _STAMP).replace(tzinfo=UTC)
    return dict(sorted(found.items(), key=lambda each: _number(each[0]), reverse=True))


def _rotate(uuid: str) -> None:
    """Delete older backups; of the days and weeks the last that were written are kept."""
    newest_first = _ours(uuid)
    wanted = set(list(newest_first)[:LATEST])
    for period, count in (("%Y-%m-%d", DAILY), ("%G-%V", WEEKLY)):
        wanted |= _newest_of(newest_first, period, count)
    for path in newest_first:
        if path not in wanted:
            path.unlink(missing_ok=True)


def _newest_of(newest_first: Mapping[Path, datetime], period: str, count: int) -> set[Path]:
    found: dict[str, Path] = {}
    for path, made in newest_first.items():
        found.setdefault(made.strftime(period), path)
    return set(list(found.values())[:count])


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
