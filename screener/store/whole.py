"""A file that is not known to be whole is checked before anything is read from it or made of it."""

from __future__ import annotations

from screener.model import Changes, Kind, Progress, silent
from screener.store import caches, opening, seen, verify
from screener.store.file import File
from screener.store.problems import damaged


def checked(file: File, progress: Progress = silent) -> File:
    """Return the file, whole: itself, or when only its caches were wrong one with them mended.

    What follows from the events is written anew in a file open for writing, and in a private copy
    of one open for reading. `UserError` when anything else is wrong: the file stays as it is.
    """
    if file.whole:
        return file
    problems = verify.check(file.connection, progress)
    wrong = [problem for problem in problems if problem.kind != verify.CACHE]
    if wrong:
        raise damaged(file.path, wrong[0].words)
    if problems and not file.writable:
        file.close()
        return opening.open_private(file.path, mend=caches.rebuild_in)
    if problems:
        with file.transaction():
            caches.rebuild(file.connection)
        file.notify(Changes(action="", kinds=frozenset(Kind)))
    file.whole = True
    if file.stamp and not file.writable:
        seen.note(file.stamp)
    return file


def require_sound(file: File, progress: Progress = silent) -> None:
    """Check a file that is open for reading and stays open; `UserError` when anything is wrong."""
    if file.whole:
        return
    if problems := verify.check(file.connection, progress):
        raise damaged(file.path, problems[0].message)
    file.whole = True
    if file.stamp:
        seen.note(file.stamp)
