"""Texts that are searched at every letter."""

import pytest

from screener.units.texts import Texts

MANY = Texts((f"r{n}", f"number {n}\nof {'odd' if n % 2 else 'even'} peers") for n in range(2_500))


@pytest.mark.parametrize(
    ("words", "first", "count"),
    [
        ((), "r0", 2_500),
        (("number",), "r0", 2_500),
        (("odd", "number"), "r1", 1_250),
        (("number 2499",), "r2499", 1),
        (("2499", "even"), None, 0),
        (("9 of odd",), "r9", 250),
        (("peersnumber",), None, 0),
        (("peers\nnumber",), None, 0),
    ],
)
def test_all_words_are_held_by_one_text(words, first, count):
    found = MANY.holding(words)
    assert len(found) == count
    assert next(iter(found), None) == first


def test_without_texts_nothing_is_found():
    assert Texts().holding(["a"]) == Texts().keys == []
