"""Agreement figures against published examples and against a naive calculation."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Callable
from itertools import combinations
from math import exp, isclose, lgamma, pi, sqrt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.consensus.agreement.figures import bands, figures, overall

HERE = Path(__file__)
CASES = json.loads((HERE.parents[3] / "data" / "agreement_cases.json").read_text(encoding="utf-8"))
PAIRS = {case["name"]: case for case in CASES["two_rater"]}
MANY = {case["name"]: case for case in CASES["multi_rater"]}
TWO = ("include", "exclude")
THREE = ("include", "maybe", "exclude")
NAMES = ("include", "maybe", "unsure", "exclude")
Z = 1.959963984540054


def named(table):
    """Categories for a table of any size, the positive one first and the negative one last."""
    return (*NAMES[: len(table) - 1], "exclude")


def decimals(text_value) -> int:
    return len(repr(text_value).split(".")[1])


def of_a_table(error, n):
    """The error of AC1 as it is published for a table, divided by n; ours is by n - 1."""
    return error and error * sqrt((n - 1) / n)


# --- published examples ----------------------------------------------------------------------


def found(case) -> dict[str, float | None]:
    if "counts" in case:
        result = overall(case["counts"], [str(k) for k in range(len(case["counts"][0]))])
        return {
            "pa": result.raw,
            "fleiss": result.fleiss_kappa,
            "fleiss_se": result.fleiss_kappa_error,
            "ac1": result.ac1,
            "ac1_se": result.ac1_error,
            "alpha": result.krippendorff_alpha,
        }
    result = figures(case["table"], named(case["table"]))
    low, high = result.kappa_interval or (None, None)
    return {
        "n": result.n,
        "po": result.raw,
        "pe": result.chance,
        "kappa": result.kappa,
        "se": result.kappa_error,
        "lo": low,
        "hi": high,
        "kappa_se": result.kappa_error,
        "kappa_lo": low,
        "kappa_hi": high,
        "pabak": result.pabak,
        "ac1": result.ac1,
        "ac1_se": of_a_table(result.ac1_error, result.n),
        "weighted_linear": result.weighted_kappa,
    }


# The cases have figures that the program does not show.
NOT_SHOWN = {"se0", "kappa_se0", "kappa_max", "prevalence_index", "bias_index"}

PUBLISHED = [
    pytest.param(case, name, value, id=f"{case['name']}-{name}")
    for case in (*CASES["two_rater"], *CASES["multi_rater"])
    for name, value in case["published"].items()
    if name not in NOT_SHOWN
]


def test_every_published_value_is_there():
    assert len(PUBLISHED) == 33


@pytest.mark.parametrize(("case", "name", "value"), PUBLISHED)
def test_published(case, name, value):
    assert round(found(case)[name], decimals(value)) == value


# Intervals of AC1 are compared below: those of the cases are of tables, with z.
COMPUTED = [
    pytest.param(case, name, value, id=f"{case['name']}-{name}")
    for case in (*CASES["two_rater"], *CASES["multi_rater"])
    for name, value in case["computed"].items()
    if name not in {"ac1_pe", "ac1_lo", "ac1_hi", "specific", "po_wilson"} | NOT_SHOWN
    and not (name == "weighted_linear" and len(case["table"]) == 2)
]


@pytest.mark.parametrize(("case", "name", "value"), COMPUTED)
def test_computed(case, name, value):
    assert found(case)[name] == (None if value is None else pytest.approx(value, abs=1e-12))


@pytest.mark.parametrize("case", PAIRS.values(), ids=PAIRS)
def test_computed_lists(case):
    names = named(case["table"])
    result = figures(case["table"], names, (names[0], names[-1]))
    specific = case["computed"]["specific"]
    assert result.raw_interval == pytest.approx(case["computed"]["po_wilson"], abs=1e-12)
    for found_, value in (
        (result.positive_agreement, specific[0]),
        (result.negative_agreement, specific[-1]),
    ):
        assert found_ == (None if value is None else pytest.approx(value, abs=1e-12))


def test_screening_example_in_full():
    """The unbalanced example of the domain paper: kappa is never shown alone."""
    result = figures([[18, 7], [11, 964]], TWO)
    assert round(result.raw, 3) == 0.982
    assert round(result.kappa, 3) == 0.657
    assert [round(end, 3) for end in result.kappa_interval] == [0.509, 0.806]
    assert round(result.ac1, 3) == 0.981
    assert round(result.pabak, 3) == 0.964
    assert round(result.positive_agreement, 3) == 0.667
    assert round(result.negative_agreement, 3) == 0.991
    assert result.not_defined == {}


def test_pabak_interval_is_that_of_the_raw_agreement():
    result = figures([[121, 31], [22, 1110]], TWO)
    assert [round(end, 2) for end in result.pabak_interval] == [0.89, 0.94]


# --- what is not defined ---------------------------------------------------------------------


def test_no_records():
    result = figures([[0, 0], [0, 0]], TWO)
    values = result.json()
    names = set(values) - {"n", "categories", "table", "not_defined"}
    assert values["n"] == 0
    assert all(values[name] is None for name in names)
    assert values["not_defined"] == dict.fromkeys(
        names, "not defined: no record was decided by both reviewers"
    )
    assert result.weighted_kappa is None


def test_one_category_only():
    result = figures([[0, 0], [0, 30]], TWO)
    assert (result.raw, result.pabak, result.ac1, result.negative_agreement) == (1, 1, 1, 1)
    assert result.raw_interval[0] == pytest.approx(0.8864866)
    assert result.raw_interval[1] == 1
    assert result.kappa is result.kappa_interval is result.ac1_interval is None
    assert result.weighted_kappa is None
    one = "not defined: both reviewers used only one category"
    assert result.not_defined == {
        "kappa": one,
        "kappa_interval": one,
        "ac1_interval": "not defined: the reviewers agree on every record, so there is no interval",
        "positive_agreement": "not defined: neither reviewer used include",
    }


def test_perfect_agreement_has_no_interval():
    result = figures([[10, 0], [0, 23]], TWO)
    assert (result.raw, result.kappa, result.ac1) == (1, 1, 1)
    assert result.kappa_interval is result.ac1_interval is None
    assert set(result.not_defined) == {"kappa_interval", "ac1_interval"}
    assert "agree on every record" in result.not_defined["kappa_interval"]


def test_an_error_of_nothing_without_perfect_agreement():
    result = figures([[0, 6], [6, 0]], TWO)
    assert result.kappa == -1
    assert result.kappa_interval is None
    assert "standard error is 0" in result.not_defined["kappa_interval"]
    assert "standard error is 0" in result.not_defined["ac1_interval"]


def test_intervals_are_clipped():
    low = figures([[0, 2], [1, 0]], TWO)
    assert low.kappa_interval[0] == -1
    high = figures([[1, 0], [1, 6]], TWO)
    assert high.kappa_interval[1] == 1
    assert high.ac1_interval[1] == 1


def test_few_records():
    assert figures([[10, 1], [2, 16]], TWO).few
    assert not figures([[10, 1], [2, 17]], TWO).few


# --- categories ------------------------------------------------------------------------------


def test_positive_and_negative_go_by_the_sides():
    one_way = figures([[8, 1], [3, 30]], ("include", "exclude"))
    other_way = figures([[30, 3], [1, 8]], ("exclude", "include"), ("include", "exclude"))
    assert one_way.positive_agreement == other_way.positive_agreement == pytest.approx(16 / 20)
    assert one_way.negative_agreement == other_way.negative_agreement == pytest.approx(60 / 64)


def test_positive_and_negative_of_three_categories():
    table = [[5, 1, 0], [0, 4, 2], [1, 0, 20]]
    result = figures(table, THREE, ("include", "exclude"))
    assert result.positive_agreement == pytest.approx(10 / 12)
    assert result.negative_agreement == pytest.approx(40 / 43)
    judged = figures(table, ("met", "not-met", "unclear"), ("met", "not-met"))
    assert judged.positive_agreement == pytest.approx(10 / 12)
    assert judged.negative_agreement == pytest.approx(8 / 11)


def test_two_categories_of_other_names():
    result = figures([[5, 1], [2, 9]], ("yes", "no"))
    assert result.positive_agreement == pytest.approx(10 / 13)
    assert result.negative_agreement == pytest.approx(18 / 21)


def test_many_categories_of_other_names():
    result = figures([[5, 1, 0], [0, 4, 2], [1, 0, 20]], ("low", "some", "high"))
    assert result.positive_agreement is result.negative_agreement is None
    assert set(result.not_defined) == {"positive_agreement", "negative_agreement"}


@pytest.mark.parametrize(
    ("table", "categories"),
    [([[1, 2]], TWO), ([[1, 2], [3]], TWO), ([[1]], ("include",)), ([[1, 2], [3, 4]], THREE)],
)
def test_a_table_must_fit_its_categories(table, categories):
    with pytest.raises(ValueError, match="one row and one column"):
        figures(table, categories)


def test_json_holds_what_the_command_line_promises():
    values = figures([[18, 7], [11, 964]], TWO).json()
    assert list(values) == [
        "n",
        "categories",
        "table",
        "raw",
        "raw_interval",
        "kappa",
        "kappa_interval",
        "pabak",
        "ac1",
        "ac1_interval",
        "positive_agreement",
        "negative_agreement",
        "not_defined",
    ]
    assert values["table"] == [[18, 7], [11, 964]]
    assert values["categories"] == ["include", "exclude"]
    assert json.loads(json.dumps(values)) == values


# --- a naive calculation, from lists of decisions --------------------------------------------

tables = (
    st.integers(2, 4)
    .flatmap(
        lambda q: st.lists(
            st.lists(st.integers(0, 40), min_size=q, max_size=q), min_size=q, max_size=q
        )
    )
    .filter(lambda table: sum(map(sum, table)) > 0)
)


def shares(table) -> list[list[complex]]:
    n = sum(map(sum, table))
    return [[complex(cell / n) for cell in row] for row in table]


def margins(p):
    q = len(p)
    rows = [sum(p[i]) for i in range(q)]
    columns = [sum(p[i][j] for i in range(q)) for j in range(q)]
    return rows, columns, sum(p[i][i] for i in range(q))


def naive_kappa(p):
    rows, columns, seen = margins(p)
    chance = sum(r * c for r, c in zip(rows, columns, strict=True))
    return (seen - chance) / (1 - chance)


def naive_ac1(p):
    rows, columns, seen = margins(p)
    used = [(r + c) / 2 for r, c in zip(rows, columns, strict=True)]
    chance = sum(u * (1 - u) for u in used) / (len(p) - 1)
    return (seen - chance) / (1 - chance)


def naive_error(coefficient: Callable, table) -> float:
    """The delta method, with slopes by a complex step: no formula of a variance is used."""
    p, n, q, step = shares(table), sum(map(sum, table)), len(table), 1e-30
    mean = square = 0.0
    for i in range(q):
        for j in range(q):
            moved = [list(row) for row in p]
            moved[i][j] += 1j * step
            slope = coefficient(moved).imag / step
            mean += p[i][j].real * slope
            square += p[i][j].real * slope**2
    return sqrt(max(0.0, square - mean**2) / n)


def naive_interval(value, error, reach=Z):
    return max(-1, value - reach * error), min(1, value + reach * error)


def naive_t(degrees: int) -> float:
    """Where 97.5 % of Student's t lie below, by summing its density."""
    density = exp(lgamma((degrees + 1) / 2) - lgamma(degrees / 2)) / sqrt(degrees * pi)
    share, x, step = 0.5, 0.0, 1e-3
    while share < 0.975:
        middle = x + step / 2
        part = step * density * (1 + middle * middle / degrees) ** (-(degrees + 1) / 2)
        x, share = x + step * min(1, (0.975 - share) / part), share + part
    return x


