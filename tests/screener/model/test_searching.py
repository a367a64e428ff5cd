"""Searching for words: case, accents and apostrophes make no difference."""

import pytest

from screener.model.searching import folded, holds, stretches


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("O’Brien", "obrien"),
        ("O'Brien", "O’BRIEN"),
        ("obrien", "o'brien"),
        ("García Márquez", "garcia marquez"),
        ("Garci\u0301a", "García"),
        ("Garcia", "garci\u0301a"),
        ("Ørsted, Łukasz", "orsted lukasz"),
        ("Straße", "strasse"),
        ("ﬁne \u212aelvin", "fine kelvin"),
        ("Ελλάδα", "ελλαδα"),
        ("Йога", "йога"),
    ],
)
def test_what_is_found(text, searched):
    assert holds(text, searched)
    assert folded(folded(text)) == folded(text)


def test_all_words_are_asked_for_and_others_are_not_found():
    assert not holds("O’Brien 2016", "obrien 2017")
    assert holds("anything", "")
    assert not holds("mobile", "mobil-e")


def test_where_words_stand_in_the_text_as_it_is_written():
    text = "By Garci\u0301a and O’Brien"
    found = [text[start:end] for start, end in stretches(text, "garcia obrien")]
    assert found == ["Garci\u0301a", "O’Brien"]
    assert stretches(text, "") == []
