from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ui.widgets.diffcell import differing


def words(texts):
    return [
        [text[a:b] for a, b in spans] for text, spans in zip(texts, differing(texts), strict=True)
    ]


def test_two_parts_of_one_study():
    assert words(["Care: Part I, feasibility", "Care: Part II, feasibility"]) == [["I"], ["II"]]


def test_the_first_is_marked_only_where_all_others_differ():
    assert words(["a b c", "a x c", "a b c"]) == [[], ["x"], []]
    assert words(["a b c", "a x c", "a y c"]) == [["b"], ["x"], ["y"]]


def test_neighbouring_words_are_one_stretch():
    assert words(["one two three", "one", "one"])[0] == ["two three"]


def test_missing_values_are_not_differences():
    assert words(["10.1/a", ""]) == [[], []]
    assert words(["", "10.1/a"]) == [[], []]
    assert differing([]) == ()


def test_case_alone_is_no_difference():
    assert words(["Peer Support", "PEER SUPPORT"]) == [[], []]


@given(st.text(max_size=60))
def test_equal_texts_do_not_differ(text):
    assert differing([text, text]) == ((), ())


def test_very_long_texts_are_compared_too():
    words = [f"w{number % 300}" for number in range(3000)]
    other = [*words[:1500], "changed", *words[1501:]]
    mine, others = differing([" ".join(words), " ".join(other)])
    assert [" ".join(other)[a:b] for a, b in others] == ["changed"]
    assert [" ".join(words)[a:b] for a, b in mine] == [words[1500]]
