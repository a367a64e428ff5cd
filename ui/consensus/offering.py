"""What may be chosen on a question of a form in the meeting, and why something may not be."""

from __future__ import annotations

from collections.abc import Collection

from screener.answers import values
from screener.model import Answer, AnswerState
from ui.consensus.painter import Choice, Offer

TYPED = "Agreed in the meeting"
NO_LIKE_ROW = "No other row is like this one, so nothing means the same as it"

_KEYED = {
    AnswerState.NOT_REPORTED: "agree-not-reported",
    AnswerState.UNCLEAR: "agree-unclear",
    AnswerState.NOT_APPLICABLE: "agree-not-applicable",
}


def not_alike(answers: Collection[Answer]) -> str:
    """Return why nothing can be said to mean the same."""
    if len({one.reviewer for one in answers}) < 2:
        return "Only one reviewer answered this, so nothing means the same as it"
    if not values.have_one_kind(answers):
        return "One answer is a value and another is none, so they cannot mean the same; take one"
    return "These are different values, so they cannot mean the same; take one, or type another"


def taken(one: Answer, phrase: str, *, same_meaning: bool = False) -> Choice:
    """Return the choice of an answer, with what it is from."""
    return Choice(
        value=one.value,
        state=one.state,
        unit=one.unit,
        page=one.page,
        quote=one.quote,
        same_meaning=same_meaning,
        phrase=phrase,
    )


def special_of(state: AnswerState) -> Offer:
    """Return the offer of a special value by its own key, which no number that is typed hits."""
    choice = Choice(state=state, phrase=TYPED)
    return Offer(action=_KEYED[state], words=state.words, choice=choice, low=True)


def option_of(special: AnswerState | None, id_: str) -> Choice:
    """Return the choice of an option, or of the special value that it is."""
    return Choice(state=special, phrase=TYPED) if special else Choice(value=id_, phrase=TYPED)
