"""What a reviewer's judgements suggest (domain, section 6.1), and which reasons there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from screener.model import OTHER_REASON, Judgement, Protocol, Stage, UserError, Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A verdict that follows from the judgements, with its reason; the reviewer decides."""

    verdict: Verdict
    reason: str = ""


def suggestion(
    judgements: Mapping[str, Judgement], protocol: Protocol, stage: Stage
) -> Suggestion | None:
    """Return what the judgements suggest, or None while a required criterion is not judged.

    Any *not met* suggests to exclude for the first such criterion in the protocol's order; else
    any *unclear* suggests maybe; else include.
    """
    for criterion in protocol.criteria:
        if judgements.get(criterion.id) is Judgement.NOT_MET:
            return Suggestion(verdict=Verdict.EXCLUDE, reason=criterion.id)
    required = [c for c in protocol.criteria if stage in c.required_at] or protocol.criteria
    if not required or any(judgements.get(c.id) is None for c in required):
        return None
    if any(judgements.get(c.id) is Judgement.UNCLEAR for c in protocol.criteria):
        return Suggestion(verdict=Verdict.MAYBE)
    return Suggestion(verdict=Verdict.INCLUDE)


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
    if reason == OTHER_REASON and not note.strip():
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
