"""Author names in the ways databases glue and swap them."""

from __future__ import annotations

import pytest

from screener.units import names


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Altenried, Moritz", "Moritz, Altenried"),
        ("Adeli K.Lewis G. F.", "Adeli, K. and Lewis, G. F."),
        ("Brandvik, M and Oyelaran, T", "Brandvik M; Oyelaran T"),
        ("Castellanos, I and Núñez, P", "Castellanos, I. and Nunez, P."),
        ("Wenxing HuDongdong LinCalhoun V. D.", "Wenxing Hu; Dongdong Lin; Calhoun, V. D."),
        ("de la Cruz, A", "Cruz, A"),
        ("Brandvik M, Oyelaran T", "Brandvik, M., Oyelaran, T."),
        ("BRANDVIK M, OYELARAN T", "Brandvik M|Oyelaran T"),
        ("M&uuml;ller, K", "M\u00fcller KA"),
    ],
)
def test_the_same_tokens(one, other):
    assert names.tokens(one) == names.tokens(other)


def test_no_tokens_without_names():
    assert names.tokens("[Anonymous]") == frozenset()
    assert names.tokens("") == frozenset()


@pytest.mark.parametrize(
    "authors",
    [
        "Brandvik, Maren; Oyelaran, Tunde",
        "Brandvik, Maren and Oyelaran, Tunde",
        "Brandvik Maren",
    ],
)
def test_first(authors):
    assert names.first(authors) == {"brandvik", "maren"}


@pytest.mark.parametrize(
    "authors",
    [
        "Brandvik M, Oyelaran T",
        "Brandvik, M., Oyelaran, T.",
        "Brandvik M.K., Oyelaran T.",
        "Brandvik, M. K., & Oyelaran, T.",
        "Brandvik MK|Oyelaran T",
        "Brandvik M et al.",
    ],
)
def test_first_of_names_between_commas(authors):
    assert names.first(authors) == {"brandvik"}


def test_initials_are_no_names():
    assert names.tokens("Brandvik MA").isdisjoint(names.tokens("Oyelaran MA"))
    assert names.tokens("Wu MA") == {"wu"}


def test_first_of_glued_names():
    assert names.first("Brandvik M. K.Oyelaran T.") == {"brandvik"}