@settings(deadline=None)
@given(tables)
def test_against_a_naive_calculation(table):
    result = figures(table, named(table))
    p, n, q = shares(table), sum(map(sum, table)), len(table)
    seen = sum(table[k][k] for k in range(q)) / n
    assert isclose(result.raw, seen)
    assert isclose(result.pabak, (q * seen - 1) / (q - 1), abs_tol=1e-12)
    assert isclose(result.ac1, naive_ac1(p).real, abs_tol=1e-9)
    if n == 1:
        assert result.ac1_error is None
    else:
        table_error = of_a_table(result.ac1_error, n)
        assert isclose(table_error, naive_error(naive_ac1, table), abs_tol=1e-6)
    one_cell = sum(cell > 0 for row in table for cell in row) == 1
    if one_cell and seen == 1:
        assert result.kappa is None
    else:
        assert isclose(result.kappa, naive_kappa(p).real, abs_tol=1e-9)
        assert isclose(result.kappa_error, naive_error(naive_kappa, table), abs_tol=1e-6)
    if result.kappa_interval is None:
        assert not result.kappa_error
    else:
        expected = naive_interval(result.kappa, result.kappa_error)
        assert result.kappa_interval == pytest.approx(expected, abs=1e-9)
    assert (result.ac1_interval is None) is not bool(result.ac1_error)


