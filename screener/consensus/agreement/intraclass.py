"""Intraclass correlation: agreement of two or more reviewers on totals.

ICC(2,1) of Shrout and Fleiss (1979), which McGraw and Wong (1996) call ICC(A,1): subjects and
reviewers are both a sample of many, one reviewer's total is what will be used, and a reviewer who
always gives more points is in disagreement with the others.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import TypeAlias

from screener.consensus.agreement.figures import FEW
from screener.consensus.agreement.interval import Figure, Interval, listed, within_one
from screener.consensus.agreement.quantiles import f_quantile

Total: TypeAlias = int | float | Decimal | Fraction

_FEW_SUBJECTS = "not defined: fewer than two subjects have a total from every reviewer"
_NO_VARIANCE = "not defined: the totals vary neither between subjects nor between reviewers"
_PERFECT = "not defined: the reviewers agree on every total, so there is no interval"
_NO_SPREAD = "not defined: the subjects do not differ enough for an interval"


@dataclass(frozen=True, slots=True, kw_only=True)
class Intraclass(Figure):
    """Intraclass correlation on the `n` subjects that every one of the reviewers has a total for.

    `lacking` is how many subjects were left out because a total is missing. `icc` and its 95 %
    interval are None with their reason in `not_defined` where they are not defined. Of few
    subjects with little in common the estimate may be below -1; it stays as the formula has it.
    The interval is within -1 and 1, as those of the other figures are.
    """

    reviewers: int
    lacking: int = 0
    icc: float | None = None
    icc_interval: Interval | None = None

    @property
    def few(self) -> bool:
        """Say whether there are too few subjects for the interval to be relied on."""
        return self.n < FEW

    def json(self) -> dict[str, object]:
        """Give the figure as the command line prints it."""
        return {
            "n": self.n,
            "reviewers": self.reviewers,
            "lacking": self.lacking,
            "icc": self.icc,
            "icc_interval": listed(self.icc_interval),
            "not_defined": dict(self.not_defined),
        }


def intraclass(totals: Sequence[Sequence[Total | None]], reviewers: int) -> Intraclass:
    """Compute the correlation: `totals[i][j]` is what reviewer j gave subject i, None for nothing.

    Raises ValueError for fewer than two reviewers and where a row does not have one for each.
    """
    if reviewers < 2 or any(len(row) != reviewers for row in totals):
        raise ValueError("totals need one place for each of two or more reviewers")
    rows = [[Fraction(x) for x in row if x is not None] for row in totals]
    rows = [row for row in rows if len(row) == reviewers]
    n, lacking = len(rows), len(totals) - len(rows)
    squares = _MeanSquares.of(rows) if n > 1 else None
    if squares is None:
        return Intraclass(
            n=n,
            reviewers=reviewers,
            lacking=lacking,
            not_defined=dict.fromkeys(("icc", "icc_interval"), _FEW_SUBJECTS),
        )
    exact = squares.at(Fraction(1))
    interval, reason = _interval(squares, exact)
    not_defined = {} if reason is None else {"icc_interval": reason}
    if exact is None:
        not_defined["icc"] = _NO_VARIANCE
    return Intraclass(
        n=n,
        reviewers=reviewers,
        lacking=lacking,
        icc=None if exact is None else float(exact),
        icc_interval=interval,
        not_defined=not_defined,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _MeanSquares:
    """The two-way analysis of variance without repetition: n subjects by k reviewers."""

    n: int
    k: int
    subjects: Fraction
    reviewers: Fraction
    error: Fraction

    @classmethod
    def of(cls, rows: Sequence[Sequence[Fraction]]) -> _MeanSquares:
        n, k = len(rows), len(rows[0])
        by_subject = [sum(row, Fraction(0)) for row in rows]
        by_reviewer = [sum(column, Fraction(0)) for column in zip(*rows, strict=True)]
        middle = sum(by_subject, Fraction(0)) ** 2 / (n * k)
        whole = sum((x * x for row in rows for x in row), Fraction(0)) - middle
        subjects = sum((x * x for x in by_subject), Fraction(0)) / k - middle
        reviewers = sum((x * x for x in by_reviewer), Fraction(0)) / n - middle
        return cls(
            n=n,
            k=k,
            subjects=subjects / (n - 1),
            reviewers=reviewers / (k - 1),
            error=(whole - subjects - reviewers) / ((n - 1) * (k - 1)),
        )

    def at(self, ratio: Fraction) -> Fraction | None:
        """Return the correlation if the mean square of the subjects were `ratio` times as large.

        With 1 this is the estimate, with a quantile of F an end of its interval; None if undefined.
        """
        n, k, subjects = self.n, self.k, self.subjects * ratio
        below = n * subjects + k * self.reviewers + (k * n - k - n) * self.error
        return n * (subjects - self.error) / below if below else None


def _interval(squares: _MeanSquares, icc: Fraction | None) -> tuple[Interval | None, str | None]:
    """Return the 95 % interval (McGraw and Wong 1996, table 7), or why there is none.

    Their F with (n - 1, v) degrees is one over an F with (v, n - 1), so both ends are one formula.
    """
    if icc is None:
        return None, _NO_VARIANCE
    if icc == 1:
        return None, _PERFECT
    if not squares.subjects:
        return None, _NO_SPREAD
    n, k = squares.n, squares.k
    a = k * icc / (n * (1 - icc)) * squares.reviewers
    b = (1 + k * icc * (n - 1) / (n * (1 - icc))) * squares.error
    v = float((a + b) ** 2 / (a**2 / (k - 1) + b**2 / ((n - 1) * (k - 1))))
    if not v:
        return None, _NO_SPREAD
    low, high = (Fraction(f_quantile(p, v, n - 1)) for p in (0.025, 0.975))
    # Satterthwaite's v fails for subjects that hardly differ: the ends then miss the estimate.
    ends = squares.at(low), squares.at(high)
    if ends[0] is None or ends[1] is None or not ends[0] < icc < ends[1]:
        return None, _NO_SPREAD
    return within_one(float(ends[0]), float(ends[1])), None
