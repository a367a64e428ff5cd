"""Whether two reviewers come to the same total: the intraclass correlation of their scores."""

from __future__ import annotations

from collections import defaultdict
from fractions import Fraction

from screener.answers.form import Form
from screener.consensus.agreement.agreement import PairAgreement
from screener.consensus.agreement.intraclass import Intraclass, intraclass
from screener.model import Question


def totals(form: Form, pair: PairAgreement) -> Intraclass | None:
    """Return the correlation of the totals of two reviewers; None where a form has no scores.

    It is of the answers that agreement is computed of. A study (or row) counts where both scored
    every item: a total of fewer items is none that can be compared, and is left out as *lacking*.
    """
    items = [q for q in form.questions if not q.retired and any(o.score for o in q.options)]
    if not items:
        return None
    given: dict[str, list[tuple[Fraction | None, Fraction | None]]] = defaultdict(list)
    for question in items:
        for (one, other), keys in pair.cells.get(question.id, {}).items():
            for key in keys:
                given[key].append((_score(question, one), _score(question, other)))
    return intraclass([_sums(scores, len(items)) for scores in given.values()], 2)


def _score(question: Question, id_: str) -> Fraction | None:
    option = question.option(id_)
    return None if option is None or option.score is None else Fraction(option.score)


def _sums(
    scores: list[tuple[Fraction | None, Fraction | None]], items: int
) -> tuple[Fraction | None, Fraction | None]:
    ones = [one for one, _ in scores if one is not None]
    others = [other for _, other in scores if other is not None]
    if not len(ones) == len(others) == items:
        return None, None
    return sum(ones, Fraction(0)), sum(others, Fraction(0))
