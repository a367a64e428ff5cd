"""What a reviewer may go through at a stage: the queues, the search in them, how far."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from screener.duplicates import notices
from screener.duplicates.notices import Notice
from screener.model import Changes, Kind, RecordId, Stage, Unit, Verdict
from screener.protocol.protocol import ProtocolVersions
from screener.screening.rules import unfold
from screener.screening.stages import Stages
from screener.store import membership, records
from screener.store.file import File
from screener.store.heads import Cached, cached, said
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
    CHANGED = "Criteria changed since"
    ALL = "All"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far one reviewer is at a stage: units decided, pending, in all; closed or not."""

    decided: int
    pending: int
    closed: bool
    code: str = ""

    @property
    def all(self) -> int:
        """Units the stage is open for."""
        return self.decided + self.pending


class Queues:
    """The queues of one reviewer: ids in the order of the records' numbers."""

    def __init__(
        self, file: File, units: Units, protocol: ProtocolVersions, stages: Stages
    ) -> None:
        self._file = file
        self._units = units
        self._protocol = protocol
        self._stages = stages
        self._kept: dict[Stage, dict[str, set[Verdict]]] = {}
        self._counts: dict[Stage, tuple[int, frozenset[str]]] = {}
        file.listeners.append(self._on_changed)

    def _on_changed(self, changes: Changes) -> None:
        """Follow a decision on its units only; anything else is read anew when it is asked."""
        if changes.kinds <= {Kind.DECISIONS, Kind.NOTES} and changes.units:
            for stage, kept in self._kept.items():
                units = {self._file.unit_of(unit) for unit in changes.units}
                own = self._read_verdicts(stage, units)
                before = kept.keys() & units
                for unit in units:
                    kept.pop(unit, None)
                kept |= own
                if stage in self._counts:
                    decided, asked = self._counts[stage]
                    more = len(own.keys() & asked) - len(before & asked)
                    self._counts[stage] = decided + more, asked
        elif not changes.kinds <= {Kind.NOTES, Kind.MEETING, Kind.CONSENSUS}:
            self._kept.clear()
            self._counts.clear()

    def queue(self, stage: Stage, which: Queue = Queue.PENDING, search: str = "") -> list[RecordId]:
        """Return the ids of the units of a queue in order, narrowed to those that hold a text."""
        units = self._stages.to_screen(stage)
        keep = self._chooser(stage, which)
        found = [u for u in units if keep(u)]
        if search.strip():
            hits = membership.search(self._file, search.split())
            found = [u for u in found if u in hits]
        return found

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
        if stage not in self._counts:
            here: frozenset[str] = frozenset(self._stages.to_screen(stage))
            self._counts[stage] = len(self._verdicts(stage).keys() & here), here
        decided, asked = self._counts[stage]
        return Standing(
            decided=decided,
            pending=len(asked) - decided,
            closed=self._stages.closed(stage),
            code=self._stages.code(stage),
        )

    def decided_on(self, stage: Stage, day: date) -> set[str]:
        """Return the units whose decision, as it stands now, this reviewer recorded on a day."""
        found = self._cached(Decision, stage)
        return {decided.subject for decided in found if decided.day == day.isoformat()}

    # --- what is in a queue ------------------------------------------------------------------

    def _chooser(self, stage: Stage, which: Queue) -> Callable[[str], bool]:
        verdicts = self._verdicts(stage)
        wanted = {
            Queue.INCLUDED: Verdict.INCLUDE,
            Queue.MAYBE: Verdict.MAYBE,
            Queue.EXCLUDED: Verdict.EXCLUDE,
        }
        if which is Queue.ALL:
            return lambda _u: True
        if which is Queue.PENDING:
            return lambda u: u not in verdicts
        if which is Queue.DECIDED:
            return lambda u: u in verdicts
        if which in wanted:
            return lambda u: verdicts.get(u) == {wanted[which]}
        chosen = {
            Queue.FLAGGED: self._flagged,
            Queue.NO_ABSTRACT: self._without_abstract,
            Queue.CHANGED: self._changed_since,
        }[which](stage)
        return lambda u: u in chosen

    def _cached(self, body: type[Body], stage: Stage) -> list[Cached]:
        return cached(self._file, body, step=str(stage), author=self._file.reviewer)

    def _verdicts(self, stage: Stage) -> dict[str, set[Verdict]]:
        """Return what this reviewer decided on every unit; joined records may differ."""
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

    def _changed_since(self, stage: Stage) -> set[str]:
        found = self._cached(Decision, stage)
        versions = {decided.protocol for decided in found}
        stale = {version for version in versions if self._protocol.changed_criteria(version)}
        return {decided.subject for decided in found if decided.protocol in stale}
