"""Backups: copied with SQLite's backup API into the user's data folder, verified, rotated.

Never beside the project: a synchronised folder would synchronise them too.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

from screener.model import Backup, ErrorKind, Progress, Summary, UserError, moments, silent
from screener.model.words import one_line
from screener.store import journals, paths, shelf, summary, verify
from screener.store.events import digest
from screener.store.file import File
from screener.store.opening import check_header, name_anew, open_file, private_copy
from screener.store.problems import damaged, sentence, told
from screener.store.watch import Places

PAGES = 256  # copied at a time, so that decisions get through in between
PAUSE = 0.005


def backup(
    file: File, out: Path | None = None, progress: Progress = silent, *, pause: float = 0.0
) -> Path:
    """Copy the file as it is now, verify the copy, and return where it lies.

    Without `out` it goes into the user's data folder and older ones of it are rotated. With a
    `pause` (seconds after every 256 pages) decisions get through meanwhile. `UserError` when the
    copy does not verify: then the project is damaged, and nothing was rotated.
    """
    if out is not None:
        with paths.written_beside(out, new=True) as beside:
            _copy(file, beside, progress, pause)
        return out
    held, owner = _places(file), shelf.owner(file.kind, file.reviewer)
    place = shelf.next_place(file.uuid, owner, _mark(file))
    with paths.written_beside(place) as beside:
        _copy(file, beside, progress, pause)
    shelf.rotate(file.uuid, owner)
    _note(file, place, held)
    return place


def hold(file: File) -> None:
    """Have what a file that is written over is put together from: its newest backup, or a copy.

    Whoever writes first waits for that otherwise.
    """
    if file.writable and _newest(file) is None:
        file.guard.require_base()


def backup_if_changed(
    file: File, progress: Progress = silent, *, pause: float = 0.0
) -> Path | None:
    """Make a backup unless the newest one already holds the file as it is; None when it does."""
    if file.writable and (not file.guard.watch.whole or file.guard.watch.doubted):
        return backup(file, None, progress, pause=pause)
    if _newest(file) is not None:
        return None
    return backup(file, None, progress, pause=pause)


def _newest(file: File) -> Path | None:
    """Return a backup that holds the file as it is, and note it as that."""
    held, mark = _places(file), _mark(file)
    for there in shelf.latest_of(file.uuid, shelf.owner(file.kind, file.reviewer)):
        if there.stem.endswith(mark):
            _note(file, there, held)
            return there
    return None


def _places(file: File) -> Places:
    return file.guard.watch.places if file.writable else {}


def _note(file: File, there: Path, had: Places) -> None:
    """Note that a backup has all that was in the file up to these places."""
    if file.writable:
        file.guard.watch.backed_up(there, had)


def _mark(file: File) -> str:
    """Return a short name for the file's state: what it says of itself and the ends of its logs."""
    says = file.rows("SELECT key, value FROM meta ORDER BY key")
    ends = file.rows("SELECT log, max(seq), id FROM event GROUP BY log ORDER BY log")
    text = f"{says} " + " ".join(f"{a}{b}{c.hex()}" for a, b, c in ends)
    return digest(text).hex()[:12]


def _copy(file: File, out: Path, progress: Progress, pause: float) -> None:
    def tell(_status: int, remaining: int, total: int) -> None:
        progress(total - remaining, total, "Making a backup")
        if pause:
            time.sleep(pause)

    watch = file.guard.watch if file.writable else None
    touches = watch.touches if watch is not None else 0
    try:
        with closing(sqlite3.connect(out, isolation_level=None)) as target:
            target.execute("PRAGMA journal_mode = MEMORY")
            target.execute("PRAGMA synchronous = OFF")  # synced once, when it is renamed
            file.connection.backup(target, pages=PAGES if pause else 4_096, sleep=0, progress=tell)
            journals.name_anew(target)
            problems = verify.check(target, progress)
    except sqlite3.Error as error:
        name = getattr(error, "sqlite_errorname", "")
        where = out if name.startswith(("SQLITE_FULL", "SQLITE_IOERR_WRITE")) else file.path
        raise sentence(error, where) or error from error
    if watch is not None:
        watch.note_verified(touches, whole=not problems)
    if problems:
        raise damaged(file.path, problems[0].words)


def backups(asked: Summary) -> list[Backup]:
    """Return the backups of a file, newest first, then those of other files of its review."""
    return sorted(_described_all(asked.uuid, asked), key=lambda backup: not backup.own)


def backups_of(path: Path) -> list[Backup]:
    """Return the backups for a file that need not open: of its review, else all of this computer.

    None of them is `own` where it cannot be read whose file it is. `UserError` when the path is the
    project that is open, or one that no file can have.
    """
    asked = Summary()
    if paths.identity(path) is not None:
        asked = summary.of_path(path, shelf.reviews())
    return backups(asked) if asked.uuid else all_backups()


def all_backups() -> list[Backup]:
    """Return every backup that this computer has, by review, the newest of each first."""
    nothing = Summary()
    return [each for uuid in shelf.reviews() for each in _described_all(uuid, nothing)]


def _described_all(uuid: str, asked: Summary) -> Iterator[Backup]:
    """Say what each backup of a review is.

    One that another window rotated away since it was listed is left out, and so is one that is no
    ordinary file or on a drive that does not answer, which the log names.
    """
    passed_over = shelf.others(uuid)
    for path in shelf.written(uuid):
        try:
            if found := _described(path, asked):
                yield found
        except (UserError, OSError):
            passed_over.append(path)
    for path in passed_over:
        import logging

        words = one_line(f"{path} is no ordinary file and is left out")
        logging.getLogger(__name__).warning("%s.", words)


def _described(path: Path, asked: Summary) -> Backup | None:
    """Say what one backup is; of one that is open in this process only what its name says."""
    # A name may say the first day of all years, or the last, which no clock here shows.
    made, what = moments.here(shelf.when(path)), Summary()
    if not paths.is_open(path):
        with suppress(UserError):  # what cannot be read says nothing
            what = summary.of_path(path)
    there = paths.stamp(path)
    if there is None:
        return None
    own, time_made = what.same_file(asked), made.isoformat(timespec="seconds")
    return Backup(path=path, made=time_made, size=there.size, what=what, own=own)


def restore(source: Path, out: Path, progress: Progress = silent) -> Summary:
    """Write a backup as a new file, verified, and return what it is; the backup stays.

    `UserError` when the backup is damaged or something lies at `out` already.
    """
    paths.require_file(source)
    check_header(source)
    with paths.written_beside(out, new=True) as beside:
        private_copy(source, beside)
        try:
            with told(beside):
                name_anew(beside)
            file = open_file(beside, write=False)
        except UserError as error:
            if error.kind in (ErrorKind.DAMAGED, ErrorKind.ALTERED, ErrorKind.NOT_OURS):
                raise _unusable(source, "it is not whole") from error
            raise
        try:
            problems = verify.check(file.connection, progress)
            what = summary.of_open(file)
        finally:
            file.close()
        if problems:
            raise _unusable(source, problems[0].words)
    return what


def _unusable(backup: Path, what: str) -> UserError:
    return UserError(
        f"{backup.name} is damaged ({what.rstrip('.')}); choose an older backup.",
        kind=ErrorKind.DAMAGED,
    )
