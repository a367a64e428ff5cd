"""What lies in the past of an event: how far into each log its author had got."""

from __future__ import annotations

from dataclasses import dataclass

from screener.store.file import File
from screener.store.heads import memberships
from screener.store.kinds import KINDS


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


_ANSWERS = ", ".join(f"'{kind.name}'" for kind in KINDS.values() if kind.answers)


def answered_in(file: File, step: str, author: str, past: Past) -> set[str]:
    """Return the subjects that an author had answered at a step in a past."""
    unit_of = memberships(file)
    rows = file.rows(
        "SELECT e.subject, e.log, e.seq FROM event e JOIN log l ON l.id = e.log "  # noqa: S608
        f"WHERE l.author = ? AND e.step = ? AND e.kind IN ({_ANSWERS})",
        (author, step),
    )
    return {unit_of.get(subject, subject) for subject, log, seq in rows if past.holds(log, seq)}
