"""The vocabulary of a review: immutable values without behaviour beyond their own."""

from screener.model.answer import SPECIAL_VALUES, Answer, AnswerState, Origin
from screener.model.changes import Changes, Kind
from screener.model.decision import Decision, Judgement, Stage, Verdict
from screener.model.errors import Cancelled, ErrorKind, Progress, UserError, silent
from screener.model.protocol import (
    OTHER_REASON,
    Criterion,
    Element,
    ExclusionReason,
    MaybeRule,
    Protocol,
)
from screener.model.question import Compare, Option, Question
from screener.model.record import (
    NO_TAGS,
    RECORD_TYPES,
    Batch,
    Entry,
    Fields,
    Record,
    RecordId,
    Search,
    Skipped,
    SourceKind,
)
from screener.model.reviewer import Reviewer, ReviewerId, folded_name
from screener.model.settled import Consensus, Details, Discrepancy
from screener.model.step import Found, Item, Said, State
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
from screener.model.unit import DiscrepancyKind, Mode, Outcome, Status, Unit, UnitSource

__all__ = [
    "NO_TAGS",
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
    "Details",
    "Discrepancy",
    "DiscrepancyKind",
    "Element",
    "Entry",
    "ErrorKind",
    "ExclusionReason",
    "Fields",
    "Found",
    "Item",
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
    "Said",
    "Search",
    "Skipped",
    "SourceKind",
    "Stage",
    "State",
    "Status",
    "Unit",
    "UnitSource",
    "UserError",
    "Verdict",
    "categories",
    "comparable",
    "folded_name",
    "ordered",
    "same_answer",
    "silent",
    "special_values",
    "type_of",
]