@pytest.mark.parametrize("times", [1, 3, 40])
def test_intervals_of_ac1_are_of_t(times):
    """As irrCAC's of single ratings: an error by n - 1, and t with n - 1 degrees."""
    table = [[2 * times, times], [times, 3 * times]]
    result, n = figures(table, TWO), 7 * times
    assert result.ac1_interval == pytest.approx(
        naive_interval(result.ac1, result.ac1_error, naive_t(n - 1)), abs=1e-4
    )


@settings(deadline=None)
@given(tables)
def test_two_reviewers_have_the_error_and_interval_of_many(table):
    names = named(table)
    kinds = [(i, j) for i, row in enumerate(table) for j, n in enumerate(row) for _ in range(n)]
    counts = [[(i == k) + (j == k) for k in range(len(names))] for i, j in kinds]
    two, many = figures(table, names), overall(counts, names)
    assert two.ac1 == pytest.approx(many.ac1, abs=1e-12)
    assert two.ac1_error == pytest.approx(many.ac1_error, abs=1e-12)
    assert two.ac1_interval == pytest.approx(many.ac1_interval, abs=1e-12)
    assert two.not_defined.get("ac1_interval") == many.not_defined.get("ac1_interval")


@settings(deadline=None)
@given(tables)
def test_wilson_holds_the_shares_it_should(table):
    """Each end is a share whose own expected error just reaches the share that was seen."""
    result = figures(table, named(table))
    for end, other in zip(result.raw_interval, (0, 1), strict=True):
        assert 0 <= end <= 1
        if result.raw != other:
            error = sqrt(end * (1 - end) / result.n)
            assert isclose(abs(result.raw - end), Z * error, abs_tol=1e-9)
        else:
            assert end == other


