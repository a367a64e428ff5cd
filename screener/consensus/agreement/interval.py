"""Shares, errors and 95 % intervals, of which figures are made; why one is not defined."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import TypeAlias

from screener.consensus.agreement.quantiles import t_quantile

ONE_CATEGORY = "not defined: both reviewers used only one category"
"""Two reviewers, one category: chance alone explains everything."""

ONE_CATEGORY_OF_MANY = "not defined: the reviewers used only one category"
"""The same of any number of reviewers."""

ONE_SCORE = "not defined: the reviewers gave only one score"
"""The same of scores: several categories may stand for one score."""

PERFECT = "not defined: the reviewers agree on every record, so there is no interval"
"""The standard error is 0 because nothing differs."""

ONE_RECORD = "not defined: one record alone gives no interval"
"""An error needs two subjects at least."""

NO_ERROR = "not defined: the standard error is 0, so there is no interval"
"""The standard error is 0 although something differs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A figure on `n` subjects; what is None in it has its reason in `not_defined`."""

    n: int
    not_defined: Mapping[str, str] = field(default_factory=dict)


Interval: TypeAlias = tuple[float, float]

_Z = NormalDist().inv_cdf(0.975)


def wilson(share: Fraction, n: int) -> Interval:
    """Give Wilson's interval of a share of `n` records, within 0 and 1."""
    p = float(share)
    middle = p + _Z * _Z / (2 * n)
    half = _Z * sqrt(p * (1 - p) / n + _Z * _Z / (4 * n * n))
    whole = 1 + _Z * _Z / n
    # At the ends the formula gives exactly 0 and 1; rounding may miss them by a hair.
    low = (middle - half) / whole if share > 0 else 0.0
    high = (middle + half) / whole if share < 1 else 1.0
    return max(0.0, low), min(1.0, high)


def within_one(low: float, high: float) -> Interval:
    """Cut an interval at -1 and 1, between which coefficients of agreement are read."""
    return min(1.0, max(-1.0, low)), max(-1.0, min(1.0, high))


def around(value: float | None, error: float | None) -> Interval | None:
    """Give the interval about `value`, within -1 and 1; None without an error."""
    if value is None or not error:
        return None
    return within_one(value - _Z * error, value + _Z * error)


def around_few(value: float | None, error: float | None, n: int) -> Interval | None:
    """Give the interval about `value` from an error that `n` subjects gave: t with n - 1 degrees.

    This is how irrCAC makes the intervals of Fleiss' kappa and AC1. None without an error.
    """
    if value is None or not error:
        return None
    reach = t_quantile(0.975, n - 1) * error
    return within_one(value - reach, value + reach)


def without_chance(agreed: Fraction, chance: Fraction) -> Fraction:
    """Take the agreement by chance away: what every coefficient of agreement does."""
    return (agreed - chance) / (1 - chance)


def root(variance: Fraction) -> float:
    """Give the standard error of an exact variance: 0 only where that is exactly 0."""
    return sqrt(float(variance))


def listed(interval: Interval | None) -> list[float] | None:
    """Give an interval as JSON has it."""
    return None if interval is None else list(interval)


Table: TypeAlias = tuple[tuple[int, ...], ...]
"""`table[i][j]` counts the records the first reviewer put in category i, the second in j."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shares:
    """A table as shares of its `n` records, with the margins of the first (rows) and second.

    `agreed` is the share on the diagonal, `by_chance` the one that the margins alone would give.
    """

    n: int
    cells: tuple[tuple[Fraction, ...], ...]
    rows: tuple[Fraction, ...]
    columns: tuple[Fraction, ...]
    agreed: Fraction
    by_chance: Fraction

    @classmethod
    def of(cls, table: Table) -> Shares | None:
        """Divide `table` by its total; None where it is empty."""
        n = sum(map(sum, table))
        if not n:
            return None
        rows = tuple(Fraction(sum(row), n) for row in table)
        columns = tuple(Fraction(sum(column), n) for column in zip(*table, strict=True))
        return cls(
            n=n,
            cells=tuple(tuple(Fraction(cell, n) for cell in row) for row in table),
            rows=rows,
            columns=columns,
            agreed=Fraction(sum(table[k][k] for k in range(len(table))), n),
            by_chance=sum((r * c for r, c in zip(rows, columns, strict=True)), Fraction(0)),
        )


METHODS = {
    "raw_interval": "raw agreement, Wilson’s with the normal quantile (z)",
    "kappa_interval": (
        "Cohen’s kappa, from the variance of Fleiss, Cohen and Everitt (1969) with the normal"
        " quantile (z)"
    ),
    "ac1_interval": (
        "Gwet’s AC1, by Gwet’s linearisation (2014) with the quantile of t with n − 1 degrees of"
        " freedom, as irrCAC has it of single ratings"
    ),
    "fleiss_kappa_interval": (
        "Fleiss’ kappa, by Gwet’s linearisation (2014) with the quantile of t with n − 1 degrees"
        " of freedom"
    ),
    "icc_interval": (
        "intraclass correlation, from F with Satterthwaite’s degrees of freedom (McGraw and Wong"
        " 1996)"
    ),
}
"""How each interval is made and of which quantile, in words for a report."""
