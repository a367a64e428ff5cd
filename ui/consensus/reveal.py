"""What a meeting may see of a discrepancy at each reveal level; no Qt and no storage."""

from __future__ import annotations

from enum import IntEnum

from screener.model import (
    DiscrepancyKind,
    Verdict,
)

UNDECIDED = "none"


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
