"""The proposed split of a group, what two records have in common, and which one is shown."""

from __future__ import annotations

from screener.duplicates.partition import in_common, most_complete, proposed_part
from screener.model import Fields

PEERS = "Peer-led online self-management for people with bipolar disorder"
AUTHORS = ("Marchetti, Paola", "Dunne, Sean")


def report(title, year=2014, **more):
    return Fields(title=title, authors=AUTHORS, year=year, **more)


FIRST = report(f"{PEERS}: part 1, feasibility")
MISSPELT = report(f"{PEERS}: part 1, feasability")
SECOND = report(f"{PEERS}: part 2, feasibility")


def test_two_that_agree_are_split_from_what_contradicts_them_both():
    assert proposed_part({"a": FIRST, "b": SECOND, "c": MISSPELT}) == ("a", "c")
    assert proposed_part({"b": SECOND, "c": MISSPELT, "a": FIRST}) == ("c", "a")


def test_nothing_is_proposed_where_it_would_be_all_or_none():
    assert proposed_part({"a": FIRST, "b": FIRST, "c": MISSPELT}) == ()
    third = report(f"{PEERS}: part 3, feasibility")
    assert proposed_part({"a": FIRST, "b": SECOND, "c": third}) == ()


def test_nothing_is_proposed_of_two_nor_of_more_than_are_looked_at():
    assert proposed_part({"a": FIRST, "b": SECOND}) == ()
    eight = {str(n): FIRST for n in range(7)} | {"x": SECOND}
    assert proposed_part(eight) == tuple("0123456")
    assert proposed_part(eight | {"y": FIRST}) == ()


def test_what_two_records_have_in_common_is_said_with_what_is_against_it():
    assert in_common(FIRST, FIRST).startswith("same title, authors, year")
    assert "; but " in in_common(FIRST, SECOND)
    assert in_common(FIRST, Fields(title="Winter feeding of songbirds", year=1990)) == ""


def test_the_most_complete_record_is_shown_and_of_equals_the_first_number():
    full = report(FIRST.title, abstract="Forty adults were offered a programme led by peers.")
    assert most_complete({"a": (1, FIRST), "b": (2, full)}) == "b"
    assert most_complete({"b": (2, FIRST), "a": (1, FIRST)}) == "a"
    assert most_complete({}) == ""
