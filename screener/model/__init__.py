"""The vocabulary of a review: immutable values without behaviour beyond their own."""

from screener.model.answer import SPECIAL_VALUES, Answer, AnswerState, Origin
from screener.model.changes import Changes, Kind
from screener.model.criterion import OTHER_REASON, Criterion, Element, ExclusionReason
from screener.model.decision import Decision, Judgement, Stage, Verdict
from screener.model.discrepancy import Consensus, Discrepancy, DiscrepancyKind, Mode, UnitState
from screener.model.errors import Cancelled, UserError
from screener.model.progress import Progress, silent
from screener.model.protocol import MaybeRule, Protocol
from screener.model.question import Compare, Option, Question
from screener.model.record import RECORD_TYPES, Entry, Fields, Record, RecordId, Skipped
from screener.model.reviewer import Reviewer, ReviewerId
from screener.model.source import Batch, Search, SourceKind
from screener.model.types import (
    TYPES,
    QuestionType,
    categories,
    comparable,
    ordered,
    same_answer,
    special_values,
    type_of,
)
from screener.model.unit import Outcome, Status, Unit, UnitSource

__all__ = [
    "OTHER_REASON",
    "RECORD_TYPES",
    "SPECIAL_VALUES",
    "TYPES",
    "Answer",
    "AnswerState",
    "Batch",
    "Cancelled",
    "Changes",
    "Compare",
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
    "Option",
    "Origin",
    "Outcome",
    "Progress",
    "Protocol",
    "Question",
    "QuestionType",
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
    "categories",
    "comparable",
    "ordered",
    "same_answer",
    "silent",
    "special_values",
    "type_of",
]
