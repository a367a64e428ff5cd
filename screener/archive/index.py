"""What people know things by: numbers of records, names of people, moments of the review.

And what is hidden: the one place of the archive that asks.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from screener.archive.parts import Review
from screener.consensus.coverage import Coverage
from screener.model import Stage
from screener.store import logs
from screener.store.closing import closing_code
from screener.store.events import Event
from screener.store.file import COORDINATOR, File
from screener.store.heads import memberships
from screener.store.history import Closing, Entry, Past

COORDINATORS = "the coordinator"


class Index:
    """Names and numbers of what a review holds, and which of its entries may be shown."""

    def __init__(self, file: File, of: Review) -> None:
        self._file = file
        self.moments = logs.project_events(file)
        self.unit_of = memberships(file)
        self._numbers = dict(of.units.all_numbers())
        self.imports = {batch.id: place for place, batch in enumerate(of.sources.batches(), 1)}
        people = of.consensus.people()
        self.order = {str(one.id): place for place, one in enumerate(people)}
        self._names = _apart([(str(one.id), one.name) for one in people])
        self.coverages: dict[str, Coverage] = {
            one.step.id: one.coverage for one in of.consensus.standings()
        }
        self._withheld = {step: one.withheld.events() for step, one in self.coverages.items()}
        self._pasts: dict[tuple[str, str], list[tuple[str, Past]]] = {}

    # --- names -------------------------------------------------------------------------------

    def number(self, uid: str) -> object:
        """Return the number of a record; a study keeps its id."""
        return self._numbers.get(uid, uid)

    def now(self, uid: str) -> str:
        """Return the unit that a record belongs to now, or the study that one counts for."""
        return self.unit_of.get(uid, uid)

    def unit(self, uid: str) -> object:
        """Return the number of the record shown for a record, or the study it counts for."""
        return self.number(self.now(uid))

    def numbers(self, uids: Iterable[str]) -> list[object]:
        """Return the numbers of some records, in order."""
        return sorted(map(self.number, uids), key=lambda one: (str(type(one)), one))

    def who(self, author: str) -> str:
        """Return the name of a person; no two of a review have one name here."""
        return COORDINATORS if author == COORDINATOR else self._names.get(author, author)

    def moment(self, event: str) -> int:
        """Return which entry of the project's log an event is, from 1; 0 for none."""
        return self.moments.get(event, 0)

    def in_order(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return entries by the people as they were added, each person's in their order."""
        return sorted(entries, key=lambda one: self.order.get(one.author, -1))

    # --- what is hidden ----------------------------------------------------------------------

    def hides(self, event: Event) -> bool:
        """Say whether what a person recorded at a step may not be shown: not all have closed it."""
        if not event.step or not event.subject:
            return False
        coverage = self.coverages.get(event.step)
        if coverage is None:  # a form that is none of the review any more
            return True
        withheld = self._withheld[event.step]
        return (
            not coverage.visible(self.now(event.subject))
            or event.id in withheld
            or not withheld.isdisjoint(event.supersedes)
        )

    # --- closes ------------------------------------------------------------------------------

    def bound_by(self, entry: Entry) -> list[str]:
        """Return the closing codes of its author that bind an entry: it lies before the closes."""
        event = entry.event
        return [
            code
            for code, past in self._closes(event.step, entry.author)
            if past.holds(event.log, event.seq, event.id)
        ]

    @staticmethod
    def code(end: Closing) -> str:
        """Return the closing code of a close."""
        return closing_code(end.event)

    def closes_before(self, step: str, author: str, end: Closing) -> list[str]:
        """Return the codes of the closes of a step by its author that lie before one of them."""
        past = dict(self._closes(step, author))[closing_code(end.event)]
        return [
            closing_code(one.event)
            for one in self.coverages[step].closings[author]
            if one.event != end.event and past.holds(one.log, one.seq, one.event)
        ]

    def _closes(self, step: str, author: str) -> list[tuple[str, Past]]:
        key = step, author
        if key not in self._pasts:
            coverage = self.coverages.get(step)
            ends = coverage.closings.get(author, []) if coverage else []
            self._pasts[key] = [
                (closing_code(end.event), Past.of(self._file, end.log, end.seq, end.event))
                for end in ends
            ]
        return self._pasts[key]


def _apart(people: list[tuple[str, str]]) -> dict[str, str]:
    """Return the names of people by their ids; of two of one name the later has a number."""
    times: Counter[str] = Counter()
    found = {}
    for id_, name in people:
        times[name] += 1
        found[id_] = name if times[name] == 1 else f"{name} ({times[name]})"
    return found


SCREENING = tuple(map(str, Stage))
