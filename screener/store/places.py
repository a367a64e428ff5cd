"""The order of the project log: where imports stand in it, and how far a reviewer has closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from screener.store import history
from screener.store.file import File
from screener.store.history import Closing
from screener.store.past import Past, answered_in


@dataclass(slots=True)
class Closed:
    """How far one reviewer has closed a step.

    Up to a place of the project log, and subjects answered before a close whose place is not known
    here, as in a salvaged file.
    """

    reach: int = 0
    answered: set[str] = field(default_factory=set)

    def covers(self, subject: str, place: int) -> bool:
        """Say whether a subject that was opened at a place is closed."""
        return place <= self.reach or subject in self.answered


def closed(
    file: File, step: str, reviewer: str, ends: Iterable[Closing], places: Mapping[str, int]
) -> Closed:
    """Return how far a reviewer has closed a step with some closes, reopened later or not.

    `places` is what `logs.project_events` returns.
    """
    found = Closed()
    for end in ends:
        if end.review in places or not end.review:
            found.reach = max(found.reach, places.get(end.review, 0))
        else:
            past = Past.of(file, end.log, end.seq, end.event)
            found.answered |= answered_in(file, step, reviewer, past)
    return found


def imports(file: File, places: Mapping[str, int]) -> dict[str, int]:
    """Return the place of the first event of every import, by the id of the import."""
    found: dict[str, int] = {}
    for entry in history.of_kinds(file, "batch"):
        found.setdefault(entry.event.subject, places[entry.event.id])
    return found
