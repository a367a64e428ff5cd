"""Copies and their merge, discrepancies, the consensus that settles them, agreement."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from screener.consensus import copies, recorded
from screener.consensus.admission import admitted
from screener.consensus.agreement import Agreement, agreement
from screener.consensus.decided import decided
from screener.consensus.findings import Admitted, require_admitted
from screener.consensus.standing import (
    PLAIN,
    ReviewerStanding,
    StageStanding,
    reviewer_standings,
    stage_standing,
)
from screener.consensus.statuses import Statuses
from screener.model import (
    Consensus,
    Decision,
    Discrepancy,
    DiscrepancyKind,
    Mode,
    Outcome,
    Progress,
    Reviewer,
    Stage,
    Status,
    UnitState,
    UserError,
    Verdict,
    silent,
)
from screener.protocol.protocol import ProtocolVersions
from screener.screening import rules
from screener.screening.screening import Screening
from screener.store import backups, raw, union
from screener.store.file import File, FileKind
from screener.units.units import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Merged:
    """What a merge did: the files as they were admitted, and what each added."""

    files: tuple[Admitted, ...]
    backup: Path | None

    @property
    def new(self) -> int:
        """Entries that were new here."""
        return sum(f.new_events for f in self.files)


class ConsensusStage:
    """The consensus of one open project (or the numbers of a copy)."""

    def __init__(
        self, file: File, units: Units, protocol: ProtocolVersions, screening: Screening
    ) -> None:
        self._file = file
        self._units = units
        self._protocol = protocol
        self._screening = screening
        self._statuses = Statuses(file, units, protocol, screening)

    # --- reviewers and copies ------------------------------------------------------------------

    def reviewers(self) -> list[Reviewer]:
        """Return the reviewers of the review, in the order they were added."""
        return copies.reviewers(self._file)

    def write_copy(self, name: str, path: Path | str) -> Reviewer:
        """Write a copy for a reviewer, or a newer one for the same name."""
        return copies.write_copy(self._file, name, Path(path))

    # --- merging -------------------------------------------------------------------------------

    def admission(
        self, *files: Path | str, progress: Progress = silent, salvage: bool = False
    ) -> list[Admitted]:
        """Check files against this project without taking anything in."""
        with admitted(self._file, map(Path, files), progress, salvage=salvage) as found:
            return found

    def merge(
        self,
        *files: Path | str,
        progress: Progress = silent,
        open_early: bool = False,
        salvage: bool = False,
    ) -> Merged:
        """Take the files in: all that were chosen, or nothing.

        The target is backed up first; the inputs are only read. A file that is refused raises its
        sentence. Nothing is written when there is nothing new.
        """
        chosen = [Path(f) for f in files]
        with admitted(self._file, chosen, progress, salvage=salvage) as found:
            require_admitted(found)
            kept = None
            if any(one.new_events for one in found) or raw.is_incomplete(self._file.connection):
                kept = backups.backup_if_changed(self._file, progress)
            private = [one.private for one in found if one.private is not None]
            taken = union.union(self._file, private, progress)
            for one, result in zip(found, taken, strict=True):
                one.new_events, one.known_events = result.new, result.known
        if open_early:
            self.open_early()
        return Merged(files=tuple(found), backup=kept)

    def open_early(self) -> None:
        """Show stages that not everybody has closed; the report says so."""
        stages = [s for s in Stage if self._screening.opened(s) and not self._statuses.visible(s)]
        if self._file.kind is FileKind.PROJECT and stages:
            with self._file.action("Open a stage early") as action:
                for stage in stages:
                    action.append("opened-early", {"stage": str(stage)}, stage=stage)

    # --- where units stand ---------------------------------------------------------------------

    def visible(self, stage: Stage) -> bool:
        """Say whether the stage's decisions may be seen here (all have closed it)."""
        return self._statuses.visible(stage)

    def require_visible(self, stage: Stage) -> None:
        """Raise `UserError` while the stage is hidden."""
        if not self.visible(stage):
            raise UserError(
                f"{stage.words} is still open: not everybody whose decisions are here has closed "
                "it; ask for closed copies, or merge with --open."
            )

    def states(self, stage: Stage) -> dict[str, UnitState]:
        """Return where every unit stands; in a hidden stage nothing but open or not."""
        found = self._statuses.states(stage)
        if self.visible(stage):
            return found
        return {
            u: s if s.status in PLAIN else UnitState(unit=u, stage=stage, status=Status.PENDING)
            for u, s in found.items()
        }

    def state(self, unit: str, stage: Stage) -> UnitState:
        """Return where one unit stands."""
        self.require_visible(stage)
        return self._statuses.states(stage, [unit])[unit]

    def passed(self) -> list[str]:
        """Return the units whose title/abstract outcome lets them on to full text.

        `UserError` while title and abstract is hidden: which units passed would show decisions.
        """
        self.require_visible(Stage.TITLE_ABSTRACT)
        return self._statuses.survey(Stage.TITLE_ABSTRACT).with_outcome(Outcome.INCLUDE)

    def standing(self, stage: Stage) -> StageStanding:
        """Return how far a stage is; counts of decisions only while it is hidden."""
        survey = self._statuses.survey(stage)
        reviewers = reviewer_standings(
            self._file, self.reviewers(), stage, survey.to_screen(), survey.decided
        )
        return stage_standing(stage, survey, reviewers, visible=self.visible(stage))

    def reviewer_standings(self, stage: Stage) -> list[ReviewerStanding]:
        """Return how far each reviewer is at a stage, in numbers; units are not looked at."""
        units, said = self._screening.to_screen(stage), decided(self._file, stage)
        return reviewer_standings(self._file, self.reviewers(), stage, units, said)

    # --- discrepancies -------------------------------------------------------------------------

    def discrepancies(
        self, stage: Stage, *, only: Iterable[str] | None = None
    ) -> list[Discrepancy]:
        """Return the list for the meeting, by kind, then number; settled ones stay listed.

        `UserError` while the stage is hidden.
        """
        self.require_visible(stage)
        wanted = self._statuses.survey(stage, only).states(differing=True)
        decisions = recorded.decisions(self._file, stage, wanted, self.reviewers())
        settled = self.agreed(stage, wanted)
        found = []
        for unit in self._units.load(wanted):
            state = wanted[unit.id]
            assert state.kind is not None
            found.append(
                Discrepancy(
                    unit=unit,
                    stage=stage,
                    kind=state.kind,
                    elements=state.elements,
                    decisions=tuple(decisions.get(unit.id, ())),
                    consensus=tuple(settled.get(unit.id, ())),
                    state="open" if state.open else "resolved",
                    stale=state.stale,
                )
            )
        order = list(DiscrepancyKind)
        return sorted(found, key=lambda d: (order.index(d.kind), d.unit.number))

    def decisions(self, unit: str, stage: Stage) -> list[Decision]:
        """Return the decisions that stand on one unit, in the order of the reviewers."""
        self.require_visible(stage)
        found = recorded.decisions(self._file, stage, [unit], self.reviewers())
        return found.get(unit, [])

    def all_decisions(self, stage: Stage) -> dict[str, list[Decision]]:
        """Return the decisions that stand, by unit, in the order of the reviewers."""
        self.require_visible(stage)
        return recorded.decisions(self._file, stage, None, self.reviewers())

    def agreed(
        self, stage: Stage, units: Iterable[str] | None = None
    ) -> dict[str, list[Consensus]]:
        """Return the consensus that stands, by unit."""
        return recorded.agreed(self._file, stage, units)

    # --- settling ------------------------------------------------------------------------------

    def resolve(
        self,
        unit: str,
        verdict: Outcome | str,
        *,
        stage: Stage,
        why: str,
        by: Iterable[str],
        reason: str = "",
        mode: Mode = Mode.DISCUSSION,
    ) -> Consensus:
        """Record the consensus (or adjudication) on a unit; the decisions stay as they were.

        `UserError` when the stage is hidden or not open for the unit, nobody or nothing is said
        for it, or an exclusion at full text has no reason.
        """
        self.require_visible(stage)
        try:
            outcome = Outcome(verdict)
        except ValueError:
            raise UserError("An outcome is include, exclude or awaiting.") from None
        names = [n.strip() for n in by if n.strip()]
        self._check_outcome(unit, outcome, reason, why, names, stage)
        heads = self._statuses.decision_heads(stage, [unit]).get(unit, [])
        basis = [head.event.hex() for head in heads]
        before = [c.event for c in self._statuses.consensus_heads(stage, [unit]).get(unit, [])]
        before += [
            e
            for member in self._file.members(unit)
            for e in self._file.head_ids(
                "consensus", stage=stage, unit=member, author="coordinator"
            )
            if e not in before
        ]
        body: dict[str, Any] = {
            "verdict": str(outcome),
            "why": why.strip(),
            "by": names,
            "mode": str(mode),
            "basis": sorted(basis),
        }
        if reason:
            body["reason"] = reason
        with self._file.action(f"Settle: {outcome}") as action:
            event = action.append("consensus", body, unit=unit, stage=stage, supersedes=before)
        return next(c for c in self.agreed(stage, [unit])[unit] if c.event == event)

    def _check_outcome(
        self, unit: str, outcome: Outcome, reason: str, why: str, by: list[str], stage: Stage
    ) -> None:
        if outcome is Outcome.AWAITING:
            if stage is not Stage.FULL_TEXT:
                raise UserError("Awaiting classification exists at full text only.")
        else:
            rules.check(Verdict(outcome), reason, why, stage, self._protocol.current)
        if not why.strip():
            raise UserError("Say why: one sentence that the minutes can show.")
        if not by:
            raise UserError("Say who agreed (or who decided); name at least one person.")
        state = self._statuses.states(stage, [unit]).get(unit)
        if state is None:
            raise UserError("There is no such unit in this review; see its list of records.")
        if state.status in PLAIN:
            raise UserError(f"This unit cannot be settled at this stage: it is {state.status}.")

    def proposed_reason(self, discrepancy: Discrepancy) -> str:
        """Return the reason the program proposes: of those given, the first in the protocol."""
        given = {d.reason for d in discrepancy.decisions if d.reason}
        ordered = [r.id for r in self._protocol.current.reasons if r.id in given]
        return ordered[0] if ordered else next(iter(sorted(given)), "")

    def present(self, names: Iterable[str]) -> None:
        """Record who is at the meeting."""
        before = self._file.head_ids("present", author="coordinator")
        with self._file.action("Present at the meeting") as action:
            action.append("present", {"names": list(names)}, supersedes=before)

    def names_present(self) -> list[str]:
        """Return who was last said to be at the meeting (at any of two); else the reviewers."""
        found = [body["names"] for _, body in sorted(self._file.heads("present"))]
        names = dict.fromkeys(name for one in found for name in one)
        return list(names) if found else [r.name for r in self.reviewers()]

    def reveal(self, level: int) -> None:
        """Record how much of the decisions the meeting sees from now on (0 to 3)."""
        before = self._file.head_ids("reveal", author="coordinator")
        with self._file.action(f"Show level {level}") as action:
            action.append("reveal", {"level": level}, supersedes=before)

    def revealed(self) -> int:
        """Return the reveal level in force; 3 (everything) before anybody chose one.

        Of two meetings the one that shows less counts.
        """
        return min((int(body["level"]) for _, body in self._file.heads("reveal")), default=3)

    # --- agreement -----------------------------------------------------------------------------

    def agreement(self, stage: Stage) -> Agreement:
        """Return the agreement figures; `UserError` while the stage is hidden."""
        self.require_visible(stage)
        protocol = self._protocol.current
        # Where one decision is enough, what two decided by chance says nothing of the review.
        reviewers = self.reviewers() if protocol.reviewers_per_record > 1 else []
        return agreement(self._file, stage, reviewers, [c.id for c in protocol.criteria])
