"""How far reviewers and stages are, in numbers: nothing of it shows what anybody decided."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from screener.consensus.decided import Said
from screener.consensus.statuses import Survey
from screener.model import Outcome, Reviewer, Stage, Status
from screener.screening.screening import closing_code
from screener.store.file import File

PLAIN = (Status.REMOVED, Status.NOT_OPEN, Status.NOT_RETRIEVED)
"""What nobody decides, and so is told even while the decisions are hidden."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerStanding:
    """How far one reviewer is at a stage, in numbers only."""

    reviewer: Reviewer
    decided: int
    pending: int
    closed: bool
    code: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StageStanding:
    """How far a stage is: its reviewers, and how many units have each status and outcome."""

    stage: Stage
    reviewers: tuple[ReviewerStanding, ...]
    statuses: dict[str, int]
    included: int
    excluded: int
    pending: int
    visible: bool


def stage_standing(
    stage: Stage, survey: Survey, reviewers: Iterable[ReviewerStanding], *, visible: bool
) -> StageStanding:
    """Count where the units of a stage stand; only who has decided while it is hidden."""
    statuses: Counter[str] = Counter()
    outcomes: Counter[Outcome | None] = Counter()
    undecided = 0
    for (status, outcome), count in survey.counted().items():
        if not visible and status not in PLAIN:
            status, outcome = Status.PENDING, None
        statuses[str(status)] += count
        outcomes[outcome] += count
        undecided += count if outcome is None and status not in PLAIN else 0
    return StageStanding(
        stage=stage,
        reviewers=tuple(reviewers),
        statuses=dict(statuses),
        included=outcomes[Outcome.INCLUDE],
        excluded=outcomes[Outcome.EXCLUDE],
        pending=undecided,
        visible=visible,
    )


def reviewer_standings(
    file: File,
    reviewers: Iterable[Reviewer],
    stage: Stage,
    units: Sequence[str],
    said: Mapping[str, tuple[Said, ...]],
) -> list[ReviewerStanding]:
    """Return how far each reviewer is with the units of a stage; in a copy only its own."""
    by_author: Counter[str] = Counter()
    for together, times in Counter(said.get(unit, ()) for unit in units).items():
        for author in {one.author for one in together}:
            by_author[author] += times
    found = []
    for reviewer in reviewers:
        if file.reviewer not in ("", reviewer.id):
            continue
        count = by_author[reviewer.id]
        closed = file.closed(stage, reviewer.id)
        close = file.head_ids("close", stage=stage, author=reviewer.id)
        found.append(
            ReviewerStanding(
                reviewer=reviewer,
                decided=count,
                pending=len(units) - count,
                closed=closed,
                code=closing_code(close[-1]) if closed and close else "",
            )
        )
    return found
