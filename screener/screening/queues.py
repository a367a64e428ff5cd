"""What a reviewer may go through at a stage: the queues, the search in them, how far."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import filterfalse
from typing import Any

from screener.duplicates import notices
from screener.duplicates.notices import Notice
from screener.model import Changes, Kind, RecordId, Stage, Unit, Verdict
from screener.protocol.protocol import ProtocolVersions
from screener.screening import orders, parts
from screener.screening.notes import Notes
from screener.screening.orders import OrderBy, Ordering
from screener.screening.parts import Part
from screener.screening.rules import Unfolded, unfold
from screener.screening.stages import Stages
from screener.store import membership, records
from screener.store.file import File
from screener.store.heads import Cached, cached, newest, said
from screener.store.kept import OF_NOTHING
from screener.store.kinds import Body
from screener.store.kinds.reviewer import Decision, Flag
from screener.units.units import Units


class Queue(StrEnum):
    """What a reviewer may go through; the words are shown as they stand."""

    PENDING = "Pending"
    DECIDED = "Decided"
    INCLUDED = "Included by me"
    MAYBE = "Maybe"
    EXCLUDED = "Excluded by me"
    FLAGGED = "Flagged"
    NO_ABSTRACT = "No abstract"
    NO_DOI = "No DOI"
    CHANGED = "Criteria changed since"
    CORRECTED = "Record changed since"
    LAST = "My last 50 decisions"
    CRITERION = "By criterion"
    REASON = "By reason"
    SOURCE = "By source"
    YEAR = "By year"
    LABEL = "By label"
    ALL = "All"


PARTED = (Queue.CRITERION, Queue.REASON, Queue.SOURCE, Queue.YEAR, Queue.LABEL)
"""Queues of which one part is gone through at a time."""
LAST = 50
"""So many decisions are in the queue of the last ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far one reviewer is at a stage: units decided, pending, in all; closed or not.

    `since` of those pending were opened after the last close, whose code is `code`.
    """

    decided: int
    pending: int
    closed: bool
    code: str = ""
    since: int = 0

    @property
    def all(self) -> int:
        """Units the stage is open for."""
        return self.decided + self.pending


class Queues:
    """The queues of one reviewer: ids in the order of numbers, or in that of the reviewer."""

    def __init__(
        self, file: File, units: Units, protocol: ProtocolVersions, stages: Stages, notes: Notes
    ) -> None:
        self._file = file
        self._units = units
        self._protocol = protocol
        self._stages = stages
        self._notes = notes
        self._values: dict[str, dict[str, Any]] = {}
        self._places: dict[Ordering, dict[str, int]] = {}
        self._kept: dict[Stage, dict[str, set[Verdict]]] = {}
        self._counts: dict[Stage, tuple[int, frozenset[str]]] = {}
        self._changed: set[str] = set()
        file.listeners.append(self._on_changed)

    def _on_changed(self, changes: Changes) -> None:
        """Follow a decision on its units only; anything else is read anew when it is asked."""
        if changes.touches(Kind.RECORDS, Kind.DUPLICATES):
            self._values.clear()
            self._places.clear()
        if changes.kinds <= {Kind.DECISIONS, Kind.NOTES} and changes.units:
            self._changed |= changes.units
        elif not changes.kinds <= {*OF_NOTHING, Kind.CONSENSUS}:
            self._kept.clear()
            self._counts.clear()
            self._changed.clear()

    def _follow(self) -> None:
        """Read again what was decided on the units that changed since it was asked for last."""
        if not self._changed:
            return
        units = {self._file.unit_of(unit) for unit in self._changed}
        read = [(stage, self._read_verdicts(stage, units)) for stage in self._kept]
        self._changed.clear()
        for stage, own in read:
            kept = self._kept[stage]
            before = kept.keys() & units
            for unit in units:
                kept.pop(unit, None)
            kept |= own
            if stage in self._counts:
                decided, asked = self._counts[stage]
                more = len(own.keys() & asked) - len(before & asked)
                self._counts[stage] = decided + more, asked

    def queue(
        self, stage: Stage, which: Queue = Queue.PENDING, search: str = "", part: str = ""
    ) -> list[RecordId]:
        """Return the ids of the units of a queue in order, narrowed to those that hold a text.

        `part` is the id of one of its `parts`, of a queue that has them. They come by number, the
        last decisions by their time, the newest first; `in_order` gives the reviewer's own order.
        """
        if which is Queue.LAST:
            found = self._last(stage)
        elif which is Queue.ALL:
            found = list(self._stages.to_screen(stage))
        elif which is Queue.PENDING:
            decided = self._verdicts(stage).__contains__
            found = list(filterfalse(decided, self._stages.to_screen(stage)))
        else:
            found = list(filter(self._chooser(stage, which, part), self._stages.to_screen(stage)))
        if search.strip():
            hits = membership.search(self._file, search.split())
            found = [u for u in found if u in hits]
        return found

    def _last(self, stage: Stage) -> list[RecordId]:
        here = set(self._stages.to_screen(stage))
        author = self._file.reviewer
        newest_ = newest(self._file, Decision, step=str(stage), author=author, most=LAST)
        return [RecordId(unit) for unit in newest_ if unit in here]

    def parts(self, stage: Stage, which: Queue) -> list[Part]:
        """Return the parts of a queue in which there is anything, in the order to offer them."""
        here = frozenset(map(str, self._stages.to_screen(stage)))
        own = self._own(stage) if which in (Queue.CRITERION, Queue.REASON) else {}
        found = {
            Queue.CRITERION: lambda: parts.by_criterion(own, self._protocol.current),
            Queue.REASON: lambda: parts.by_reason(own, self._protocol.current),
            Queue.SOURCE: lambda: parts.by_source(self._file),
            Queue.YEAR: lambda: parts.by_year(self._field("year"), here),
            Queue.LABEL: lambda: parts.by_label(self._notes.labels()),
        }[which]()
        inside = (replace(part, units=part.units & here) for part in found)
        return [part for part in inside if part.units]

    # --- the order ---------------------------------------------------------------------------

    @property
    def ordering(self) -> Ordering:
        """The order in which the records are gone through; it is the reviewer's own."""
        return orders.kept(self._file)

    def set_order(self, by: OrderBy, seed: str = "") -> None:
        """Go through the records in another order; a random one has a seed, which is kept."""
        if by is OrderBy.RANDOM and not seed:
            seed = self.ordering.seed or os.urandom(4).hex()
        # The seed stays while another order is chosen: the random one can be gone back to.
        orders.keep(self._file, Ordering(by=by, seed=seed or self.ordering.seed))

    def in_order(self, units: list[RecordId]) -> list[RecordId]:
        """Return units, which come by number, in the order the reviewer chose."""
        places = self.places()
        return sorted(units, key=places.__getitem__) if places else units

    def places(self) -> Mapping[str, int]:
        """Return the place of every unit in the order the reviewer chose; none as imported.

        It is kept until another order is chosen or records change: to make it is long.
        """
        ordering = self.ordering
        if ordering.by is OrderBy.IMPORTED:
            return {}
        places = self._places.get(ordering)
        if places is None:
            every = self._units.ids()
            if ordering.by is OrderBy.RANDOM:
                every = orders.shuffled(every, ordering.seed)
            else:
                every = orders.ordered(every, ordering.by, self._values_of(ordering.by))
            places = {unit: place for place, unit in enumerate(every)}
            self._places = {ordering: places}
        return places

    def _values_of(self, by: OrderBy) -> dict[str, Any]:
        if by is not OrderBy.SOURCE:
            return self._field(orders.FIELDS[by])
        return {
            unit: part.words
            for part in reversed([*parts.by_source(self._file)])
            for unit in part.units
        }

    def _field(self, name: str) -> dict[str, Any]:
        """Return a field of every unit that has it; it is kept until records change."""
        if name not in self._values:
            self._values[name] = membership.field_of_units(self._file, name)
        return self._values[name]

    def pending(self, stage: Stage) -> Iterator[Unit]:
        """Yield the units this reviewer has not decided yet, in order."""
        yield from self._units.load(self.queue(stage))

    def notice(self, unit: Unit) -> Notice | None:
        """Return the notice of retraction or correction that any of a unit's records gives."""
        found = notices.notice(unit.fields)
        if found is None and len(unit.records) > 1:
            # One source marks it, another does not: the shown record may be of the latter.
            members = records.load(self._file, unit.records)
            found = next(filter(None, (notices.notice(r.fields) for r in members)), None)
        return found

    def progress(self, stage: Stage) -> Standing:
        """Return how far this reviewer is at a stage."""
        self._follow()
        if stage not in self._counts:
            here: frozenset[str] = frozenset(self._stages.to_screen(stage))
            self._counts[stage] = len(self._verdicts(stage).keys() & here), here
        decided, asked = self._counts[stage]
        return Standing(
            decided=decided,
            pending=len(asked) - decided,
            closed=self._stages.closed(stage),
            code=self._stages.code(stage),
            since=len(self._stages.since(stage) - self._verdicts(stage).keys()),
        )

    def decided_on(self, stage: Stage, day: date) -> set[str]:
        """Return the units whose decision, as it stands now, this reviewer recorded on a day."""
        found = self._cached(Decision, stage)
        return {decided.subject for decided in found if decided.day == day.isoformat()}

    # --- what is in a queue ------------------------------------------------------------------

    def _chooser(self, stage: Stage, which: Queue, part: str) -> Callable[[str], bool]:
        verdicts = self._verdicts(stage)
        wanted = {
            Queue.INCLUDED: Verdict.INCLUDE,
            Queue.MAYBE: Verdict.MAYBE,
            Queue.EXCLUDED: Verdict.EXCLUDE,
        }
        if which is Queue.DECIDED:
            return verdicts.__contains__
        if which in wanted:
            return lambda u: verdicts.get(u) == {wanted[which]}
        if which in PARTED:
            found = {one.id: one.units for one in self.parts(stage, which)}
            return found.get(part, frozenset()).__contains__
        chosen = {
            Queue.FLAGGED: self._flagged,
            Queue.NO_ABSTRACT: self._without_abstract,
            Queue.NO_DOI: self._without_doi,
            Queue.CHANGED: self._changed_since,
            Queue.CORRECTED: self._corrected_since,
        }[which](stage)
        return chosen.__contains__

    def _cached(self, body: type[Body], stage: Stage) -> list[Cached]:
        return cached(self._file, body, step=str(stage), author=self._file.reviewer)

    def _verdicts(self, stage: Stage) -> dict[str, set[Verdict]]:
        """Return what this reviewer decided on every unit; joined records may differ."""
        self._follow()
        if stage not in self._kept:
            self._kept[stage] = self._read_verdicts(stage, None)
        return self._kept[stage]

    def _read_verdicts(
        self, stage: Stage, units: Collection[str] | None
    ) -> dict[str, set[Verdict]]:
        by = self._file.reviewer
        return {
            unit: own
            for unit, answers in said(self._file, str(stage), units).items()
            if (own := {unfold(one.value).verdict for one in answers if one.author == by})
        }

    def _flagged(self, stage: Stage) -> set[str]:
        return {flag.subject for flag in self._cached(Flag, stage)}

    def _without_abstract(self, stage: Stage) -> set[str]:
        # Only units with a version that lacks one need be read and filled from their members.
        doubtful = membership.without_abstract(self._file)
        units = [unit for unit in self._stages.to_screen(stage) if unit in doubtful]
        return {unit.id for unit in self._units.load(units) if not unit.fields.abstract}

    def _without_doi(self, stage: Stage) -> set[str]:
        return {str(unit) for unit in self._stages.to_screen(stage)} - self._field("doi").keys()

    def _own(self, stage: Stage) -> dict[str, list[Unfolded]]:
        by = self._file.reviewer
        return {
            unit: [unfold(one.value) for one in answers if one.author == by]
            for unit, answers in said(self._file, str(stage)).items()
        }

    def _corrected_since(self, stage: Stage) -> set[str]:
        latest = records.latest_versions(self._file)
        return {
            one.subject
            for one in self._cached(Decision, stage)
            if one.seen and not latest.get(one.subject, one.seen).startswith(one.seen)
        }

    def _changed_since(self, stage: Stage) -> set[str]:
        found = self._cached(Decision, stage)
        versions = {decided.protocol for decided in found}
        stale = {version for version in versions if self._protocol.changed_criteria(version)}
        return {decided.subject for decided in found if decided.protocol in stale}
