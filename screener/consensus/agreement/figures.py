"""Agreement figures: kappa, AC1 and their companions, as pure functions of a table of counts.

Everything is computed in exact fractions and becomes a float at the very end. So a figure that is
not defined (a division by zero) and a standard error of exactly 0 are recognised as such, and not
guessed from a small float.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import comb

from screener.consensus.agreement.bands import Band, bands
from screener.consensus.agreement.interval import (
    Interval,
    around,
    listed,
    root,
    wilson,
    without_chance,
)
from screener.consensus.agreement.overall import Overall, overall
from screener.consensus.agreement.shares import Shares, Table
from screener.consensus.agreement.undefined import NO_ERROR, ONE_CATEGORY, PERFECT
from screener.consensus.agreement.weighted import weighted_kappa

__all__ = ["FEW", "Band", "Figures", "Interval", "Overall", "Table", "bands", "figures", "overall"]

_POSITIVE = ("include", "met")
_NEGATIVE = ("exclude", "not-met")

_NO_RECORDS = "not defined: no record was decided by both reviewers"
_NOT_USED = "not defined: neither reviewer used {}"
_MANY_CATEGORIES = "not defined: with more than two categories none of them is the {} one"

FEW = 30
"""With fewer records than this an interval is unreliable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The agreement of two reviewers; `table[i][j]` counts first reviewer i, second reviewer j.

    A figure that is not defined is None and named in `not_defined` with the reason. Positive and
    negative agreement are the specific agreement on include (or met) and exclude (or not-met),
    also where there are further categories; of two categories with other names the first counts
    as the positive one. `kappa_error` and `ac1_error` are the standard errors of the intervals.
    """

    n: int
    categories: tuple[str, ...]
    table: Table
    raw: float | None = None
    raw_interval: Interval | None = None
    kappa: float | None = None
    kappa_error: float | None = None
    kappa_interval: Interval | None = None
    pabak: float | None = None
    pabak_interval: Interval | None = None
    ac1: float | None = None
    ac1_error: float | None = None
    ac1_interval: Interval | None = None
    positive_agreement: float | None = None
    negative_agreement: float | None = None
    not_defined: Mapping[str, str] = field(default_factory=dict)

    @property
    def few(self) -> bool:
        """Say whether there are too few records for the intervals to be relied on."""
        return self.n < FEW

    @property
    def chance(self) -> float | None:
        """The agreement that kappa expects of chance alone."""
        shares = Shares.of(self.table)
        return None if shares is None else float(shares.by_chance)

    @property
    def kappa_max(self) -> float | None:
        """The highest kappa these margins allow."""
        shares = Shares.of(self.table)
        if shares is None or shares.by_chance == 1:
            return None
        pairs = zip(shares.rows, shares.columns, strict=True)
        most = sum((min(row, column) for row, column in pairs), Fraction(0))
        return float((most - shares.by_chance) / (1 - shares.by_chance))

    @property
    def kappa_chance_error(self) -> float | None:
        """The standard error of kappa if they agreed by chance only: for a test, no interval."""
        shares = Shares.of(self.table)
        if shares is None or shares.by_chance == 1:
            return None
        pe = shares.by_chance
        both = (r * c * (r + c) for r, c in zip(shares.rows, shares.columns, strict=True))
        return root((pe + pe * pe - sum(both, Fraction(0))) / ((1 - pe) ** 2 * shares.n))

    @property
    def weighted_kappa(self) -> float | None:
        """Kappa with linear weights; the categories must stand in their order."""
        return weighted_kappa(self.table).kappa

    @property
    def specific_agreement(self) -> tuple[float | None, ...]:
        """The agreement on each category; None where neither reviewer used it."""
        return tuple(_specific(self.table, k) for k in range(len(self.table)))

    @property
    def prevalence_index(self) -> float | None:
        """(a - d) / n of a table of two categories: how far one of them prevails."""
        if len(self.table) != 2 or not self.n:
            return None
        return (self.table[0][0] - self.table[1][1]) / self.n

    @property
    def bias_index(self) -> float | None:
        """(b - c) / n of a table of two categories: how far one reviewer prefers the first."""
        if len(self.table) != 2 or not self.n:
            return None
        return (self.table[0][1] - self.table[1][0]) / self.n

    @property
    def mcnemar(self) -> float | None:
        """The exact p of McNemar's test of that bias; None where there is no disagreement."""
        if len(self.table) != 2:
            return None
        b, c = self.table[0][1], self.table[1][0]
        if not b + c:
            return None
        tail = sum(comb(b + c, k) for k in range(min(b, c) + 1))
        return min(1.0, 2 * tail / (1 << (b + c)))

    def json(self) -> dict[str, object]:
        """Give the figures as the command line prints them."""
        return {
            "n": self.n,
            "categories": list(self.categories),
            "table": [list(row) for row in self.table],
            "raw": self.raw,
            "raw_interval": listed(self.raw_interval),
            "kappa": self.kappa,
            "kappa_interval": listed(self.kappa_interval),
            "pabak": self.pabak,
            "ac1": self.ac1,
            "ac1_interval": listed(self.ac1_interval),
            "positive_agreement": self.positive_agreement,
            "negative_agreement": self.negative_agreement,
            "not_defined": dict(self.not_defined),
        }


