"""What a reviewer may go through at a stage: the queues, the search in them, how far."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from screener.duplicates import notices
from screener.duplicates.notices import Notice
from screener.model import RecordId, Stage, Unit, Verdict
from screener.screening.stages import Stages
from screener.store import records


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


class Queues(Stages):
    """The queues of one reviewer: ids in the order of the records' numbers."""

    def queue(self, stage: Stage, which: Queue = Queue.PENDING, search: str = "") -> list[RecordId]:
        """Return the ids of the units of a queue in order, narrowed to those that hold a text."""
        units = self.to_screen(stage)
        keep = self._chooser(stage, which)
        found = [u for u in units if keep(u)]
        if search.strip():
            hits = self._search(search)
            found = [u for u in found if u in hits]
        return found

    def pending(self, stage: Stage) -> Iterator[Unit]:
        """Yield the units this reviewer has not decided yet, in order."""
        yield from self._units.load(self.queue(stage))

    def unit(self, named: str) -> Unit:
        """Return one unit by a record's number or uid."""
        return self._units.get(named)

    def units(self, ids: Iterable[str]) -> Iterator[Unit]:
        """Yield the units of these ids, in their order."""
        yield from self._units.load(ids)

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
        if stage is Stage.TITLE_ABSTRACT and self._units.all_present():
            # Asked after every decision: counted by the database, not listed here.
            decided, total = self._count_decided(stage), self._units.count()
        else:
            verdicts, units = self._verdicts(stage), self.to_screen(stage)
            decided, total = sum(u in verdicts for u in units), len(units)
        return Standing(
            decided=decided,
            pending=total - decided,
            closed=self.closed(stage),
            code=self.code(stage),
        )

    def decided_on(self, stage: Stage, day: date) -> set[str]:
        """Return the units whose decision, as it stands now, this reviewer recorded on a day."""
        rows = self._file.rows(
            "SELECT coalesce(u.unit, c.unit) FROM current c JOIN event e ON e.id = c.event "
            "LEFT JOIN unit_of u ON u.record = c.unit WHERE c.kind = 'decision' AND c.stage = ? "
            "AND c.author = ? AND c.verdict <> 'none' AND instr(e.body, ?) > 0",
            (stage, self._file.reviewer, f'"time":"{day.isoformat()}T'),
        )
        return {unit for (unit,) in rows}

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

    def _heads_by_unit(self, kind: str, stage: Stage) -> list[tuple[str, bytes, str, str]]:
        return self._file.rows(
            "SELECT coalesce(u.unit, c.unit), c.event, c.verdict, c.reason FROM current c "
            "LEFT JOIN unit_of u ON u.record = c.unit "
            "WHERE c.kind = ? AND c.stage = ? AND c.author = ?",
            (kind, stage, self._file.reviewer),
        )

    def _verdicts(self, stage: Stage) -> dict[str, set[str]]:
        found: dict[str, set[str]] = {}
        for unit, _, verdict, _ in self._heads_by_unit("decision", stage):
            if verdict != Verdict.NONE:
                found.setdefault(unit, set()).add(verdict)
        return found

    def _flagged(self, stage: Stage) -> set[str]:
        rows = self._heads_by_unit("flag", stage)
        return {unit for unit, event, _, _ in rows if self._body(event).get("on")}

    def _without_abstract(self, stage: Stage) -> set[str]:
        # Only units with a version that lacks one need be read and filled from their members.
        rows = self._file.rows(
            "SELECT DISTINCT coalesce(u.unit, v.record) FROM record_version v LEFT JOIN unit_of u "
            "ON u.record = v.record WHERE json_extract(v.body, '$.fields.abstract') IS NULL"
        )
        doubtful = {unit for (unit,) in rows}.intersection(self.to_screen(stage))
        return {unit.id for unit in self._units.load(doubtful) if not unit.fields.abstract}

    def _changed_since(self, stage: Stage) -> set[str]:
        rows = self._file.rows(
            "SELECT coalesce(u.unit, c.unit), json_extract(e.body, '$.body.protocol') "
            "FROM current c JOIN event e ON e.id = c.event "
            "LEFT JOIN unit_of u ON u.record = c.unit "
            "WHERE c.kind = 'decision' AND c.stage = ? AND c.author = ? AND c.verdict <> 'none'",
            (stage, self._file.reviewer),
        )
        versions = {int(version or 0) for _, version in rows}
        stale = {v for v in versions if self._protocol.changed_criteria(v)}
        return {unit for unit, version in rows if int(version or 0) in stale}

    def _search(self, text: str) -> set[str]:
        """Return the units of records that hold every word of a text, in any field."""
        words = text.casefold().split()
        # SQLite knows the case of ASCII letters only; it spares reading most of the records.
        plain = [word for word in words if word.isascii()]
        likely = "".join(" AND instr(lower(v.body), ?) > 0" for _ in plain)
        found = self._file.rows(
            "SELECT coalesce(u.unit, v.record), v.body FROM record_version v "  # noqa: S608
            f"LEFT JOIN unit_of u ON u.record = v.record WHERE 1{likely}",
            plain,
        )
        return {unit for unit, body in found if _holds(body, words)}

    def _count_decided(self, stage: Stage) -> int:
        rows = self._file.rows(
            "SELECT count(DISTINCT coalesce(u.unit, c.unit)) FROM current c "
            "LEFT JOIN unit_of u ON u.record = c.unit "
            "WHERE c.kind = 'decision' AND c.stage = ? AND c.author = ? AND c.verdict <> 'none'",
            (stage, self._file.reviewer),
        )
        return int(rows[0][0])


def _holds(body: str, words: list[str]) -> bool:
    """Say whether the fields of a record version hold all words, whatever their case."""
    folded = body.casefold()
    if not all(word in folded for word in words):
        return False
    # The body holds names of fields and the raw tags too: look at the values alone.
    values = json.loads(body)["fields"].values()
    text = " ".join(" ".join(v) if isinstance(v, list) else str(v) for v in values).casefold()
    return all(word in text for word in words)
