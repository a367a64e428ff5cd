"""Lists of units with where they stand, and exports of records with decisions in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Any

from screener.consensus.consensus import ConsensusStage
from screener.duplicates.groups import Units
from screener.fulltext.fulltext import FullText
from screener.model import (
    OTHER_REASON,
    Consensus,
    Decision,
    Outcome,
    Progress,
    Protocol,
    Record,
    Reviewer,
    Stage,
    Status,
    Unit,
    UnitState,
    silent,
)
from screener.sources.writing import Row, format_of, write
from screener.store import paths


class Which(StrEnum):
    """Which units an export holds."""

    ALL = "all"
    INCLUDED = "included"
    EXCLUDED = "excluded"
    PENDING = "pending"


class Exports:
    """Writes records with what was decided on them, in words."""

    def __init__(
        self, units: Units, consensus: ConsensusStage, fulltext: FullText, protocol: Protocol
    ) -> None:
        self._units = units
        self._consensus = consensus
        self._retrieval = fulltext.retrieval()
        self._protocol = protocol
        self._reviewers = consensus.reviewers()

    def listing(self, stage: Stage, status: Status | None = None) -> Iterator[dict[str, Any]]:
        """Yield the document of `screener records --json`, one object for each unit."""
        states = self._consensus.states(stage)
        wanted = [u for u, s in states.items() if status is None or s.status is status]
        for unit in self._units.load(wanted):
            yield {**described(unit), **_standing(states[unit.id])}

    def export(
        self,
        path: Path,
        *,
        which: Which = Which.ALL,
        stage: Stage = Stage.TITLE_ABSTRACT,
        progress: Progress = silent,
    ) -> int:
        """Write records with decisions in words; the ending of `path` chooses the format.

        Decisions of a stage that is hidden are left out. Returns how many were written.
        """
        paths.refuse_open(path)
        format_of(path)
        states = {s: self._consensus.states(s) for s in Stage}
        chosen = [u for u, s in states[stage].items() if _belongs(s, which)]
        columns = self._columns()
        rows = self._rows(chosen, states)
        return write(path, rows, columns=columns, progress=progress)

    def _columns(self) -> list[str]:
        columns = ["record", "found in", "all records"]
        for stage in Stage:
            name = stage.words
            columns += [f"{name}: status", f"{name}: outcome", f"{name}: reason"]
            for reviewer in self._reviewers:
                columns += [f"{name}: {reviewer.name}", f"{name}: note of {reviewer.name}"]
            columns.append(f"{name}: consensus")
        columns.append("Full text: retrieval")
        return columns

    def _rows(self, chosen: list[str], states: dict[Stage, dict[str, UnitState]]) -> Iterator[Row]:
        seen = [s for s in Stage if self._consensus.visible(s)]
        decisions = {s: self._consensus.all_decisions(s) for s in seen}
        agreed = {s: self._consensus.agreed(s) for s in seen}
        for unit in self._units.load(chosen):
            columns = {
                "record": str(unit.number),
                "found in": "; ".join(s.source for s in unit.sources),
                "all records": "; ".join(map(str, unit.members)),
            }
            for stage in Stage:
                columns |= self._stage_words(
                    stage,
                    states[stage][unit.id],
                    decisions.get(stage, {}).get(unit.id, []),
                    agreed.get(stage, {}).get(unit.id, []),
                )
            if unit.id in self._retrieval:
                state, why = self._retrieval[unit.id]
                words = str(state).replace("-", " ")
                columns["Full text: retrieval"] = f"{words}: {why}" if why else words
            yield Row(fields=unit.fields, columns={k: v for k, v in columns.items() if v})

    def _stage_words(
        self, stage: Stage, state: UnitState, decisions: list[Decision], agreed: list[Consensus]
    ) -> dict[str, str]:
        name = stage.words
        found = {
            f"{name}: status": str(state.status).replace("-", " "),
            f"{name}: outcome": str(state.outcome or ""),
            f"{name}: reason": self._reason(state.reason),
        }
        for reviewer in self._reviewers:
            own = [d for d in decisions if d.reviewer == reviewer.id]
            found[f"{name}: {reviewer.name}"] = " / ".join(map(self._decision_words, own))
            found[f"{name}: note of {reviewer.name}"] = " / ".join(d.note for d in own if d.note)
        found[f"{name}: consensus"] = " / ".join(map(self._consensus_words, agreed))
        return found

    def _reason(self, id_: str) -> str:
        return "Other" if id_ == OTHER_REASON else self._protocol.reason_text(id_) if id_ else ""

    def _decision_words(self, decision: Decision) -> str:
        words = str(decision.verdict)
        if decision.reason:
            words += f" ({self._reason(decision.reason)})"
        judged = [
            f"{c.name} {str(decision.judgements[c.id]).replace('-', ' ')}"
            for c in self._protocol.criteria
            if c.id in decision.judgements
        ]
        return f"{words}; {', '.join(judged)}" if judged else words

    def _consensus_words(self, consensus: Consensus) -> str:
        words = str(consensus.verdict)
        if consensus.reason:
            words += f" ({self._reason(consensus.reason)})"
        by = " and ".join(consensus.by)
        return f"{words}, {consensus.mode} by {by}: {consensus.why}"


def _belongs(state: UnitState, which: Which) -> bool:
    if which is Which.ALL:
        return state.status is not Status.REMOVED
    if which is Which.INCLUDED:
        return state.outcome is Outcome.INCLUDE
    if which is Which.EXCLUDED:
        return state.outcome is Outcome.EXCLUDE
    closed = (Status.REMOVED, Status.NOT_OPEN, Status.NOT_RETRIEVED)
    return state.outcome is None and state.status not in closed


def described(unit: Unit) -> dict[str, Any]:
    """Return a unit as the command line's JSON describes it."""
    fields = unit.fields
    return {
        "number": unit.number,
        "uid": unit.id,
        "title": fields.title,
        "authors": list(fields.authors),
        "year": fields.year,
        "journal": fields.journal,
        "doi": fields.doi,
        "pmid": fields.pmid,
        "abstract": fields.abstract,
        "sources": [{"source": s.source, "kind": s.kind, "batch": s.batch} for s in unit.sources],
        "members": list(unit.members),
    }


