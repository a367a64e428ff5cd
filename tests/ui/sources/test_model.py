from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from screener.model import Batch, Fields, Record, RecordId, Search, Skipped
from screener.units.texts import Texts
from ui.sources.overview import search_columns
from ui.sources.records import RecordsModel, line_of, text_of
from ui.widgets.rows import RowsModel

BATCH = Batch(
    id="a",
    search=Search(source="Embase", claimed=12, searched="2018-12-14"),
    file="embase.ris",
    parsed=9,
    skipped=(Skipped(line=7, text="x", why="y"),),
    file_digest="d",
)


@pytest.fixture
def model():
    return RowsModel(search_columns())


def cells(batch):
    return [field.text(batch) for field in search_columns()]


def colours(batch):
    given = [field.colour for field in search_columns()]
    return [colour(batch) if callable(colour) else colour for colour in given]


def test_the_table_is_a_sound_model(model, qtmodeltester):
    qtmodeltester.check(model)
    model.set_rows([BATCH, replace(BATCH, id="b")])
    qtmodeltester.check(model)


def test_what_does_not_add_up_warns():
    assert cells(BATCH) == ["Embase", "database", "", "14 Dec 2018", "12", "9", "1"]
    assert [place for place, colour in enumerate(colours(BATCH)) if colour == "warn"] == [5, 6]


def test_what_adds_up_and_what_nobody_claimed_does_not_warn():
    right = replace(BATCH, skipped=(), parsed=12)
    silent = replace(BATCH, skipped=(), search=Search(source="Embase"))
    assert "warn" not in colours(right) + colours(silent)
    assert cells(silent)[4:] == ["–", "9", "–"]


def test_an_import_that_was_taken_back_says_so_and_warns_of_nothing():
    gone = replace(BATCH, withdrawn="wrong file")
    assert cells(gone)[5] == "taken back"
    assert set(colours(gone)) == {"quiet"}


def records(*titles):
    return {
        f"r{number}": Record(
            id=RecordId(f"r{number}"),
            number=number,
            batch="b",
            version="",
            fields=Fields(title=title, authors=("Okafor, N",), year=2017),
        )
        for number, title in enumerate(titles, 1)
    }


@pytest.fixture
def shown():
    here = records("Peers by telephone", "Peers by post")
    model = RecordsModel()
    texts = Texts((id_, text_of(record)) for id_, record in here.items())
    model.show_records(texts, lambda ids: [line_of(here[id_]) for id_ in ids])
    return model


def test_the_list_is_a_sound_model(shown, qtmodeltester):
    qtmodeltester.check(RecordsModel())
    qtmodeltester.check(shown)
    spoken = shown.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Record 1: Peers by telephone; Okafor N  ·  2017"


def test_a_search_finds_all_words_anywhere(shown):
    shown.search("okafor POST")
    assert [shown.row(row).id for row in range(shown.rowCount())] == ["r2"]
    assert shown.place("r1") == -1
    shown.search("")
    assert shown.rowCount() == 2
    assert shown.place("r2") == 1
