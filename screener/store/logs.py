"""The logs of a file: whose they are, what they hold, and the order of the project's events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from screener.store import events
from screener.store.caches import slot
from screener.store.chain import Order
from screener.store.file import File
from screener.store.heads import OF_ANSWERS, events_of, memberships, read_event, within
from screener.store.kinds import LogKind


class Log(NamedTuple):
    """One log: its id, kind, author (a reviewer's id or "coordinator"), computer."""

    id: str
    kind: LogKind
    author: str
    computer: str


def logs(file: File) -> list[Log]:
    """Return all logs of a file, by kind, author and id."""
    rows = file.rows("SELECT id, kind, author, computer FROM log ORDER BY kind, author, id")
    return [Log(id_, LogKind(kind), author, computer) for id_, kind, author, computer in rows]


def authors(file: File) -> list[str]:
    """Return the ids of the reviewers whose logs are in a file, sorted."""
    return sorted({log.author for log in logs(file) if log.kind is LogKind.REVIEWER})


def holds(file: File, kind: LogKind) -> bool:
    """Say whether a log of a kind is in a file."""
    return bool(file.rows("SELECT 1 FROM log WHERE kind = ? LIMIT 1", (kind,)))


def project_events(file: File) -> dict[str, int]:
    """Return the place of every event of the project log, by its id, from 1 in their order.

    The place says what was opened before a reviewer closed: the copies hold the same log. Their
    order is that of the chain.
    """
    rows = file.rows(
        "SELECT e.log, e.seq, e.id FROM log l CROSS JOIN event e ON e.log = l.id "
        "WHERE l.kind = 'project'"
    )
    order = Order(file.rows)
    ordered = sorted((order.at(log, seq), id_) for log, seq, id_ in rows)
    return {id_.hex(): place for place, (_, id_) in enumerate(ordered, 1)}


def last_project_event(file: File) -> str:
    """Return the id of the last event of the project log, or "" in a file that has none."""
    return next(reversed(project_events(file)), "")


def changes(file: File, ids: list[str]) -> list[events.Event]:
    """Return some events of the project log, in the order of the ids."""
    found = {event.id: event for _, event in events_of(file, ids)}
    return [found[id_] for id_ in ids]


def count_events(file: File) -> int:
    """Return how many events a file holds."""
    return int(file.value("SELECT count(*) FROM event"))


def new_kinds(target: File | None, incoming: File, taken: Collection[str]) -> Counter[str]:
    """Return how many events of each kind the logs named have that the target has not.

    A log the target has not at all is counted by SQLite; only of logs it has are ids compared.
    """
    known = {log.id for log in logs(target)} if target else set()
    found: Counter[str] = Counter()
    for log in logs(incoming):
        if log.id not in taken:
            continue
        if log.id not in known or target is None:
            query = "SELECT kind, count(*) FROM event WHERE log = ? GROUP BY kind"
            found.update(dict(incoming.rows(query, (log.id,))))
        else:
            here = {id_ for (id_,) in target.rows("SELECT id FROM event WHERE log = ?", (log.id,))}
            rows = incoming.rows("SELECT id, kind FROM event WHERE log = ?", (log.id,))
            found.update(kind for id_, kind in rows if id_ not in here)
    return found


def new_standing(target: File | None, incoming: File, taken: Collection[str]) -> Counter[str]:
    """Return by kind how many answers stand in the logs named that the target has not.

    One that was changed, or taken back and repeated, is several events and stands once.
    """
    query = (
        "SELECT e.id, e.kind FROM current c JOIN event e ON e.id = c.event "  # noqa: S608
        f"WHERE e.log = ? AND c.kind IN ({OF_ANSWERS}) AND c.value <> 0"
    )
    found: Counter[str] = Counter()
    for log in taken:
        rows = target.rows("SELECT id FROM event WHERE log = ?", (log,)) if target else ()
        here = {id_ for (id_,) in rows}
        found.update(kind for id_, kind in incoming.rows(query, (log,)) if id_ not in here)
    return found


def new_answers(target: File, incoming: File, taken: Collection[str]) -> dict[str, set[str]]:
    """Return the subjects of answers in the logs named that the target has not, by their step."""
    known = {log.id for log in logs(target)}
    unit_of = memberships(target)
    query = f"SELECT id, step, subject FROM event WHERE log = ? AND kind IN ({OF_ANSWERS})"  # noqa: S608
    found: dict[str, set[str]] = {}
    for log in taken:
        rows = target.rows("SELECT id FROM event WHERE log = ?", (log,)) if log in known else ()
        here = {id_ for (id_,) in rows}
        for id_, step, subject in incoming.rows(query, (log,)):
            if id_ not in here:
                found.setdefault(step, set()).add(unit_of.get(subject, subject))
    return found


def ends(file: File) -> frozenset[tuple[str, bytes]]:
    """Return the last entry of every log: two files with the same ends hold the same."""
    rows = file.rows("SELECT log, id, max(seq) FROM event GROUP BY log")
    return frozenset((log, id_) for log, id_, _ in rows)


def branched(file: File) -> bool:
    """Say whether a log of a file has two events of one number: it was continued twice."""
    query = "SELECT 1 FROM event GROUP BY log HAVING count(*) > max(seq) LIMIT 1"
    return bool(file.rows(query))


def forked(target: File, incoming: File) -> bool:
    """Say whether one log was continued in both files, so that two events have one number."""
    shared = {log.id for log in logs(target)} & {log.id for log in logs(incoming)}
    query = "SELECT seq, id FROM event WHERE log = ?"
    for log in shared:
        here: dict[int, set[bytes]] = {}
        for seq, id_ in target.rows(query, (log,)):
            here.setdefault(seq, set()).add(id_)
        if any(seq in here and id_ not in here[seq] for seq, id_ in incoming.rows(query, (log,))):
            return True
    return False


def owners(file: File, ids: Iterable[str]) -> dict[str, tuple[LogKind, str]]:
    """Return the kind of log and the author of those of some events that are here."""
    query = "SELECT e.id, l.kind, l.author FROM event e JOIN log l ON l.id = e.log WHERE e.id IN"
    return {
        id_.hex(): (LogKind(kind), author)
        for id_, kind, author in within(file, query, map(bytes.fromhex, ids))
    }


class Place(NamedTuple):
    """Where an event stands: whose log it is in, its slot (see `caches.slot`) and its subject."""

    log: LogKind
    author: str
    slot: tuple[str, str, str, str]
    subject: str
    words: str


def places_of(file: File, ids: Iterable[str]) -> dict[str, Place]:
    """Return where those of some events stand that are here."""
    found = {}
    for author, event in events_of(file, ids):
        at = event.body.columns()
        found[event.id] = Place(
            event.kind.log,
            author,
            slot(event.kind.name, event.step, at.question, at.row),
            event.subject,
            event.kind.words,
        )
    return found


def first_kind(file: File, log: str) -> str:
    """Return the kind of the first event of a log, or "" for a log that has none."""
    return str(file.value("SELECT kind FROM event WHERE log = ? ORDER BY seq LIMIT 1", (log,)))


def events_in(file: File, kind: LogKind) -> Iterator[tuple[str, events.Event]]:
    """Yield author and event of every event in the logs of a kind, in the order written here."""
    for *row, author in file.rows(
        f"SELECT {events.COLUMNS}, l.author FROM log l "  # noqa: S608 - fixed columns
        "CROSS JOIN event e ON e.log = l.id WHERE l.kind = ? ORDER BY e.rowid",
        (kind,),
    ):
        yield author, read_event(file, row, author)
