"""Linked reports: what else belongs together with a report that is sought, and where it stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from screener.consensus.consensus import ConsensusStage
from screener.duplicates.found import Link
from screener.fulltext import linking
from screener.model import Changes, Kind, Outcome, Progress, Stage, Unit, Verdict, silent
from screener.screening.screening import Screening
from screener.store import membership, records
from screener.store.file import File
from screener.store.heads import memberships
from screener.units.candidate import Candidate
from screener.units.units import Units

_OUTCOMES = {
    Outcome.INCLUDE: "included at full text",
    Outcome.EXCLUDE: "excluded at full text",
    Outcome.AWAITING: "awaiting classification",
}
_FIRST = {
    Outcome.INCLUDE: "passed title and abstract",
    Outcome.EXCLUDE: "excluded at title and abstract",
}
_OWN = {
    Verdict.INCLUDE: "you included it at {}",
    Verdict.EXCLUDE: "you excluded it at {}",
    Verdict.MAYBE: "maybe, you said at {}",
}


class Standings:
    """In the project: outcomes of stages that are visible; in a copy: its reviewer's decisions."""

    def __init__(self, screening: Screening, consensus: ConsensusStage, *, copy: bool) -> None:
        self._screening = screening
        self._consensus = consensus
        self._copy = copy

    def words(self, unit: str, *, sought: bool, retrieval: str) -> str:
        """Say where a unit stands; `sought` when full text is open for it, and how that stands."""
        decided = self._own if self._copy else self._settled
        if sought:
            return decided(unit, Stage.FULL_TEXT) or f"its full text: {retrieval.replace('-', ' ')}"
        return decided(unit, Stage.TITLE_ABSTRACT) or "not open for full text"

    def _settled(self, unit: str, stage: Stage) -> str:
        if not self._consensus.visible(stage):
            return ""
        outcome = self._consensus.state(unit, stage).outcome
        if stage is Stage.FULL_TEXT:
            return _OUTCOMES[outcome] if outcome else ""
        return _FIRST[outcome] if outcome else "not settled at title and abstract"

    def _own(self, unit: str, stage: Stage) -> str:
        decision = self._screening.decision(unit, stage)
        return _OWN[decision.verdict].format(stage.words.lower()) if decision else ""


_OTHERS_NOW = (Kind.RECORDS, Kind.DUPLICATES, Kind.STAGES)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedReport:
    """Another unit that belongs together with a report, as which, and where it stands."""

    unit: Unit
    kind: Link
    words: str
    standing: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Looked:
    """The units sought, and by each of them and by the other unit what it is to it."""

    sought: frozenset[str]
    bonds: Mapping[str, Mapping[str, linking.Bond]]


class LinkedReports:
    """The links of the reports that full text is open for, computed from the records there are.

    Nothing of it is stored: a copy has the records too, and what is imported later is in it.
    """

    def __init__(
        self,
        file: File,
        units: Units,
        screening: Screening,
        standings: Standings,
        retrieval: Callable[[], Mapping[str, tuple[str, str]]],
    ) -> None:
        self._file = file
        self._units = units
        self._screening = screening
        self._standings = standings
        self._retrieval = retrieval
        self._looked: _Looked | None = None
        self._changes = 0
        file.listeners.append(self._on_changed)

    @property
    def known(self) -> bool:
        """Whether they were looked for since records, groups or open reports changed."""
        return self._looked is not None

    def look(self, progress: Progress = silent) -> None:
        """Look for them; among 20,000 records this takes seconds."""
        changes = self._changes
        looked = self._look(progress)
        if changes == self._changes:
            self._looked = looked

    def of(self, unit: str) -> list[LinkedReport]:
        """Return what is linked to a report, by number; looks for links first when it must."""
        if self._looked is None:
            self.look()
        looked = self._looked
        known = looked.bonds.get(unit) if looked else None
        if looked is None or known is None:
            return []
        retrieval = self._retrieval()
        found = []
        for other in sorted(self._units.load(known), key=lambda other: other.number):
            standing = self._standings.words(
                other.id,
                sought=other.id in looked.sought,
                retrieval=retrieval.get(other.id, ("sought", ""))[0],
            )
            bond = known[other.id]
            found.append(
                LinkedReport(unit=other, kind=bond.kind, words=bond.words, standing=standing)
            )
        return found

    def _look(self, progress: Progress) -> _Looked:
        unit_of = memberships(self._file)
        sought = set(self._screening.open_units(Stage.FULL_TEXT))
        every = membership.present_records(self._file)
        few = list(self._candidates(uid for uid in every if unit_of.get(uid, uid) in sought))
        found: dict[str, dict[str, linking.Bond]] = {}
        order = list(Link)
        bonds = linking.bonds(few, self._candidates(every), progress) if few else []
        for bond in sorted(bonds, key=lambda bond: order.index(bond.kind)):
            one, other = (unit_of.get(uid, uid) for uid in (bond.one, bond.other))
            if one != other:
                found.setdefault(one, {}).setdefault(other, bond)
        return _Looked(sought=frozenset(sought), bonds=found)

    def _candidates(self, uids: Iterable[str]) -> Iterable[Candidate]:
        return (Candidate.of(one.id, one.fields) for one in records.load(self._file, uids))

    def _on_changed(self, changes: Changes) -> None:
        if changes.touches(*_OTHERS_NOW):
            self._changes += 1
            self._looked = None
