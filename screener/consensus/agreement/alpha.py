"""Krippendorff's alpha of any number of reviewers: for names, for an order and for scores.

One minus the observed over the expected disagreement, from the table of coincidences; the level of
measurement says how much a disagreement counts (Krippendorff 2011, "Computing Krippendorff's
Alpha-Reliability"). Missing answers are allowed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from typing import TypeAlias

from screener.consensus.agreement.interval import ONE_CATEGORY_OF_MANY, ONE_SCORE, Figure

_NO_ANSWERS = "not defined: no subject has answers on the scale from two or more reviewers"
_NONE = Fraction(0)


class Level(StrEnum):
    """The level of measurement of the categories."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha(Figure):
    """Krippendorff's alpha on the `n` subjects with two or more answers on the scale.

    `special` is how many subjects have an answer outside the order, such as *not reported*; such
    an answer is taken as missing, the subject's others count. `alpha` is None with its reason in
    `not_defined` where there is none.
    """

    level: Level
    special: int = 0
    alpha: float | None = None

    def json(self) -> dict[str, object]:
        """Give the figure as the command line prints it."""
        return {
            "n": self.n,
            "special": self.special,
            "level": str(self.level),
            "alpha": self.alpha,
            "not_defined": dict(self.not_defined),
        }


Kinds: TypeAlias = Mapping[tuple[int, ...], int]
"""Rows of counts, one number for each category, and how many subjects have each row."""


def alpha(
    counts: Sequence[Sequence[int]],
    *,
    scores: Sequence[Fraction] | None = None,
    special: int = 0,
) -> Alpha:
    """Compute ordinal alpha; with `scores`, one for each category, interval alpha.

    `counts[i][k]` reviewers put subject i in category k; the categories stand in their order.
    `special` is said with the figure and not used. Raises ValueError where the rows differ in
    length or there is not one score for each category.
    """
    level = Level.ORDINAL if scores is None else Level.INTERVAL
    kinds = Counter(tuple(row) for row in counts if sum(row) > 1)
    sizes = {len(row) for row in counts} | ({len(scores)} if scores is not None else set())
    if len(sizes) > 1:
        raise ValueError("counts need one number for each category, and scores as many")
    if not kinds:
        return Alpha(n=0, level=level, special=special, not_defined={"alpha": _NO_ANSWERS})
    value = coefficient(kinds, level, scores)
    alone = ONE_CATEGORY_OF_MANY if scores is None else ONE_SCORE
    return Alpha(
        n=sum(kinds.values()),
        level=level,
        special=special,
        alpha=value,
        not_defined={} if value is not None else {"alpha": alone},
    )


def coefficient(
    kinds: Kinds, level: Level, scores: Sequence[Fraction] | None = None
) -> float | None:
    """Return alpha, or None where all the answers that can be compared are the same.

    Rows with fewer than two answers count nowhere. `scores` is needed for interval data only.
    """
    paired = {row: times for row, times in kinds.items() if sum(row) > 1}
    size = len(next(iter(paired), ()))
    totals = [sum(row[k] * times for row, times in paired.items()) for k in range(size)]
    used = [k for k in range(size) if totals[k]]
    distance = _distances(level, totals, scores)
    expected = sum(
        (totals[c] * totals[k] * distance[c, k] for c, k in combinations(used, 2)), _NONE
    )
    if not expected:
        return None
    apart = _NONE
    for row, times in paired.items():
        given = [k for k in used if row[k]]
        met = sum((row[c] * row[k] * distance[c, k] for c, k in combinations(given, 2)), _NONE)
        apart += times * met / (sum(row) - 1)
    return float(1 - apart * (sum(totals) - 1) / expected)


def _distances(
    level: Level, totals: Sequence[int], scores: Sequence[Fraction] | None
) -> dict[tuple[int, int], Fraction]:
    """Return how much each two categories, the earlier one first, are apart: squared."""
    if level is Level.NOMINAL:
        places = None
    elif scores is not None:
        places = list(scores)
    else:
        # Between the middles of two categories lie the ranks of the answers that were given.
        places = [sum(totals[:k], _NONE) + Fraction(total, 2) for k, total in enumerate(totals)]
    return {
        (c, k): Fraction(1) if places is None else (places[k] - places[c]) ** 2
        for c, k in combinations(range(len(totals)), 2)
    }
