"""Numbers and dates: what is taken, what is refused rather than guessed, what is the same."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.model import TYPES, Question, UserError

WHOLE = Question(id="n", words="Participants", type="integer")
NUMBER = Question(id="n", words="Mean", type="decimal")
DATE = Question(id="d", words="Date", type="date")

NEVER_A_NUMBER = [
    "", " ", "abc", "1e5", "1E5", "+5", "0x10", "0b1", "1_000", "٣", "３０", "५", "²", "½", "Ⅳ",
    "5.", "--5", "- 5", "5-", "1 000", "1\u00a0000", "1'000", "1.000.000", "1,000,000", "1.5,5",
    "30 %", "<5", "~5", "5 weeks", "nan", "NaN", "inf", "Infinity", "5\n6", "30; 31", "1/2",
    "5\ud800",
]  # fmt: skip


@pytest.mark.parametrize("question", [WHOLE, NUMBER])
@pytest.mark.parametrize("typed", NEVER_A_NUMBER)
def test_what_is_no_number_is_refused_with_a_sentence(question, typed):
    with pytest.raises(UserError) as refused:
        TYPES[question.type].parse(typed, question)
    assert "number: write" in str(refused.value)
    assert str(refused.value).endswith(".")
    assert str(refused.value).encode()


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("30", "30"),
        ("30.0", "30.0"),
        ("30,0", "30.0"),
        ("0,125", "0.125"),
        (",05", ".05"),
        (".05", ".05"),
        ("007", "007"),
        ("-0", "-0"),
        ("\u00a0-0.5\u202f", "-0.5"),
        ("\u22120.5", "-0.5"),
        ("\u20130,35", "-0.35"),
        ("\ufeff12\u200b", "12"),
        ("1.000", "1.000"),
        ("1000,500", "1000.500"),
    ],
)
def test_a_number_stays_as_typed_but_for_its_comma_and_minus(typed, stored):
    assert TYPES["decimal"].parse(typed, NUMBER) == stored


@pytest.mark.parametrize("typed", ["1,000", "-12,345", "\u2212999,999"])
def test_a_comma_that_may_stand_for_thousands_is_asked_about(typed):
    with pytest.raises(UserError, match=r"two ways; write .+ or"):
        TYPES["decimal"].parse(typed, NUMBER)


def test_both_readings_are_offered():
    with pytest.raises(UserError, match=r"“1,250” can be read in two ways; write 1\.250 or 1250\."):
        TYPES["decimal"].parse("1,250", NUMBER)


@pytest.mark.parametrize("typed", ["30.0", "30,0", ".5", "1,000"])
def test_a_whole_number_has_no_fraction(typed):
    with pytest.raises(UserError, match="not a whole number"):
        TYPES["integer"].parse(typed, WHOLE)


def test_whole_numbers_stay_as_typed():
    assert TYPES["integer"].parse(" \u22125 ", WHOLE) == "-5"
    assert TYPES["integer"].parse("030", WHOLE) == "030"


@pytest.mark.parametrize("question", [WHOLE, NUMBER])
def test_a_number_has_an_end(question):
    assert TYPES[question.type].parse("9" * 40, question) == "9" * 40
    for count in (41, 10_000, 1_000_000):
        with pytest.raises(UserError, match="too long for a number"):
            TYPES[question.type].parse("9" * count, question)


@pytest.mark.parametrize("question", [WHOLE, NUMBER])
def test_bounds_belong_to_what_is_admitted(question):
    kind, bounded = TYPES[question.type], replace(question, minimum=Decimal(0), maximum=Decimal(17))
    assert [kind.parse(n, bounded) for n in ("0", "-0", "17")] == ["0", "-0", "17"]
    with pytest.raises(UserError, match=r"-1 is too low; the lowest number here is 0\."):
        kind.parse("-1", bounded)
    with pytest.raises(UserError, match=r"18 is too high; the highest number here is 17\."):
        kind.parse("18", bounded)


def test_bounds_are_exact():
    bounded = replace(NUMBER, maximum=Decimal(1))
    with pytest.raises(UserError, match="too high"):
        TYPES["decimal"].parse("1." + "0" * 36 + "1", bounded)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("30.0", "30"),
        ("30,0", "30"),
        ("30", "030.00"),
        (".5", "0.5"),
        ("-0", "0"),
        ("-0.0", "0"),
        ("\u22125", "-5.0"),
        ("３０", "30"),
        (" 30", "30"),
    ],
)
def test_the_same_number(one, other):
    assert TYPES["decimal"].same(one, other, NUMBER)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("30", "300"),
        ("30.0", "3.00"),
        ("-5", "5"),
        ("1,000", "1000"),
        ("1,000", "1"),
        ("9" * 40, "9" * 39 + "8"),
        ("0." + "0" * 38 + "1", "0"),
    ],
)
def test_another_number(one, other):
    assert not TYPES["decimal"].same(one, other, NUMBER)


@given(*[st.decimals(allow_nan=False, allow_infinity=False, places=4)] * 2)
def test_numbers_are_the_same_when_they_are_equal(one, other):
    assert TYPES["decimal"].same(f"{one:f}", f"{other:f}", NUMBER) is (one == other)
    assert TYPES["decimal"].same(f"{one:f}", f"{one:f}00", NUMBER)
    assert Decimal(TYPES["decimal"].canonical(f"{one:f}", NUMBER)) == one


@pytest.mark.parametrize(
    "typed", ["2018", "2018-05", "2018-05-13", "2018/5/3", "2018.05", "2020-02-29"]
)
def test_a_date_stays_as_typed(typed):
    assert TYPES["date"].parse(f" {typed}\u00a0", DATE) == typed


@pytest.mark.parametrize(
    "typed",
    ["2018-02-30", "2019-02-29", "2018-13", "2018-00", "2018-05-00", "2018-19", "2018-04-31"],
)
def test_a_day_that_does_not_exist_is_refused(typed):
    with pytest.raises(UserError, match="not in the calendar"):
        TYPES["date"].parse(typed, DATE)


@pytest.mark.parametrize(
    "typed",
    [
        "", "13/05/2018", "05/13/2018", "05-2018", "13.5.18", "18", "0218", "20180513",
        "2018-05/13",
        "2018-", "2018-05-13T00:00", "2018-05-133", "２０１８", "٢٠١٨", "May 2018", "soon", "-2018",
        "2018\n05", "2018 - 05", "12018", "2018" * 100_000,
    ],
)  # fmt: skip
def test_a_date_is_not_guessed(typed):
    with pytest.raises(UserError, match="the year first, such as 2018, 2018-05 or 2018-05-13"):
        TYPES["date"].parse(typed, DATE)


def test_the_way_a_date_is_written_makes_no_difference_but_its_precision_does():
    same = TYPES["date"].same
    assert same("2018/5/3", "2018-05-03", DATE)
    assert same("2018.5", "2018-05", DATE)
    assert not same("2018", "2018-01", DATE)
    assert not same("2018-01", "2018-01-01", DATE)
    assert not same("2018-05-03", "2018-03-05", DATE)


@given(st.dates(min_value=date(1000, 1, 1), max_value=date(2999, 12, 31)))
def test_every_day_of_the_calendar_is_a_date(day):
    assert TYPES["date"].parse(day.isoformat(), DATE) == day.isoformat()
    short = f"{day.year}/{day.month}/{day.day}"
    assert TYPES["date"].canonical(TYPES["date"].parse(short, DATE), DATE) == day.isoformat()
