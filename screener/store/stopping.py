"""Ending a statement of SQLite that runs long, when the person has stopped the work."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import get_ident

from screener.model import Cancelled, Progress

STEPS = 200_000  # of SQLite's virtual machine between two questions: some hundredths of a second


@contextmanager
def stoppable(connection: sqlite3.Connection, progress: Progress, what: str) -> Iterator[None]:
    """Have `progress` called while statements run; `Cancelled` ends the statement that runs.

    One statement over a hundred thousand rows takes seconds, and a person who presses *Stop*
    should not wait for its end. What another thread reads meanwhile is not stopped.
    """
    stopped: list[Cancelled] = []
    mine = get_ident()

    def look() -> int:
        if get_ident() != mine:
            return 0
        try:
            progress(0, None, what)
        except Cancelled as error:
            stopped.append(error)
        return len(stopped)

    connection.set_progress_handler(look, STEPS)
    try:
        yield
    except sqlite3.OperationalError as error:
        if stopped:
            raise stopped[0] from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
