"""Many prepared records, packed."""

from __future__ import annotations

import tracemalloc
from dataclasses import replace

import msgspec

from screener.duplicates.finder import find
from screener.duplicates.prepared import prepare
from screener.duplicates.shelf import Shelf
from screener.units.candidate import Candidate


def many(record, count: int = 1000) -> list[Candidate]:
    """Make records of which each abstract is a text of its own."""
    one = record("1")
    return [
        replace(one, id=f"{n:04}", doi=f"10.5555/{n}", abstract=f"{n} {one.abstract * 3}")
        for n in range(count)
    ]


def without_abstract(record):
    return msgspec.structs.replace(prepare(record), abstract="")


def test_records_come_back_as_they_were_prepared_in_the_order_of_ids(record, bare):
    given = [record("b"), bare("c", title="Tidal mills"), record("a", registration="NCT01234567")]
    shelf = Shelf(given)
    expected = [without_abstract(one) for one in (given[2], given[0], given[1])]
    assert list(shelf) == expected
    assert [shelf[place] for place in range(3)] == expected
    assert shelf[1:] == expected[1:]
    assert [shelf.place(one) for one in ("a", "b", "c", "d")] == [0, 1, 2, None]
    assert shelf.whole(0) == given[2]


def test_abstracts_are_read_again_when_asked_for(record):
    given = many(record)[::-1]
    shelf = Shelf(given)
    expected = [one.abstract for one in given[::-1]]
    assert [shelf.abstract(one) for one in shelf] == expected
    assert sorted(shelf.abstracts()) == list(enumerate(expected))


def test_only_records_with_the_same_fields_have_the_same_text(record):
    shelf = Shelf([record("1"), replace(record("2"), source_order=3), record("3", year="2017")])
    assert shelf.texts[0] == shelf.texts[1] != shelf.texts[2]


def test_what_cannot_be_written_as_utf_8_is_compared_all_the_same(record):
    odd = [record("\ud800"), record("\ud801", volume="\ud800", doi="10.5555/\ud800")]
    assert list(Shelf(odd)) == [without_abstract(one) for one in odd]
    assert find(odd) == find(odd[::-1])


def test_many_records_take_little_memory(record):
    """A thousand with abstracts of 1,500 letters took 3 MB when they were kept whole."""

    class Read(list[Candidate]):
        """Gives each record anew, as a file does."""

        def __iter__(self):
            return (replace(one, abstract=one.abstract + ".") for one in super().__iter__())

    given = Read(many(record))
    Shelf(given[:10])  # what is read once by the program is not counted
    tracemalloc.start()
    shelf = Shelf(given)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(shelf) == 1000
    assert held < 1000 * 1000
