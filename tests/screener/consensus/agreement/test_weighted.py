"""Weighted kappa against published examples, by hand and by what must hold of it."""

from __future__ import annotations

import json
from fractions import Fraction
from math import sqrt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.consensus.agreement.figures import figures
from screener.consensus.agreement.weighted import Weights, weighted_kappa

# The example of the SAS manual, whose printout the tests of statsmodels quote.
SAS = [[0, 4, 1], [0, 8, 0], [0, 1, 5]]
# "anxiety" of the R package irr, reviewers 2 and 3, the categories that were used: 1, 2, 3, 4, 6.
ANXIETY = [[0, 0, 1, 0, 0], [4, 0, 1, 0, 0], [2, 3, 3, 0, 0], [0, 2, 0, 1, 1], [1, 0, 0, 1, 0]]

scales = st.sampled_from(Weights)
tables = st.integers(2, 4).flatmap(
    lambda q: st.lists(st.lists(st.integers(0, 20), min_size=q, max_size=q), min_size=q, max_size=q)
)


def test_the_printout_of_sas():
    found = weighted_kappa(SAS)
    assert found.n == 19
    assert round(found.kappa, 4) == 0.4701
    assert round(found.kappa_error, 4) == 0.1457
    assert [round(end, 4) for end in found.kappa_interval] == [0.1845, 0.7558]


@pytest.mark.parametrize(
    ("weights", "value"), [(Weights.LINEAR, 0.1459075), (Weights.QUADRATIC, 0.2520325)]
)
def test_the_anxiety_ratings_of_irr(weights, value):
    """`kappa2(anxiety[,2:3], "equal")` and `"squared"`, as the tests of statsmodels quote them."""
    assert round(weighted_kappa(ANXIETY, weights=weights).kappa, 7) == value


def test_by_hand():
    """Four subjects: the mean distance seen is (0 + 0 + 1 + 2) / 4, that of chance 18/16."""
    table = [[1, 1, 1], [0, 0, 0], [0, 0, 1]]
    # Margins 3/4, 0, 1/4 and 1/4, 1/4, 2/4; distances 0 1 2 / 2 1 0:
    # 3/4 (1/4 + 2 * 2/4) + 1/4 (2 * 1/4 + 1/4) = 15/16 + 3/16 = 18/16.
    assert weighted_kappa(table).kappa == pytest.approx(1 - (3 / 4) / (18 / 16))
    # Squares 0 1 4 / 4 1 0: seen (1 + 4) / 4; 3/4 (1/4 + 4 * 2/4) + 1/4 (4 * 1/4 + 1/4) = 2.
    squared = weighted_kappa(table, weights=Weights.QUADRATIC)
    assert squared.kappa == pytest.approx(1 - (5 / 4) / 2)


def test_scores_weigh_by_their_distance():
    """With scores 0, 1 and 10 the two near ones are almost the same."""
    near, far = [[5, 3, 0], [2, 5, 0], [0, 0, 5]], [[5, 0, 3], [0, 5, 0], [2, 0, 5]]
    scores = [Fraction(0), Fraction(1), Fraction(10)]
    assert weighted_kappa(near, scores=scores).kappa > weighted_kappa(near).kappa
    assert weighted_kappa(near, scores=scores).kappa > 0.9
    assert weighted_kappa(far, scores=scores).kappa < weighted_kappa(near, scores=scores).kappa


def test_categories_of_one_score_are_one():
    scores = [Fraction(0), Fraction(0), Fraction(1)]
    three = weighted_kappa([[4, 2, 1], [3, 6, 0], [0, 2, 7]], scores=scores)
    two = weighted_kappa([[15, 1], [2, 7]])
    assert (three.kappa, three.kappa_interval) == (two.kappa, two.kappa_interval)


def test_not_defined():
    empty = weighted_kappa([[0, 0], [0, 0]], special=3)
    assert (empty.n, empty.special, empty.kappa, empty.kappa_interval) == (0, 3, None, None)
    assert set(empty.not_defined) == {"kappa", "kappa_interval"}
    assert "on the scale" in empty.not_defined["kappa"]
    one = weighted_kappa([[0, 0], [0, 9]])
    assert one.kappa is one.kappa_interval is None
    assert one.not_defined["kappa"] == "not defined: both reviewers used only one category"
    tied = weighted_kappa([[3, 2], [1, 9]], scores=[Fraction(1), Fraction(1)])
    assert tied.kappa is None
    assert tied.not_defined["kappa"] == "not defined: the reviewers gave only one score"