@settings(deadline=None)
@given(tables)
def test_the_order_of_the_reviewers_does_not_matter(table):
    turned = [list(column) for column in zip(*table, strict=True)]
    one, other = figures(table, named(table)).json(), figures(turned, named(table)).json()
    assert other.pop("table") == turned
    one.pop("table")
    assert one == other


@settings(deadline=None)
@given(tables)
def test_null_and_reason_go_together(table):
    values = figures(table, named(table)).json()
    missing = {name for name, value in values.items() if value is None}
    assert missing == set(values["not_defined"])
    assert all(reason.startswith("not defined: ") for reason in values["not_defined"].values())


# --- many reviewers --------------------------------------------------------------------------

votes = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=12)


def naive_alpha(counts):
    """One minus seen over expected disagreement, pair by pair of single decisions."""
    records = [[k for k, times in enumerate(row) for _ in range(times)] for row in counts]
    records = [record for record in records if len(record) > 1]
    everything = [decision for record in records for decision in record]
    n = len(everything)
    if len(set(everything)) < 2:
        return None
    seen = sum(
        2 * sum(a != b for a, b in combinations(record, 2)) / (len(record) - 1)
        for record in records
    )
    expected = 2 * sum(a != b for a, b in combinations(everything, 2)) / (n - 1)
    return 1 - seen / expected


