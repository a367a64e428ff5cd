"""What an appraisal comes to: totals out of what is possible, and ratings by a rule.

A total is never shown as if it were whole: items without an answer and those that do not apply
lower what is possible, or leave it open.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from screener.answers.form import Form
from screener.answers.sheet import Cell
from screener.answers.values import Value
from screener.model import AnswerState, Option, Question, type_of

OVERALL = "overall"
"""The id of the question that asks for the overall rating, where a form asks for it."""
_NO_INFORMATION = "no-information"
_BEFORE_SERIOUS = "serious"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """What is said of one item; `score` is None where its answer counts for no number."""

    value: str
    state: AnswerState
    score: Decimal | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Appraisal:
    """What the ratings of one study (and row) come to.

    `asked` are the ids of the items that are asked here, `items` has those of them with an answer,
    by their ids, and `waiting` are those that wait for one. `total` is the sum of the scores that
    are there (None where there is none yet, or the form has none), `possible` the most that the
    items which apply could give, `left_out` how many do not apply. `band` is a published word for
    the total, "" unless the team turned one on; `overall` the rating by the form's rule, "" where
    there is none or an item is open.
    """

    row: str
    asked: tuple[str, ...]
    items: Mapping[str, Rated]
    total: Decimal | None
    possible: Decimal
    left_out: int
    waiting: tuple[str, ...]
    band: str = ""
    overall: str = ""

    @property
    def open(self) -> int:
        """How many items wait for an answer."""
        return len(self.waiting)

    @property
    def complete(self) -> bool:
        """Whether no item waits for an answer."""
        return not self.waiting

    @property
    def words(self) -> str:
        """What the total is, said so that it cannot be misread; "" where there is none."""
        if self.total is None and not (self.left_out or (self.open and self.possible)):
            return ""
        total = format(self.total or Decimal(0), "f")
        if self.open:
            left = "item open" if self.open == 1 else "items open"
            return f"{total} so far, {self.open} {left}"
        if self.left_out:
            return f"{total} of {self.possible:f} possible, {self.left_out} not applicable"
        return f"{total} of {self.possible:f}"


def appraise(
    form: Form,
    said: Mapping[Cell, Value],
    row: str = "",
    *,
    settling: Mapping[Cell, bool] | None = None,
) -> Appraisal:
    """Return what ratings, by question and row, come to for a study, or for a row of the form.

    They are one reviewer's, of whom every required item waits that has no answer; or with
    `settling` those that are agreed: it says of what is asked by question and row whether it is to
    settle.
    """
    if settling is None:
        settling = {
            (q.id, row): q.required and (q.id, row) not in said
            for q in form.questions
            if bool(q.list) == bool(row) and form.asked(q, partial(_answered, said), row)
        }
    here = [q for q in form.questions if not q.retired and (q.id, row) in settling]
    items = {q.id: _rated(q, v) for q in here if (v := said.get((q.id, row))) is not None}
    scored = [q for q in here if _most(q) is not None]
    applying = [q for q in scored if q.id not in items or _applies(items[q.id])]
    scores = [r.score for r in items.values() if r.score is not None]
    total = sum(scores, Decimal(0)) if scores else None
    waiting = tuple(q.id for q in here if settling[q.id, row])
    return Appraisal(
        row=row,
        asked=tuple(q.id for q in here),
        items=items,
        total=total,
        possible=sum((_most(q) or Decimal(0) for q in applying), Decimal(0)),
        left_out=len(scored) - len(applying),
        waiting=waiting,
        band="" if total is None or waiting else _band(form, total),
        overall="" if waiting else _overall(form, here, items),
    )


def _answered(said: Mapping[Cell, Value], field: str) -> list[tuple[str, list[str]]]:
    return [(row, value.words) for (question, row), value in said.items() if question == field]


def _rated(question: Question, value: Value) -> Rated:
    word = value.value if value.state is AnswerState.VALUE else str(value.state)
    option = next((o for o in type_of(question).options(question) if o.id == word), None)
    return Rated(value=value.value, state=value.state, score=_score(option))


def _score(option: Option | None) -> Decimal | None:
    return None if option is None or option.score is None else Decimal(option.score)


def _most(question: Question) -> Decimal | None:
    """Return the highest score of a question; None where its options have no scores."""
    scores = [score for option in question.options if (score := _score(option)) is not None]
    return max(scores, default=None)


def _applies(rated: Rated) -> bool:
    return rated.state is not AnswerState.NOT_APPLICABLE or rated.score is not None


def _band(form: Form, total: Decimal) -> str:
    bands = [b for b in (form.overall.bands if form.overall else ()) if b.on]
    reached = [b for b in bands if Decimal(b.score) <= total]
    return max(reached, key=lambda b: Decimal(b.score)).text if reached else ""


def _overall(form: Form, asked: Sequence[Question], items: Mapping[str, Rated]) -> str:
    how = form.overall.how if form.overall else ""
    rule = _RULES.get(how)
    return rule(asked, items) if rule else ""


def _worst(asked: Sequence[Question], items: Mapping[str, Rated]) -> str:
    """Return the worst of the ratings, as their options are ordered.

    *No information* comes before *serious*: a study has it overall when nothing is known to be
    serious or worse (ROBINS-I 2016, table on reaching an overall judgement).
    """
    rated = [q for q in asked if q.type == "rating" and q.id in items]
    if not rated:
        return ""
    order = [option.id for option in rated[0].options]
    if _NO_INFORMATION in order and _BEFORE_SERIOUS in order:
        order.remove(_NO_INFORMATION)
        order.insert(order.index(_BEFORE_SERIOUS), _NO_INFORMATION)
    found = [items[q.id].value for q in rated if items[q.id].value in order]
    return max(found, key=order.index) if found else ""


def _asked(_: Sequence[Question], items: Mapping[str, Rated]) -> str:
    return items[OVERALL].value if OVERALL in items else ""


def _ahrq(asked: Sequence[Question], items: Mapping[str, Rated]) -> str:
    """Return good, fair or poor from the stars of the three parts of the Newcastle-Ottawa Scale.

    The conversion of the AHRQ: good has 3 or 4 stars of selection, 1 or 2 of comparability and 2 or
    3 of outcome; fair 2 of selection with the same; all else is poor.
    """
    stars = {
        part: sum(
            (items[q.id].score or 0 for q in asked if q.section == part and q.id in items),
            Decimal(0),
        )
        for part in ("selection", "comparability", "outcome")
    }
    if stars["comparability"] < 1 or stars["outcome"] < 2 or stars["selection"] < 2:
        return "poor"
    return "good" if stars["selection"] >= 3 else "fair"


_RULES: Mapping[str, Callable[[Sequence[Question], Mapping[str, Rated]], str]] = {
    "worst": _worst,
    "asked": _asked,
    "ahrq": _ahrq,
}
RULES = ("sum", "none", *_RULES)
"""What a form may say of how its overall rating is made."""
