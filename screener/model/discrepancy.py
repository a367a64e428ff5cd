"""Discrepancies between reviewers' recorded data, and the consensus that settles them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from screener.model.decision import Decision, Stage, Verdict
from screener.model.unit import Outcome, Status, Unit


class DiscrepancyKind(StrEnum):
    """What differs; the order is the order of the meeting's list."""

    CONSENSUS_CONFLICT = "consensus-conflict"
    REOPENED = "reopened"
    SELF = "self"
    CONFLICT = "conflict"
    REASON = "reason"
    MAYBE = "maybe"
    MISSING = "missing"
    ROW = "row"
    VALUE = "value"
    RATING = "rating"
    JUDGEMENT = "judgement"


class Mode(StrEnum):
    """How an outcome was agreed."""

    DISCUSSION = "discussion"
    ADJUDICATION = "adjudication"
    RULE = "rule"


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus:
    """The agreed outcome of one unit: verdict (include, exclude, awaiting), reason, why, who.

    It lies beside the decisions, never over them; `basis` are the decision events that were on
    the table.
    """

    unit: str
    stage: Stage
    verdict: Outcome
    reason: str = ""
    why: str = ""
    by: tuple[str, ...] = ()
    mode: Mode = Mode.DISCUSSION
    basis: tuple[str, ...] = ()
    time: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitState:
    """Where one unit stands at one stage.

    `kind` is the discrepancy it is or, once resolved, was; None when the reviewers agreed.
    `elements` are the criteria in dispute. `stale`: the record or a touched criterion changed
    after the consensus or after the decisions; it blocks nothing.
    """

    unit: str
    stage: Stage
    status: Status
    outcome: Outcome | None = None
    kind: DiscrepancyKind | None = None
    elements: tuple[str, ...] = ()
    stale: bool = False
    reason: str = ""

    @property
    def open(self) -> bool:
        """Whether it waits for the meeting."""
        return self.kind is not None and self.status is not Status.RESOLVED


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """One line of the meeting's list: the unit, what differs, both decisions, the consensus."""

    unit: Unit
    stage: Stage
    kind: DiscrepancyKind
    elements: tuple[str, ...]
    decisions: tuple[Decision, ...]
    consensus: tuple[Consensus, ...] = ()
    state: str = "open"
    stale: bool = False

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The reviewers' verdicts, in the order of `decisions`."""
        return tuple(d.verdict for d in self.decisions)
