"""A long statement ends when the person has stopped it."""

from __future__ import annotations

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from screener.model import Cancelled, silent
from screener.store.stopping import stoppable

ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n"


def test_a_statement_without_end_is_stopped_and_the_connection_goes_on():
    asked = []

    def progress(done, total, what, /):
        asked.append(what)
        if len(asked) == 3:
            raise Cancelled

    connection = sqlite3.connect(":memory:")
    with pytest.raises(Cancelled), stoppable(connection, progress, "Counting"):
        connection.execute(ENDLESS).fetchone()
    assert asked == ["Counting"] * 3
    assert connection.execute("SELECT 1").fetchone() == (1,)
    connection.close()


def test_an_error_of_the_statement_stays_what_it_is():
    connection = sqlite3.connect(":memory:")
    with pytest.raises(sqlite3.OperationalError), stoppable(connection, silent, "Asking"):
        connection.execute("SELECT * FROM nothing")
    connection.close()


def test_what_another_thread_reads_meanwhile_is_not_stopped():
    connection = sqlite3.connect(":memory:", check_same_thread=False)
    begun, go_on = threading.Event(), threading.Event()
    asked = []

    def progress(done, total, what, /):
        asked.append(threading.get_ident())
        raise Cancelled

    def work():
        with stoppable(connection, progress, "Checking"):
            begun.set()
            go_on.wait()
            connection.execute(ENDLESS).fetchone()

    with ThreadPoolExecutor(1) as worker:
        task = worker.submit(work)
        begun.wait()
        try:
            (count,) = connection.execute(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 100000) "
                "SELECT count(*) FROM n"
            ).fetchone()
        finally:
            go_on.set()
        with pytest.raises(Cancelled):
            task.result()
    assert count == 100_000
    assert threading.get_ident() not in asked
    connection.close()
