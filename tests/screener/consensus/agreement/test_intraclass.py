"""Intraclass correlation against published examples, and the quantiles its interval needs."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.consensus.agreement.intraclass import intraclass
from screener.consensus.agreement.quantiles import f_quantile

# Shrout and Fleiss 1979, table 2: six targets, four judges; ICC(2,1) .29.
JUDGES = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
# "anxiety" of the R package irr: twenty subjects, three raters.
ANXIETY = list(
    zip(
        [3, 3, 3, 4, 5, 5, 2, 3, 5, 2, 2, 6, 1, 5, 2, 2, 1, 2, 4, 3],
        [3, 6, 4, 6, 2, 4, 2, 4, 3, 3, 2, 3, 3, 3, 2, 2, 1, 3, 3, 4],
        [2, 1, 4, 4, 3, 2, 1, 6, 1, 1, 1, 2, 3, 3, 1, 1, 3, 3, 2, 2],
        strict=True,
    )
)

totals = st.integers(2, 4).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 6), min_size=k, max_size=k), min_size=2, max_size=8)
)


def test_the_judges_of_shrout_and_fleiss():
    """The interval is the one that R's psych prints for them."""
    found = intraclass(JUDGES, 4)
    assert (found.n, found.reviewers, found.lacking) == (6, 4, 0)
    assert round(found.icc, 2) == 0.29
    assert [round(end, 3) for end in found.icc_interval] == [0.019, 0.761]
    assert found.not_defined == {}
    assert found.few


def test_the_anxiety_ratings_of_irr():
    """`icc(anxiety, model="twoway", type="agreement")`."""
    found = intraclass(ANXIETY, 3)
    assert round(found.icc, 3) == 0.198
    assert [round(end, 3) for end in found.icc_interval] == [-0.039, 0.494]


def test_by_hand():
    """Subjects 1 1, 2 4: mean squares of subjects 4, reviewers 1, error 1: (4 - 1)/(4 + 1)."""
    found = intraclass([[1, 1], [2, 4]], 2)
    assert found.icc == pytest.approx(3 / 5)


def test_a_missing_total_leaves_the_subject_out():
    found = intraclass([*JUDGES, [5, None, 5, 5], [None] * 4], 4)
    assert (found.n, found.lacking) == (6, 2)
    assert found.icc == intraclass(JUDGES, 4).icc


def test_kinds_of_numbers():
    rows = [[1.5, 2], [3, 4.5], [6, 5]]
    exact = [[Decimal("1.5"), 2], [3, Fraction(9, 2)], [6, 5]]
    assert intraclass(rows, 2) == intraclass(exact, 2)


def test_not_defined():
    for rows in ([], [[1, 2]], [[1, 2], [None, 3]]):
        found = intraclass(rows, 2)
        assert found.icc is found.icc_interval is None
        assert set(found.not_defined) == {"icc", "icc_interval"}
        assert "fewer than two subjects" in found.not_defined["icc"]
    same = intraclass([[4, 4], [4, 4], [4, 4]], 2)
    assert same.icc is same.icc_interval is None
    assert "vary neither" in same.not_defined["icc"]
    crossed = intraclass([[1, 2], [2, 1]], 2)
    assert crossed.icc is None
    assert "vary neither" in crossed.not_defined["icc"]


def test_no_interval():
    perfect = intraclass([[1, 1, 1], [5, 5, 5]], 3)
    assert (perfect.icc, perfect.icc_interval) == (1, None)
    assert "agree on every total" in perfect.not_defined["icc_interval"]
    level = intraclass([[1, 5], [5, 1], [3, 3]], 2)
    assert level.icc < 0
    assert level.icc_interval is None
    assert "do not differ enough" in level.not_defined["icc_interval"]
    # Neither the subjects nor the reviewers differ in their sums: only the error is left.
    square = intraclass([[1, 2, 3], [2, 3, 1], [3, 1, 2]], 3)
    assert square.icc == -1
    assert square.icc_interval is None