def test_no_interval_without_an_error():
    perfect = weighted_kappa([[4, 0, 0], [0, 3, 0], [0, 0, 2]])
    assert (perfect.kappa, perfect.kappa_error, perfect.kappa_interval) == (1, 0, None)
    assert "agree on every record" in perfect.not_defined["kappa_interval"]
    opposed = weighted_kappa([[0, 6], [6, 0]])
    assert (opposed.kappa, opposed.kappa_interval) == (-1, None)
    assert "standard error is 0" in opposed.not_defined["kappa_interval"]


@pytest.mark.parametrize(
    ("table", "scores"), [([[1, 2]], None), ([[1, 0], [0, 1]], [Fraction(1)]), ([[1], [2]], None)]
)
def test_a_table_must_fit(table, scores):
    with pytest.raises(ValueError, match="one row and one column"):
        weighted_kappa(table, scores=scores)


def test_json():
    values = weighted_kappa(SAS, special=2).json()
    assert list(values) == ["n", "special", "weights", "kappa", "kappa_interval", "not_defined"]
    assert (values["n"], values["special"], values["weights"]) == (19, 2, "linear")
    assert json.loads(json.dumps(values)) == values


# --- what holds of every table ---------------------------------------------------------------


@settings(deadline=None)
@given(tables, scales)
def test_the_order_of_the_reviewers_does_not_matter(table, weights):
    turned = list(zip(*table, strict=True))
    assert weighted_kappa(table, weights=weights) == weighted_kappa(turned, weights=weights)


@settings(deadline=None)
@given(tables, scales)
def test_the_direction_of_the_order_does_not_matter(table, weights):
    back = [row[::-1] for row in table[::-1]]
    assert weighted_kappa(table, weights=weights) == weighted_kappa(back, weights=weights)


@settings(deadline=None)
@given(tables, scales, st.fractions(1, 9, max_denominator=9), st.integers(-9, 9))
def test_the_unit_of_the_scores_does_not_matter(table, weights, unit, start):
    plain = weighted_kappa(table, weights=weights)
    scores = [start + unit * k for k in range(len(table))]
    scored = weighted_kappa(table, scores=scores, weights=weights)
    assert (plain.kappa, plain.kappa_error) == (scored.kappa, scored.kappa_error)


@settings(deadline=None)
@given(st.lists(st.integers(0, 20), min_size=4, max_size=4).filter(any), scales)
def test_of_two_categories_it_is_cohens_kappa(cells, weights):
    table = [cells[:2], cells[2:]]
    weighted, plain = weighted_kappa(table, weights=weights), figures(table, ("yes", "no"))
    assert weighted.kappa == plain.kappa
    assert weighted.kappa_error == plain.kappa_error
    assert weighted.kappa_interval == plain.kappa_interval
    assert weighted.not_defined.get("kappa") == plain.not_defined.get("kappa")


@settings(deadline=None)
@given(st.lists(st.integers(0, 20), min_size=2, max_size=5), scales)
def test_perfect_agreement(diagonal, weights):
    table = [[n if i == j else 0 for j in range(len(diagonal))] for i, n in enumerate(diagonal)]
    expected = 1 if sum(n > 0 for n in diagonal) > 1 else None
    assert weighted_kappa(table, weights=weights).kappa == expected


def slope_error(table, power):
    """The delta method with slopes by a complex step: no formula of a variance is used."""
    n, q, step = sum(map(sum, table)), range(len(table)), 1e-30

    def value(p):
        rows = [sum(row) for row in p]
        columns = [sum(column) for column in zip(*p, strict=True)]
        seen = sum(abs(i - j) ** power * p[i][j] for i in q for j in q)
        chance = sum(abs(i - j) ** power * rows[i] * columns[j] for i in q for j in q)
        return 1 - seen / chance

    mean = square = 0.0
    for i in q:
        for j in q:
            moved = [[complex(cell / n) for cell in row] for row in table]
            moved[i][j] += 1j * step
            slope = value(moved).imag / step
            mean += table[i][j] / n * slope
            square += table[i][j] / n * slope**2
    return sqrt(max(0.0, square - mean**2) / n)


@settings(deadline=None)
@given(tables, scales)
def test_the_error_against_the_delta_method(table, weights):
    found = weighted_kappa(table, weights=weights)
    if found.kappa is not None:
        power = 1 if weights is Weights.LINEAR else 2
        assert found.kappa_error == pytest.approx(slope_error(table, power), abs=1e-6)


@settings(deadline=None)
@given(tables, scales)
def test_null_and_reason_go_together(table, weights):
    values = weighted_kappa(table, weights=weights).json()
    missing = {name for name, value in values.items() if value is None}
    assert missing == set(values["not_defined"])
