"""Folding, checking and quoting of text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.model import UserError
from screener.model.types import LONGEST
from screener.model.types.base import bare, checked, fold, quoted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Peer  support ", "peer support"),
        ("peer\u00a0support", "PEER\tSUPPORT"),
        ("peer\u3000support", "peer\nsupport"),
        ("Zu\u0308rich", "Z\u00fcrich"),
        ("e\ufb03cacy", "efficacy"),
        ("self\u00adhelp", "selfhelp"),
        ("\ufeffpeer", "peer\u200b"),
        ("\uff30\uff45\uff45\uff52 \uff13", "peer 3"),
        ("STRASSE", "stra\u00dfe"),
        ("5\u00a0\u212b", "5 \u00e5"),
    ],
)
def test_what_looks_the_same_is_the_same(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("10\u2075", "105"),
        ("CO\u2082", "CO2"),
        ("1\u00bd", "11/2"),
        ("resume", "r\u00e9sum\u00e9"),
        ("30 weeks", "30weeks"),
        ("-5", "5"),
    ],
)
def test_what_means_something_else_stays_different(one, other):
    assert fold(one) != fold(other)


def test_every_single_character_is_folded_once_and_for_all():
    characters = (chr(c) for c in range(0x110000) if not 0xD800 <= c <= 0xDFFF)
    changed = (folded for c in characters if (folded := fold(c)) != c)
    assert [folded for folded in changed if fold(folded) != folded] == []


@given(st.text())
def test_folded_text_is_folded(text):
    assert fold(fold(text)) == fold(text)


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_a_quotation_is_one_short_line_that_can_be_printed(text):
    said = quoted(text)
    assert said[1:-1].isprintable()
    assert 2 <= len(said) <= 43


def test_a_quotation_of_long_text_says_that_it_is_cut():
    assert quoted("a" * 40) == f"“{'a' * 40}”"
    assert quoted("a" * 41) == quoted("a" * 10**6) == f"“{'a' * 40}…”"
    assert quoted(f"a{' ' * 200}b") == "“a…”"
    assert quoted("a\ud800\u202eb\nc") == "“a? b c”"


def test_bare_text_has_nothing_invisible_around_or_in_it():
    assert bare("\ufeff \u00a03\u200b0 ") == "30"


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "nothing to read"),
        (" \n\u00a0", "nothing to read"),
        ("\u200b\ufeff", "nothing to read"),
        ("a\udc80b", "half a character"),
        ("a" * (LONGEST + 1), f"{LONGEST + 1} characters"),
    ],
)
def test_what_cannot_be_read_or_stored_is_refused(text, why):
    with pytest.raises(UserError, match=why):
        checked(text)


def test_the_longest_text_fits_into_an_event():
    text = "\U0001f600" * LONGEST
    assert checked(text) == text
    assert len(text.encode()) < 10**6
