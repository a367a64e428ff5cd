"""The mark of a rating: its words, the sign that says it without colour, and the colour behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from screener.answers.appraisal import Rated
from screener.model import AnswerState, Option, Question, type_of
from screener.report.drawing import RATINGS, Role

GOOD, SOME, BAD, WORST, UNKNOWN = RATINGS


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What is drawn for a rating; without a `role` its sign stands in a ring without colour."""

    words: str
    sign: str
    role: Role | None = None


OPEN = Mark(words="To settle", sign="")
"""What is drawn where nothing is agreed yet: an empty ring."""

_SIGNS = {GOOD: "+", SOME: "−", BAD: "×", WORST: "!", UNKNOWN: "?"}
_NOT_APPLICABLE = "n/a"
_UNKNOWN = ("no-information", "unclear", "cant-tell", "not-reported", "seek-further-info")
"""Options that say that nothing can be said."""
_WORDS = {
    "yes": GOOD,
    "include": GOOD,
    "partly": SOME,
    "partially": SOME,
    "no": BAD,
    "exclude": BAD,
    **dict.fromkeys(_UNKNOWN, UNKNOWN),
}
"""What the options of a checklist mean, whatever their order."""
_BY_COUNT = {2: (GOOD, BAD), 3: (GOOD, SOME, BAD), 4: (GOOD, SOME, BAD, WORST)}


def marks_of(question: Question) -> Mapping[str, Mark]:
    """Return the mark of every option, in the order of the options; {} where nothing is rated.

    A rating lists its options from the best to the worst, as the rule *worst* reads them; a
    checklist is read by its words. The signs are those of the R package robvis.
    """
    if question.type not in ("rating", "choice"):
        return {}
    options = type_of(question).options(question)
    apart = (*_UNKNOWN, AnswerState.NOT_APPLICABLE.value)
    graded = [one for one in options if one.id not in apart]
    if question.type == "rating":
        roles = dict(zip((o.id for o in graded), _BY_COUNT.get(len(graded), ()), strict=False))
    else:
        roles = {one.id: _WORDS[one.id] for one in graded if one.id in _WORDS}
    if not graded or len(roles) < len(graded):
        return {}
    roles |= {one.id: UNKNOWN for one in options if one.id in _UNKNOWN}
    return {one.id: _mark(one, roles.get(one.id)) for one in options}


def _mark(option: Option, role: Role | None) -> Mark:
    sign = _SIGNS[role] if role else _NOT_APPLICABLE
    return Mark(words=option.words, sign=sign, role=role)


def mark_of(rated: Rated | None, marks: Mapping[str, Mark]) -> Mark:
    """Return the mark of what is agreed on an item; that of what is open where nothing is."""
    if rated is None:
        return OPEN
    word = rated.value if rated.state is AnswerState.VALUE else str(rated.state)
    if word in marks:
        return marks[word]
    if rated.state is AnswerState.NOT_APPLICABLE:
        return Mark(words="Not applicable", sign=_NOT_APPLICABLE)
    return Mark(words=rated.state.words.capitalize(), sign=_SIGNS[UNKNOWN], role=UNKNOWN)
