"""What a meeting, or what is printed for it, may see of a discrepancy at each reveal level."""

from __future__ import annotations

from enum import IntEnum

from screener.consensus.context import Change
from screener.model import DiscrepancyKind, UserError, Verdict

UNDECIDED = "none"
_NAMELESS = ("One reviewer", "The other", "A third", "A fourth", "A fifth")


class Level(IntEnum):
    """How much the meeting sees; each level shows what the one before shows, and more."""

    RECORD = 0
    DECISIONS = 1
    NAMES = 2
    EVERYTHING = 3

    @property
    def words(self) -> str:
        """The word on the control."""
        return self.name.lower()


def level_named(named: str) -> Level:
    """Return a reveal level by its word; `UserError` when there is none of that name."""
    found = next((one for one in Level if one.words == named), None)
    if found is None:
        raise UserError(f"“{named}” is none of {', '.join(one.words for one in Level)}.")
    return found


KIND_WORDS = {
    DiscrepancyKind.CONSENSUS_CONFLICT: "Settled twice, differently",
    DiscrepancyKind.REOPENED: "Re-opened",
    DiscrepancyKind.SELF: "One reviewer, two decisions",
    DiscrepancyKind.CONFLICT: "Conflict",
    DiscrepancyKind.REASON: "Reason differs",
    DiscrepancyKind.MAYBE: "Maybe",
    DiscrepancyKind.MISSING: "Decision missing",
    DiscrepancyKind.ROW: "Row in one form only",
    DiscrepancyKind.VALUE: "Value differs",
    DiscrepancyKind.RATING: "Rating differs",
    DiscrepancyKind.JUDGEMENT: "Judgement differs",
}
"""The headings of the meeting's list."""

ORDER = ("include", "awaiting", "maybe", "exclude", UNDECIDED)


def verdict_words(verdict: str) -> str:
    """Return a verdict or outcome as a person reads it."""
    return {
        UNDECIDED: "no decision",
        "awaiting": "awaiting classification",
    }.get(verdict, verdict)


def is_real(verdict: str) -> bool:
    """Say whether somebody decided at all."""
    return verdict in (Verdict.INCLUDE, Verdict.MAYBE, Verdict.EXCLUDE)


def nameless(place: int) -> str:
    """Return what a reviewer is called below the level of names, by the place among all."""
    return _NAMELESS[place] if place < len(_NAMELESS) else f"Reviewer {place + 1}"


def changed(change: Change, person: str, noun: str, did: str) -> str:
    """Return what became of an answer (a `noun`, which a person `did`) since it was settled."""
    before, now = change.before, change.now
    if not now:
        return f"{person} took the {noun} ({before}) back"
    return f"{person} changed {before} to {now}" if before else f"{person} {did} {now}"
