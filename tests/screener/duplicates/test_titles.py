"""What databases add to titles, and titles that tell nothing."""

from __future__ import annotations

import pytest

from screener.duplicates.signs import opposed
from screener.duplicates.titles import Title, empty, generic, translated, variants

PLAIN = "Letters from peers in lonely valleys"


@pytest.mark.parametrize(
    "written",
    [
        "Letters from peers in lonely valleys.",
        "[Letters from peers in lonely valleys]",
        "[Letters from peers in lonely valleys].",
        "Letters from peers in lonely valleys. [Review] [57 refs]",
        "Letters from peers in lonely valleys. [German]",
        "Letters from peers in lonely valleys. [German, English]",
        "Letters from peers in lonely valleys (Structured abstract)",
        "Letters from peers in lonely valleys [abstract no: 134]",
        "Letters from peers in lonely valleys.[Erratum appears in Inv J. 2011 Mar;26(2) [corrected",
        "Letters from peers in lonely valleys. N Engl J Med. 2009 Jan 29;36",
        "Letters from peers in lonely valleys... includes discussion",
        '"Letters from peers in lonely valleys"',
        "<i>Letters</i> from peers in lonely&nbsp;valleys",
    ],
)
def test_notes_are_taken_off(written):
    assert variants(written) == variants(PLAIN)


def test_two_titles_in_one():
    known = {title.words for title in variants(f"{PLAIN} [Briefe aus stillen Talern]")}
    assert {"letters from peers in lonely valleys", "briefe aus stillen talern"} <= known
    known = {title.words for title in variants(f"{PLAIN} = Briefe aus stillen Talern")}
    assert {"letters from peers in lonely valleys", "briefe aus stillen talern"} <= known
    known = {title.words for title in variants(f"{PLAIN} <ORIGINAL> BRIEFE AUS STILLEN TALERN")}
    assert "letters from peers in lonely valleys" in known


def test_a_translated_title_is_a_variant():
    assert variants("Briefe aus Talern", PLAIN)[1] == variants(PLAIN)[0]


def test_a_correction_is_also_known_by_the_title_of_its_report():
    assert variants(PLAIN)[0] in variants(f"Erratum to: {PLAIN}")


def test_sharp_s_for_beta():
    assert variants("Imaging of Aß42 in brains")[1] in variants("Imaging of A-beta-42 in brains")


@pytest.mark.parametrize("text", ["", "#NAME?", "12-34", "...", "[]"])
def test_no_title(text):
    assert variants(text) == ()


def test_other_scripts_are_titles():
    assert variants("Платформенная занятость: масштабы")
    assert variants("零工工作者感知算法控制")


@pytest.mark.parametrize(
    "text",
    ["Editorial", "Editorial Introduction", "Guest Editorial", "Preface", "Remarks from the editor",
     "Is it so?"],
)  # fmt: skip
def test_generic(text):
    assert generic(variants(text)[0])


def test_not_generic():
    assert not generic(variants(PLAIN)[0])


def test_empty():
    assert empty(Title("editorial notes", "editorialnotes"))
    assert not empty(Title("empyema thoracis", "empyemathoracis"))


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("[Letters from peers in lonely valleys]", True),
        ('"[Letters from peers in valleys]. A trial"', True),
        ("Briefe aus den und f\u00fcr die T\u00e4ler", True),
        ("Cartas de los valles para una amiga", True),
        ("Letters from peers [Briefe aus der Ferne und aus dem Tal]", True),
        ("Letters from peers in lonely valleys", False),
        ("De novo letters: a trial", False),
        ("[18F]letters in lonely valleys", False),
    ],
)
def test_translated(title, expected):
    assert translated(title, variants(title)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("<", ">", True),
        ("+", "-", True),
        ("<+", ">", True),
        ("++", "+-", True),
        ("<", "", False),
        ("+-", "-", False),
        ("+-", "+-", False),
    ],
)
def test_opposed(one, other, expected):
    assert opposed(one, other) is opposed(other, one) is expected


@pytest.mark.parametrize("note", ["poster talk", "part 2: adults", "long-term results"])
def test_a_note_in_brackets_is_no_second_title(note):
    assert len(variants(f"{PLAIN} [{note}]")) == 1
    assert len(variants(f"{PLAIN} [Briefe von Freunden aus einsamen T\u00e4lern]")) == 3
