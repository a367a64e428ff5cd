"""What a reviewer's judgements suggest, which reasons there are, and what a decision needs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from screener.model import (
    OTHER_REASON,
    Decision,
    Judgement,
    Protocol,
    Stage,
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
        known = ", ".join(r.id for r in protocol.reasons)
        raise UserError(f"“{reason}” is no reason of this protocol; it has {known}, other.")


def check_judgements(judgements: Mapping[str, str], protocol: Protocol) -> dict[str, Judgement]:
    """Return judgements as values; `UserError` for a criterion or a word that is not known."""
    found: dict[str, Judgement] = {}
    for id_, word in judgements.items():
        if protocol.criterion(id_) is None:
            known = ", ".join(c.id for c in protocol.criteria)
            raise UserError(f"“{id_}” is no criterion of this protocol; it has {known}.")
        try:
            found[id_] = Judgement(word)
        except ValueError:
            raise UserError(f"A judgement is met, not-met or unclear, not “{word}”.") from None
    return found
