"""Lists of units with where they stand, and exports of records with decisions in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from itertools import islice
from pathlib import Path

from screener.consensus.consensus import ConsensusStage
from screener.model import (
    Consensus,
    Decision,
    Outcome,
    Progress,
    Protocol,
    Stage,
    State,
    Status,
    Unit,
    UserError,
    Verdict,
    silent,
)
from screener.model.words import reason as why_words
from screener.report.codebook import (
    LATE,
    NOT_KNOWN,
    REMOVED,
    SETTLED,
    TO_SETTLE,
    Explained,
    codebook,
    column,
    in_words,
    require_place,
    save,
    table,
)
from screener.report.codebook import columns as further
from screener.report.listing import Which
from screener.screening.retrieval import explained as retrieval
from screener.sources.writers import xlsx
from screener.sources.writing import Row, format_of, write
from screener.store import paths
from screener.store.file import File, FileKind
from screener.store.heads import heads
from screener.store.kinds.project import Remove
from screener.units.units import Units


class Exports:
    """Writes records with what was decided on them, in words."""

    def __init__(
        self,
        file: File,
        units: Units,
        consensus: ConsensusStage,
        protocol: Protocol,
        waiting: Collection[str] = (),
    ) -> None:
        """Take `waiting` reports as not included: no study of theirs is, in the review."""
        self._units = units
        self._waiting = waiting
        self._consensus = consensus
        self._retrieval = retrieval(file)
        self._removed = {head.body.record: head.body for head in heads(file, Remove)}
        self._removed_units = {file.unit_of(record) for record in self._removed}
        self._protocol = protocol
        # A copy has one reviewer's decisions and no outcomes, an arbitrator's file nobody's.
        self._own = own = file.reviewer
        self._kind = file.kind
        self._copy = file.kind is FileKind.COPY
        self._reviewers = [r for r in consensus.reviewers() if own in ("", r.id)]
        self._open = {(one.step, one.subject) for one in consensus.unsettled()}
        self._reason = cache(protocol.reason_text)  # asked several times for each row

    def codebook(self) -> list[Explained]:
        """Explain every column of an export, and the protocol's criteria and reasons."""
        return codebook(self._protocol, self._reviewers, self._kind)

    def export(
        self,
        path: Path,
        *,
        which: Which = Which.ALL,
        stage: Stage = Stage.TITLE_ABSTRACT,
        explained: Path | None = None,
        progress: Progress = silent,
    ) -> int:
        """Write records with decisions in words; the ending of `path` chooses the format.

        Decisions of a stage that is hidden are left out: everything open is pending there, and
        `UserError` for what is included, excluded or to settle. A workbook has the codebook as its
        second sheet; `explained` is where to write it as CSV. Returns how many records were
        written.
        """
        paths.refuse_open(path)
        name = format_of(path)
        if explained is not None:
            require_place(explained, path)
        chosen = self._chosen(stage, which)
        book = self.codebook()
        columns = [c.column for c in further(self._protocol, self._reviewers, self._kind)]
        with paths.together():
            count = write(
                path,
                self._rows(chosen),
                format=xlsx.with_codebook(table(book)) if name == xlsx.WRITER.name else name,
                columns=columns,
                progress=progress,
            )
            if explained is not None:
                save(explained, book)
        return count

    def count(self, which: Which, stage: Stage) -> int:
        """Return how many records `export` would write; `UserError` as for that."""
        return len(self._chosen(stage, which))

    def _said(self, stage: Stage, subjects: list[str]) -> _Said:
        states = {state.subject: state for state in self._consensus.at(stage).states(subjects)}
        if not self._consensus.visible(stage):
            return _Said(states=states)
        return _Said(
            states=states,
            decisions=self._consensus.all_decisions(stage, subjects),
            agreed=self._consensus.agreed(stage, subjects),
        )

    def _chosen(self, stage: Stage, which: Which) -> list[str]:
        """Return the units of an export; a hundred thousand decisions are never read at once."""
        if which not in (Which.ALL, Which.PENDING, Which.REMOVED):
            self._consensus.require_visible(stage)
        if which is Which.TO_SETTLE and self._copy:
            raise UserError("What is to settle is known in the coordinator's project only.")
        states = self._consensus.at(stage).states()
        if self._kind is FileKind.ARBITRATOR and which in (Which.PENDING, Which.TO_SETTLE):
            return [s.subject for s in states if (stage, s.subject) in self._open]
        if which is Which.REMOVED:  # what a withdrawn import brought was not removed by anybody
            gone = (s.subject for s in states if s.status is Status.REMOVED)
            return [subject for subject in gone if subject in self._removed_units]
        if not self._copy:
            found = [state.subject for state in states if _belongs(state, which)]
            if which is Which.INCLUDED and stage is Stage.FULL_TEXT:  # as in the flow
                found = [one for one in found if one not in self._waiting]
            return found
        chosen: list[str] = []
        while some := list(islice(states, _AT_ONCE)):
            said = self._said(stage, [state.subject for state in some])
            chosen += [s.subject for s in some if self._belongs_in_copy(stage, s, said, which)]
        return chosen

    def _belongs_in_copy(self, stage: Stage, state: State, said: _Said, which: Which) -> bool:
        decisions = said.decisions.get(state.subject, ())
        if which is Which.ALL:
            return _belongs(state, which)
        if which is Which.PENDING:
            waits = self._consensus.at(stage).coverage.waits_for(self._own, state.subject)
            return _belongs(state, which) and not decisions and waits
        verdict = Verdict.INCLUDE if which is Which.INCLUDED else Verdict.EXCLUDE
        return state.status not in _CLOSED and {d.verdict for d in decisions} == {verdict}

    def _rows(self, chosen: list[str]) -> Iterator[Row]:
        units = self._units.load(chosen)
        while some := list(islice(units, _AT_ONCE)):
            said = {stage: self._said(stage, [unit.id for unit in some]) for stage in Stage}
            for unit in some:
                yield self._row(unit, said)

    def _row(self, unit: Unit, said: dict[Stage, _Said]) -> Row:
        columns = {
            "record": str(unit.number),
            "found in": "; ".join(dict.fromkeys(s.source for s in unit.sources)),
            "all records": "; ".join(map(str, unit.members)),
            REMOVED: " / ".join(self._removed_because(unit)),
        }
        for stage in Stage:
            columns |= self._stage_words(stage, said[stage], unit.id)
        hidden = said[Stage.FULL_TEXT].states[unit.id].status in (Status.HIDDEN, Status.NOT_OPEN)
        # Whose report is sought says what the others decided, in a copy that does not show it yet.
        if unit.id in self._retrieval and not (self._copy and hidden):
            state, why = self._retrieval[unit.id]
            words = in_words(state)
            columns[column(Stage.FULL_TEXT, "retrieval")] = f"{words}: {why}" if why else words
        # On one line, because many programs take a new line for a new record.
        return Row(
            fields=unit.fields,
            columns={name: " ".join(text.split()) for name, text in columns.items() if text},
        )

    def _removed_because(self, unit: Unit) -> Iterator[str]:
        """Give the reasons for which records of a unit were removed, each once."""
        found = (self._removed[record] for record in unit.records if record in self._removed)
        for why, automatic in dict.fromkeys((one.why, one.automatic) for one in found):
            yield f"{why_words(why)} (by automation tools)" if automatic else why_words(why)

    def _stage_words(self, stage: Stage, said: _Said, unit: str) -> dict[str, str]:
        state, decisions = said.states[unit], said.decisions.get(unit, [])
        found = {column(stage, "status"): self._status(state, decided=bool(decisions))}
        if not self._copy:
            found[column(stage, "outcome")] = str(state.outcome or "")
            found[column(stage, "reason")] = self._reason(state.reason)
            agreed = said.agreed.get(unit, [])
            found[column(stage, "consensus")] = " / ".join(map(self._consensus_words, agreed))
        if decisions:
            for reviewer in self._reviewers:
                own = [d for d in decisions if d.reviewer == reviewer.id]
                decided = " / ".join(map(self._decision_words, own))
                found[column(stage, f"decision of {reviewer.name}")] = decided
                notes = " / ".join(d.note for d in own if d.note)
                found[column(stage, f"note of {reviewer.name}")] = notes
        return found

    def _status(self, state: State, *, decided: bool) -> str:
        if self._copy and state.status not in _CLOSED:
            return "decided" if decided else "not decided"
        if self._kind is FileKind.ARBITRATOR and state.status not in _CLOSED:
            to_settle = (state.step, state.subject) in self._open
            return TO_SETTLE if to_settle else SETTLED if state.outcome else NOT_KNOWN
        return in_words(state.status)

    def _decision_words(self, decision: Decision) -> str:
        words = str(decision.verdict)
        if decision.reason:
            words += f" ({self._reason(decision.reason)})"
        order = [c.id for c in self._protocol.criteria if c.id in decision.judgements]
        # A criterion that was taken out of the protocol was judged all the same.
        order += [id_ for id_ in decision.judgements if id_ not in order]
        judged = [f"{self._reason(id_)} {in_words(decision.judgements[id_])}" for id_ in order]
        return f"{words}; {', '.join(judged)}" if judged else words

    def _consensus_words(self, consensus: Consensus) -> str:
        words = str(consensus.value)
        if consensus.reason:
            words += f" ({self._reason(consensus.reason)})"
        by = " and ".join(consensus.by)
        return f"{words}, {consensus.mode} by {by}: {consensus.why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What is known of a stage: where every unit stands, and what may be seen of the decisions."""

    states: dict[str, State]
    decisions: Mapping[str, list[Decision]] = field(default_factory=dict)
    agreed: dict[str, list[Consensus]] = field(default_factory=dict)


_AT_ONCE = 500
"""So many units are read and held at a time."""
_CLOSED = (Status.REMOVED, *LATE)


def _belongs(state: State, which: Which) -> bool:
    if which is Which.ALL:
        return state.status is not Status.REMOVED
    if which is Which.INCLUDED:
        return state.outcome is Outcome.INCLUDE
    if which is Which.EXCLUDED:
        return state.outcome is Outcome.EXCLUDE
    if which is Which.TO_SETTLE:
        return state.open
    return state.outcome is None and state.status not in _CLOSED
