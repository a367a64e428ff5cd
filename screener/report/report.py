"""The report of an open project: the flow, lists, exports."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from screener.consensus.consensus import ConsensusStage
from screener.model import Progress, Stage, silent
from screener.protocol.protocol import ProtocolVersions
from screener.report.counting import Counted, Counting
from screener.report.flow import Flow
from screener.report.listing import Which
from screener.store.file import File
from screener.units.units import Units

if TYPE_CHECKING:  # the numbers do not wait for what only writes
    from screener.report.codebook import Explained
    from screener.report.exports import Exports


class Report:
    """Counts and writes; changes nothing."""

    def __init__(
        self,
        file: File,
        units: Units,
        consensus: ConsensusStage,
        protocol: ProtocolVersions,
    ) -> None:
        self._file = file
        self._units = units
        self._consensus = consensus
        self._protocol = protocol
        self._counting = Counting(file, units, consensus, protocol)

    def counted(self) -> Counted:
        """Return the PRISMA numbers with the units behind each of them."""
        return self._counting.counted()

    def flow(self) -> Flow:
        """Return the PRISMA numbers; a draft while anything is open."""
        return self.counted().flow

    def exports(self) -> Exports:
        """Return what lists and writes records with their decisions."""
        from screener.report.exports import Exports

        return Exports(self._file, self._units, self._consensus, self._protocol.current)

    def codebook(self) -> list[Explained]:
        """Explain every column of an export, and the protocol's criteria and reasons."""
        return self.exports().codebook()

    def export(
        self,
        path: Path | str,
        *,
        which: Which | str = Which.ALL,
        stage: Stage = Stage.TITLE_ABSTRACT,
        codebook: Path | str | None = None,
        progress: Progress = silent,
    ) -> int:
        """Write records with decisions in words; the ending of `path` chooses the format.

        `codebook` is where to write what the columns mean, as CSV; a workbook has it as a sheet.
        """
        return self.exports().export(
            Path(path),
            which=Which(which),
            stage=stage,
            explained=None if codebook is None else Path(codebook),
            progress=progress,
        )
