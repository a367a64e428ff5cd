"""What lies in the past of an event: how far into each log its author had got."""

from __future__ import annotations

from dataclasses import dataclass, field

from screener.model.step import Said
from screener.store.events import COLUMNS
from screener.store.file import File
from screener.store.heads import ANSWERS, memberships, read_event
from screener.store.kinds.reviewer import Answer


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
        """Return the past of an entry: its own log, and those it goes on from."""
        past = {log: seq}
        chain = {}
        while log:
            if _branched(file, log):
                chain[log] = _leading_to(file, log, event)
            rows = file.rows(
                "SELECT b.log, b.seq, b.id FROM event a JOIN event b ON b.id = a.prev "
                "WHERE a.log = ? AND a.seq = 1",
                (log,),
            )
            log = ""
            for before, at, id_ in rows:
                if before not in past:
                    log, event = before, id_.hex()
                    past[before] = at
        return cls(past, chain)

    def holds(self, log: str, seq: int, event: str) -> bool:
        """Say whether an entry lies in this past."""
        if log in self.chain:
            return event in self.chain[log]
        return seq <= self.reach.get(log, 0)

    def and_also(self, other: Past) -> Past:
        """Return what lies in one of two pasts."""
        every = self.reach.keys() | other.reach.keys()
        chained = self.chain.keys() | other.chain.keys()
        none: frozenset[str] = frozenset()
        return Past(
            {x: max(self.reach.get(x, 0), other.reach.get(x, 0)) for x in every},
            {x: self.chain.get(x, none) | other.chain.get(x, none) for x in chained},
        )


def _branched(file: File, log: str) -> bool:
    query = "SELECT 1 FROM event WHERE log = ? GROUP BY seq HAVING count(*) > 1 LIMIT 1"
    return bool(file.rows(query, (log,)))


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


_ANSWERS = ", ".join(f"'{kind}'" for kind in ANSWERS)


def answered_in(file: File, step: str, author: str, past: Past) -> set[str]:
    """Return the subjects that an author had answered at a step in a past."""
    unit_of = memberships(file)
    rows = file.rows(
        "SELECT e.subject, e.log, e.seq, e.id FROM event e JOIN log l ON l.id = e.log "  # noqa: S608
        f"WHERE l.author = ? AND e.step = ? AND e.kind IN ({_ANSWERS})",
        (author, step),
    )
    return {
        unit_of.get(subject, subject)
        for subject, log, seq, id_ in rows
        if past.holds(log, seq, id_.hex())
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
        f"WHERE l.author = ? AND e.step = ? AND e.kind IN ({_ANSWERS})",
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
            f"AND kind IN ({_ANSWERS}) LIMIT 1",
            (log, past.reach.get(log, 0), step),
        )
        for (log,) in file.rows(
            "SELECT id FROM log WHERE author = ? AND kind = 'reviewer'", (author,)
        )
    )
