"""The agreement on a form, question by question, with what no figure counts."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TypeAlias

from screener.answers.step import FormStep
from screener.consensus.agreement.agreement import Agreement
from screener.consensus.agreement.answers import OfMany, OfTwo, Sameness
from screener.consensus.consensus import ConsensusStage
from screener.model import Compare, Question
from screener.studies.listing import lines

OfPair: TypeAlias = OfTwo | Sameness | None
"""What two reviewers come to on a question; None where both answered nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionAgreement:
    """The agreement on one question of a form.

    `pairs` are the reviewers with what they come to, `together` what three and more do.
    `same_meaning` counts what the meeting said means the same, which is in no figure, `only_one`
    what one reviewer alone answered.
    """

    question: Question
    pairs: tuple[tuple[tuple[str, str], OfPair], ...]
    together: OfMany | None = None
    same_meaning: int = 0
    only_one: int = 0

    @property
    def n(self) -> int:
        """How often both of a pair answered it."""
        return sum(number(found) for _, found in self.pairs)

    @property
    def same(self) -> int:
        """How often they answered the same."""
        return sum(same(found) for _, found in self.pairs)


def number(found: OfPair) -> int:
    """Return how often two reviewers both answered a question."""
    if found is None:
        return 0
    return found.n if isinstance(found, Sameness) else found.figures.n


def same(found: OfPair) -> int:
    """Return how often they answered the same."""
    if found is None:
        return 0
    if isinstance(found, Sameness):
        return found.same
    return sum(row[place] for place, row in enumerate(found.figures.table))


def by_question(
    consensus: ConsensusStage, step: FormStep, found: Agreement
) -> list[QuestionAgreement]:
    """Return the agreement on every question that is compared, of what was `found` at the form.

    `UserError` while nothing of the form may be seen.
    """
    meant = Counter(
        one.item.question
        for several in consensus.agreed(step.id).values()
        for one in several
        if one.details.same_meaning
    )
    alone = Counter(
        line.question.id
        for line in lines(consensus, step)
        if line.question is not None and len({a.reviewer for a in line.answers}) == 1
    )
    return [
        QuestionAgreement(
            question=q,
            pairs=tuple(
                (pair.reviewers, pair.alike.get(q.id) or pair.measured.get(q.id))
                for pair in found.pairs
            ),
            together=found.together.get(q.id),
            same_meaning=meant[q.id],
            only_one=alone[q.id],
        )
        for q in step.form.questions
        if q.compare is Compare.VALUE
    ]
