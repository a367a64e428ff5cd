"""The cache `current`: computed from the events, rebuilt, compared.

It holds the *heads*, the events that no later event of the same author supersedes.
"""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from sys import intern

from screener.store import events, subjects
from screener.store.kinds import Body, Kind

Row = tuple[str, str, str, str, str, str, bytes, str, str, str, str, str]
"""A row of `current`: kind, step, subject, question, row, author, event, value, protocol, seen,
day, other."""
Slot = tuple[str, str, str, str, str]
Key = tuple[str, str, str, str, str, str, bytes]
"""The first seven columns of a row of `current`, which no other has."""
_INSERT = "INSERT INTO current VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_HEADS_ON = (
    "SELECT kind, step, subject, question, row, author, event FROM current "
    "WHERE subject IN (SELECT value FROM json_each(?))"
)
_DELETE = (
    "DELETE FROM current WHERE kind = ? AND step = ? AND subject = ? "
    "AND question = ? AND row = ? AND author = ? AND event = ?"
)
NOTHING = 0
"""The number of the value "", which nothing that stands has; others are numbered in `said`."""


def head_row(
    event: bytes, kind: Kind, step: str, subject: str, author: str, time: str, body: Body
) -> Row:
    """Return the row of `current` for one head.

    The words that repeat in every row are interned: a merge holds a row for every decision.
    """
    columns = body.columns()
    return (
        kind.name,
        intern(str(step)),
        intern(subject),
        columns.question,
        columns.row,
        author,
        event,
        columns.value,
        intern(columns.protocol),
        columns.seen,
        intern(time[:10]),
        columns.other,
    )


class Heads:
    """Collects events and finds which of them stand.

    An event is superseded only by one of its author at its place: of its kind, step, question and
    row (`slot`), on its subject or on a record that a join ever brought together with that.
    """

    def __init__(self) -> None:
        self._rows: list[Row] = []
        self._gone: dict[Slot, dict[bytes, tuple[str, ...]]] = defaultdict(dict)

    def add(self, row: Row, supersedes: Collection[str]) -> None:
        """Take in one event: its row of `current` and what it supersedes."""
        self._rows.append(row)
        if supersedes:
            gone = self._gone[_slot(row)]
            for old in map(bytes.fromhex, supersedes):
                gone[old] = (*gone.get(old, ()), row[2])

    def take(
        self, row: events.Row, whole: events.Envelope, kind: Kind, body: Body, author: str
    ) -> None:
        """Take in one event as it was opened, with its row and its author."""
        id_, _, _, _, _, step, subject, _ = row
        self.add(head_row(id_, kind, step, subject, author, whole.time, body), whole.supersedes)

    def standing(self, joined: Callable[[], Mapping[str, str]] = dict) -> list[Row]:
        """Return the rows of the events that stand; the collection is empty afterwards.

        `joined` gives what `ever_joined` returns; it is seldom asked for.
        """
        rows, self._rows = self._rows, []  # a merge of a hundred thousand feels the difference
        known: Mapping[str, str] | None = None
        found = []
        for row in rows:
            on = self._gone.get(_slot(row), {}).get(row[6], ())
            if on and row[2] not in on:
                known = joined() if known is None else known
                name = known.get(row[2])
                on = tuple(one for one in on if name is not None and known.get(one) == name)
            if not on:
                found.append(row)
        return found


def slot(kind: str, step: str, question: str, row: str) -> tuple[str, str, str, str]:
    """Return the place of an event beside its subject: only what stands there it supersedes.

    A reopening supersedes a close and a close a reopening: the two share their place.
    """
    return ("close" if kind == "reopen" else kind, step, question, row)


def _slot(row: Row) -> Slot:
    """Return the place of the event of a row and its author; a kind is of one kind of log."""
    return *slot(row[0], row[1], row[3], row[4]), row[5]


def all_heads(connection: sqlite3.Connection, authors: Iterable[str] | None = None) -> Heads:
    """Collect the events of all authors or of those named, to find which of them stand."""
    chosen = None if authors is None else set(authors)
    found = Heads()
    authors_of = dict(connection.execute("SELECT id, author FROM log"))
    for id_, log, name, step, subject, text in connection.execute(
        "SELECT id, log, kind, step, subject, body FROM event"
    ):
        author = authors_of[log]
        if chosen is None or author in chosen:
            whole, kind, body = events.opened(name, text)
            row = head_row(id_, kind, step, subject, author, whole.time, body)
            found.add(row, whole.supersedes)
    return found


def copy_current(connection: sqlite3.Connection, name: str, authors: Collection[str]) -> None:
    """Take over what stands of authors in an attached file, of whom nothing else is here.

    Its rows were compared with its events when it was admitted.
    """
    marks = ", ".join("?" * len(authors))
    for statement in _COPY:
        connection.execute(statement.format(a=name, authors=marks), tuple(authors))


_COPY = (
    (
        "INSERT OR IGNORE INTO main.said (value) SELECT DISTINCT s.value FROM {a}.current c "
        "JOIN {a}.said s ON s.id = c.value WHERE c.author IN ({authors}) AND s.value <> '' "
        "ORDER BY s.value"
    ),
    (
        "INSERT INTO main.current SELECT c.kind, c.step, c.subject, c.question, c.row, c.author, "
        "c.event, coalesce((SELECT t.id FROM {a}.said s JOIN main.said t ON t.value = s.value "
        "WHERE s.id = c.value), 0), c.protocol, c.seen, c.day, c.other FROM {a}.current c "
        "WHERE c.author IN ({authors})"
    ),
)


