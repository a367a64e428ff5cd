from __future__ import annotations

from screener.model import Fields
from ui.duplicates import groups
from ui.duplicates.groups import Shown, Side


def column(uid, fields):
    return Shown(uid=uid, number=int(uid), fields=fields, found_in="PubMed")


def test_every_rule_has_words():
    assert groups.rule_words("same-doi") == "same DOI and title"
    assert "; " in groups.rule_words("same-doi; same-place")
    for name in ("answer", "proposal", "by hand", "split", "chain"):
        assert groups.rule_words(name)
    assert groups.rule_words("a rule of another version") == ""


def test_a_long_title_is_cut_for_the_echo_line():
    side = Side(columns=(column("1", Fields(title="w" * 90)),), why="", rule="", kept="1")
    assert len(side.title()) == 60
    assert Side(columns=(column("1", Fields()),), why="", rule="", kept="").title() == "no title"
