from __future__ import annotations

from screener.model import Fields, Record, RecordId
from ui.duplicates.picking import found, pick_line


def line(number, **fields):
    return pick_line(
        Record(
            id=RecordId(f"r{number}"), number=number, batch="b", version="", fields=Fields(**fields)
        )
    )


LINES = [
    line(1, title="Études de pairs", authors=("Müller, Eva",), journal="Care", year=2014),
    line(2, title="Letters from peers", doi="10.5555/a.12"),
    line(12, title=""),
]


def numbers(words):
    return [hit.number for hit in found(LINES, words)]


def test_all_words_are_found_without_accents_and_in_any_field():
    assert numbers("etudes muller 2014") == [1]
    assert numbers("PEERS letters") == [2]
    assert numbers("peers 2014") == []
    assert numbers("") == [1, 2, 12]
    assert numbers("201") == [], "figures are whole words"
    assert numbers("10.5555/a") == [2]


def test_a_number_finds_its_record_first():
    assert numbers("12") == [12, 2]


def test_a_record_without_a_title_says_so():
    assert (LINES[2].title, LINES[2].byline) == ("no title", "")
    assert LINES[0].byline == "Müller E  ·  Care  ·  2014"
