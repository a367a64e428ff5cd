"""PICOS criteria and exclusion reasons."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from screener.model.decision import Stage


class Element(StrEnum):
    """The PICOS elements; `OTHER` is for a team's own criteria."""

    PARTICIPANTS = "participants"
    INTERVENTIONS = "interventions"
    COMPARISONS = "comparisons"
    OUTCOMES = "outcomes"
    STUDY_DESIGN = "study-design"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One element of eligibility. Its place in the protocol is its place among the reasons."""

    id: str
    element: Element = Element.OTHER
    include: str = ""
    exclude: str = ""
    question: str = ""
    required_at: frozenset[Stage] = frozenset()
    highlight: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The id as a person reads it: "Study design"."""
        return self.id.replace("-", " ").capitalize()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExclusionReason:
    """A reason to exclude: a criterion, or a further reason of the team. `number` counts from 1."""

    id: str
    text: str
    number: int
    criterion: bool = False


OTHER_REASON = "other"
"""The reason that needs a note instead of a place in the protocol."""
