"""What happened: the events that name a record, the closings, the actions of an author."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from screener.store.events import COLUMNS, Event
from screener.store.file import File
from screener.store.heads import read_event
from screener.store.kinds import MANY, LogKind, Void
from screener.store.kinds.project import Correct, Different, Open, Remove, Same
from screener.store.kinds.reviewer import Close
from screener.store.past import Past

SELDOM = "e.kind NOT IN (" + ", ".join(f"'{kind}'" for kind in MANY) + ")"
"""What a query says so that the index of the kinds of which there are few is used."""


class Entry(NamedTuple):
    """One event with the kind of its log and its author."""

    event: Event
    log: LogKind
    author: str


class Closing(NamedTuple):
    """One `close` of a step: its event, where it stands, what was known of the review."""

    event: str
    log: str
    seq: int
    review: str


def of_kinds(file: File, *kinds: str, step: str | None = None) -> list[Entry]:
    """Return every event of some of the kinds of which there are few, superseded ones too."""
    marks = ", ".join("?" * len(kinds))
    at = "" if step is None else " AND e.step = ?"
    rows = file.rows(
        f"SELECT {COLUMNS}, l.kind, l.author FROM event e JOIN log l ON l.id = e.log "  # noqa: S608
        f"WHERE {SELDOM} AND e.kind IN ({marks}){at} ORDER BY e.rowid",
        (*kinds, *(() if step is None else (step,))),
    )
    return [_entry(file, row) for row in rows]


def history(file: File, subjects: Iterable[str]) -> list[Entry]:
    """Return the events that name any of these units or records, in the order written here.

    What happened to the imports that brought them happened to them.
    """
    named = list(subjects)
    marks = ", ".join("?" * len(named))
    imports = file.rows(f"SELECT DISTINCT batch FROM record WHERE uid IN ({marks})", named)  # noqa: S608
    named += [batch for (batch,) in imports]
    marks = ", ".join("?" * len(named))
    direct = file.rows(
        f"SELECT e.rowid, {COLUMNS}, l.kind, l.author FROM event e "  # noqa: S608
        "JOIN log l ON l.id = e.log "
        f"WHERE e.subject IN ({marks})",
        named,
    )
    listing = file.rows(
        f"SELECT e.rowid, {COLUMNS}, l.kind, l.author FROM event e "  # noqa: S608
        "JOIN log l ON l.id = e.log "
        f"WHERE {SELDOM} AND e.kind IN ('same', 'different', 'open', 'remove', 'correct')"
    )
    wanted = set(named)
    found = []
    for _, *row in sorted({row[0]: row for row in (*direct, *listing)}.values()):
        entry = _entry(file, row)
        if (
            entry.event.subject in wanted
            or _names(entry.event, wanted)
            or _takes_back(entry.event, wanted)
        ):
            found.append(entry)
            wanted.add(entry.event.id)
    return found


def _names(event: Event, wanted: set[str]) -> bool:
    body = event.body
    if isinstance(body, Same | Different):
        return not wanted.isdisjoint(body.records)
    if isinstance(body, Open):
        return not wanted.isdisjoint(body.subjects)
    return isinstance(body, Remove | Correct) and body.record in wanted


def _takes_back(event: Event, found: set[str]) -> bool:
    """Whether it empties one of the events found: then it names nothing itself any more."""
    return isinstance(event.body, Void) and not found.isdisjoint(event.supersedes)


def closings(file: File, step: str) -> dict[str, list[Closing]]:
    """Return, by reviewer, every `close` of a step, those opened again too.

    They come in the order of what lies before them, the same whatever was merged in what order.
    """
    found: dict[str, list[tuple[int, Closing]]] = {}
    for entry in of_kinds(file, "close", step=step):
        event = entry.event
        if isinstance(event.body, Close):
            before = sum(Past.of(file, event.log, event.seq, event.id).reach.values())
            one = Closing(event.id, event.log, event.seq, event.body.review)
            found.setdefault(entry.author, []).append((before, one))
    return {author: [one for _, one in sorted(several)] for author, several in found.items()}


def _entry(file: File, row: Sequence[Any]) -> Entry:
    *event, log, author = row
    return Entry(read_event(file, event, author), LogKind(log), author)
