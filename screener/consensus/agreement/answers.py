"""The figures for one question: which there are depends on its scale and the reviewers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from screener.consensus.agreement.alpha import Alpha, alpha
from screener.consensus.agreement.figures import Figures, figures
from screener.consensus.agreement.interval import Figure
from screener.consensus.agreement.overall import Overall, overall
from screener.consensus.agreement.weighted import WeightedKappa, Weights, weighted_kappa
from screener.model.step import Scale


@dataclass(frozen=True, slots=True, kw_only=True)
class OfTwo:
    """The agreement of two reviewers on one question; `weighted` only where it has an order."""

    figures: Figures
    weighted: WeightedKappa | None = None

    def json(self) -> dict[str, object]:
        """Give the figures as the command line prints them; no `weighted` without an order."""
        more = {} if self.weighted is None else {"weighted": self.weighted.json()}
        return {**self.figures.json(), **more}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfMany:
    """The agreement of any number of reviewers; `ordered_alpha` only where there is an order.

    Then the `krippendorff_alpha` of `overall` is that one too.
    """

    overall: Overall
    ordered_alpha: Alpha | None = None

    def json(self) -> dict[str, object]:
        """Give the figures as the command line prints them; no `ordered_alpha` without an order."""
        more = {} if self.ordered_alpha is None else {"ordered_alpha": self.ordered_alpha.json()}
        return {**self.overall.json(), **more}


def of_two(
    first: Sequence[str],
    second: Sequence[str],
    scale: Scale,
    weights: Weights = Weights.LINEAR,
) -> OfTwo:
    """Compute the agreement of two reviewers: `first[i]` and `second[i]` answer one subject.

    Raises ValueError for lists of different length, a value the scale does not have and a scale
    of fewer than two values.
    """
    place = {value: k for k, value in enumerate(scale.categories)}
    cells = Counter(zip(first, second, strict=True))
    _check(place, (value for cell in cells for value in cell))
    table = [[0] * len(place) for _ in place]
    for (one, other), times in cells.items():
        table[place[one]][place[other]] = times
    result = figures(table, scale.categories, scale.sides)
    if not scale.has_order:
        return OfTwo(figures=result)
    size = len(scale.options)
    within = [row[:size] for row in table[:size]]
    return OfTwo(
        figures=result,
        weighted=weighted_kappa(
            within, scores=scale.scores, weights=weights, special=result.n - sum(map(sum, within))
        ),
    )


def of_many(answers: Sequence[Mapping[str, int]], scale: Scale) -> OfMany:
    """Compute the agreement of many: `answers[i][value]` reviewers gave subject i that value.

    Raises ValueError for a value the scale does not have and a scale of fewer than two values.
    """
    _check(scale.categories, (value for given in answers for value in given))
    counts = [[given.get(value, 0) for value in scale.categories] for given in answers]
    result = overall(counts, scale.categories)
    if not scale.has_order:
        return OfMany(overall=result)
    size = len(scale.options)
    special = sum(1 for row in counts if any(row[size:]))
    within = [row[:size] for row in counts]
    ordered = alpha(within, scores=scale.scores, special=special)
    reasons = {name: why for name, why in result.not_defined.items() if name != _ALPHA}
    if ordered.alpha is None:
        reasons[_ALPHA] = ordered.not_defined["alpha"]
    result = replace(result, krippendorff_alpha=ordered.alpha, not_defined=reasons)
    return OfMany(overall=result, ordered_alpha=ordered)


_ALPHA = "krippendorff_alpha"


def _check(declared: Container[str], given: Iterable[str]) -> None:
    for value in given:
        if value not in declared:
            raise ValueError(f"the scale has no value {value!r}")


_NO_SUBJECTS = "not defined: no subject was answered by the reviewers compared"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sameness(Figure):
    """How many of `n` subjects have the same answer; the share is None where there is none."""

    same: int
    share: float | None = None

    def json(self) -> dict[str, object]:
        """Give the figure as the command line prints it."""
        return {
            "n": self.n,
            "same": self.same,
            "share": self.share,
            "not_defined": dict(self.not_defined),
        }


def sameness(same: Iterable[bool]) -> Sameness:
    """Count the subjects: for each that all have answered, whether their answers are the same.

    What is the same the caller says: it is a matter of the type of the question.
    """
    found = list(same)
    n, equal = len(found), sum(found)
    if not n:
        return Sameness(n=0, same=0, not_defined={"share": _NO_SUBJECTS})
    return Sameness(n=n, same=equal, share=float(Fraction(equal, n)))
