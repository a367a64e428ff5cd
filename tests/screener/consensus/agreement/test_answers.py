"""The figures of one question: two reviewers and many, with and without an order."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.consensus.agreement.alpha import alpha
from screener.consensus.agreement.answers import of_many, of_two, sameness
from screener.consensus.agreement.figures import figures
from screener.consensus.agreement.overall import overall
from screener.consensus.agreement.weighted import Weights, weighted_kappa
from screener.model.step import Scale

RISK = Scale(options=("low", "some", "high"), special=("not-reported",), ordered=True)
POINTS = Scale(
    options=("0", "1", "3"),
    special=("not-applicable",),
    scores=(Fraction(0), Fraction(1), Fraction(3)),
)
COUNTRY = Scale(options=("here", "there"), special=("not-reported",))

values = st.sampled_from(RISK.categories)
lists = st.lists(st.tuples(values, values), max_size=30)


def test_two_with_an_order():
    first = ["low", "low", "some", "high", "not-reported", "high"]
    second = ["low", "some", "some", "low", "not-reported", "not-reported"]
    found = of_two(first, second, RISK)
    table = [[1, 1, 0, 0], [0, 1, 0, 0], [1, 0, 0, 1], [0, 0, 0, 1]]
    assert found.figures == figures(table, RISK.categories)
    assert found.weighted == weighted_kappa([[1, 1, 0], [0, 1, 0], [1, 0, 0]], special=2)
    assert (found.figures.n, found.weighted.n, found.weighted.special) == (6, 4, 2)


def test_two_with_scores_and_other_weights():
    first, second = ["0", "1", "3", "3", "not-applicable"], ["0", "3", "3", "1", "0"]
    found = of_two(first, second, POINTS, Weights.QUADRATIC)
    table = [[1, 0, 0], [0, 0, 1], [0, 1, 1]]
    assert found.weighted == weighted_kappa(
        table, scores=POINTS.scores, weights=Weights.QUADRATIC, special=1
    )


def test_two_without_an_order():
    found = of_two(["here", "there"], ["here", "not-reported"], COUNTRY)
    assert found.weighted is None
    assert found.json() == found.figures.json()


def test_two_of_special_values_only():
    found = of_two(["not-reported"] * 3, ["not-reported"] * 3, RISK)
    assert found.figures.raw == 1
    assert (found.weighted.n, found.weighted.special, found.weighted.kappa) == (0, 3, None)


def test_nobody_answered():
    assert of_two([], [], RISK).figures.n == 0
    assert of_many([], RISK).overall.n == 0


def test_many_with_an_order():
    answers = [{"low": 3}, {"low": 1, "some": 2}, {"high": 2, "not-reported": 1}, {"some": 1}]
    found = of_many(answers, RISK)
    counts = [[3, 0, 0, 0], [1, 2, 0, 0], [0, 0, 2, 1], [0, 1, 0, 0]]
    nominal = overall(counts, RISK.categories)
    assert found.overall == replace(nominal, krippendorff_alpha=found.ordered_alpha.alpha)
    assert found.ordered_alpha == alpha([row[:3] for row in counts], special=1)
    assert (found.overall.n, found.ordered_alpha.n) == (3, 3)


def test_many_with_scores():
    answers = [{"0": 2, "1": 1}, {"3": 3}, {"not-applicable": 2, "1": 1}]
    found = of_many(answers, POINTS)
    counts = [[2, 1, 0], [0, 0, 3], [0, 1, 0]]
    assert found.ordered_alpha == alpha(counts, scores=POINTS.scores, special=1)
    assert (found.overall.n, found.ordered_alpha.n) == (3, 2)


def test_alpha_of_scores_counts_squared_differences_and_no_special_value():
    """By hand: coincidences of 0 and 1, 0 and 3, 3 and 3; the special answer is missing."""
    answers = [{"0": 2, "1": 1}, {"0": 1, "3": 1, "not-applicable": 1}, {"3": 3}, {"0": 3}]
    found = of_many(answers, POINTS)
    # Pairs of answers that differ: 2 of (0, 1) over 2 others, 1 of (0, 3) over 1, each both ways.
    observed = 2 * (2 * 1 / 2 + 1 * 9 / 1) / 11
    # Of the 11 answers: 6 of 0, 1 of 1, 4 of 3.
    expected = 2 * (6 * 1 * 1 + 6 * 4 * 9 + 1 * 4 * 4) / (11 * 10)
    assert found.overall.krippendorff_alpha == pytest.approx(1 - observed / expected)
    assert found.json()["krippendorff_alpha"] == found.ordered_alpha.alpha


def test_alpha_of_an_order_that_is_not_defined_says_why():
    found = of_many([{"low": 2, "not-reported": 1}, {"low": 3}], RISK).json()
    assert found["krippendorff_alpha"] is None
    assert "only one category" in found["not_defined"]["krippendorff_alpha"]
    assert found["fleiss_kappa"] is not None


def test_many_without_an_order():
    found = of_many([{"here": 3}, {"there": 2, "here": 1}], COUNTRY)
    assert found.ordered_alpha is None
    assert found.json() == found.overall.json()


def test_json():
    two = of_two(["low", "some"], ["low", "high"], RISK).json()
    assert two["weighted"]["special"] == 0
    many = of_many([{"low": 2, "some": 1}], RISK).json()
    assert many["ordered_alpha"]["level"] == "ordinal"
    assert json.loads(json.dumps([two, many])) == [two, many]


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match="no value 'huge'"):
        of_two(["huge"], ["low"], RISK)
    with pytest.raises(ValueError, match="no value 'huge'"):
        of_many([{"huge": 2}], RISK)
    with pytest.raises(ValueError, match="shorter"):
        of_two(["low", "low"], ["low"], RISK)
    with pytest.raises(ValueError, match="stands twice"):
        Scale(options=("low", "high"), special=("low",))
    with pytest.raises(ValueError, match="one number for each option"):
        Scale(options=("0", "1"), scores=(Fraction(0),))
    with pytest.raises(ValueError, match="side is no value"):
        Scale(options=("0", "1", "2"), sides=("0", "3"))


def test_the_sides_of_two_options_are_the_options_whatever_is_special():
    found = of_two(["here", "there"], ["here", "here"], COUNTRY).figures
    assert (found.positive_agreement, found.negative_agreement) == (pytest.approx(2 / 3), 0)
    named = Scale(options=("low", "some", "high"), sides=("high", "low"))
    found = of_two(["high", "low"], ["high", "some"], named).figures
    assert (found.positive_agreement, found.negative_agreement) == (1, 0)


@settings(deadline=None)
@given(lists)
def test_every_subject_is_in_the_table_and_on_the_scale_or_special(pairs):
    first, second = [a for a, _ in pairs], [b for _, b in pairs]
    found = of_two(first, second, RISK)
    assert found.figures.n == len(pairs)
    assert found.weighted.n + found.weighted.special == len(pairs)
    turned = of_two(second, first, RISK)
    assert turned.weighted == found.weighted
    assert turned.figures.kappa == found.figures.kappa


@settings(deadline=None)
@given(lists)
def test_two_as_many_agree_as_often(pairs):
    two = of_two([a for a, _ in pairs], [b for _, b in pairs], RISK)
    many = of_many([Counter(pair) for pair in pairs], RISK)
    assert many.overall.n == two.figures.n
    assert many.overall.raw == two.figures.raw
    assert many.ordered_alpha.n == two.weighted.n
    assert many.ordered_alpha.special == two.weighted.special


def test_the_share_that_is_the_same():
    found = sameness(one == other for one, other in [(30, 30), (12, 13), (7, 7), (0, 0)])
    assert found.json() == {"n": 4, "same": 3, "share": 0.75, "not_defined": {}}


def test_no_share_of_nothing():
    found = sameness([])
    assert (found.n, found.same, found.share) == (0, 0, None)
    assert "no subject" in found.not_defined["share"]
