"""Text as a reader would wish: markup goes, what only looks like it stays."""

from __future__ import annotations

import pytest

from screener.sources.plain_text import clean, escape, one_line

NO_TAGS = [
    "where a<b and c>d; p<i and q>r",
    "x <B cells and > y; 5<u and u>3",
    "a<b>c; if i<sup and j>k",
    "aged <18 y, P < 0.05",
    "n <i a='b'> never closed",
    "one</ b and p <p x=5> q",
]
MARKUP = [
    ("<i>in vitro</i> H<sub>2</sub>O", "in vitro H2O"),
    ("<jats:p>One</jats:p><jats:p>Two", "One Two"),
    ('One<br/>two<br>three<p>four <p class="x">five', "One two three four five"),
    ('<a href="x">A</a> <FONT size=2>b</font>', "A b"),
    ("a&lt;b&gt;c&lt;/b&gt; &lt;a href=&quot;x&quot;&gt;y&lt;/a&gt;", "ac y"),
    ("<sup>a<b>c</sup>", "a<b>c"),
    ("the rest</i> of it", "the rest of it"),
]


@pytest.mark.parametrize("text", NO_TAGS)
def test_what_only_looks_like_a_tag_is_text(text: str) -> None:
    assert clean(text) == text
    assert clean(text.replace("<", "&lt;").replace(">", "&gt;")) == text
    assert clean(escape(text)) == text


@pytest.mark.parametrize(("text", "expected"), MARKUP)
def test_markup_is_taken_out(text: str, expected: str) -> None:
    assert clean(text) == expected
    assert clean(escape(text)) == text


def test_one_line_leaves_everything_but_white_space() -> None:
    assert one_line(" a\n\n<b>b</b>\t &amp;\x00 ") == "a <b>b</b> &amp;"