def follow_joins(connection: sqlite3.Connection, joins: Iterable[Body]) -> None:
    """Take away the heads that stand no more since some joins were written.

    What says that it takes the place of an entry on another record does so from the first join of
    the two on. Who decides in a copy has that join, but files may come in any order.
    """
    named = {uid for body in joins for uid in subjects.joined_by(body)}
    if not named:
        return
    joined = subjects.ever_joined(connection)
    names = {joined[uid] for uid in named}
    wanted = json.dumps([uid for uid, name in joined.items() if name in names])
    rivals: dict[tuple[Slot, str], list[Key]] = defaultdict(list)
    for key in connection.execute(_HEADS_ON, (wanted,)):
        kind, step, subject, question, row, author, _ = key
        rivals[(*slot(kind, step, question, row), author), joined[subject]].append(key)
    for several in rivals.values():
        if len({key[2] for key in several}) > 1:
            stands = _standing_among(connection, several, joined)
            gone = (key for key in several if key[6] not in stands)
            connection.executemany(_DELETE, gone)


def _standing_among(
    connection: sqlite3.Connection, heads: Collection[Key], joined: Mapping[str, str]
) -> set[bytes]:
    """Return which of one author's heads on joined records stand, with what led to each."""
    found = Heads()
    waiting, seen = [key[6] for key in heads], set[bytes]()
    while waiting:
        id_ = waiting.pop()
        row = connection.execute(
            "SELECT e.kind, e.step, e.subject, l.author, e.body FROM event e "
            "JOIN log l ON l.id = e.log WHERE e.id = ?",
            (id_,),
        ).fetchone()
        if id_ in seen or row is None:
            continue
        seen.add(id_)
        name, step, subject, author, text = row
        whole, kind, body = events.opened(name, text)
        found.add(head_row(id_, kind, step, subject, author, whole.time, body), whole.supersedes)
        waiting += map(bytes.fromhex, whole.supersedes)
    return {row[6] for row in found.standing(lambda: joined)}


def put(connection: sqlite3.Connection, row: Row) -> None:
    """Write the row of one new head."""
    number = NOTHING
    if row[7]:
        find, value = "SELECT id FROM said WHERE value = ?", (row[7],)
        found = connection.execute(find, value).fetchone()
        if found is None:
            connection.execute("INSERT INTO said (value) VALUES (?)", value)
            found = connection.execute(find, value).fetchone()
        (number,) = found
    connection.execute(_INSERT, (*row[:7], number, *row[8:]))


def take(connection: sqlite3.Connection, new: Row, supersedes: Iterable[str]) -> None:
    """Take away the rows of the heads that a new event (its row) supersedes, and no other's.

    What is written here names only heads on the records of its own unit.
    """
    question, at = new[3], new[4]
    place = slot(new[0], new[1], question, at)
    for old in supersedes:
        # The key of `current` begins with these columns, so the row is found without a scan.
        found = connection.execute(
            "SELECT kind, step, subject FROM event WHERE id = ?", (bytes.fromhex(old),)
        ).fetchone()
        if found and slot(found[0], found[1], question, at) == place:
            connection.execute(_DELETE, (*found, question, at, new[5], bytes.fromhex(old)))


def rebuild_in(path: Path) -> None:
    """Write the caches of a private copy anew: what is read of it is then what its events say."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        connection.execute("BEGIN")
        rebuild(connection)
        connection.execute("COMMIT")


def rebuild(connection: sqlite3.Connection) -> None:
    """Write all caches anew (inside the caller's transaction)."""
    rebuild_current(connection)
    subjects.rebuild_units(connection)


def holds(connection: sqlite3.Connection, wanted: set[Row]) -> bool:
    """Say whether `current` has these rows and no other; it is never in memory beside them."""
    (count,) = connection.execute("SELECT count(*) FROM current").fetchone()
    return count == len(wanted) and wanted.issuperset(
        connection.execute(
            "SELECT c.kind, c.step, c.subject, c.question, c.row, c.author, c.event, "
            "coalesce(s.value, ''), c.protocol, c.seen, c.day, c.other "
            "FROM current c LEFT JOIN said s ON s.id = c.value"
        )
    )


def rebuild_current(connection: sqlite3.Connection, authors: Iterable[str] | None = None) -> None:
    """Write `current` anew, for all authors or those named (inside the caller's transaction)."""
    found = all_heads(connection, authors).standing(partial(subjects.ever_joined, connection))
    if authors is None:
        connection.execute("DELETE FROM current")
        connection.execute("DELETE FROM said")
    else:
        names = [(author,) for author in sorted(set(authors))]
        connection.executemany("DELETE FROM current WHERE author = ?", names)
    numbers = {"": NOTHING}
    wanted = [(value,) for value in sorted({row[7] for row in found if row[7]})]
    connection.executemany("INSERT OR IGNORE INTO said (value) VALUES (?)", wanted)
    numbers |= connection.execute("SELECT value, id FROM said").fetchall()
    numbered = ((*row[:7], numbers[row[7]], *row[8:]) for row in sorted(found))
    connection.executemany(_INSERT, numbered)
