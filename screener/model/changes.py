"""What a committed action touched: the only notice the core sends."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Kind(StrEnum):
    """What a page may have to read again."""

    PROTOCOL = "protocol"
    RECORDS = "records"
    DUPLICATES = "duplicates"
    DECISIONS = "decisions"
    NOTES = "notes"
    PROPOSALS = "proposals"
    STAGES = "stages"
    CONSENSUS = "consensus"
    MEETING = "meeting"
    FULL_TEXT = "full-text"
    REVIEWERS = "reviewers"
    STUDIES = "studies"


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """One finished action: its name, the kinds it touched, the units it named (empty: many)."""

    action: str
    kinds: frozenset[Kind]
    units: frozenset[str] = frozenset()

    def touches(self, *kinds: Kind) -> bool:
        """Say whether any of `kinds` changed."""
        return not self.kinds.isdisjoint(kinds)

    def with_(self, later: Changes) -> Changes:
        """Return this action and a later one as one notice."""
        return Changes(
            action=later.action,
            kinds=self.kinds | later.kinds,
            units=self.units | later.units if self.units and later.units else frozenset(),
        )
