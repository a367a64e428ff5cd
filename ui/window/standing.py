"""How far each stage is, in the few words that stand in the rail and on the start page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from screener.model import Changes, Kind, Outcome, Stage, Status, UnitState
from ui.widgets.rail import StageLine

if TYPE_CHECKING:  # the core is read when a file is opened, not before
    from screener import Project
    from screener.consensus.standing import ReviewerStanding

_OUTSIDE = (Status.REMOVED, Status.NOT_OPEN, Status.NOT_RETRIEVED)
NOT_BEGUN = "not begun"


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 search", "8 searches", "2,131 records"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


class Standings:
    """Reads how far a review is; the states of units are kept and followed, for they are many."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._states: dict[Stage, dict[str, UnitState]] = {}
        self._reviewers: dict[Stage, list[ReviewerStanding]] = {}

    def take(self, changes: Changes) -> None:
        """Follow a change: a consensus touches its units only, anything else is read anew."""
        if changes.kinds == {Kind.CONSENSUS} and changes.units:
            for stage, states in self._states.items():
                for unit in changes.units & states.keys():
                    if self._project.consensus.visible(stage):
                        states[unit] = self._project.consensus.state(unit, stage)
        else:
            self._states.clear()
            self._reviewers.clear()

    def lines(self, known: Mapping[str, str] | None = None) -> list[StageLine]:
        """Return the stages of the rail, for a copy or for the coordinator's project.

        `known` are the words of pages that know more of their stage, by its id; "" says nothing.
        """
        lines = self._copy_lines() if self._project.is_copy else self._project_lines()
        words = known or {}
        return [replace(o, words=words[o.id]) if o.begun and words.get(o.id) else o for o in lines]

    def state_words(self) -> str:
        """Return how far the review is, for the start page."""
        project = self._project
        if project.is_copy:
            full = project.screening.opened(Stage.FULL_TEXT)
            here = project.screening.progress(Stage.FULL_TEXT if full else Stage.TITLE_ABSTRACT)
            if not here.all:
                return "no records yet"
            what = "full texts assessed" if full else "screened"
            return f"{here.decided:,} of {here.all:,} {what}" + (", closed" if here.closed else "")
        records = project.sources.count()
        if not records:
            return "no records yet"
        open_, _ = self._discrepancies()
        return f"{open_:,} to settle" if open_ else counted(records, "record")

    # --- a copy ----------------------------------------------------------------------------------

    def _copy_lines(self) -> list[StageLine]:
        version = self._project.protocol.current.version
        return [
            StageLine(id="protocol", name="Protocol", words=f"version {version}, to read"),
            self._own_stage(Stage.TITLE_ABSTRACT, "Title and abstract", "record"),
            self._own_stage(Stage.FULL_TEXT, "Full text", "report"),
        ]

    def _own_stage(self, stage: Stage, name: str, what: str) -> StageLine:
        if not self._project.screening.opened(stage):
            return StageLine(id=stage, name=name, words="opens after the meeting", begun=False)
        here = self._project.screening.progress(stage)
        words = f"{here.decided:,} of {here.all:,}"
        if here.closed:
            words = f"{here.decided:,} decided, closed"
        elif not here.decided:
            words = counted(here.all, what)
        share = here.decided / here.all if here.all else None
        return StageLine(id=stage, name=name, words=words, share=share)

    # --- the project -----------------------------------------------------------------------------

    def _project_lines(self) -> list[StageLine]:
        project = self._project
        searches = sum(not b.withdrawn for b in project.sources.batches())
        groups = len(project.duplicates.groups())
        joined = counted(groups, "group joined", "groups joined") if groups else ""
        proposed = len(project.duplicates.proposals())
        if proposed:
            joined = counted(proposed, "duplicate proposed", "duplicates proposed")
        version = project.protocol.current.version
        return [
            StageLine(id="protocol", name="Protocol", words=f"version {version}"),
            _line(
                "sources", "Sources", counted(searches, "search", "searches") if searches else ""
            ),
            _line("duplicates", "Duplicates", joined),
            _line("screening", "Screening", self._reviewers_words()),
            self._consensus_line(),
            self._fulltext_line(),
            _line("report", "Report", "flow, exports" if searches else ""),
        ]

    def _stages(self) -> list[Stage]:
        return [s for s in Stage if self._project.screening.opened(s)]

    def _states_of(self, stage: Stage) -> dict[str, UnitState]:
        if stage not in self._states:
            self._states[stage] = dict(self._project.consensus.states(stage))
        return self._states[stage]

    def _reviewers_of(self, stage: Stage) -> list[ReviewerStanding]:
        if stage not in self._reviewers:
            self._reviewers[stage] = self._project.consensus.reviewer_standings(stage)
        return self._reviewers[stage]

    def _reviewers_words(self) -> str:
        everybody = self._reviewers_of(Stage.TITLE_ABSTRACT)
        closed = sum(r.closed for r in everybody)
        if not everybody:
            return ""
        if closed == len(everybody):
            return "both reviewers closed" if closed == 2 else "all reviewers closed"
        if closed:
            return f"{closed} of {len(everybody)} reviewers closed"
        return counted(len(everybody), "reviewer")

    def _discrepancies(self) -> tuple[int, int]:
        """Return how many discrepancies are open, and how many there are, over the stages."""
        open_ = whole = 0
        for stage in self._stages():
            if self._merged(stage) and self._project.consensus.visible(stage):
                states = self._states_of(stage).values()
                whole += sum(s.kind is not None for s in states)
                open_ += sum(s.open for s in states)
        return open_, whole

    def _merged(self, stage: Stage) -> bool:
        return any(r.decided for r in self._reviewers_of(stage))

    def _consensus_line(self) -> StageLine:
        if not any(self._merged(s) for s in self._stages()):
            return _line("consensus", "Consensus", "")
        open_, whole = self._discrepancies()
        if whole:
            words = f"{open_:,} of {whole:,} to settle" if open_ else f"all {whole:,} settled"
            return _line("consensus", "Consensus", words, (whole - open_) / whole)
        visible = self._project.consensus.visible(Stage.TITLE_ABSTRACT)
        words = "nothing to settle" if visible else "waits for closed copies"
        return _line("consensus", "Consensus", words)

    def _fulltext_line(self) -> StageLine:
        if Stage.FULL_TEXT not in self._stages():
            return _line("full-text", "Full text", "")
        states = [s for s in self._states_of(Stage.FULL_TEXT).values() if s.status not in _OUTSIDE]
        assessed = sum(s.outcome in (Outcome.INCLUDE, Outcome.EXCLUDE) for s in states)
        share = assessed / len(states) if states else None
        words = f"{assessed:,} of {len(states):,} assessed"
        return _line("full-text", "Full text", words, share)


def _line(id_: str, name: str, words: str, share: float | None = None) -> StageLine:
    return StageLine(id=id_, name=name, words=words or NOT_BEGUN, share=share, begun=bool(words))
