"""What a decision says, and what several on one unit come to (docs/numbers.md)."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

import msgspec

from screener.model import Decision, Judgement, MaybeRule, Outcome, Protocol, Stage, Status, Verdict


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
    except (ValueError, KeyError, AttributeError) as error:
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
