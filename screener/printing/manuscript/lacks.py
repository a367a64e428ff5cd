"""What a report lacks: each missing thing with its group, and the answers that lack it."""

from __future__ import annotations

from dataclasses import dataclass

ANSWERED, PART, WRITE = "answered", "in part", "to be written by the authors"
"""The states of an item."""
PROTOCOL, SEARCHES, SELECTING = "Protocol", "Searches", "Selection of studies"
COLLECTING, APPRAISING, RESULTS = "Data collection", "Appraisal of the studies", "Results"
EXPLAIN = "To be explained in the text"
GROUPS = (PROTOCOL, SEARCHES, SELECTING, COLLECTING, APPRAISING, RESULTS, EXPLAIN)
"""Under what each missing thing stands in the report, in this order."""


@dataclass(frozen=True, slots=True)
class Lack:
    """One missing thing; without a group it is something that only the authors can write."""

    text: str
    group: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """Where an item is answered, "" for nowhere, and what of it is missing."""

    where: str = ""
    lacks: tuple[Lack, ...] = ()

    @property
    def state(self) -> str:
        """One of the three states of an item."""
        if not self.where:
            return WRITE
        return PART if self.lacks else ANSWERED

    @property
    def missing(self) -> str:
        """What is missing, in one line."""
        return "; ".join(lack.text for lack in self.lacks)
