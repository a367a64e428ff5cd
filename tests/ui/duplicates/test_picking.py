from __future__ import annotations

from screener.model import Fields, Record, RecordId
from screener.units.texts import Texts
from ui.duplicates.picking import found, pick_line, text_of


def record(number, **fields):
    return Record(
        id=RecordId(f"r{number}"), number=number, batch="b", version="", fields=Fields(**fields)
    )


RECORDS = [
    record(1, title="Études de pairs", authors=("Müller, Eva",), journal="Care", year=2014),
    record(2, title="Letters from peers", doi="10.5555/a.12"),
    record(12, title=""),
]
TEXTS = Texts((each.id, text_of(each)) for each in RECORDS)


def numbers(words):
    return [int(uid[1:]) for uid in found(TEXTS, words)]


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
    assert (pick_line(RECORDS[2]).title, pick_line(RECORDS[2]).byline) == ("no title", "")
    assert pick_line(RECORDS[0]).byline == "Müller E  ·  Care  ·  2014"