@settings(deadline=None)
@given(votes)
def test_many_against_a_naive_calculation(counts):
    result = overall(counts, THREE)
    paired = [row for row in counts if sum(row) > 1]
    assert (result.n, result.answered_by_one) == (len(paired), sum(sum(c) == 1 for c in counts))
    missing = {name for name, value in result.json().items() if value is None}
    assert missing == set(result.not_defined)
    if not paired:
        assert result.raw is None
        return
    rated = [row for row in counts if sum(row)]
    used = [sum(row[k] / sum(row) for row in rated) / len(rated) for k in range(3)]
    agreed = [sum(c * (c - 1) for c in row) / (sum(row) * (sum(row) - 1)) for row in paired]
    seen = sum(agreed) / len(agreed)
    assert isclose(result.raw, seen, abs_tol=1e-12)
    chance = sum(u * (1 - u) for u in used) / 2
    assert isclose(result.ac1, (seen - chance) / (1 - chance), abs_tol=1e-9)
    chance = sum(u * u for u in used)
    if sum(u > 0 for u in used) == 1:
        assert result.fleiss_kappa is None
    else:
        assert isclose(result.fleiss_kappa, (seen - chance) / (1 - chance), abs_tol=1e-9)
    alpha = naive_alpha(counts)
    assert result.krippendorff_alpha == (None if alpha is None else pytest.approx(alpha, abs=1e-9))


def test_many_without_a_second_decision():
    result = overall([[1, 0], [0, 1], [0, 0]], TWO)
    assert result.n == 0
    assert result.json()["fleiss_kappa"] is None
    assert set(result.not_defined.values()) == {
        "not defined: no record was decided by two or more reviewers"
    }
    assert overall([], TWO).n == 0


def test_many_with_one_category():
    result = overall([[0, 3], [0, 2]], TWO)
    assert result.raw == result.ac1 == 1
    assert result.fleiss_kappa is result.krippendorff_alpha is None
    assert "only one category" in result.not_defined["fleiss_kappa"]
    assert "only one category" in result.not_defined["krippendorff_alpha"]


def test_many_with_one_record():
    result = overall([[2, 1]], TWO)
    assert result.ac1_error is None
    assert "one record alone" in result.not_defined["ac1_interval"]


def test_many_json():
    values = overall(MANY["FLEISS_1971"]["counts"], list("abcde")).json()
    assert list(values) == [
        "n",
        "answered_by_one",
        "categories",
        "raw",
        "fleiss_kappa",
        "fleiss_kappa_interval",
        "ac1",
        "ac1_interval",
        "krippendorff_alpha",
        "not_defined",
    ]
    assert json.loads(json.dumps(values)) == values


def test_counts_must_fit_their_categories():
    with pytest.raises(ValueError, match="one number for each"):
        overall([[1, 2, 3]], TWO)


# --- words for a figure ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "orwin", "landis_koch"),
    [
        (-0.01, "below fair", "poor"),
        (0.0, "below fair", "slight"),
        (0.2, "below fair", "slight"),
        (0.2001, "below fair", "fair"),
        (0.3999, "below fair", "fair"),
        (0.4, "fair", "fair"),
        (0.5999, "fair", "moderate"),
        (0.6, "good", "moderate"),
        (0.6001, "good", "substantial"),
        (0.7499, "good", "substantial"),
        (0.75, "excellent", "substantial"),
        (0.8, "excellent", "substantial"),
        (0.8001, "excellent", "almost perfect"),
        (1.0, "excellent", "almost perfect"),
    ],
)
def test_bands(value, orwin, landis_koch):
    first, second = bands(value)
    assert (first.word, second.word) == (orwin, landis_koch)
    assert "Orwin" in first.author
    assert "Landis and Koch" in second.author


# --- the shared reference calculation, where it is at hand -----------------------------------

REFERENCE = HERE.parents[5] / "shared" / "tools" / "agreement_ref.py"


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference calculation is not here")
@settings(deadline=None)
@given(table=tables)
def test_against_the_reference_calculation(table):
    spec = importlib.util.spec_from_file_location("agreement_ref", REFERENCE)
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    result = figures(table, named(table))
    kappa, ac1 = reference.cohen_kappa(table), reference.gwet_ac1(table)
    if kappa["kappa"] is None:
        assert result.kappa is None
    else:
        assert isclose(result.kappa, kappa["kappa"], abs_tol=1e-9)
        assert isclose(result.kappa_error, kappa["se"], abs_tol=1e-7)
    assert isclose(result.ac1, ac1["ac1"], abs_tol=1e-9)
    assert isclose(of_a_table(result.ac1_error, result.n) or 0, ac1["se"], abs_tol=1e-7)
    assert isclose(result.pabak, reference.pabak(table), abs_tol=1e-9)