def member_described(
    units: Units, record: Record, states: Mapping[str, UnitState]
) -> dict[str, Any]:
    """Return one imported record as JSON, with the standing of the unit it belongs to."""
    unit = next(units.load([units.of_record(record.id)]))
    fields = record.fields
    found = described(unit) | {
        "number": record.number,
        "uid": record.id,
        "title": fields.title,
        "authors": list(fields.authors),
        "year": fields.year,
        "journal": fields.journal,
        "doi": fields.doi,
        "pmid": fields.pmid,
        "abstract": fields.abstract,
        "unit": unit.number,
    }
    found["sources"] = [s for s in found["sources"] if s["batch"] == record.batch]
    state = states.get(unit.id)
    return found | (_standing(state) if state else {"status": "removed", "outcome": None})


def _standing(state: UnitState) -> dict[str, Any]:
    return {
        "status": str(state.status),
        "outcome": None if state.outcome is None else str(state.outcome),
        "stale": state.stale,
    }


def decision_json(decision: Decision, reviewers: list[Reviewer]) -> dict[str, Any]:
    """Return a decision as the command line's JSON describes it."""
    names = {r.id: r.name for r in reviewers}
    return {
        "reviewer": names.get(decision.reviewer, decision.reviewer),
        "verdict": str(decision.verdict),
        "reason": decision.reason or None,
        "judgements": {k: str(v) for k, v in decision.judgements.items()},
        "note": decision.note,
        "protocol": decision.protocol,
    }
