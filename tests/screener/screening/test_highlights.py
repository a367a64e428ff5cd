"""Highlight words: what stands for what, and which of several that meet is shown."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.model import Criterion, Element, Protocol
from screener.screening.notes import Span, spans

P, I, O = "participants", "interventions", "outcomes"  # noqa: E741 - as in PICO


def protocol(**words):
    criteria = (Criterion(id=e, element=Element(e), highlight=tuple(w)) for e, w in words.items())
    return Protocol(title="Review", criteria=tuple(criteria))


def found(text, words, own=()):
    return [(text[s.start : s.end], s.element) for s in spans(text, protocol(**words), own)]


@pytest.mark.parametrize(
    ("text", "words", "wanted"),
    [
        ("Adults and adulthood", {P: ["adult*"]}, [("Adults", P), ("adulthood", P)]),
        ("adult adults", {P: ["adult"]}, [("adult", P)]),
        ("woman, women, womxxn", {P: ["wom?n"]}, [("woman", P), ("women", P)]),
        ("wom?n", {P: ["wom?n"]}, []),
        ("by mobile\n phone", {I: ["mobile phone"]}, [("mobile\n phone", I)]),
        ("a.b acb", {P: ["a.b"]}, [("a.b", P)]),
        ("anything", {P: ["*", " ", "??"]}, []),
        ("aab abb acab ba", {P: ["a*b"]}, [("aab", P), ("abb", P), ("acab", P)]),
        ("one a two", {P: ["one * two"]}, [("one a two", P)]),
        ("nothing", {}, []),
        # The first and longer one of those that meet, the elements in their order if as long.
        ("mobile phone calls", {P: ["phone calls"], I: ["mobile phone"]}, [("mobile phone", I)]),
        ("mobile phone", {P: ["mobile"], I: ["mobile phone"]}, [("mobile phone", I)]),
        ("mobile phone", {I: ["phone", "mobile phone"]}, [("mobile phone", I)]),
        ("pain", {O: ["pain"], P: ["pain"]}, [("pain", P)]),
        ("pain phone pain", {O: ["pain"], I: ["phone"]}, [("pain", O), ("phone", I), ("pain", O)]),
    ],
)
def test_what_is_highlighted(text, words, wanted):
    assert found(text, words) == wanted


def test_own_words_are_highlighted_beside_those_of_the_protocol():
    own = [(P, "emu*"), ("exclusion", "mice")]
    wanted = [("Mice", "exclusion"), ("emus", P), ("pain", O)]
    assert found("Mice, emus, pain", {O: ["pain"]}, own) == wanted


_WORDS = st.lists(st.sampled_from(["a", "b", "a b", "b a", "a*", "?", "a b a", "b?"]), max_size=3)


@given(text=st.text(alphabet="ab ", max_size=30), one=_WORDS, other=_WORDS)
def test_in_order_and_without_overlap(text, one, other):
    places = [(s.start, s.end) for s in spans(text, protocol(participants=one, outcomes=other))]
    assert all(start < end for start, end in places)
    assert all(end <= start for (_, end), (start, _) in pairwise(places))


@pytest.mark.parametrize(
    ("word", "text"),
    [
        ("a" + "*" * 8 + "z", "a" * 4000),
        ("*a*a*a*a*a*a*b", "a" * 4000),
        ("*?*?*?*?*?*?*b", "a" * 4000),
        ("a" + "*a" * 400 + "b", "a" * 4000),
        ("a " + "* " * 8 + "b", "a" + " " * 4000),
        ("-*-*-*-*-*-*b", "-a" * 4000),
        ("ab" * 600, "ab" * 600),
    ],
)
def test_a_word_of_many_stars_is_looked_for_in_one_go(word, text):
    """With a matcher that tries every way of sharing a word among the stars this never ends."""
    assert found(text, {P: [word]}) == []


def _as_glob(word, text):
    """Whether a whole text is what a word stands for, tried in every way."""
    if not word or not text:
        return word.strip("*") == text
    if word[0] == "*":
        return _as_glob(word[1:], text) or (text[0].isalnum() and _as_glob(word, text[1:]))
    fits = text[0].isalnum() if word[0] == "?" else word[0] == text[0]
    return fits and _as_glob(word[1:], text[1:])


@given(
    word=st.text(alphabet="ab*?-", min_size=1, max_size=7).filter(lambda w: w.strip("*?")),
    text=st.text(alphabet="ab-", min_size=1, max_size=9).filter(lambda t: t.strip("-") == t),
)
def test_stars_stand_for_all_that_they_may_stand_for(word, text):
    """A text without blanks is found whole wherever its word can be shared out so."""
    wholly = Span(start=0, end=len(text), element=P)
    longest = [*spans(text, protocol(participants=[word])), None][0] == wholly
    assert longest <= _as_glob(word, text)
    if "-" not in text:
        assert longest is _as_glob(word, text)
