"""Which pairs are compared."""

from __future__ import annotations

from screener.duplicates.blocking import LARGEST, NEIGHBOURS, pairs, places
from screener.duplicates.prepared import prepare


def compared(records):
    ready = [prepare(record) for record in records]
    return [places(pair, ready) for pair in pairs(ready)]


def test_a_shared_key_makes_a_pair(record, bare):
    same_doi = bare("2", title="Quite another heading", doi="10.5555/IJP.2018.244")
    assert compared([record("1"), same_doi]) == [(0, 1)]


def test_nothing_shared(record, bare):
    assert compared([record("1"), bare("2", title="Tidal mills of the southern coast")]) == []


def test_each_pair_once_and_in_order(record):
    assert compared([record(str(number)) for number in range(4)]) == [
        (0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3),
    ]  # fmt: skip


def test_titles_with_other_beginnings_and_ends_meet_by_their_long_words(bare):
    one = bare("1", title="A trial of telephone companionship for fishermen")
    other = bare("2", title="Telephone companionship: fishermen in winter, a pilot")
    assert compared([one, other]) == [(0, 1)]


def test_a_translated_title_meets_by_its_place(record, bare):
    other = bare("2", title="Kurznachrichten", volume="12", pages="244-258", year="2018")
    assert compared([record("1"), other]) == [(0, 1)]


def test_a_large_block_is_thinned_out(bare):
    count = LARGEST * 3
    editorials = [bare(f"{number:04}", title="Editorial notes") for number in range(count)]
    found = compared(editorials)
    assert count - NEIGHBOURS < len(found) <= count * NEIGHBOURS
