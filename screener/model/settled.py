"""What the meeting sees: discrepancies with what was decided, and the consensus that settles."""

from __future__ import annotations

from dataclasses import dataclass

from screener.model.answer import Answer, AnswerState
from screener.model.decision import Decision, Verdict
from screener.model.step import WHOLE, Item
from screener.model.unit import DiscrepancyKind, Mode, Unit


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is recorded beside an agreed value: its unit, its place in the report.

    `same_meaning` says that the reviewers' answers mean the same, in other words.
    """

    unit: str = ""
    page: str = ""
    quote: str = ""
    same_meaning: bool = False


NO_DETAILS = Details()


@dataclass(frozen=True, slots=True, kw_only=True)
class Consensus:
    """What was agreed on one item of a subject, why, by whom (names) and how.

    At a screening step `value` is the outcome: include, exclude or awaiting. It lies beside the
    answers, never over them; `basis` are the events that were on the table.
    """

    subject: str
    step: str
    value: str
    item: Item = WHOLE
    state: AnswerState = AnswerState.VALUE
    reason: str = ""
    details: Details = NO_DETAILS
    why: str = ""
    by: tuple[str, ...] = ()
    mode: Mode = Mode.DISCUSSION
    basis: tuple[str, ...] = ()
    time: str = ""
    event: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Discrepancy:
    """One line of the meeting's list: the unit, the item that differs, what was said and agreed.

    `decisions` are those of a screening step, `answers` those that a form's `item` compares; both
    are empty while the item is a row that the meeting has not paired. `consensus` is what stands
    on the item, more than one where two meetings settled it.
    """

    unit: Unit
    step: str
    kind: DiscrepancyKind
    elements: tuple[str, ...]
    decisions: tuple[Decision, ...]
    item: Item = WHOLE
    answers: tuple[Answer, ...] = ()
    consensus: tuple[Consensus, ...] = ()
    state: str = "open"
    stale: bool = False

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The reviewers' verdicts, in the order of `decisions`."""
        return tuple(d.verdict for d in self.decisions)
