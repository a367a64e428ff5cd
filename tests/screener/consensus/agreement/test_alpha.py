"""Krippendorff's alpha of ordered categories and scores."""

from __future__ import annotations

import json
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.consensus.agreement.alpha import Level, alpha, coefficient
from screener.consensus.agreement.overall import overall

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", example C: four observers,
# twelve units, missing data. Alpha: nominal .743, ordinal .815, interval .849.
OBSERVERS = [
    [3, 0, 0, 0, 0],
    [0, 3, 1, 0, 0],
    [0, 0, 4, 0, 0],
    [0, 0, 4, 0, 0],
    [0, 4, 0, 0, 0],
    [1, 1, 1, 1, 0],
    [0, 0, 0, 4, 0],
    [3, 1, 0, 0, 0],
    [0, 4, 0, 0, 0],
    [0, 0, 0, 0, 3],
    [2, 0, 0, 0, 0],
    [0, 0, 1, 0, 0],
]
FIVE = [Fraction(k) for k in range(1, 6)]

votes = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=10)


def test_the_example_of_krippendorff():
    assert round(overall(OBSERVERS, list("12345")).krippendorff_alpha, 3) == 0.743
    ordinal, interval = alpha(OBSERVERS), alpha(OBSERVERS, scores=FIVE)
    assert (ordinal.n, ordinal.level, round(ordinal.alpha, 3)) == (11, Level.ORDINAL, 0.815)
    assert (interval.n, interval.level, round(interval.alpha, 3)) == (11, Level.INTERVAL, 0.849)


def test_interval_by_hand():
    """Two subjects, scores 1 1 and 1 3: the mean squared distance seen is 2, that of chance 2."""
    counts = [[2, 0], [1, 1]]
    scores = [Fraction(1), Fraction(3)]
    # Observed: (0 + 4) / 2 subjects. Expected: among all 6 pairs of the 4 answers 3 are 4 apart.
    assert alpha(counts, scores=scores).alpha == pytest.approx(1 - 2 / (3 * 4 / 6))


def test_not_defined():
    nothing = alpha([[1, 0], [0, 0], [0, 1]], special=2)
    assert (nothing.n, nothing.special, nothing.alpha) == (0, 2, None)
    assert "two or more reviewers" in nothing.not_defined["alpha"]
    assert alpha([]).n == 0
    one = alpha([[0, 3], [0, 2], [1, 0]])
    assert (one.n, one.alpha) == (2, None)
    assert one.not_defined["alpha"] == "not defined: the reviewers used only one category"
    tied = alpha([[1, 1], [2, 1]], scores=[Fraction(2), Fraction(2)])
    assert tied.alpha is None
    assert tied.not_defined["alpha"] == "not defined: the reviewers gave only one score"


def test_counts_must_fit():
    with pytest.raises(ValueError, match="one number for each category"):
        alpha([[1, 2], [1]])
    with pytest.raises(ValueError, match="one number for each category"):
        alpha([[1, 2]], scores=FIVE)


def test_json():
    values = alpha(OBSERVERS, special=1).json()
    assert list(values) == ["n", "special", "level", "alpha", "not_defined"]
    assert (values["n"], values["special"], values["level"]) == (11, 1, "ordinal")
    assert json.loads(json.dumps(values)) == values


# --- against every pair of single answers, and what must hold ---------------------------------


def naive(counts, distance):
    records = [[k for k, times in enumerate(row) for _ in range(times)] for row in counts]
    records = [record for record in records if len(record) > 1]
    answers = [one for record in records for one in record]
    n = len(answers)
    expected = sum(distance(a, b, answers) for a, b in product(answers, repeat=2))
    if not expected:
        return None
    seen = sum(
        distance(a, b, answers) / (len(record) - 1)
        for record in records
        for a, b in product(record, repeat=2)
    )
    return 1 - (seen / n) / (expected / (n * (n - 1)))


def ordinal_distance(a, b, answers):
    low, high = min(a, b), max(a, b)
    between = sum(low <= one <= high for one in answers)
    return (between - (answers.count(low) + answers.count(high)) / 2) ** 2 if low != high else 0


@settings(deadline=None)
@given(votes)
def test_ordinal_against_a_naive_calculation(counts):
    expected = naive(counts, ordinal_distance)
    assert alpha(counts).alpha == (None if expected is None else pytest.approx(expected))


@settings(deadline=None)
@given(votes)
def test_interval_against_a_naive_calculation(counts):
    scores = [Fraction(0), Fraction(3, 2), Fraction(7)]
    expected = naive(counts, lambda a, b, _: float(scores[a] - scores[b]) ** 2)
    found = alpha(counts, scores=scores).alpha
    assert found == (None if expected is None else pytest.approx(expected))


@settings(deadline=None)
@given(votes)
def test_the_direction_of_the_order_does_not_matter(counts):
    assert alpha([row[::-1] for row in counts]).alpha == alpha(counts).alpha


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 4), min_size=2, max_size=2), min_size=1, max_size=10))
def test_of_two_categories_every_level_is_the_same(counts):
    nominal = overall(counts, ("yes", "no")).krippendorff_alpha
    assert alpha(counts).alpha == nominal
    assert alpha(counts, scores=[Fraction(2), Fraction(5)]).alpha == nominal


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 2), st.integers(2, 5)), min_size=1, max_size=10))
def test_perfect_agreement(subjects):
    counts = [[times if k == place else 0 for k in range(3)] for place, times in subjects]
    expected = 1 if len({place for place, _ in subjects}) > 1 else None
    assert alpha(counts).alpha == expected
    assert alpha(counts, scores=FIVE[:3]).alpha == expected


def test_the_coefficient_alone_of_nothing():
    assert coefficient({(1, 0): 3}, Level.NOMINAL) is None
