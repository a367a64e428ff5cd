"""Agreement of any number of reviewers: Fleiss' kappa, Gwet's AC1, Krippendorff's alpha."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from screener.consensus.agreement.alpha import Level, coefficient
from screener.consensus.agreement.interval import (
    NO_ERROR,
    ONE_CATEGORY_OF_MANY,
    ONE_RECORD,
    PERFECT,
    Figure,
    Interval,
    around_few,
    listed,
    root,
    without_chance,
)

_NO_RECORDS = "not defined: no record was decided by two or more reviewers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Overall(Figure):
    """The agreement of any number of reviewers, on the `n` records two or more of them decided.

    The `answered_by_one` others say how often a category is used, in the agreement by chance of
    Fleiss' kappa and AC1 and in their errors and degrees of freedom, and nothing else (Gwet 2014,
    missing ratings).
    """

    answered_by_one: int = 0
    categories: tuple[str, ...]
    raw: float | None = None
    fleiss_kappa: float | None = None
    fleiss_kappa_error: float | None = None
    fleiss_kappa_interval: Interval | None = None
    ac1: float | None = None
    ac1_error: float | None = None
    ac1_interval: Interval | None = None
    krippendorff_alpha: float | None = None

    def json(self) -> dict[str, object]:
        """Give the figures as the command line prints them."""
        return {
            "n": self.n,
            "answered_by_one": self.answered_by_one,
            "categories": list(self.categories),
            "raw": self.raw,
            "fleiss_kappa": self.fleiss_kappa,
            "fleiss_kappa_interval": listed(self.fleiss_kappa_interval),
            "ac1": self.ac1,
            "ac1_interval": listed(self.ac1_interval),
            "krippendorff_alpha": self.krippendorff_alpha,
            "not_defined": dict(self.not_defined),
        }


def overall(counts: Sequence[Sequence[int]], categories: Sequence[str]) -> Overall:
    """Compute the agreement of many reviewers: `counts[i][k]` of them put record i in category k.

    Records may have different numbers of decisions; a record with one decision tells how often
    a category is used, and nothing about agreement.
    """
    names = tuple(categories)
    if len(names) < 2 or any(len(row) != len(names) for row in counts):
        raise ValueError("counts need one number for each of two or more categories")
    # Records with the same counts are computed once: a review has thousands, a few kinds only.
    kinds = Counter(tuple(row) for row in counts if sum(row))
    votes = _Votes.of(kinds)
    if votes is None:
        return Overall(
            n=0,
            answered_by_one=sum(kinds.values()),
            categories=names,
            not_defined=dict.fromkeys(_NAMES, _NO_RECORDS),
        )
    not_defined: dict[str, str] = {}
    fleiss, fleiss_error = _linearised(votes, *_fleiss_chance(votes))
    ac1, ac1_error = _linearised(votes, *_ac1_chance(votes))
    alpha = coefficient(kinds, Level.NOMINAL)
    if fleiss is None:
        not_defined["fleiss_kappa"] = not_defined["fleiss_kappa_interval"] = ONE_CATEGORY_OF_MANY
    if alpha is None:
        not_defined["krippendorff_alpha"] = ONE_CATEGORY_OF_MANY
    no_interval = PERFECT if votes.agreed == 1 else NO_ERROR
    for name, value, error in (
        ("fleiss_kappa_interval", fleiss, fleiss_error),
        ("ac1_interval", ac1, ac1_error),
    ):
        if value is not None and not error:
            not_defined[name] = ONE_RECORD if error is None else no_interval
    return Overall(
        n=votes.paired,
        answered_by_one=votes.n - votes.paired,
        categories=names,
        raw=float(votes.agreed),
        fleiss_kappa=fleiss,
        fleiss_kappa_error=fleiss_error,
        fleiss_kappa_interval=around_few(fleiss, fleiss_error, votes.n),
        ac1=ac1,
        ac1_error=ac1_error,
        ac1_interval=around_few(ac1, ac1_error, votes.n),
        krippendorff_alpha=alpha,
        not_defined=not_defined,
    )


_NAMES = (
    "raw",
    "fleiss_kappa",
    "fleiss_kappa_interval",
    "ac1",
    "ac1_interval",
    "krippendorff_alpha",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Votes:
    """Many reviewers' counts: kinds of records, and what both coefficients need of them."""

    kinds: Mapping[tuple[int, ...], int]
    n: int
    paired: int
    agreed: Fraction
    used: tuple[Fraction, ...]

    @classmethod
    def of(cls, kinds: Mapping[tuple[int, ...], int]) -> _Votes | None:
        """Count the kinds of records; None where no record has two decisions."""
        paired = sum(times for row, times in kinds.items() if sum(row) > 1)
        if not paired:
            return None
        n = sum(kinds.values())
        agreed = sum((times * _pairs_agreed(row) for row, times in kinds.items()), Fraction(0))
        used = (
            sum((Fraction(row[k] * times, sum(row)) for row, times in kinds.items()), Fraction(0))
            for k in range(len(next(iter(kinds))))
        )
        return cls(
            kinds=kinds,
            n=n,
            paired=paired,
            agreed=agreed / paired,
            used=tuple(share / n for share in used),
        )


def _pairs_agreed(row: tuple[int, ...]) -> Fraction:
    votes = sum(row)
    if votes < 2:
        return Fraction(0)
    return Fraction(sum(count * (count - 1) for count in row), votes * (votes - 1))


def _fleiss_chance(votes: _Votes) -> tuple[Fraction, list[Fraction]]:
    """Give the chance agreement of Fleiss' kappa, whole and by kind of record."""
    by_kind = [
        sum((c * share for c, share in zip(row, votes.used, strict=True)), Fraction(0)) / sum(row)
        for row in votes.kinds
    ]
    return sum((share * share for share in votes.used), Fraction(0)), by_kind


def _ac1_chance(votes: _Votes) -> tuple[Fraction, list[Fraction]]:
    """Give the chance agreement of AC1, whole and by kind of record."""
    others = len(votes.used) - 1
    by_kind = [
        sum((c * (1 - share) for c, share in zip(row, votes.used, strict=True)), Fraction(0))
        / sum(row)
        / others
        for row in votes.kinds
    ]
    return sum((share * (1 - share) for share in votes.used), Fraction(0)) / others, by_kind


def _linearised(
    votes: _Votes, chance: Fraction, by_kind: Sequence[Fraction]
) -> tuple[float | None, float | None]:
    """Give a coefficient and its error by Gwet's linearisation; missing decisions allowed."""
    if chance == 1:
        return None, None
    value = without_chance(votes.agreed, chance)
    if votes.n < 2:
        return float(value), None
    squares = Fraction(0)
    for (row, times), expected in zip(votes.kinds.items(), by_kind, strict=True):
        above = _pairs_agreed(row) - (chance if sum(row) > 1 else 0)
        one = Fraction(votes.n, votes.paired) * above / (1 - chance)
        one -= 2 * (1 - value) * (expected - chance) / (1 - chance)
        squares += times * (one - value) ** 2
    return float(value), root(squares / (votes.n * (votes.n - 1)))
