from __future__ import annotations

import pytest

from screener.model import Fields
from ui.duplicates import groups
from ui.duplicates.groups import Shown, Side

ONE = Fields(title="Peers", authors=("Dunne, Sean",), year=2014, volume="11", issue="2", pages="1")


def column(uid, fields=ONE, found_in="PubMed"):
    return Shown(uid=uid, number=int(uid), fields=fields, found_in=found_in)


def test_a_field_nobody_gave_is_left_out_unless_it_always_stands_there():
    labels = [line.label for line in groups.lines([column("1"), column("2")])]
    assert labels == [
        "Title", "Authors", "Journal", "Year", "Volume, pages", "DOI", "Abstract", "Found in",
    ]  # fmt: skip


def test_the_type_stands_there_only_where_it_differs():
    article, letter = Fields(type="article"), Fields(type="other")
    same = groups.lines([column("1", article), column("2", article)])
    other = groups.lines([column("1", article), column("2", letter)])
    assert "Type" not in [line.label for line in same]
    assert next(line for line in other if line.label == "Type").texts == ("article", "other")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        (ONE, "11(2): 1"),
        (Fields(volume="11"), "11"),
        (Fields(pages="5-9"), "5-9"),
        (Fields(volume="3", article_number="e12"), "3: e12"),
        (Fields(), ""),
    ],
)
def test_volume_and_pages_are_one_line(fields, words):
    lines = groups.lines([column("1", fields)])
    assert next(line for line in lines if line.label == "Volume, pages").texts == (words,)


def test_where_it_was_found_is_never_marked_as_different():
    (last,) = [x for x in groups.lines([column("1"), column("2")]) if x.label == "Found in"]
    assert last.texts == ("PubMed, record 1", "PubMed, record 2")
    assert not last.differs


def test_every_rule_has_words():
    assert groups.rule_words("same-doi") == "same DOI and title"
    assert "; " in groups.rule_words("same-doi; same-place")
    assert groups.rule_words("answer")
    assert groups.rule_words("a rule of another version") == ""


def test_a_long_title_is_cut_for_the_echo_line():
    side = Side(columns=(column("1", Fields(title="w" * 90)),), why="", rule="", kept="1")
    assert len(side.title()) == 60
    assert Side(columns=(column("1", Fields()),), why="", rule="", kept="").title() == "no title"
