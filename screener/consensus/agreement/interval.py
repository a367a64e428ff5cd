"""Shares, standard errors and 95 % intervals: what every agreement figure is made of."""

from __future__ import annotations

from fractions import Fraction
from math import sqrt
from statistics import NormalDist
from typing import TypeAlias

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


def around(value: float | None, error: float | None) -> Interval | None:
    """Give the interval about `value`, within -1 and 1; None without an error."""
    if value is None or not error:
        return None
    return max(-1.0, value - _Z * error), min(1.0, value + _Z * error)


def without_chance(agreed: Fraction, chance: Fraction) -> Fraction:
    """Take the agreement by chance away: what every coefficient of agreement does."""
    return (agreed - chance) / (1 - chance)


def root(variance: Fraction) -> float:
    """Give the standard error of an exact variance: 0 only where that is exactly 0."""
    return sqrt(float(variance))


def listed(interval: Interval | None) -> list[float] | None:
    """Give an interval as JSON has it."""
    return None if interval is None else list(interval)
