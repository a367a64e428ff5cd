"""What a meeting agrees on an item, and an item as the meeting sees it: values for people."""

from __future__ import annotations

from dataclasses import dataclass

from screener.model.decision import Decision, Verdict
from screener.model.question import Answer, AnswerState
from screener.model.step import WHOLE, Item
from screener.model.unit import DiscrepancyKind, Mode, Status, Unit


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
    """One line of the meeting's list: the item that differs, what was said and agreed.

    `kind` is None of an item on which nothing differs or did: it is on no list, and is shown among
    the others of its subject. `status` says where it stands, `agreed` what is agreed on it, as
    answers have it. `unit` is shown of the subject: itself, or the primary report of a study called
    `name`.
    `decisions` are a screening step's, `answers` those that a form's `item` compares; none while it
    is a row that is not paired. Two `consensus` stand where two meetings settled it.
    """

    subject: str
    unit: Unit
    step: str
    kind: DiscrepancyKind | None
    elements: tuple[str, ...]
    decisions: tuple[Decision, ...]
    item: Item = WHOLE
    answers: tuple[Answer, ...] = ()
    consensus: tuple[Consensus, ...] = ()
    state: str = "open"
    stale: bool = False
    name: str = ""
    status: Status | None = None
    agreed: str = ""

    @property
    def verdicts(self) -> tuple[Verdict, ...]:
        """The reviewers' verdicts, in the order of `decisions`."""
        return tuple(d.verdict for d in self.decisions)
