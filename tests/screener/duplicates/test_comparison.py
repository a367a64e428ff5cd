"""Fields that agree, differ or are not known."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("244-58", "244-258", True),
        ("244", "244-258", True),
        ("244-58", "501-509", False),
        ("244-58", "", None),
        ("S29", "29", None),
        ("06-Oct", "6-10", True),
        ("06-Oct", "244", None),
        ("145-146", "146", None),
        ("1-6", "e12724", None),
        ("244-58", "t-20", None),
    ],
)
def test_pages(compared, left, right, same):
    assert compared({"pages": left}, {"pages": right}).page is same


def test_pages_ahead_of_print(compared):
    assert compared({"pages": "1-15", "volume": ""}, {}).page is None
    assert compared({"pages": "1-15"}, {}).page is False


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [("12", "12", True), ("12", "13", False), ("12", "", None), ("12", "2018", None)],
)
def test_volumes(compared, left, right, same):
    assert compared({"volume": left}, {"volume": right}).volume is same


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Brandvik, Maren; Oyelaran, Tunde", "Brandvik M.Oyelaran T.", True),
        ("Brandvik, Maren; Oyelaran, Tunde", "Brandvik, M. et al.", True),
        ("Mulic, S; Seleskovic, H", "Muli, S.; Seleskovi, H.", None),
        ("Brandvik, Maren", "", None),
        ("Brandvik, Maren", "Zdunek, Olga", False),
    ],
)
def test_authors(compared, left, right, same):
    assert compared({"authors": left}, {"authors": right}).authors is same


def test_abstracts(compared, text, other_text):
    assert compared({}, {"abstract": f"UNLABELLED: {text[:250]}"}).abstract is True
    assert compared({}, {"abstract": other_text}).abstract is False
    assert compared({}, {"abstract": "Short."}).abstract is None


def test_an_article_number_where_the_issue_belongs(compared):
    pair = compared({"pages": "e0192222", "issue": "2"}, {"pages": "", "issue": "e0192222"})
    assert pair.page is True
    assert pair.issue is None
    assert pair.exclusive


@pytest.mark.parametrize(
    "change",
    [
        {"issue": "Suppl 1"},
        {"pages": "S244-S258"},
        {"pages": "244-245"},
        {"volume": "13"},
        {"pages": "1-15", "abstract": ""},
        {"pages": "101-311"},
        {"pages": "244A-258A"},
    ],
)
def test_pages_that_may_hold_more_than_one_report(compared, change):
    assert compared({}, {}).exclusive
    assert not compared(change, change if "volume" not in change else {}).exclusive


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("aged > 65 years", "aged < 65 years", False),
        ("aged &ge;65 years", "aged &lt; 65 years", False),
        ("of CD4+ cells", "of CD4- cells", False),
        ("of CD4(+) cells", "of CD4(-) cells", False),
        ("at 2.5 mg", "at 25 mg", False),
        ("of CD4+ cells", "of CD4 cells", True),
        ("of CD4<sup>+</sup> cells", "of CD4+ cells", True),
        ("aged > 65 years", "aged 65 years", True),
        ("of short- and long-term use in CD4+", "of short and long term use in CD4+", True),
        ("in 10,000 adults", "in 10 000 adults", True),
    ],
)
def test_signs_and_numbers_that_folding_takes_away(compared, left, right, same):
    frame = "Effects of weekly letters {} in remote clinics: a trial"
    pair = compared({"title": frame.format(left)}, {"title": frame.format(right)})
    assert pair.title_same is same
    assert pair.wording.numbers is not same
