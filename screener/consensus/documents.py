"""How far every step is, as one document: what `screener status --json` and an archive say."""

from __future__ import annotations

from collections.abc import Mapping
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


def of_step(
    consensus: ConsensusStage, found: StepStanding, told: Told, *, copy: bool = False
) -> dict[str, Any]:
    """Return how far one step is, from where it stands and what happened there.

    In a reviewer's `copy` what is pending of a form is what is pending of theirs.
    """
    studies = None
    if found.step not in set(Stage):
        studies = asdict(subjects_standing(consensus.at(found.step)))
    document = {
        "stage": str(found.step),
        "reviewers": [_reviewer(one) for one in found.reviewers],
        "statuses": found.statuses,
        "included": found.included,
        "excluded": found.excluded,
        "awaiting": found.awaiting,
        "pending": pending(found, studies, copy=copy),
        "hidden": found.hidden,
        "opened_early": [one.why for one in told.opened_early],
        "left": [{"reviewer": one.who, "why": one.why} for one in told.left],
        "joined_late": [one.who for one in told.late],
        "reopened": [{"reviewer": one.who, "why": one.why} for one in told.reopened],
        "overturned": told.overturned,
    }
    return document if studies is None else document | {"studies": studies}


def pending(found: StepStanding, studies: Mapping[str, int] | None, *, copy: bool) -> int:
    """Count what is pending of a step: records, or of a form studies, as its reviewers' are.

    A question that may stay blank keeps nobody waiting.
    """
    if studies is None:
        return found.pending
    if copy:
        return sum(one.pending for one in found.reviewers)
    return studies["open"] + studies["hidden"]


def _reviewer(one: ReviewerStanding) -> dict[str, Any]:
    return {
        "reviewer": one.reviewer.name,
        "decided": one.decided,
        "pending": one.pending,
        "closed": one.closed,
        "closing_codes": list(one.codes),
        "closed_at": list(one.closed_at),
        "opened_since": one.opened_since,
        "changed_since": one.changed_since,
        "left": one.left,
    }
