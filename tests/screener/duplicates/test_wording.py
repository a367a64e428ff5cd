"""Slips of the pen, and words that make another study."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.duplicates.wording import difference, same_numbers

FRAME = "effects of {} in a trial of restless people"


def between(one, other):
    found = difference(FRAME.format(one), FRAME.format(other))
    turned = difference(FRAME.format(other), FRAME.format(one))
    assert found == turned
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("messaging", "mesaging"),
        ("schizophrenia", "schizophernia"),
        ("haemolytic anaemia", "hemolytic anemia"),
        ("tumour behaviour", "tumor behavior"),
        ("randomised methods", "randomized methods"),
        ("beta cell loss", "betacell loss"),
        ("diet in the morning", "diet in morning"),
        ("type 2 diabetes", "type ii diabetes"),
        ("three doses", "3 doses"),
        ("11 c tracers", "c 11 tracers"),
        ("patient", "patients"),
        ("eculizamab", "eculizumab"),
        ("phenotypes", "phonotypes"),
        ("phosphorus", "phsophorous"),
        ("persistant", "persistent"),
        ("sleep", "slepe"),
        ("a disease", "the disease"),
    ],
)
def test_only_slips(one, other):
    assert between(one, other).only_slips


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("adults", "adolescents"),
        ("resistant disease", "sensitive disease"),
        ("hyperglycaemia", "hypoglycaemia"),
        ("intracellular calcium", "intercellular calcium"),
        ("pretreatment", "posttreatment"),
        ("afferent nerves", "efferent nerves"),
        ("maternal stress", "paternal stress"),
        ("men", "women"),
        ("male mice", "female mice"),
        ("rats", "cats"),
        ("dependent growth", "independent growth"),
        ("increase", "decrease"),
        ("systolic pressure", "diastolic pressure"),
        ("nitrate", "nitrite"),
        ("insulin", "inulin"),
        ("agonists", "antagonists"),
        ("stable disease", "unstable disease"),
        ("sitagliptin", "linagliptin"),
        ("dapagliflozin", "canagliflozin"),
        ("nilotinib", "erlotinib"),
        ("afatinib", "apatinib"),
        ("amlodipine", "felodipine"),
        ("pitavastatin", "pravastatin"),
        ("prednisone", "prednisolone"),
        ("citalopram", "escitalopram"),
        ("fetal harm", "fatal harm"),
        ("viral load", "vital load"),
        ("local pain", "vocal pain"),
        ("weight", "height"),
        ("attention", "retention"),
        ("expression", "depression"),
        ("ureteral stones", "urethral stones"),
        ("vitamin a", "vitamin e"),
        ("hepatitis a", "hepatitis b"),
        ("surgery with drains", "surgery without drains"),
        ("an effect", "no effect"),
        (
            "\u5728\u6210\u4eba\u4e2d\u7684\u6548\u679c\u7814\u7a76",
            "\u5728\u5c0f\u4eba\u4e2d\u7684\u6548\u679c\u7814\u7a76",
        ),
    ],
)
def test_a_replaced_word(one, other):
    found = between(one, other)
    assert found.replaced
    assert not found.only_slips


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("part 1", "part 2"),
        ("stage i", "stage ii"),
        ("5 mg", "10 mg"),
        ("two arms", "three arms"),
        ("an article part 1", "an article"),
        ("il 8", "il 9"),
        ("phase i ii", "phase ii"),
        ("p16", "p6"),
        ("first visit", "second visit"),
    ],
)
def test_another_number(one, other):
    assert between(one, other).numbers


def test_missing_words_are_counted():
    found = between("letters", "letters from lonely valleys")
    assert (found.missing, found.replaced, found.numbers) == (2, False, False)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("2 5 mg", "25 mg", False),
        ("part 1 2", "part 12", False),
        ("10 000 people", "10000 people", True),
        ("beta cell", "betacell", True),
        ("11 c", "11c", True),
    ],
)
def test_numbers_of_titles_with_the_same_letters(one, other, same):
    assert same_numbers(one, other) is same


def test_a_dose_is_no_matter_of_spelling():
    assert between("2 5 mg for tumours", "25 mg for tumors").numbers
    assert not between("2 5 mg for tumours", "25 mg for tumors").spellings


def test_nothing_but_spelling():
    assert between("tumour haemorrhage", "tumor hemorrhage").spellings
    assert not between("tumour", "tumr").spellings


@given(st.text("abcdei 123", max_size=40), st.text("abcdei 123", max_size=40))
def test_turning_the_pair_round_changes_nothing(one, other):
    assert difference(one, other) == difference(other, one)


def test_the_alignment_of_words_does_not_depend_on_the_order():
    one, other = "alpha the cells mice rats", "rats cell the"
    assert difference(one, other) == difference(other, one)


def test_an_isotope_may_be_written_in_two_ways():
    assert between("pet with 18f faha", "pet with f 18 faha").only_slips
    assert between("racemic 11c ns2456", "racemic c 11 ns2456").only_slips
    assert not between("pet with 18f faha", "pet with c 11 faha").only_slips
    assert not between("strain h1n2", "strain n1h2").only_slips
