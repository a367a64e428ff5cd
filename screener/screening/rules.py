"""What judgements suggest, what a decision needs, what several come to (docs/numbers.md)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from screener.model import (
    OTHER_REASON,
    Decision,
    Judgement,
    MaybeRule,
    Outcome,
    Protocol,
    Stage,
    Status,
    UserError,
    Verdict,
)
from screener.model.words import is_blank


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A verdict that follows from the judgements, with its reason; the reviewer decides."""

    verdict: Verdict
    reason: str = ""


def suggestion(
    judgements: Mapping[str, Judgement], protocol: Protocol, stage: Stage
) -> Suggestion | None:
    """Return what the judgements suggest, or None while a required criterion is not judged.

    Any *not met* suggests to exclude for the first such criterion in the protocol's order; else a
    required one that is *unclear* suggests maybe; else include. Where the protocol requires no
    criterion at the stage, all of them are.
    """
    for criterion in protocol.criteria:
        if judgements.get(criterion.id) is Judgement.NOT_MET:
            return Suggestion(verdict=Verdict.EXCLUDE, reason=criterion.id)
    required = [c.id for c in protocol.criteria if stage in c.required_at]
    required = required or [c.id for c in protocol.criteria]
    if not required or any(judgements.get(id_) is None for id_ in required):
        return None
    # Nobody has to judge the others at this stage: leaving one blank must not be worth more than
    # saying honestly that the abstract does not tell.
    if any(judgements.get(id_) is Judgement.UNCLEAR for id_ in required):
        return Suggestion(verdict=Verdict.MAYBE)
    return Suggestion(verdict=Verdict.INCLUDE)


def likely_reason(
    judgements: Mapping[str, Judgement], before: Decision | None, protocol: Protocol, stage: Stage
) -> str:
    """Return the reason an exclusion has unless the reviewer names one, or "".

    It is what the judgements suggest, else the reason of the decision `before`. A reason that the
    judgements of that decision suggested goes when they suggest it no longer, and so does one
    whose criterion is judged to be met now.
    """
    suggested = suggestion(judgements, protocol, stage)
    if suggested is not None and suggested.verdict is Verdict.EXCLUDE:
        return suggested.reason
    if before is None or judgements.get(before.reason) is Judgement.MET:
        return ""
    earlier = suggestion(before.judgements, protocol, stage)
    return "" if earlier is not None and earlier.reason == before.reason else before.reason


def check(verdict: Verdict, reason: str, note: str, stage: Stage, protocol: Protocol) -> None:
    """Raise `UserError` when a decision is not complete or names a reason that is none."""
    if verdict is Verdict.EXCLUDE:
        if not reason and protocol.requires_reason(stage):
            raise UserError(
                "Choose the reason for excluding this report."
                if stage is Stage.FULL_TEXT
                else "Choose the reason for excluding this record."
            )
    elif reason:
        raise UserError("Only an exclusion has a reason; leave the reason out.")
    if reason == OTHER_REASON and is_blank(note):
        raise UserError("Write a note that says what the other reason is.")
    if reason and reason != OTHER_REASON and not protocol.has_reason(reason):
        known = ", ".join([*(r.id for r in protocol.reasons), OTHER_REASON])
        raise UserError(f"“{reason}” is no reason of this protocol; it has {known}.")


def check_judgements(judgements: Mapping[str, str], protocol: Protocol) -> dict[str, Judgement]:
    """Return judgements as values; `UserError` for a criterion or a word that is not known."""
    found: dict[str, Judgement] = {}
    for id_, word in judgements.items():
        if protocol.criterion(id_) is None:
            known = ", ".join(c.id for c in protocol.criteria)
            it_has = f"it has {known}" if known else "it has none yet"
            raise UserError(f"“{id_}” is no criterion of this protocol; {it_has}.")
        try:
            found[id_] = Judgement(word)
        except ValueError:
            raise UserError(f"A judgement is met, not-met or unclear, not “{word}”.") from None
    return found


