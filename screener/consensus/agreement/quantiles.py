"""Quantiles of the distributions that intervals are made of."""

from __future__ import annotations

from functools import cache
from math import exp, lgamma, log, sqrt

_SMALL = 1e-300
_CLOSE = 1e-15
_TERMS = 100_000


def f_quantile(p: float, d1: float, d2: float) -> float:
    """Return the value that an F of `d1` and `d2` degrees of freedom stays below with chance p.

    The degrees need not be whole; with `d2` from 1 upwards seven digits are right. Found by
    bisection of the incomplete beta function (NIST Digital Library of Mathematical Functions,
    8.17). Raises ValueError unless 0 < p < 1 and the degrees are positive.
    """
    if not (0 < p < 1 and d1 > 0 and d2 > 0):
        raise ValueError("a quantile needs a chance between 0 and 1 and positive degrees")
    low, high = 0.0, 1.0
    for _ in range(200):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if _beta_share(middle, d1 / 2, d2 / 2) < p:
            low = middle
        else:
            high = middle
    # An end that was never moved to is the last number on this side of it.
    x = low if high == 1.0 else high
    return d2 * x / (d1 * (1 - x))


@cache
def t_quantile(p: float, d: float) -> float:
    """Return the value that a Student's t of `d` degrees of freedom stays below with chance p.

    For p above one half: the square of t has the F distribution with 1 and `d` degrees, and lies on
    both sides. Raises ValueError for other chances and for degrees that are not positive.
    """
    if not 0.5 < p < 1:
        raise ValueError("a quantile of t needs a chance between one half and 1")
    return sqrt(f_quantile(2 * p - 1, 1, d))


def _beta_share(x: float, a: float, b: float) -> float:
    """Return the regularised incomplete beta function I_x(a, b) for 0 < x < 1."""
    if x > (a + 1) / (a + b + 2):
        # The fraction converges fast on the other side only.
        return 1 - _beta_share(1 - x, b, a)
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    return front / a / _fraction(x, a, b)


def _fraction(x: float, a: float, b: float) -> float:
    """Evaluate the continued fraction 8.17.22 by the modified method of Lentz."""
    value, c, d = 1.0, 1.0, 0.0
    for term in range(1, _TERMS):
        m = term // 2
        if term % 2:
            part = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            part = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        d = 1 / ((1 + part * d) or _SMALL)
        c = (1 + part / c) or _SMALL
        value *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return value
