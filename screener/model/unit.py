"""Units: what is screened, where it stands, and the words for what differs between reviewers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from screener.model.record import Fields, RecordId
from screener.model.words import NO_TITLE


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


class Status(StrEnum):
    """Where a unit stands at one stage; each unit has exactly one (project file, section 5)."""

    REMOVED = "removed"
    NOT_OPEN = "not-open"
    NOT_RETRIEVED = "not-retrieved"
    HIDDEN = "hidden"
    CONSENSUS_CONFLICT = "consensus-conflict"
    RESOLVED = "resolved"
    REOPENED = "reopened"
    SELF = "self"
    NOT_STARTED = "not-started"
    PENDING = "pending"
    DECIDED = "decided"
    MISSING = "missing"
    AGREED = "agreed"
    CONFLICT = "conflict"
    REASON = "reason"
    MAYBE = "maybe"
    DIFFERS = "differs"
    ROW = "row"
    WORDING = "wording"
    BLANK = "blank"
    NOT_ASKED = "not-asked"


class Outcome(StrEnum):
    """What the review does with a unit; `AWAITING` exists at full text only."""

    INCLUDE = "include"
    EXCLUDE = "exclude"
    AWAITING = "awaiting"


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitSource:
    """One source that found a unit: its name, kind and import batch."""

    source: str
    kind: str
    batch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A unit as it is shown.

    `id` and `number` are the kept record's; `fields` are the kept record's with empty ones filled
    from the other members; `members` are the records' numbers in ascending order, `records` their
    ids in the same order.
    """

    id: RecordId
    number: int
    fields: Fields
    members: tuple[int, ...]
    records: tuple[RecordId, ...]
    sources: tuple[UnitSource, ...] = ()
    version: str = ""

    @property
    def title(self) -> str:
        """The title as it is shown; a record without one says so."""
        return self.fields.title or NO_TITLE
