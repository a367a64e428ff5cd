"""Everything that was recorded, for what tells all of it: superseded entries too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from screener.store.chain import Order
from screener.store.events import COLUMNS
from screener.store.file import File
from screener.store.heads import read_event
from screener.store.history import Entry
from screener.store.kinds import LogKind

_ALL = f"SELECT {COLUMNS}, l.kind, l.author FROM event e JOIN log l ON l.id = e.log"  # noqa: S608


def everything(file: File) -> Iterator[Entry]:
    """Yield every entry in the order they are written here; not all are held at once."""
    last = 0
    query = _ALL.replace("SELECT ", "SELECT e.rowid, ", 1)
    while rows := file.rows(f"{query} WHERE e.rowid > ? ORDER BY e.rowid LIMIT 500", (last,)):
        for _, *row in rows:
            yield _entry(file, row)
        last = rows[-1][0]


def of_kind(file: File, kind: str) -> list[Entry]:
    """Return every entry of a kind, by author, each author's in the order of the chain."""
    order = Order(file.rows)
    found = [_entry(file, row) for row in file.rows(f"{_ALL} WHERE e.kind = ?", (kind,))]
    return sorted(
        found, key=lambda one: (one.author, order.at(one.event.log, one.event.seq), one.event.id)
    )


def _entry(file: File, row: Sequence[Any]) -> Entry:
    *event, log, author = row
    return Entry(read_event(file, event, author), LogKind(log), author)