class Unfolded(NamedTuple):
    """What one decision says; `reason` is "" where none was given."""

    verdict: Verdict
    reason: str
    judgements: Mapping[str, Judgement]


@lru_cache(maxsize=4096)
def unfold(value: str) -> Unfolded:
    """Return what a decision's value in the cache says.

    Thousands of decisions have few different values, so each is read once. `ValueError` when the
    text is no value of a decision.
    """
    try:
        whole = msgspec.json.decode(value)
        judged = {id_: Judgement(word) for id_, word in whole.get("judgements", {}).items()}
        verdict, reason = Verdict(whole["verdict"]), whole.get("reason", "")
    except (ValueError, KeyError, AttributeError, TypeError, RecursionError) as error:
        raise ValueError("this is not what a decision says") from error
    if not isinstance(reason, str):
        raise ValueError("this is not what a decision says")
    return Unfolded(verdict, reason, MappingProxyType(judged))


INCLUDE, MAYBE, EXCLUDE = "include", "maybe", "exclude"


def compare(
    verdicts: Collection[str],
    *,
    stage: Stage,
    rule: MaybeRule,
    reasons: Collection[str] = (),
) -> tuple[Status, Outcome | None]:
    """Return status and outcome of enough decisions of distinct reviewers.

    `verdicts` are the words of `Verdict`; `reasons` those of the excluding ones, which count at
    full text. The order plays no part; more than two work on the set. At full text *maybe* is a
    working state, so a unit with one has no outcome.
    """
    words = set(verdicts)
    if words == {EXCLUDE}:
        if stage is Stage.FULL_TEXT and len(set(reasons)) > 1:
            return Status.REASON, None
        return Status.AGREED, Outcome.EXCLUDE
    if words == {INCLUDE}:
        return Status.AGREED, Outcome.INCLUDE
    if {INCLUDE, EXCLUDE} <= words:
        return Status.CONFLICT, None
    if stage is Stage.FULL_TEXT or rule is MaybeRule.DISCUSS:
        return Status.MAYBE, None
    if rule is MaybeRule.ADVANCES:
        return (Status.CONFLICT, None) if EXCLUDE in words else (Status.AGREED, Outcome.INCLUDE)
    return (Status.MAYBE, None) if words == {MAYBE} else (Status.CONFLICT, None)


def disputed(judgements: Collection[Mapping[str, str]]) -> set[str]:
    """Return the criteria that one reviewer judged met and another not met.

    Blank and unclear never differ from anything.
    """
    met, not_met = (
        {criterion for one in judgements for criterion, word in one.items() if word == wanted}
        for wanted in ("met", "not-met")
    )
    return met & not_met


def proposed_reason(given: Collection[str], protocol: Protocol) -> str:
    """Return the reason to propose where several were given: the first in the protocol's order.

    A reason that the protocol does not have any more comes after all it has; "" without a reason.
    """
    here = {reason for reason in given if reason}
    ordered = [reason.id for reason in protocol.reasons if reason.id in here]
    return next(iter(ordered or sorted(here)), "")


def outcome_of(decision: Decision) -> Outcome | None:
    """Return the outcome of taking one reviewer's decision; None for maybe, which settles nothing.

    An exclusion is taken with its reason.
    """
    return None if decision.verdict is Verdict.MAYBE else Outcome(decision.verdict)


def outcome_of_doubt(stage: Stage) -> Outcome:
    """Return the outcome for what cannot be judged yet: it goes on, or at full text it waits."""
    return Outcome.INCLUDE if stage is Stage.TITLE_ABSTRACT else Outcome.AWAITING


def outcomes(stage: Stage) -> tuple[Outcome, ...]:
    """Return what a unit can come to at a stage; only full text can leave a report waiting."""
    full_text = stage is Stage.FULL_TEXT
    return tuple(one for one in Outcome if full_text or one is not Outcome.AWAITING)
