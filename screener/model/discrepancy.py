"""The words for what differs between reviewers, and for how it was settled."""

from __future__ import annotations

from enum import StrEnum


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
