"""Folding: what two databases write differently becomes the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.units.folding import compact, fold, readable


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sjögren's syndrome", "Sjogrens Syndrome"),
        ("Ménière\u2019s disease", "meniere`s disease"),
        ("TNF-α and IL-1β", "TNF-alpha and IL-1 beta"),
        ("H<sub>2</sub>O &amp; CO<inf>2</inf>", "H2O CO2"),
        ("A &amp;lt; B", "a b"),
        ("gene 677 C<U+2192>T", "gene 677 C-->T"),
        ("Łódź, Ærø", "lodz aero"),
        ("ﬁbrosis", "fibrosis"),
        ("ПЛАТФОРМЕННАЯ занятость", "платформенная ЗАНЯТОСТЬ"),
    ],
)
def test_the_same_after_folding(one, other):
    assert compact(fold(one)) == compact(fold(other))
    assert fold(one)


def test_a_sign_that_is_no_tag_stays():
    assert readable("children <18 y and <i>older</i>") == "children <18 y and older"


@given(st.text())
def test_folding_twice_changes_nothing(text):
    once = fold(text)
    assert "  " not in once
    assert once == once.strip()
    assert compact(fold(once)) == compact(once)
