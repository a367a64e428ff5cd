"""One reviewer alone: what is pending, decisions, notes, flags, closing a stage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from screener.model import Decision, RecordId, Stage, Unit, Verdict
from screener.model.arguments import public
from screener.protocol.protocol import ProtocolVersions
from screener.screening.decisions import Decisions, Draft, decision_from
from screener.screening.notes import Notes
from screener.screening.orders import OrderBy, Ordering
from screener.screening.parts import Part
from screener.screening.proposals import Proposals
from screener.screening.queues import PARTED, Queue, Queues, Standing
from screener.screening.stages import Passed, Stages
from screener.store.file import File
from screener.units.units import Units


class Screening:
    """Screening in one file: a reviewer's copy, or (to read and to open stages) the project.

    `stages` says what is open and closed, `queues` what is to be gone through, `decisions` what
    is decided; `notes` holds notes, flags and what is the reviewer's own, `proposals` the
    duplicates a reviewer proposes. What scripts need most is said here once more.
    """

    def __init__(
        self, file: File, units: Units, protocol: ProtocolVersions, passed: Passed
    ) -> None:
        self.stages = Stages(file, units, passed)
        self.notes = Notes(file, protocol)
        self.queues = Queues(file, units, protocol, self.stages, self.notes)
        self.decisions = Decisions(file, units, protocol, self.stages, self.notes)
        self.proposals = Proposals(file, units, self.notes)

    # --- stages ------------------------------------------------------------------------------

    @public
    def opened(self, stage: Stage) -> bool:
        """Say whether the stage is open for any unit."""
        return self.stages.opened(stage)

    @public
    def open_units(self, stage: Stage) -> list[RecordId]:
        """Return the units the stage is open for, in the order of their numbers."""
        return self.stages.open_units(stage)

    @public
    def to_screen(self, stage: Stage) -> list[RecordId]:
        """Return the units a reviewer screens at a stage: open, and at full text retrieved."""
        return self.stages.to_screen(stage)

    @public
    def open(self, stage: Stage) -> int:
        """Open full text for the units that passed; returns how many were added.

        `UserError` when nothing new passed, or the file is not the project.
        """
        return self.stages.open(stage)

    @public
    def closed(self, stage: Stage) -> bool:
        """Say whether this reviewer has closed the stage, and nothing was opened since."""
        return self.stages.closed(stage)

    @public
    def close(self, stage: Stage) -> str:
        """Say that this reviewer has finished the stage; returns the closing code.

        `UserError` when it is closed already or holds nothing to screen.
        """
        return self.stages.close(stage)

    @public
    def reopen(self, stage: Stage, why: str) -> None:
        """Open a closed stage again; `UserError` when it is not closed or no reason is given."""
        self.stages.reopen(stage, why)

    # --- going through -----------------------------------------------------------------------

    @public
    def pending(self, stage: Stage) -> Iterator[Unit]:
        """Yield the units this reviewer has not decided yet, in order."""
        return self.queues.pending(stage)

    @public
    def progress(self, stage: Stage) -> Standing:
        """Return how far this reviewer is at a stage."""
        return self.queues.progress(stage)

    @public
    def decision(self, unit: str, stage: Stage) -> Decision | None:
        """Return this reviewer's decision on a unit (the newest of several), or None."""
        return self.decisions.decision(unit, stage)

    @public
    def decide(
        self,
        unit: str,
        verdict: Verdict,
        *,
        stage: Stage,
        reason: str = "",
        judgements: Mapping[str, str] | None = None,
        note: str | None = None,
    ) -> Decision | None:
        """Record this reviewer's decision on a unit; `Verdict.NONE` takes it back.

        A note of None leaves the note as it is. Returns the decision, None when it was taken
        back. `UserError` when the reason is missing or unknown, the stage is closed or not open
        for the unit, or the file is not a reviewer's copy.
        """
        draft = Draft(unit=unit, verdict=Verdict(verdict), reason=reason, judgements=judgements)
        return self.decisions.decide(draft, stage=stage, note=note)


__all__ = [
    "PARTED",
    "Draft",
    "OrderBy",
    "Ordering",
    "Part",
    "Passed",
    "Queue",
    "Screening",
    "Standing",
    "decision_from",
]
