"""The vocabulary of a review: immutable values without behaviour beyond their own."""

from screener.model.changes import Changes, Kind
from screener.model.criterion import OTHER_REASON, Criterion, Element, ExclusionReason
from screener.model.decision import Decision, Judgement, Stage, Verdict
from screener.model.discrepancy import Consensus, Discrepancy, DiscrepancyKind, Mode, UnitState
from screener.model.errors import Cancelled, UserError
from screener.model.progress import Progress, silent
from screener.model.protocol import MaybeRule, Protocol
from screener.model.record import NO_TAGS, RECORD_TYPES, Entry, Fields, Record, RecordId, Skipped
from screener.model.reviewer import Reviewer, ReviewerId
from screener.model.source import Batch, Search, SourceKind
from screener.model.unit import Outcome, Status, Unit, UnitSource

__all__ = [
    "NO_TAGS",
    "OTHER_REASON",
    "RECORD_TYPES",
    "Batch",
    "Cancelled",
    "Changes",
    "Consensus",
    "Criterion",
    "Decision",
    "Discrepancy",
    "DiscrepancyKind",
    "Element",
    "Entry",
    "ExclusionReason",
    "Fields",
    "Judgement",
    "Kind",
    "MaybeRule",
    "Mode",
    "Outcome",
    "Progress",
    "Protocol",
    "Record",
    "RecordId",
    "Reviewer",
    "ReviewerId",
    "Search",
    "Skipped",
    "SourceKind",
    "Stage",
    "Status",
    "Unit",
    "UnitSource",
    "UnitState",
    "UserError",
    "Verdict",
    "silent",
]
