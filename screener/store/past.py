"""What lies in the past of an event: how far into each log its author had got."""

from __future__ import annotations

from dataclasses import dataclass

from screener.model.step import Said
from screener.store.events import COLUMNS
from screener.store.file import File
from screener.store.heads import ANSWERS, memberships, read_event
from screener.store.kinds.reviewer import Answer


@dataclass(frozen=True, slots=True)
class Past:
    """How far each log lies in the past of an event: log id to sequence number."""

    reach: dict[str, int]

    @classmethod
    def of(cls, file: File, log: str, seq: int) -> Past:
        """Return the past of an entry: its own log, and those it goes on from."""
        past = {log: seq}
        while log:
            rows = file.rows(
                "SELECT b.log, b.seq FROM event a JOIN event b ON b.id = a.prev "
                "WHERE a.log = ? AND a.seq = 1",
                (log,),
            )
            log = ""
            for before, at in rows:
                if before not in past:
                    log = before
                    past[before] = at
        return cls(past)

    def holds(self, log: str, seq: int) -> bool:
        """Say whether an entry lies in this past."""
        return seq <= self.reach.get(log, 0)

    def and_also(self, other: Past) -> Past:
        """Return what lies in one of two pasts."""
        every = self.reach.keys() | other.reach.keys()
        return Past({x: max(self.reach.get(x, 0), other.reach.get(x, 0)) for x in every})


_ANSWERS = ", ".join(f"'{kind}'" for kind in ANSWERS)


def answered_in(file: File, step: str, author: str, past: Past) -> set[str]:
    """Return the subjects that an author had answered at a step in a past."""
    unit_of = memberships(file)
    rows = file.rows(
        "SELECT e.subject, e.log, e.seq FROM event e JOIN log l ON l.id = e.log "  # noqa: S608
        f"WHERE l.author = ? AND e.step = ? AND e.kind IN ({_ANSWERS})",
        (author, step),
    )
    return {unit_of.get(subject, subject) for subject, log, seq in rows if past.holds(log, seq)}


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
        if not past.holds(event.log, event.seq):
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
    return any(
        file.rows(
            "SELECT 1 FROM event WHERE log = ? AND seq > ? AND step = ? "  # noqa: S608
            f"AND kind IN ({_ANSWERS}) LIMIT 1",
            (log, past.reach.get(log, 0), step),
        )
        for (log,) in file.rows(
            "SELECT id FROM log WHERE author = ? AND kind = 'reviewer'", (author,)
        )
    )
