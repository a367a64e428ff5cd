from __future__ import annotations

import pytest

from screener.duplicates.rules import CERTAIN
from screener.duplicates.settings import ASK_EVERYTHING, CAUTIOUS, STANDARD
from ui.duplicates.settings import Sort, rule_rows, stepped


def row(settings, name):
    return next(row for row in rule_rows(settings) if row.name == name)


def step(settings, name, by=1):
    return stepped(settings, row(settings, name), by)


def test_every_rule_and_tolerance_has_a_row_with_words():
    rows = rule_rows(STANDARD)
    assert len({row.name for row in rows}) == len(rows)
    assert all(row.words and row.state for row in rows)
    assert {row.sort for row in rows} == set(Sort)


def test_a_certain_rule_joins_then_asks_then_is_off_and_round_again():
    asks = step(STANDARD, "same-doi")
    assert (asks.name, asks.asked, row(asks, "same-doi").state) == (
        "own", {"same-doi"}, "asks you",
    )  # fmt: skip
    off = step(asks, "same-doi")
    assert (off.asked, off.off, row(off, "same-doi").state) == (set(), {"same-doi"}, "off")
    assert step(off, "same-doi") == STANDARD
    assert step(STANDARD, "same-doi", -1) == off


def test_a_veto_is_on_or_off():
    off = step(STANDARD, "years-differ")
    assert (off.off, row(off, "years-differ").state) == ({"years-differ"}, "off")
    assert step(off, "years-differ", -1) == STANDARD


def test_where_everything_is_asked_one_rule_may_join_all_the_same():
    off = step(ASK_EVERYTHING, "same-doi")
    assert (off.ask_everything, off.name) == (False, "own")
    joins = step(off, "same-doi")
    assert row(joins, "same-doi").state == "joins"
    assert all(row(joins, rule.name).state == "asks you" for rule in CERTAIN[1:])
    assert step(joins, "same-doi") == ASK_EVERYTHING


@pytest.mark.parametrize(("name", "states"), [
    ("likeness", ("88 of 100", "89 of 100")), ("years", ("1 year", "2 years")),
])  # fmt: skip
def test_tolerances_move_by_one_and_stay_within_their_ends(name, states):
    more = step(STANDARD, name)
    assert (row(STANDARD, name).state, row(more, name).state) == states
    assert step(more, name, -1) == STANDARD
    for _ in range(40):
        more = step(more, name)
    assert step(more, name) == more


def test_settings_that_equal_a_preset_have_its_name():
    assert step(step(CAUTIOUS, "years"), "years", -1) == CAUTIOUS
