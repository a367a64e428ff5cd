"""Names of people are compared as a reader sees them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.model import folded_name


@pytest.mark.parametrize(
    "written",
    [
        "renée dupont",
        "RENÉE DUPONT",
        "Renée  Dupont",
        " Renée\u00a0Dupont\t",
        unicodedata.normalize("NFD", "Renée Dupont"),
        "Ｒｅｎée\u3000Ｄｕｐｏｎｔ",
        "Rene\u200d\u0301e Dupont",
        "Ren\u00ade\u0301e Du\u200bpont\ufeff",
    ],
)
def test_one_name_however_it_is_written(written):
    assert folded_name(written) == folded_name("Renée Dupont") == "renée dupont"


@pytest.mark.parametrize("other", ["Renee Dupont", "Renée Du pont", "Renée Dupond", "R. Dupont"])
def test_other_names_stay_others(other):
    assert folded_name(other) != folded_name("Renée Dupont")


def test_nothing_that_is_seen_is_no_name():
    assert folded_name(" \u200d\u2060\u00ad ") == ""


@given(st.text())
def test_folding_twice_changes_nothing(name):
    once = folded_name(name)
    assert folded_name(once) == once
    assert folded_name(unicodedata.normalize("NFD", name)) == once
    assert folded_name(f"\u200b{name} ") == once
