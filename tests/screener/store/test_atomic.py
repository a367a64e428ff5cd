"""Transactions inside transactions: a part that fails is taken back by itself."""

from __future__ import annotations

import sqlite3
from contextlib import ExitStack, closing, suppress

import pytest

from screener.store.atomic import atomic


class Stop(Exception):  # noqa: N818 - what a block ends with
    pass


@pytest.fixture
def connection():
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as made:
        made.execute("CREATE TABLE kept (n INTEGER UNIQUE)")
        yield made


def kept(connection):
    return [n for (n,) in connection.execute("SELECT n FROM kept ORDER BY n")]


def put(connection, n):
    connection.execute("INSERT INTO kept VALUES (?)", (n,))


def test_a_part_that_fails_is_taken_back_alone(connection):
    with atomic(connection):
        put(connection, 1)
        with suppress(Stop), atomic(connection):
            put(connection, 2)
            with atomic(connection):
                put(connection, 3)
            raise Stop
        with atomic(connection):
            put(connection, 4)
        assert connection.in_transaction
    assert not connection.in_transaction
    assert kept(connection) == [1, 4]


def test_what_fails_takes_back_every_part_of_it(connection):
    def work():
        with atomic(connection):
            with atomic(connection):
                put(connection, 1)
            raise Stop

    with pytest.raises(Stop):
        work()
    assert (kept(connection), connection.in_transaction) == ([], False)


@pytest.mark.parametrize("parts", [0, 1])
def test_an_error_that_ended_the_transaction_is_the_one_that_is_told(connection, parts):
    put(connection, 1)

    def work():
        with ExitStack() as stack:
            for _ in range(1 + parts):
                stack.enter_context(atomic(connection))
                connection.execute("INSERT INTO kept VALUES (NULL)")
            connection.execute("INSERT OR ROLLBACK INTO kept VALUES (1)")

    with pytest.raises(sqlite3.IntegrityError):
        work()
    assert (kept(connection), connection.in_transaction) == ([1], False)
