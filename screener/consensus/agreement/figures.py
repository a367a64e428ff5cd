"""Agreement figures: kappa, AC1 and their companions, as pure functions of a table of counts.

Everything is computed in exact fractions and becomes a float at the very end. So a figure that is
not defined (a division by zero) and a standard error of exactly 0 are recognised as such, and not
guessed from a small float.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from screener.consensus.agreement.interval import (
    NO_ERROR,
    ONE_CATEGORY,
    ONE_RECORD,
    PERFECT,
    Figure,
    Interval,
    Shares,
    Table,
    around,
    around_few,
    listed,
    root,
    wilson,
    without_chance,
)
from screener.consensus.agreement.overall import Overall, overall
from screener.consensus.agreement.weighted import weighted_kappa

__all__ = ["FEW", "Band", "Figures", "Interval", "Overall", "Table", "bands", "figures", "overall"]

_NO_RECORDS = "not defined: no record was decided by both reviewers"
_NOT_USED = "not defined: neither reviewer used {}"
_MANY_CATEGORIES = "not defined: with more than two categories none of them is the {} one"

FEW = 30
"""With fewer records than this an interval is unreliable."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures(Figure):
    """The agreement of two reviewers; `table[i][j]` counts first reviewer i, second reviewer j.

    A figure that is not defined is None and named in `not_defined` with the reason. Positive and
    negative agreement are the specific agreement on the two sides of the scale, also where there
    are further categories. `kappa_error` and `ac1_error` are the standard errors of the intervals.
    """

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
    def weighted_kappa(self) -> float | None:
        """Kappa with linear weights; the categories must stand in their order."""
        return weighted_kappa(self.table).kappa

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


def figures(
    table: Sequence[Sequence[int]],
    categories: Sequence[str],
    sides: tuple[str, str] | None = None,
) -> Figures:
    """Compute the agreement of two reviewers on the records both decided.

    `categories` are the declared ones, not only those used: include and exclude are always two.
    `sides` are the positive and the negative one; the first and the last of two where left out.
    """
    counts, names = _checked(table, categories)
    if sides is None and len(names) == 2:
        sides = (names[0], names[1])
    positive, negative = sides or (None, None)
    shares = Shares.of(counts)
    if shares is None:
        return Figures(
            n=0, categories=names, table=counts, not_defined=dict.fromkeys(_NAMES, _NO_RECORDS)
        )
    not_defined: dict[str, str] = {}
    kappa, kappa_error = _kappa(shares)
    if kappa is None:
        not_defined["kappa"] = not_defined["kappa_interval"] = ONE_CATEGORY
    ac1, ac1_error = _ac1(shares)
    no_interval = PERFECT if shares.agreed == 1 else NO_ERROR
    for name, error in (("kappa_interval", kappa_error), ("ac1_interval", ac1_error)):
        if error == 0:
            not_defined[name] = no_interval
    if ac1_error is None:
        not_defined["ac1_interval"] = ONE_RECORD
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
        ac1_interval=around_few(ac1, ac1_error, shares.n),
        positive_agreement=_on_side("positive", positive, counts, names, not_defined),
        negative_agreement=_on_side("negative", negative, counts, names, not_defined),
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


def _ac1(shares: Shares) -> tuple[float, float | None]:
    """Gwet's AC1 and its standard error; its chance agreement is never 1.

    The error is that of single ratings (Gwet 2014, divided by n - 1; irrCAC's `gwet.ac1.raw`), as
    for three reviewers and more, so one subject alone has none.
    """
    q = len(shares.rows)
    used = [(r + c) / 2 for r, c in zip(shares.rows, shares.columns, strict=True)]
    pe = sum((share * (1 - share) for share in used), Fraction(0)) / (q - 1)
    ac1 = without_chance(shares.agreed, pe)
    if shares.n < 2:
        return float(ac1), None
    variance = -((shares.agreed - 2 * (1 - ac1) * pe) ** 2)
    for i, row in enumerate(shares.cells):
        for j, share in enumerate(row):
            chance = (1 - (used[i] + used[j]) / 2) / (q - 1)
            variance += share * ((i == j) - 2 * (1 - ac1) * chance) ** 2
    return float(ac1), root(variance / ((shares.n - 1) * (1 - pe) ** 2))


def _pabak_interval(raw: Interval, q: int) -> Interval:
    """PABAK is a straight line of the raw agreement, and so is its interval."""
    low, high = ((q * end - 1) / (q - 1) for end in raw)
    return low, high


def _on_side(
    side: str,
    category: str | None,
    table: Table,
    names: tuple[str, ...],
    not_defined: dict[str, str],
) -> float | None:
    """Give the specific agreement on the category of one side, or note why there is none."""
    if category is None:
        not_defined[f"{side}_agreement"] = _MANY_CATEGORIES.format(side)
        return None
    k = names.index(category)
    used = sum(table[k]) + sum(row[k] for row in table)
    if not used:
        not_defined[f"{side}_agreement"] = _NOT_USED.format(category)
        return None
    return 2 * table[k][k] / used


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A word for a figure, and whose word it is. The figure always stands first."""

    word: str
    author: str


def bands(value: float) -> tuple[Band, Band]:
    """Say what a kappa is called by Orwin (quoted by Cochrane) and by Landis and Koch."""
    return (
        Band(word=_orwin(value), author="Orwin 1994, in the Cochrane Handbook"),
        Band(word=_landis_koch(value), author="Landis and Koch 1977"),
    )


def _orwin(value: float) -> str:
    """Below 0.40 Orwin has no word of his own."""
    if value >= 0.75:
        return "excellent"
    if value >= 0.60:
        return "good"
    return "fair" if value >= 0.40 else "below fair"


def _landis_koch(value: float) -> str:
    if value < 0:
        return "poor"
    for top, word in ((0.2, "slight"), (0.4, "fair"), (0.6, "moderate"), (0.8, "substantial")):
        if value <= top:
            return word
    return "almost perfect"
