"""Decisions: what one reviewer recorded on one unit at one stage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from screener.model.reviewer import ReviewerId


class Stage(StrEnum):
    """The two stages of screening."""

    TITLE_ABSTRACT = "title-abstract"
    FULL_TEXT = "full-text"

    @property
    def words(self) -> str:
        """The stage as a heading: "Title and abstract"."""
        return "Title and abstract" if self is Stage.TITLE_ABSTRACT else "Full text"


class Verdict(StrEnum):
    """What a reviewer decided; `NONE` is a decision taken back and never leaves the core."""

    INCLUDE = "include"
    MAYBE = "maybe"
    EXCLUDE = "exclude"
    NONE = "none"


class Judgement(StrEnum):
    """How one criterion was judged; a criterion that was not judged has no judgement."""

    MET = "met"
    NOT_MET = "not-met"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One decision with its reason (a reason id or "other"), judgements by criterion id and note.

    `event` is the id of the event that recorded it (64 hexadecimal digits); `seen` the first 16
    digits of the digest of the record version that was on the screen; `protocol` the number of the
    protocol version; `time` an ISO time with the computer's offset.
    """

    unit: str
    stage: Stage
    reviewer: ReviewerId
    verdict: Verdict
    reason: str = ""
    judgements: Mapping[str, Judgement] = field(default_factory=dict)
    note: str = ""
    seen: str = ""
    protocol: int = 0
    time: str = ""
    event: str = ""
