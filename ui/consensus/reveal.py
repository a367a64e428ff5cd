"""What a meeting may see of a discrepancy at each reveal level; no Qt and no storage."""

from __future__ import annotations

from enum import IntEnum

from screener.model import (
    Discrepancy,
    DiscrepancyKind,
    Element,
    Protocol,
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


def signs(found: Discrepancy, level: Level) -> tuple[str, ...]:
    """Return the verdict marks of a line in the list, in an order that the level allows."""
    if level is Level.RECORD:
        return ()
    verdicts = [str(v) for v in found.verdicts]
    if found.kind is DiscrepancyKind.MISSING:
        verdicts.append(UNDECIDED)
    if level < Level.NAMES:
        verdicts.sort(key=ORDER.index)
    return tuple(verdicts)


def elements(found: Discrepancy, level: Level, protocol: Protocol) -> tuple[str, ...]:
    """Return the names of what is in dispute, in protocol order; nothing below level 3."""
    if level < Level.EVERYTHING:
        return ()
    return tuple(protocol.reason_text(id_) for id_ in found.elements)


def highlighted(found: Discrepancy, level: Level, protocol: Protocol) -> frozenset[str] | None:
    """Return the elements whose words are marked in the record; None for those of all.

    Only at level 3 the words are narrowed to the dispute: below it, the choice would tell.
    """
    if level < Level.EVERYTHING:
        return None
    criteria = [protocol.criterion(id_) for id_ in found.elements]
    disputed = frozenset(str(c.element) for c in criteria if c is not None)
    return disputed - {str(Element.OTHER)} or None


def differ_words(found: Discrepancy, level: Level, protocol: Protocol, *, third: bool) -> str:
    """Return the quiet words beside an item's heading; `third`: a third person decides."""
    if level is Level.RECORD:
        return "the record only"
    if level is Level.DECISIONS:
        return "adjudication, without names" if third else "without names"
    named = elements(found, level, protocol)
    if not named:
        return ""
    first, rest = named[0], len(named) - 1
    more = f" and {rest} more" if rest else ""
    return f"they differ on {first}{more}"


def verdict_words(verdict: str) -> str:
    """Return a verdict or outcome as a person reads it."""
    return {
        UNDECIDED: "no decision",
        "awaiting": "awaiting classification",
    }.get(verdict, verdict)


def is_real(verdict: str) -> bool:
    """Say whether somebody decided at all."""
    return verdict in (Verdict.INCLUDE, Verdict.MAYBE, Verdict.EXCLUDE)
