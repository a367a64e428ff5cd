"""The protocol: the plan that the criteria, the reasons and the rules of each stage belong to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
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

ID = "[a-z0-9][a-z0-9-]*"
"""The pattern of an id that people choose: of a criterion, a reason, a question, a form."""
LONGEST_ID = 200
"""So many characters such an id has at most."""
DECISION_COLUMNS = ("record", "doi", "pmid", "title", "verdict", "reason", "note")
"""The columns of a table of decisions, which has one more for each criterion, named by its id."""
TAKEN_IDS = frozenset({OTHER_REASON, *DECISION_COLUMNS, "uid"})
"""What no criterion or reason can be called any more, because tables and JSON mean it otherwise."""


class MaybeRule(StrEnum):
    """What *maybe* means when two title/abstract decisions are compared (domain, section 6.3)."""

    ADVANCES = "advances"
    DISCUSS = "discuss"
    STRICT = "strict"


_REASON_REQUIRED: Mapping[Stage, bool] = {Stage.TITLE_ABSTRACT: False, Stage.FULL_TEXT: True}
"""Whether an exclusion needs a reason where the protocol does not say."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Previous:
    """What the earlier version of a review included that is now updated."""

    studies: int
    reports: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Protocol:
    """One version of the protocol; `version` counts from 1.

    `previous` is None unless the review updates an earlier version of itself. `id` names the
    content: the first 16 digits of its SHA-256, "" for one that was not loaded out of a project.
    Two protocols of the same content are equal whatever their ids.
    """

    title: str
    question: str = ""
    registration: str = ""
    reviewers_per_record: int = 2
    criteria: tuple[Criterion, ...] = ()
    further_reasons: tuple[tuple[str, str], ...] = ()
    maybe: MaybeRule = MaybeRule.ADVANCES
    reason_required: Mapping[Stage, bool] = field(default_factory=lambda: dict(_REASON_REQUIRED))
    previous: Previous | None = None
    version: int = 1
    id: str = field(default="", compare=False)

    def requires_reason(self, stage: Stage) -> bool:
        """Say whether an exclusion at a stage needs a reason."""
        return self.reason_required.get(stage, _REASON_REQUIRED.get(stage, False))

    @property
    def reasons(self) -> tuple[ExclusionReason, ...]:
        """Exclusion reasons in their order: the criteria, then the further reasons."""
        found = [
            ExclusionReason(id=c.id, text=c.name, number=i, criterion=True)
            for i, c in enumerate(self.criteria, 1)
        ]
        found += [
            ExclusionReason(id=id_, text=text, number=i)
            for i, (id_, text) in enumerate(self.further_reasons, len(found) + 1)
        ]
        return tuple(found)

    def criterion(self, id_: str) -> Criterion | None:
        """Return the criterion of that id, or None."""
        return next((c for c in self.criteria if c.id == id_), None)

    def has_reason(self, id_: str) -> bool:
        """Say whether an id names a criterion or a further reason."""
        return any(c.id == id_ for c in self.criteria) or any(
            known == id_ for known, _ in self.further_reasons
        )

    def reason_text(self, id_: str) -> str:
        """Return the words of a reason; an unknown id (an older protocol's) stands for itself."""
        criterion = self.criterion(id_)
        if criterion is not None:
            return criterion.name
        return dict(self.further_reasons).get(id_, id_.replace("-", " ").capitalize())
