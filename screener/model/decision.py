"""Decisions: what one reviewer recorded on one unit at one stage; and the people who decide."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import NewType

ReviewerId = NewType("ReviewerId", str)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """A reviewer of this review; the id is random, the name is unique as `folded_name` has it."""

    id: ReviewerId
    name: str
    arbitrator: bool = False


def folded_name(name: str) -> str:
    """Return a person's name as two names are compared: one person writes it in several ways.

    Compatible characters (full-width letters, composed and decomposed accents) are one (Unicode
    normalisation form NFKC), case counts for nothing, invisible characters (general category Cf,
    such as the zero-width joiner) are left out, and blanks are single ones between words.
    """
    visible = "".join(c for c in name if unicodedata.category(c) != "Cf")
    # A compatibility caseless match: The Unicode Standard, section 3.13, definition D146.
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFD", visible).casefold())
    return " ".join(unicodedata.normalize("NFKC", folded.casefold()).split())


class Stage(StrEnum):
    """The two stages of screening."""

    TITLE_ABSTRACT = "title-abstract"
    FULL_TEXT = "full-text"

    @property
    def words(self) -> str:
        """The stage as a heading: "Title and abstract"."""
        return "Title and abstract" if self is Stage.TITLE_ABSTRACT else "Full text"


STAGES = frozenset(
    {*map(str, Stage), "protocol", "sources", "duplicates", "screening", "consensus", "studies"}
    | {"forms", "report"}
)
"""What no form may be called by its id: it would stand in the place of that stage."""


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

    `flagged` says whether the reviewer flagged the unit for the meeting, where that was read too.
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
    flagged: bool = False
    seen: str = ""
    protocol: int = 0
    time: str = ""
    event: str = ""
