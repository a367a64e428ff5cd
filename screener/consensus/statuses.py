"""The one status of every unit at a stage: a pure function of the events (project file, 5)."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from screener.consensus.comparison import compare, disputed
from screener.duplicates.groups import Units
from screener.model import (
    DiscrepancyKind,
    Outcome,
    Protocol,
    Stage,
    Status,
    UnitState,
    Verdict,
)
from screener.protocol.protocol import ProtocolVersions
from screener.screening.screening import Screening
from screener.store.file import File


class Head(NamedTuple):
    """One decision that stands, as read from the cache."""

    unit: str
    event: bytes
    author: str
    verdict: str
    reason: str
    judged: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreed:
    """One consensus that stands: its event, verdict, reason, and the decisions it was made on."""

    event: str
    verdict: str
    reason: str
    basis: tuple[str, ...]


_KIND_OF = {
    Status.SELF: DiscrepancyKind.SELF,
    Status.MISSING: DiscrepancyKind.MISSING,
    Status.CONFLICT: DiscrepancyKind.CONFLICT,
    Status.REASON: DiscrepancyKind.REASON,
    Status.MAYBE: DiscrepancyKind.MAYBE,
}


class Statuses:
    """Computes where units stand; reads the caches and nothing else, and stores nothing."""

    def __init__(
        self, file: File, units: Units, protocol: ProtocolVersions, screening: Screening
    ) -> None:
        self._file = file
        self._units = units
        self._protocol = protocol
        self._screening = screening

    # --- who is here -----------------------------------------------------------------------------

    def authors(self) -> list[str]:
        """Return the ids of the reviewers whose logs are in this file."""
        rows = self._file.rows("SELECT DISTINCT author FROM log WHERE kind = 'reviewer'")
        return sorted(author for (author,) in rows)

    def all_closed(self, stage: Stage) -> bool:
        """Say whether everybody whose log is here has closed the stage."""
        return all(self._file.closed(stage, author) for author in self.authors())

    def opened_early(self, stage: Stage) -> bool:
        """Say whether somebody chose to see the stage before everybody had closed it."""
        rows = self._file.rows(
            "SELECT 1 FROM current WHERE kind = 'opened-early' AND stage = ? LIMIT 1", (stage,)
        )
        return bool(rows)

    def visible(self, stage: Stage) -> bool:
        """Say whether decisions of the stage may be shown here.

        In a copy always, since only the reviewer's own are in it.
        """
        return bool(self._file.reviewer) or self.all_closed(stage) or self.opened_early(stage)

    # --- what stands -----------------------------------------------------------------------------

    def decision_heads(
        self, stage: Stage, units: Iterable[str] | None = None
    ) -> dict[str, list[Head]]:
        """Return the decisions that stand (on `units`, or all); those taken back are left out."""
        found: dict[str, list[Head]] = {}
        for row in self._heads(
            "SELECT coalesce(u.unit, c.unit), c.event, c.author, c.verdict, c.reason, c.judged "
            "FROM current c LEFT JOIN unit_of u ON u.record = c.unit "
            "WHERE c.kind = 'decision' AND c.stage = ? AND c.verdict <> 'none'",
            stage,
            units,
        ):
            head = Head._make(row)
            if head.unit in found:
                found[head.unit].append(head)
            else:
                found[head.unit] = [head]
        return found

    def consensus_heads(
        self, stage: Stage, units: Iterable[str] | None = None
    ) -> dict[str, list[Agreed]]:
        """Return the consensus that stands, by unit (two where two meetings differ)."""
        found: dict[str, list[Agreed]] = defaultdict(list)
        for unit, event, text in self._heads(
            "SELECT coalesce(u.unit, c.unit), e.id, e.body FROM current c "
            "JOIN event e ON e.id = c.event LEFT JOIN unit_of u ON u.record = c.unit "
            "WHERE c.kind = 'consensus' AND c.stage = ? AND c.verdict <> 'none'",
            stage,
            units,
        ):
            body = json.loads(text)["body"]
            found[unit].append(
                Agreed(
                    event=event.hex(),
                    verdict=body["verdict"],
                    reason=body.get("reason", ""),
                    basis=tuple(body["basis"]),
                )
            )
        return found

    def _heads(self, query: str, stage: Stage, units: Iterable[str] | None) -> list[Any]:
        """Run a query over all units, or record by record over a few of them."""
        if units is None:
            return self._file.rows(query, (stage,))
        # Settling one unit must not read the decisions on ten thousand.
        narrow = f"{query} AND c.unit = ?"
        records = [record for unit in units for record in self._file.members(unit)]
        return [row for record in records for row in self._file.rows(narrow, (stage, record))]

    # --- the status ------------------------------------------------------------------------------

    def states(self, stage: Stage, units: Iterable[str] | None = None) -> dict[str, UnitState]:
        """Return where every unit stands at a stage (or those named), in the order of numbers."""
        only = None if units is None else set(units)
        computation = _Computation(
            self, stage, self._file, self._screening, self._protocol.current, only
        )
        return computation.run(self._units, only)


class _Computation:
    """One pass over the units of a stage, with everything it needs read beforehand."""

    def __init__(
        self,
        statuses: Statuses,
        stage: Stage,
        file: File,
        screening: Screening,
        protocol: Protocol,
        only: set[str] | None,
    ) -> None:
        self._stage = stage
        self._file = file
        self._protocol = protocol
        self._decisions = statuses.decision_heads(stage, only)
        self._consensus = statuses.consensus_heads(stage, only)
        self._open = set(screening.open_units(stage)) if stage is Stage.FULL_TEXT else None
        self._gone = screening.not_retrieved() if stage is Stage.FULL_TEXT else set()
        authors = statuses.authors()
        self._needed = protocol.reviewers_per_record
        self._all_closed = len(authors) >= self._needed and statuses.all_closed(stage)
        self._versions: dict[str, tuple[str, int]] = {}
        self._order = [c.id for c in protocol.criteria]
        self._stale = _Stale(file, stage)

    def run(self, units: Units, only: set[str] | None) -> dict[str, UnitState]:
        if only is None:
            present, removed = units.ids(), units.removed_ids()
        else:
            present, removed = units.among(only)
        found: dict[str, UnitState] = {unit: self._state(unit) for unit in present}
        for unit in removed:
            found[unit] = UnitState(unit=unit, stage=self._stage, status=Status.REMOVED)
        return found

    def _state(self, unit: str) -> UnitState:
        stage = self._stage
        if self._open is not None and unit not in self._open:
            return UnitState(unit=unit, stage=stage, status=Status.NOT_OPEN)
        if unit in self._gone:
            return UnitState(unit=unit, stage=stage, status=Status.NOT_RETRIEVED)
        heads = self._decisions.get(unit, [])
        consensus = self._consensus.get(unit, [])
        by_decisions = self._by_decisions(heads)
        stale = self._stale.is_stale(unit, heads, consensus)
        if not consensus:
            status, outcome, kind, elements, reason = by_decisions
            return UnitState(
                unit=unit,
                stage=stage,
                status=status,
                outcome=outcome,
                kind=kind,
                elements=elements,
                stale=stale,
                reason=reason,
            )
        _, _, kind, elements, _ = by_decisions
        values = {(c.verdict, c.reason) for c in consensus}
        first = min(consensus, key=lambda c: c.event)
        if len(values) > 1:
            status, kind = Status.CONSENSUS_CONFLICT, DiscrepancyKind.CONSENSUS_CONFLICT
            return UnitState(
                unit=unit, stage=stage, status=status, kind=kind, elements=elements, stale=stale
            )
        settled = all(self._holds(heads, c) for c in consensus)
        return UnitState(
            unit=unit,
            stage=stage,
            status=Status.RESOLVED if settled else Status.REOPENED,
            outcome=Outcome(first.verdict),
            kind=kind if settled else DiscrepancyKind.REOPENED,
            elements=elements,
            stale=stale,
            reason=first.reason,
        )

    def _by_decisions(
        self, heads: list[Head]
    ) -> tuple[Status, Outcome | None, DiscrepancyKind | None, tuple[str, ...], str]:
        if len(heads) == 2 and heads[0][3:] == heads[1][3:] and heads[0].author != heads[1].author:
            # The common case, two decisions alike in everything, without building sets.
            return self._alike(heads)
        elements = self._elements(heads)
        values: dict[str, set[tuple[str, str]]] = {}
        for head in heads:
            values.setdefault(head.author, set()).add((head.verdict, head.reason))
        if any(len(v) > 1 for v in values.values()):
            return Status.SELF, None, DiscrepancyKind.SELF, elements, ""
        if len(values) < self._needed:
            return self._too_few(Status.PENDING if values else Status.NOT_STARTED, elements)
        return self._compared(heads, elements)

    def _alike(
        self, heads: list[Head]
    ) -> tuple[Status, Outcome | None, DiscrepancyKind | None, tuple[str, ...], str]:
        if self._needed > 2:
            return self._too_few(Status.PENDING, ())
        return self._compared(heads, ())

    def _too_few(
        self, status: Status, elements: tuple[str, ...]
    ) -> tuple[Status, Outcome | None, DiscrepancyKind | None, tuple[str, ...], str]:
        status = Status.MISSING if self._all_closed else status
        return status, None, _KIND_OF.get(status), elements, ""

    def _compared(
        self, heads: list[Head], elements: tuple[str, ...]
    ) -> tuple[Status, Outcome | None, DiscrepancyKind | None, tuple[str, ...], str]:
        reasons = [h.reason for h in heads if h.verdict == Verdict.EXCLUDE]
        status, outcome = compare(
            [h.verdict for h in heads],
            stage=self._stage,
            rule=self._protocol.maybe,
            reasons=reasons,
        )
        kind = _KIND_OF.get(status)
        agreed_reason = ""
        if status is Status.AGREED:
            if self._disputed(heads):
                kind = DiscrepancyKind.JUDGEMENT
            if outcome is Outcome.EXCLUDE and len(set(reasons)) == 1:
                agreed_reason = reasons[0]
            if kind is None:
                elements = ()
        return status, outcome, kind, elements, agreed_reason

    def _disputed(self, heads: list[Head]) -> set[str]:
        judged = {h.judged for h in heads if h.judged}
        # Most often everybody judged alike, which needs no reading of JSON.
        return disputed([json.loads(text) for text in judged]) if len(judged) > 1 else set()

    def _elements(self, heads: list[Head]) -> tuple[str, ...]:
        """Return the criteria judged differently; if none, the reasons given that are criteria."""
        found = self._disputed(heads)
        if not found and len({(h.verdict, h.reason) for h in heads}) > 1:
            found = {h.reason for h in heads if h.reason in self._order}
        known = [c for c in self._order if c in found]
        return (*known, *sorted(found - set(known)))

    def _holds(self, heads: list[Head], consensus: Agreed) -> bool:
        """Say whether the decisions are still those the consensus was made on."""
        basis = {e: self._value_of(e) for e in consensus.basis}
        values: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for event in basis:
            author, verdict, reason = basis[event]
            values[author].add((verdict, reason))
        here: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for head in heads:
            here[head.author].add((head.verdict, head.reason))
        for author, wanted in values.items():
            if here.get(author, set()) != wanted:
                return False
        return all(
            {v for v, _ in found} == {consensus.verdict}
            for author, found in here.items()
            if author not in values
        )

    def _value_of(self, event: str) -> tuple[str, str, str]:
        rows = self._file.rows(
            "SELECT l.author, e.body FROM event e JOIN log l ON l.id = e.log WHERE e.id = ?",
            (bytes.fromhex(event),),
        )
        if not rows:
            return "", "", ""
        author, text = rows[0]
        body = json.loads(text)["body"]
        return author, body["verdict"], body.get("reason", "")


class _Stale:
    """Which units rest on a record or a criterion that changed afterwards; a mark, no status."""

    def __init__(self, file: File, stage: Stage) -> None:
        self._file = file
        self._stage = stage
        self._corrected = {
            body["record"]: body["version"]
            for _, body in file.heads("correct")
            if "version" in body
        }
        self._protocol = ProtocolVersions(file)
        # Decisions are made in copies, so none is older than the protocol of the first copy.
        before_copies = file.rows(
            "SELECT count(*) FROM event WHERE kind = 'protocol' AND rowid < "
            "(SELECT coalesce(min(rowid), 0) FROM event WHERE kind = 'reviewer')"
        )
        self._settled = not self._protocol.changed_criteria(before_copies[0][0])
        self._changed: dict[int, bool] = {}

    def is_stale(self, unit: str, heads: list[Head], consensus: list[Agreed]) -> bool:
        if not heads or (self._settled and unit not in self._corrected):
            return False
        del consensus  # it rests on the same decisions
        return any(self._old(unit, self._body(h.event)) for h in heads)

    def _body(self, event: bytes) -> dict[str, Any]:
        rows = self._file.rows("SELECT body FROM event WHERE id = ?", (event,))
        return dict(json.loads(rows[0][0])["body"])

    def _old(self, unit: str, body: dict[str, Any]) -> bool:
        version = self._corrected.get(unit)
        if version is not None and body.get("seen") not in ("", version):
            return True
        number = int(body.get("protocol", 0))
        if number not in self._changed:
            self._changed[number] = bool(self._protocol.changed_criteria(number))
        return self._changed[number]