def test_an_estimate_below_minus_one_stays_as_it_is():
    """Mean squares 1/6, 1/6 and, of the error, 13/6: (1 - 13) / (1 + 13 + 2/3 (1 - 13))."""
    found = intraclass([[0, 2], [2, 1], [2, 0]], 2)
    assert found.icc == pytest.approx(-2)
    assert found.icc_interval[0] == -1, "intervals are cut, as those of the other figures are"
    assert -1 <= found.icc_interval[1] <= 1


def test_a_reviewer_who_always_gives_more_disagrees():
    close = intraclass([[1, 2], [4, 5], [9, 10]], 2)
    apart = intraclass([[1, 8], [4, 11], [9, 16]], 2)
    assert 0 < apart.icc < close.icc < 1
    assert apart.icc_interval[0] < apart.icc < apart.icc_interval[1]


def test_rows_must_fit():
    with pytest.raises(ValueError, match="two or more reviewers"):
        intraclass([[1], [2]], 1)
    with pytest.raises(ValueError, match="two or more reviewers"):
        intraclass([[1, 2], [2, 3, 4]], 2)


def test_json():
    values = intraclass(JUDGES, 4).json()
    assert list(values) == ["n", "reviewers", "lacking", "icc", "icc_interval", "not_defined"]
    assert json.loads(json.dumps(values)) == values


@settings(deadline=None)
@given(totals, st.randoms())
def test_the_order_of_reviewers_and_subjects_does_not_matter(rows, random):
    places = list(range(len(rows[0])))
    random.shuffle(places)
    mixed = [[row[place] for place in places] for row in rows]
    random.shuffle(mixed)
    assert intraclass(mixed, len(places)) == intraclass(rows, len(places))


@settings(deadline=None)
@given(totals, st.integers(1, 9), st.integers(-50, 50))
def test_the_unit_of_the_totals_does_not_matter(rows, unit, start):
    k = len(rows[0])
    assert intraclass([[start + unit * x for x in row] for row in rows], k) == intraclass(rows, k)


@settings(deadline=None)
@given(totals)
def test_null_and_reason_go_together_and_an_interval_holds_its_figure(rows):
    found = intraclass(rows, len(rows[0]))
    values = found.json()
    missing = {name for name, value in values.items() if value is None}
    assert missing == set(values["not_defined"])
    if found.icc_interval is not None:
        low, high = found.icc_interval
        assert -1 <= low <= max(found.icc, -1) <= high <= 1  # it is cut, the figure is not


@settings(deadline=None)
@given(st.lists(st.integers(0, 9), min_size=2, max_size=8), st.integers(2, 4))
def test_perfect_agreement(points, reviewers):
    found = intraclass([[x] * reviewers for x in points], reviewers)
    assert found.icc == (1 if len(set(points)) > 1 else None)


# --- quantiles of F --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("d1", "d2", "value"),
    [(1, 1, 647.789), (3, 15, 4.1528), (5, 10, 4.2361), (10, 5, 6.6192), (120, 120, 1.4327)],
)
def test_quantiles_of_the_printed_table(d1, d2, value):
    """The upper 2.5 % points as every table of F prints them."""
    assert f_quantile(0.975, d1, d2) == pytest.approx(value, rel=5e-5)
    assert f_quantile(0.025, d2, d1) == pytest.approx(1 / value, rel=5e-5)


@settings(deadline=None)
@given(st.floats(0.01, 0.99), st.floats(0.1, 5000))
def test_quantiles_with_two_degrees_have_a_formula(p, d):
    if d >= 1:
        assert f_quantile(p, 2, d) == pytest.approx(d / 2 * ((1 - p) ** (-2 / d) - 1), rel=1e-7)
    x = p ** (2 / d)
    assert f_quantile(p, d, 2) == pytest.approx(2 / d * x / (1 - x), rel=1e-7)


def test_many_and_next_to_no_degrees():
    assert f_quantile(0.975, 100_000, 100_000) == pytest.approx(1.012474, rel=1e-5)
    assert f_quantile(0.025, 1e-6, 5) < 1e-50


@pytest.mark.parametrize(("p", "d1", "d2"), [(0, 1, 1), (1, 1, 1), (0.5, 0, 1), (0.5, 1, -1)])
def test_quantiles_that_are_not(p, d1, d2):
    with pytest.raises(ValueError, match="chance between 0 and 1"):
        f_quantile(p, d1, d2)
