from __future__ import annotations

import pytest

from screener.model.words import counted, listed, noun, number_word, short_name, short_names


@pytest.mark.parametrize(
    ("author", "short"),
    [
        ("Okafor, Nina", "Okafor N"),
        ("Haverkamp, Jan-Piet", "Haverkamp JP"),
        ("van der Berg, A.B.", "van der Berg AB"),
        ("Peer Support Collaboration,", "Peer Support Collaboration"),
        ("Peers, Inc.,", "Peers, Inc."),
        ("Madonna", "Madonna"),
        ("Okafor, ", "Okafor"),
        ("Okafor, .", "Okafor"),
        ("Okafor, Nina B.", "Okafor NB"),
        ("Lindholm, J.-P.", "Lindholm JP"),
        ("World Health Group", "World Health Group"),
        ("Group for Peers, Health and Work,", "Group for Peers, Health and Work"),
        ("", ""),
    ],
)
def test_a_name_is_written_with_initials(author, short):
    assert short_name(author) == short


def test_many_authors_end_in_et_al():
    authors = ("Okafor, Nina", "Brandt, Sofia", "Dunne, Sean")
    assert short_names(authors, 3) == "Okafor N, Brandt S, Dunne S"
    assert short_names(authors, 2) == "Okafor N, Brandt S, et al."
    assert short_names((), 2) == ""


@pytest.mark.parametrize(
    ("number", "one", "words"),
    [
        (1, "record", "1 record"),
        (0, "record", "0 records"),
        (2131, "record", "2,131 records"),
        (2, "entry", "2 entries"),
        (2, "survey", "2 surveys"),
        (8, "search", "8 searches"),
        (3, "row of a list", "3 rows of a list"),
    ],
)
def test_a_count_stands_with_its_word(number, one, words):
    assert counted(number, one) == words


def test_a_plural_of_its_own_is_given():
    assert noun(1, "group joined", "groups joined") == "group joined"
    assert noun(2, "group joined", "groups joined") == "groups joined"


def test_small_numbers_are_words():
    assert [number_word(n) for n in (0, 2, 9, 10, 1234)] == ["no", "two", "nine", "10", "1,234"]


def test_a_list_reads_as_a_person_writes_it():
    assert listed([]) == ""
    assert listed(["Maya"]) == "Maya"
    assert listed(["Maya", "Jonas", "Ida"]) == "Maya, Jonas and Ida"
