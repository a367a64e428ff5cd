"""How far every step is, as one document: what `screener status --json` and an archive say."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from screener.consensus.consensus import ConsensusStage
from screener.consensus.progress import ReviewerStanding, StepStanding, subjects_standing
from screener.consensus.told import Told
from screener.model import Stage


def stages(consensus: ConsensusStage) -> list[dict[str, Any]]:
    """Return how far every step is, in numbers; nothing of it shows what anybody decided."""
    steps = [step.id for step in consensus.steps]
    return [of_step(consensus, consensus.standing(s), consensus.context.told(s)) for s in steps]


def of_step(consensus: ConsensusStage, found: StepStanding, told: Told) -> dict[str, Any]:
    """Return how far one step is, from where it stands and what happened there."""
    document = {
        "stage": str(found.step),
        "reviewers": [_reviewer(one) for one in found.reviewers],
        "statuses": found.statuses,
        "included": found.included,
        "excluded": found.excluded,
        "awaiting": found.awaiting,
        "pending": found.pending,
        "hidden": found.hidden,
        "opened_early": list(told.opened_early),
        "left": [{"reviewer": who, "why": why} for who, why in told.left],
        "joined_late": list(told.late),
        "reopened": [{"reviewer": who, "why": why} for who, why in told.reopened],
        "overturned": told.overturned,
    }
    if found.step not in set(Stage):
        document["studies"] = asdict(subjects_standing(consensus.at(found.step)))
    return document


def _reviewer(one: ReviewerStanding) -> dict[str, Any]:
    return {
        "reviewer": one.reviewer.name,
        "decided": one.decided,
        "pending": one.pending,
        "closed": one.closed,
        "closing_codes": list(one.codes),
        "opened_since": one.opened_since,
        "changed_since": one.changed_since,
        "left": one.left,
    }
