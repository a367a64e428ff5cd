"""What happened: events that name a record, actions of an author, the past of an event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from screener.model.step import Said
from screener.store.chain import Order
from screener.store.events import COLUMNS, Event
from screener.store.file import File
from screener.store.heads import OF_ANSWERS, memberships, read_event, within
from screener.store.kept import kept
from screener.store.kinds import MANY, LogKind, Void
from screener.store.kinds.project import Correct, Different, Open, Remove, Same
from screener.store.kinds.reviewer import Answer, Close, Reopen


@dataclass(frozen=True, slots=True)
class Past:
    """What lies in the past of an event: how far each log reaches into it (log id to number).

    Where a log was continued twice, a number does not say which branch it is of: then `chain` has
    the ids of the events in that log that lead to the event, and no other counts.
    """

    reach: dict[str, int]
    chain: dict[str, frozenset[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, file: File, log: str, seq: int, event: str) -> Past:
        """Return the past of an entry: its own log, those it goes on from, and those it knew.

        A close or a reopening in it names the last entries of the reviewer's other logs that were
        in the file then.
        """
        past: dict[str, int] = {}
        chain: dict[str, frozenset[str]] = {}
        ends = [(log, seq, event)]
        while ends:
            log, seq, event = ends.pop()
            if log in kept(file, _branched):
                leading = _leading_to(file, log, event)
                if event in chain.get(log, ()):
                    continue
                chain[log] = leading | chain.get(log, frozenset())
            elif seq <= past.get(log, 0):
                continue
            past[log] = max(seq, past.get(log, 0))
            begun = file.rows(
                "SELECT b.log, b.seq, b.id FROM event a JOIN event b ON b.id = a.prev "
                "WHERE a.log = ? AND a.seq = 1",
                (log,),
            )
            ends += [(before, at, id_.hex()) for before, at, id_ in begun]
            known = [one for at in _moments(file, log, seq, chain.get(log)) for one in at.known]
            named = within(file, "SELECT log, seq, id FROM event WHERE id IN", map(_raw, known))
            ends += [(other, at, id_.hex()) for other, at, id_ in named]
        return cls(past, chain)

    def holds(self, log: str, seq: int, event: str) -> bool:
        """Say whether an entry lies in this past."""
        return event in self.chain[log] if log in self.chain else seq <= self.reach.get(log, 0)

    def and_also(self, other: Past) -> Past:
        """Return what lies in one of two pasts."""
        none: frozenset[str] = frozenset()
        return Past(
            {
                log: max(self.reach.get(log, 0), other.reach.get(log, 0))
                for log in self.reach.keys() | other.reach.keys()
            },
            {
                log: self.chain.get(log, none) | other.chain.get(log, none)
                for log in self.chain.keys() | other.chain.keys()
            },
        )


_raw = bytes.fromhex


def _moments(
    file: File, log: str, last: int, chain: frozenset[str] | None
) -> Iterator[Close | Reopen]:
    """Yield the closes and reopenings of a log up to an entry, or of the chain that leads to it."""
    rows = file.rows(
        f"SELECT {COLUMNS} FROM event e WHERE {SELDOM} "  # noqa: S608 - fixed words
        "AND e.kind IN ('close', 'reopen') AND +e.log = ? AND e.seq <= ?",
        (log, last),
    )
    for row in rows:
        if chain is None or row[0].hex() in chain:
            body = read_event(file, row, "").body
            if isinstance(body, Close | Reopen):
                yield body


def _branched(file: File) -> frozenset[str]:
    """Return the logs that were continued twice."""
    # A log is a chain: its numbers have no gaps, so there are more events only where two share one.
    rows = file.rows("SELECT log FROM event GROUP BY log HAVING count(*) > max(seq)")
    return frozenset(log for (log,) in rows)


def _leading_to(file: File, log: str, event: str) -> frozenset[str]:
    """Return the ids of the events of a log that lead to one of them, that one included."""
    before: dict[bytes, bytes | None] = dict(
        file.rows("SELECT id, prev FROM event WHERE log = ?", (log,))
    )
    found: set[str] = set()
    at: bytes | None = bytes.fromhex(event)
    while at is not None and at in before:
        found.add(at.hex())
        at = before[at]
    return frozenset(found)


def answered_in(file: File, step: str, author: str, past: Past, *, inside: bool = True) -> set[str]:
    """Return the subjects that an author had answered at a step in a past, or outside of it."""
    unit_of = memberships(file)
    rows = file.rows(
        "SELECT e.subject, e.log, e.seq, e.id FROM event e JOIN log l ON l.id = e.log "  # noqa: S608
        f"WHERE l.author = ? AND e.step = ? AND e.kind IN ({OF_ANSWERS})",
        (author, step),
    )
    return {
        unit_of.get(subject, subject)
        for subject, log, seq, id_ in rows
        if past.holds(log, seq, id_.hex()) is inside
    }


def answers_in(file: File, step: str, author: str, past: Past) -> dict[str, tuple[Said, ...]]:
    """Return what an author's answers at a step said in a past, by subject.

    Answers given with another's in view are left out: they are not independent.
    """
    unit_of = memberships(file)
    here: dict[str, tuple[str, Said]] = {}
    gone: set[str] = set()
    for row in file.rows(
        f"SELECT {COLUMNS} FROM event e JOIN log l ON l.id = e.log "  # noqa: S608 - fixed words
        f"WHERE l.author = ? AND e.step = ? AND e.kind IN ({OF_ANSWERS})",
        (author, step),
    ):
        event = read_event(file, row, author)
        if not past.holds(event.log, event.seq, event.id):
            continue
        gone.update(event.supersedes)
        columns = event.body.columns()
        if columns.value and not (isinstance(event.body, Answer) and event.body.seen):
            subject = unit_of.get(event.subject, event.subject)
            here[event.id] = subject, Said(author, columns.question, columns.row, columns.value)
    found: dict[str, tuple[Said, ...]] = {}
    for id_, (subject, one) in here.items():
        if id_ not in gone:
            found[subject] = (*found.get(subject, ()), one)
    return found


def answered_after(file: File, step: str, author: str, past: Past) -> bool:
    """Say whether an author answered anything at a step that is not in a past."""
    return bool(past.chain) or any(
        file.rows(
            "SELECT 1 FROM event WHERE log = ? AND seq > ? AND step = ? "  # noqa: S608
            f"AND kind IN ({OF_ANSWERS}) LIMIT 1",
            (log, past.reach.get(log, 0), step),
        )
        for (log,) in file.rows(
            "SELECT id FROM log WHERE author = ? AND kind = 'reviewer'", (author,)
        )
    )


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
    """Return every event of some of the kinds of which there are few, superseded ones too.

    They come in the order of their chains.
    """
    marks = ", ".join("?" * len(kinds))
    at = "" if step is None else " AND e.step = ?"
    rows = file.rows(
        f"SELECT {COLUMNS}, l.kind, l.author FROM event e JOIN log l ON l.id = e.log "  # noqa: S608
        f"WHERE {SELDOM} AND e.kind IN ({marks}){at}",
        (*kinds, *(() if step is None else (step,))),
    )
    return _in_order(file, rows)


def repeated(file: File, kind: str, step: str) -> list[Entry]:
    """Return the events of a kind at a step on units that have several, in the order of chains."""
    rows = file.rows(
        f"SELECT e.subject FROM event e WHERE {SELDOM} AND e.kind = ? AND e.step = ?",  # noqa: S608
        (kind, step),
    )
    unit_of = memberships(file)
    count = Counter(unit_of.get(subject, subject) for (subject,) in rows)
    named = sorted({s for (s,) in rows if count[unit_of.get(s, s)] > 1})
    query = (
        f"SELECT {COLUMNS}, l.kind, l.author FROM event e JOIN log l ON l.id = e.log "  # noqa: S608
        f"WHERE {SELDOM} AND e.kind = ? AND e.step = ? AND e.subject IN"
    )
    return _in_order(file, within(file, query, named, (kind, step)))


def written_on(file: File, step: str, records: Iterable[str]) -> list[Entry]:
    """Return what reviewers wrote at a step on some records, superseded events too."""
    query = (
        f"SELECT {COLUMNS}, l.kind, l.author FROM event e JOIN log l ON l.id = e.log "  # noqa: S608
        "WHERE l.kind = 'reviewer' AND e.step = ? AND e.subject IN"
    )
    return [_entry(file, row) for row in within(file, query, records, (step,))]


def _in_order(file: File, rows: Iterable[Sequence[Any]]) -> list[Entry]:
    order = Order(file.rows)
    found = [_entry(file, row) for row in rows]
    return sorted(found, key=lambda one: (order.at(one.event.log, one.event.seq), one.event.id))


def history(file: File, subjects: Iterable[str]) -> list[Entry]:
    """Return the events that name any of these units or records, in the order written here.

    What happened to the imports that brought them happened to them.
    """
    named = list(subjects)
    imports = within(file, "SELECT DISTINCT batch FROM record WHERE uid IN", named)
    named += dict.fromkeys(batch for (batch,) in imports)
    query = (
        f"SELECT e.rowid, {COLUMNS}, l.kind, l.author FROM event e "  # noqa: S608
        "JOIN log l ON l.id = e.log WHERE "
    )
    direct = within(file, f"{query} e.subject IN", named)
    listing = file.rows(
        f"{query} {SELDOM} AND e.kind IN ('same', 'different', 'open', 'remove', 'correct')"
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
