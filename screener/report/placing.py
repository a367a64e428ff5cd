"""The boxes of the diagram that a unit stands in: from its outcomes at both stages."""

from __future__ import annotations

from functools import lru_cache

from screener.model import OTHER_REASON, DiscrepancyKind, Found, Outcome, Stage, Status
from screener.report.flow import IN_CONFLICT
from screener.screening.retrieval import Retrieval

Boxes = tuple[str, ...]
"""What one unit is counted in, such as ("screened", "sought", "assessed", "included")."""

_UNREAD = (Status.NOT_STARTED, Status.PENDING, Status.HIDDEN, Status.MISSING)
"""Where a report stands on which decisions are hidden, or fewer than are needed."""


WAITING = {
    DiscrepancyKind.CONFLICT: IN_CONFLICT,
    DiscrepancyKind.REASON: "excluded for different reasons",
    DiscrepancyKind.MAYBE: "marked as maybe",
    DiscrepancyKind.SELF: "decided in two ways by one reviewer",
    DiscrepancyKind.MISSING: "with a decision missing",
    DiscrepancyKind.CONSENSUS_CONFLICT: "settled in two ways",
    DiscrepancyKind.REOPENED: "re-opened",
}
"""What is pending and waits for the meeting, and what that is called."""


def waits(kind: DiscrepancyKind, stage: str) -> str:
    """Return the box of what is pending and waits for the meeting for that."""
    return f"waits {kind} {stage}"


def reopened(stage: str) -> str:
    """Return the box of what has an outcome and waits for the meeting all the same."""
    return f"reopened {stage}"


def reason(named: str) -> str:
    """Return the box of a reason for excluding a report."""
    return f"reason {named}"


@lru_cache(1024)
def boxes(first: Found, second: Found | None, retrieval: Retrieval) -> Boxes:
    """Return the boxes of a unit that stands so at title/abstract and at full text.

    A unit that was removed stands in none.
    """
    if first.status is Status.REMOVED:
        return ()
    found = ["screened", *_waiting(first, Stage.TITLE_ABSTRACT)]
    if first.outcome is Outcome.EXCLUDE:
        found.append("excluded")
    elif first.outcome is not Outcome.INCLUDE and not _let_on(first, second):
        found.append("pending")
    else:
        found += _sought(second or Found(Status.NOT_OPEN), retrieval)
    return tuple(found)


def _let_on(first: Found, second: Found | None) -> bool:
    """Say whether full text is open for a unit of which nobody here was asked before.

    So it is in a file made of the copies of people who screen full text only.
    """
    if second is None or second.status is Status.NOT_OPEN:
        return False
    return first.status in (Status.NOT_STARTED, Status.MISSING)


def _waiting(found: Found, stage: Stage) -> list[str]:
    """Return the box of what waits for the meeting: a part of what is pending, or beside it."""
    if found.kind is None or found.status is Status.RESOLVED:
        return []
    if found.status is Status.AGREED:  # only a criterion was judged differently
        return []
    return [waits(found.kind, stage) if found.outcome is None else reopened(stage)]


def assessed(outcome: Outcome | None) -> bool:
    """Say whether a report with such an outcome at full text is assessed to the end.

    So is one that awaits classification: nothing more can be said of it now.
    """
    return outcome is not None


def _sought(found: Found, retrieval: Retrieval) -> list[str]:
    if found.status is Status.NOT_RETRIEVED:
        return ["sought", "not_retrieved"]
    unread = retrieval is Retrieval.SOUGHT and found.status in _UNREAD
    if found.status is Status.NOT_OPEN or unread:
        return ["sought", "retrieval_pending"]
    read = ["sought", "assessed", *_waiting(found, Stage.FULL_TEXT)]
    if not assessed(found.outcome):
        return [*read, "assessment_pending"]
    if found.outcome is Outcome.INCLUDE:
        return [*read, "included"]
    if found.outcome is Outcome.AWAITING:
        return [*read, "awaiting"]
    read += [] if found.reason else ["without_reason"]
    return [*read, "not_eligible", reason(found.reason or OTHER_REASON)]
