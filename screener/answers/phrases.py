"""How an item of a form stands, in a few words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from screener.answers import values
from screener.model import Answer, AnswerState, Discrepancy, DiscrepancyKind, Question, Status

_PHRASES = {
    Status.AGREED: "answered alike",
    Status.RESOLVED: "settled",
    Status.REOPENED: "open again",
    Status.CONSENSUS_CONFLICT: "settled twice, differently",
    Status.SELF: "one reviewer, two answers",
    Status.MISSING: "one is blank",
    Status.BLANK: "one is blank, not required",
    Status.WORDING: "worded differently",
    Status.PENDING: "not answered by all",
    Status.NOT_STARTED: "not answered",
}


_NOBODY = {
    Status.MISSING: "nobody answered",
    Status.BLANK: "nobody answered, not required",
}
_VALUES = "values differ"


def phrase_of(found: Discrepancy, question: Question | None) -> str:
    """Return how an item stands: settled, open again, or how its answers differ."""
    if found.status is not None and not found.answers and found.status in _NOBODY:
        return _NOBODY[found.status]
    fixed = _PHRASES.get(found.status) if found.status else None
    if fixed is not None or question is None:
        return fixed or ""
    phrase = _differ(question, found.answers)
    rated = found.kind is DiscrepancyKind.RATING and phrase == _VALUES
    return "ratings differ" if rated else phrase


def _differ(question: Question, answers: Sequence[Answer]) -> str:
    """Say how answers differ: by a value, perhaps not at all, or that one has none."""
    if {AnswerState.VALUE} != {one.state for one in answers} & {AnswerState.VALUE, *_SPECIAL}:
        number = question.type in ("integer", "decimal")
        values_ = any(one.state is AnswerState.VALUE for one in answers)
        return f"one has a {'number' if number else 'value'}" if values_ else _VALUES
    texts = [values.text_of(one) for one in answers]
    if near(question, texts):
        return "perhaps the same"
    return _VALUES if len({one.unit for one in answers}) == 1 else "units differ"


def near(question: Question, texts: Sequence[str]) -> bool:
    """Say whether every two of several answers may mean the same."""
    return all(values.perhaps_same(question, a, b) for a, b in combinations(texts, 2))


_SPECIAL = (AnswerState.NOT_REPORTED, AnswerState.UNCLEAR, AnswerState.NOT_APPLICABLE)
