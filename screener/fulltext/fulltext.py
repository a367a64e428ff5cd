"""Full text: reports sought, retrieved or not retrieved (with why), and what is linked to them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from screener.consensus.consensus import ConsensusStage
from screener.fulltext.linked import LinkedReports, Standings
from screener.model import Stage, Unit, UserError
from screener.model.arguments import public
from screener.model.words import counted, is_blank
from screener.screening.retrieval import Retrieval, explained
from screener.screening.screening import Screening
from screener.store.file import COORDINATOR, File, FileKind
from screener.store.heads import head_ids
from screener.store.kinds.project import Retrieval as Recorded
from screener.units.units import Units


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """One report that is sought: its unit, how retrieval stands, and why it failed."""

    unit: Unit
    state: Retrieval
    why: str = ""


class FullText:
    """The reports of the units that full text is open for; `linked` is what belongs with them."""

    def __init__(
        self, file: File, units: Units, screening: Screening, consensus: ConsensusStage
    ) -> None:
        self._file = file
        self._units = units
        self._screening = screening
        self._consensus = consensus
        standings = Standings(screening, consensus, copy=file.kind is FileKind.COPY)
        self.linked = LinkedReports(file, units, screening, standings, self.retrieval)

    def retrieval(self) -> dict[str, tuple[Retrieval, str]]:
        """Return, by unit, how retrieval stands and why; a unit not named is sought."""
        return explained(self._file)

    @public
    def reports(self, only: Collection[str] | None = None) -> list[Sought]:
        """Return the reports sought (or those named), in the order of their numbers."""
        wanted: Iterable[str] = self._screening.open_units(Stage.FULL_TEXT)
        if only is not None:
            present, _ = self._units.among(only)
            wanted = [u for u in present if u in self._screening.stages.opened_for()]
        # What title and abstract excludes since is no report that is sought any more.
        gone = self._consensus.held_back(Stage.TITLE_ABSTRACT, only)
        known = explained(self._file, only)
        found = []
        for unit in self._units.load(u for u in wanted if u not in gone):
            state, why = known.get(unit.id, (Retrieval.SOUGHT, ""))
            found.append(Sought(unit=unit, state=state, why=why))
        return found

    @public
    def set_retrieval(self, unit: str, state: Retrieval | str, why: str = "") -> None:
        """Say whether a report was obtained; why is required when it was not."""
        self.set_several([unit], state, why)

    @public
    def set_several(self, units: Sequence[str], state: Retrieval | str, why: str = "") -> None:
        """Say the same of several reports in one action: all of them, or none where one is not."""
        wanted = Retrieval(state)
        if wanted is Retrieval.NOT_RETRIEVED and is_blank(why):
            raise UserError("Say why the report could not be obtained; the report names it.")
        present, _ = self._units.among(units)
        if set(units) - set(present) or set(units) - self._screening.stages.opened_for():
            raise UserError("Full text is not open for this record; open the stage for it first.")
        step = str(Stage.FULL_TEXT)
        before = {
            unit: head_ids(self._file, Recorded, step=step, subject=unit, author=COORDINATOR)
            for unit in units
        }
        body = Recorded(state=wanted.value, why=why.strip())
        of = f", {counted(len(before), 'report')}" if len(before) > 1 else ""
        with self._file.action(f"Full text {wanted.replace('-', ' ')}{of}") as action:
            for unit, known in before.items():
                action.append(body, subject=unit, step=step, supersedes=known)


__all__ = ["FullText", "Retrieval", "Sought"]
