"""The one status of every unit at a stage: a pure function of the events (project file, 5)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from screener.consensus.comparison import compare, disputed
from screener.consensus.decided import Said, decided, rows_on
from screener.consensus.stale import stale
from screener.model import (
    DiscrepancyKind,
    Outcome,
    Stage,
    Status,
    UnitState,
    Verdict,
)
from screener.protocol.protocol import ProtocolVersions
from screener.screening.screening import Screening
from screener.store.file import File
from screener.units.units import Units


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
        for row in rows_on(
            self._file,
            "SELECT coalesce(u.unit, c.unit), c.event, c.author, c.verdict, c.reason, c.judged "
            "FROM current c LEFT JOIN unit_of u ON u.record = c.unit "
            "WHERE c.kind = 'decision' AND c.stage = ? AND c.verdict <> 'none'",
            (stage,),
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
        for unit, event, text in rows_on(
            self._file,
            "SELECT coalesce(u.unit, c.unit), e.id, e.body FROM current c "
            "JOIN event e ON e.id = c.event LEFT JOIN unit_of u ON u.record = c.unit "
            "WHERE c.kind = 'consensus' AND c.stage = ? AND c.verdict <> 'none'",
            (stage,),
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

    # --- the status ------------------------------------------------------------------------------

    def survey(self, stage: Stage, units: Iterable[str] | None = None) -> Survey:
        """Read what tells where the units of a stage stand (or those named)."""
        only = None if units is None else set(units)
        return Survey(self, stage, self._file, self._units, self._screening, self._protocol, only)

    def states(self, stage: Stage, units: Iterable[str] | None = None) -> dict[str, UnitState]:
        """Return where every unit stands at a stage (or those named), in the order of numbers."""
        return self.survey(stage, units).states()


class _Found(NamedTuple):
    """Where a unit stands: what follows from the decisions, or from a consensus on them."""

    status: Status
    outcome: Outcome | None = None
    kind: DiscrepancyKind | None = None
    elements: tuple[str, ...] = ()
    reason: str = ""


_NOT_OPEN = _Found(Status.NOT_OPEN)
_NOT_RETRIEVED = _Found(Status.NOT_RETRIEVED)
_REMOVED = _Found(Status.REMOVED)


class Survey:
    """One look at the units of a stage, with everything it needs read beforehand.

    `present` and `removed` are units in the order of their numbers; `decided` is what the
    decisions say.
    """

    def __init__(
        self,
        statuses: Statuses,
        stage: Stage,
        file: File,
        units: Units,
        screening: Screening,
        versions: ProtocolVersions,
        only: set[str] | None,
    ) -> None:
        self._stage = stage
        self._file = file
        self._protocol = protocol = versions.current
        if only is not None:
            self.present, self.removed = units.among(only)
        else:
            self.present = units.ids()
            self.removed = [] if units.all_present() else units.removed_ids()
        self.decided = decided(file, stage, only)
        self._consensus = statuses.consensus_heads(stage, only)
        self._basis = self._read_basis()
        self._open = set(screening.open_units(stage)) if stage is Stage.FULL_TEXT else None
        self._gone = screening.not_retrieved() if stage is Stage.FULL_TEXT else set()
        self._stale = stale(file, versions, stage, only)
        authors = statuses.authors()
        self._needed = protocol.reviewers_per_record
        self._all_closed = len(authors) >= self._needed and statuses.all_closed(stage)
        self._order = [c.id for c in protocol.criteria]
        self._known: dict[tuple[Said, ...], _Found] = {}

    # --- what is asked ---------------------------------------------------------------------------

    def to_screen(self) -> list[str]:
        """Return the units that are open and, at full text, retrieved."""
        if self._open is None:
            return list(self.present)
        return [u for u in self.present if u in self._open and u not in self._gone]

    def states(self, *, differing: bool = False) -> dict[str, UnitState]:
        """Return where every unit stands, or only those on which something differs or differed."""
        found = {}
        for unit, one in self._standing():
            if not differing or one.kind is not None:
                status, outcome, kind, elements, reason = one
                found[unit] = UnitState(
                    unit=unit,
                    stage=self._stage,
                    status=status,
                    outcome=outcome,
                    kind=kind,
                    elements=elements,
                    stale=unit in self._stale and one not in (_NOT_OPEN, _NOT_RETRIEVED, _REMOVED),
                    reason=reason,
                )
        return found

    def counted(self) -> Counter[tuple[Status, Outcome | None]]:
        """Return how many units have each status and outcome."""
        return Counter((one.status, one.outcome) for _, one in self._standing())

    def with_outcome(self, outcome: Outcome) -> list[str]:
        """Return the units of an outcome, in the order of their numbers."""
        return [unit for unit, one in self._standing() if one.outcome is outcome]

    # --- one unit --------------------------------------------------------------------------------

    def _standing(self) -> Iterator[tuple[str, _Found]]:
        for unit in self.present:
            yield unit, self._found(unit)
        for unit in self.removed:
            yield unit, _REMOVED

    def _found(self, unit: str) -> _Found:
        if self._open is not None and unit not in self._open:
            return _NOT_OPEN
        if unit in self._gone:
            return _NOT_RETRIEVED
        said = self.decided.get(unit, ())
        one = self._known.get(said)
        if one is None:
            one = self._known[said] = self._by_decisions(said)
        consensus = self._consensus.get(unit)
        return self._by_consensus(said, consensus, one) if consensus else one

    def _by_consensus(self, said: tuple[Said, ...], consensus: list[Agreed], one: _Found) -> _Found:
        if len({(c.verdict, c.reason) for c in consensus}) > 1:
            return _Found(
                Status.CONSENSUS_CONFLICT,
                kind=DiscrepancyKind.CONSENSUS_CONFLICT,
                elements=one.elements,
            )
        first = min(consensus, key=lambda c: c.event)
        settled = all(self._holds(said, c) for c in consensus)
        return _Found(
            Status.RESOLVED if settled else Status.REOPENED,
            Outcome(first.verdict),
            one.kind if settled else DiscrepancyKind.REOPENED,
            one.elements,
            first.reason,
        )

    def _by_decisions(self, said: tuple[Said, ...]) -> _Found:
        elements = self._elements(said)
        values: dict[str, set[tuple[str, str]]] = {}
        for one in said:
            values.setdefault(one.author, set()).add((one.verdict, one.reason))
        if any(len(v) > 1 for v in values.values()):
            return _Found(Status.SELF, None, DiscrepancyKind.SELF, elements)
        if len(values) < self._needed:
            status = Status.PENDING if values else Status.NOT_STARTED
            status = Status.MISSING if self._all_closed else status
            return _Found(status, None, _KIND_OF.get(status), elements)
        return self._compared(said, elements)

    def _compared(self, said: tuple[Said, ...], elements: tuple[str, ...]) -> _Found:
        reasons = [s.reason for s in said if s.verdict == Verdict.EXCLUDE]
        status, outcome = compare(
            [s.verdict for s in said],
            stage=self._stage,
            rule=self._protocol.maybe,
            reasons=reasons,
        )
        if status is not Status.AGREED:
            return _Found(status, outcome, _KIND_OF.get(status), elements)
        same = outcome is Outcome.EXCLUDE and len(set(reasons)) == 1
        reason = reasons[0] if same else ""
        if _disputed(said):
            return _Found(status, outcome, DiscrepancyKind.JUDGEMENT, elements, reason)
        return _Found(status, outcome, reason=reason)

    def _elements(self, said: tuple[Said, ...]) -> tuple[str, ...]:
        """Return the criteria judged differently; if none, the reasons given that are criteria."""
        found = _disputed(said)
        if not found and len({(s.verdict, s.reason) for s in said}) > 1:
            found = {s.reason for s in said if s.reason in self._order}
        known = [c for c in self._order if c in found]
        return (*known, *sorted(found - set(known)))

    # --- what a consensus was made on ------------------------------------------------------------

    def _holds(self, said: tuple[Said, ...], consensus: Agreed) -> bool:
        """Say whether the decisions are still those the consensus was made on."""
        values: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for event in consensus.basis:
            author, verdict, reason = self._basis.get(event, ("", "", ""))
            values[author].add((verdict, reason))
        here: dict[str, set[tuple[str, str]]] = defaultdict(set)
        for one in said:
            here[one.author].add((one.verdict, one.reason))
        if any(here.get(author, set()) != wanted for author, wanted in values.items()):
            return False
        return all(
            {v for v, _ in found} == {consensus.verdict}
            for author, found in here.items()
            if author not in values
        )

    def _read_basis(self) -> dict[str, tuple[str, str, str]]:
        """Return author, verdict and reason of every decision that a consensus was made on."""
        wanted = iter({e for found in self._consensus.values() for c in found for e in c.basis})
        read: dict[str, tuple[str, str, str]] = {}
        while chunk := [bytes.fromhex(e) for e in islice(wanted, 500)]:
            marks = ", ".join("?" * len(chunk))
            for id_, author, text in self._file.rows(
                "SELECT e.id, l.author, e.body FROM event e JOIN log l ON l.id = e.log "  # noqa: S608
                f"WHERE e.id IN ({marks})",
                chunk,
            ):
                body = json.loads(text)["body"]
                read[id_.hex()] = author, body["verdict"], body.get("reason", "")
        return read


def _disputed(said: tuple[Said, ...]) -> set[str]:
    judged = {s.judged for s in said if s.judged}
    return disputed([json.loads(text) for text in judged]) if len(judged) > 1 else set()
