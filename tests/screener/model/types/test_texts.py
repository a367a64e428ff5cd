"""Text of one line and of several."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.model import TYPES, Question, UserError

LINE = Question(id="q", words="Q", type="text")
LINES = Question(id="q", words="Q", type="long-text")


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("  Telephone ", "Telephone"),
        ("by\r\nphone", "by phone"),
        ("by\u2028phone\fand\x0bmail", "by phone and mail"),
        ("5\u00a0mg", "5 mg"),
        ("a\x00b\x1bc", "abc"),
        ("a \x00 b", "a b"),
        ("a\x1fb\tc", "a b c"),
        ("٣ weeks", "٣ weeks"),
        ("1e5", "1e5"),
    ],
)
def test_text_becomes_one_line(typed, stored):
    assert TYPES["text"].parse(typed, LINE) == stored


def test_a_separator_that_is_no_line_break_is_a_blank():
    assert TYPES["long-text"].parse("a\x1fb\tc", LINES) == "a b\tc"


def test_long_text_keeps_its_lines():
    typed = "\n Two groups:\t\r\n  one,\x00 \r\n\r\n  the other\u2029end \n"
    stored = "Two groups:\n  one,\n\n  the other\nend"
    assert TYPES["long-text"].parse(typed, LINES) == stored


@pytest.mark.parametrize("question", [LINE, LINES])
def test_nothing_is_no_text(question):
    for nothing in ("", " \n", "\x00", "\u200b"):
        with pytest.raises(UserError, match="nothing to read"):
            TYPES[question.type].parse(nothing, question)


@pytest.mark.parametrize("question", [LINE, LINES])
@given(st.text(st.characters(codec="utf-8")))
def test_no_control_character_is_stored(question, text):
    try:
        stored = TYPES[question.type].parse(text, question)
    except UserError:
        return
    kept = {c for c in stored if unicodedata.category(c) == "Cc"}
    assert kept <= ({"\n", "\t"} if question is LINES else set())


def test_line_breaks_and_capitals_make_no_difference():
    assert TYPES["long-text"].same("Two\ngroups", "two groups", LINES)
    assert not TYPES["long-text"].same("Two groups", "Three groups", LINES)
