"""Where a record stands, in words that show nobody's decision but one's own and what is settled."""

from __future__ import annotations

from screener.consensus.consensus import ConsensusStage
from screener.model import Outcome, Stage, Verdict
from screener.screening.screening import Screening

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
