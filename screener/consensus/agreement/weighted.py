"""Cohen's weighted kappa of two reviewers, for categories in an order or with scores.

A disagreement counts by its distance. Of ordered categories that is the number of steps between
them, of scores their difference (Cicchetti and Allison 1971), or the square of either (Fleiss
and Cohen 1973). Everything is exact until the very end, as in `figures.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import TypeAlias

from screener.consensus.agreement.interval import (
    NO_ERROR,
    ONE_CATEGORY,
    ONE_SCORE,
    PERFECT,
    Figure,
    Interval,
    Shares,
    around,
    listed,
    root,
    without_chance,
)

_NO_ANSWERS = "not defined: no subject has an answer on the scale from both reviewers"


class Weights(StrEnum):
    """How the weight of a disagreement grows with its distance."""

    LINEAR = "linear"
    QUADRATIC = "quadratic"


@dataclass(frozen=True, slots=True, kw_only=True)
class WeightedKappa(Figure):
    """Weighted kappa on `n` subjects; None with its reason in `not_defined` where there is none.

    `special` is how many subjects were left out because one of the reviewers gave an answer
    outside the order, such as *not reported*.
    """

    weights: Weights
    special: int = 0
    kappa: float | None = None
    kappa_error: float | None = None
    kappa_interval: Interval | None = None

    def json(self) -> dict[str, object]:
        """Give the figure as the command line prints it."""
        return {
            "n": self.n,
            "special": self.special,
            "weights": str(self.weights),
            "kappa": self.kappa,
            "kappa_interval": listed(self.kappa_interval),
            "not_defined": dict(self.not_defined),
        }


def weighted_kappa(
    table: Sequence[Sequence[int]],
    *,
    scores: Sequence[Fraction] | None = None,
    weights: Weights = Weights.LINEAR,
    special: int = 0,
) -> WeightedKappa:
    """Compute weighted kappa of a table whose categories stand in their order.

    `scores` has one number for each category; without it the categories are one step apart.
    `special` is said with the figure and not used. Raises ValueError where the table is not
    square or does not have one row for each score.
    """
    counts = tuple(tuple(row) for row in table)
    places = [Fraction(k) for k in range(len(counts))] if scores is None else list(scores)
    if len(places) != len(counts) or any(len(row) != len(counts) for row in counts):
        raise ValueError("a table needs one row and one column for each category and each score")
    shares = Shares.of(counts)
    if shares is None:
        return WeightedKappa(
            n=0,
            weights=weights,
            special=special,
            not_defined=dict.fromkeys(("kappa", "kappa_interval"), _NO_ANSWERS),
        )
    kappa, error = _kappa(shares, _agreement_weights(places, weights))
    not_defined: dict[str, str] = {}
    if kappa is None:
        alone = ONE_CATEGORY if scores is None else ONE_SCORE
        not_defined = dict.fromkeys(("kappa", "kappa_interval"), alone)
    elif not error:
        not_defined["kappa_interval"] = PERFECT if shares.agreed == 1 else NO_ERROR
    return WeightedKappa(
        n=shares.n,
        weights=weights,
        special=special,
        kappa=kappa,
        kappa_error=error,
        kappa_interval=around(kappa, error),
        not_defined=not_defined,
    )


_Matrix: TypeAlias = list[list[Fraction]]


def _agreement_weights(places: Sequence[Fraction], weights: Weights) -> _Matrix:
    """Return 1 for the same place, 0 for the two farthest apart, and what lies between."""
    widest = max(places) - min(places)
    power = 2 if weights is Weights.QUADRATIC else 1
    return [
        [1 - (abs(one - other) / widest) ** power if widest else Fraction(1) for other in places]
        for one in places
    ]


def _kappa(shares: Shares, weight: _Matrix) -> tuple[float | None, float | None]:
    """Weighted kappa (Cohen 1968) and its standard error (Fleiss, Cohen and Everitt 1969)."""
    places = range(len(weight))
    used_rows = [i for i in places if shares.rows[i]]
    used_columns = [j for j in places if shares.columns[j]]
    # The mean weight of a category against what the other reviewer used.
    by_row = [
        sum((shares.columns[j] * weight[i][j] for j in used_columns), Fraction(0)) for i in places
    ]
    by_column = [
        sum((shares.rows[i] * weight[i][j] for i in used_rows), Fraction(0)) for j in places
    ]
    chance = sum((shares.rows[i] * by_row[i] for i in used_rows), Fraction(0))
    if chance == 1:
        return None, None
    cells = [(i, j, shares.cells[i][j]) for i in used_rows for j in used_columns]
    agreed = sum((share * weight[i][j] for i, j, share in cells), Fraction(0))
    kappa = without_chance(agreed, chance)
    variance = -((kappa - chance * (1 - kappa)) ** 2)
    for i, j, share in cells:
        if share:
            variance += share * (weight[i][j] - (by_row[i] + by_column[j]) * (1 - kappa)) ** 2
    return float(kappa), root(variance / (shares.n * (1 - chance) ** 2))