def figures(table: Sequence[Sequence[int]], categories: Sequence[str]) -> Figures:
    """Compute the agreement of two reviewers on the records both decided.

    `categories` are the declared ones, not only those used: include and exclude are always two.
    """
    counts, names = _checked(table, categories)
    shares = Shares.of(counts)
    if shares is None:
        missing = dict.fromkeys(_NAMES, _NO_RECORDS)
        return Figures(n=0, categories=names, table=counts, not_defined=missing)
    not_defined: dict[str, str] = {}
    kappa, kappa_error = _kappa(shares)
    if kappa is None:
        not_defined["kappa"] = not_defined["kappa_interval"] = ONE_CATEGORY
    ac1, ac1_error = _ac1(shares)
    no_interval = PERFECT if shares.agreed == 1 else NO_ERROR
    for name, error in (("kappa_interval", kappa_error), ("ac1_interval", ac1_error)):
        if error == 0:
            not_defined[name] = no_interval
    raw_interval = wilson(shares.agreed, shares.n)
    return Figures(
        n=shares.n,
        categories=names,
        table=counts,
        raw=float(shares.agreed),
        raw_interval=raw_interval,
        kappa=kappa,
        kappa_error=kappa_error,
        kappa_interval=around(kappa, kappa_error),
        pabak=float(without_chance(shares.agreed, Fraction(1, len(names)))),
        pabak_interval=_pabak_interval(raw_interval, len(names)),
        ac1=ac1,
        ac1_error=ac1_error,
        ac1_interval=around(ac1, ac1_error),
        positive_agreement=_on_side("positive", counts, names, not_defined),
        negative_agreement=_on_side("negative", counts, names, not_defined),
        not_defined=not_defined,
    )


_NAMES = (
    "raw",
    "raw_interval",
    "kappa",
    "kappa_interval",
    "pabak",
    "ac1",
    "ac1_interval",
    "positive_agreement",
    "negative_agreement",
)


def _checked(
    table: Sequence[Sequence[int]], categories: Sequence[str]
) -> tuple[Table, tuple[str, ...]]:
    names = tuple(categories)
    counts = tuple(tuple(row) for row in table)
    if len(names) < 2 or len(counts) != len(names) or any(len(r) != len(names) for r in counts):
        raise ValueError("a table needs one row and one column for each of two or more categories")
    return counts, names


def _kappa(shares: Shares) -> tuple[float | None, float | None]:
    """Cohen's kappa and its standard error (Fleiss, Cohen and Everitt 1969)."""
    pe = shares.by_chance
    if pe == 1:
        return None, None
    kappa = without_chance(shares.agreed, pe)
    variance = -((kappa - pe * (1 - kappa)) ** 2)
    for i, row in enumerate(shares.cells):
        for j, share in enumerate(row):
            if i == j:
                part = 1 - (shares.rows[i] + shares.columns[i]) * (1 - kappa)
            else:
                part = (1 - kappa) * (shares.columns[i] + shares.rows[j])
            variance += share * part**2
    return float(kappa), root(variance / (shares.n * (1 - pe) ** 2))


def _ac1(shares: Shares) -> tuple[float, float]:
    """Gwet's AC1 and its standard error; its chance agreement is never 1."""
    q = len(shares.rows)
    used = [(r + c) / 2 for r, c in zip(shares.rows, shares.columns, strict=True)]
    pe = sum((share * (1 - share) for share in used), Fraction(0)) / (q - 1)
    ac1 = without_chance(shares.agreed, pe)
    variance = -((shares.agreed - 2 * (1 - ac1) * pe) ** 2)
    for i, row in enumerate(shares.cells):
        for j, share in enumerate(row):
            chance = (1 - (used[i] + used[j]) / 2) / (q - 1)
            variance += share * ((i == j) - 2 * (1 - ac1) * chance) ** 2
    return float(ac1), root(variance / (shares.n * (1 - pe) ** 2))


def _pabak_interval(raw: Interval, q: int) -> Interval:
    """PABAK is a straight line of the raw agreement, and so is its interval."""
    low, high = ((q * end - 1) / (q - 1) for end in raw)
    return low, high


def _specific(table: Table, k: int) -> float | None:
    used = sum(table[k]) + sum(row[k] for row in table)
    return 2 * table[k][k] / used if used else None


def _on_side(
    side: str, table: Table, names: tuple[str, ...], not_defined: dict[str, str]
) -> float | None:
    """Give the specific agreement of one side, or note why there is none."""
    k = _category(side, names)
    if k is None:
        not_defined[f"{side}_agreement"] = _MANY_CATEGORIES.format(side)
        return None
    value = _specific(table, k)
    if value is None:
        not_defined[f"{side}_agreement"] = _NOT_USED.format(names[k])
    return value


def _category(side: str, names: tuple[str, ...]) -> int | None:
    for name in _POSITIVE if side == "positive" else _NEGATIVE:
        if name in names:
            return names.index(name)
    if len(names) == 2:
        return 0 if side == "positive" else 1
    return None
