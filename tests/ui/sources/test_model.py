from __future__ import annotations

from dataclasses import replace

import pytest

from screener.model import Batch, Search, Skipped
from ui.sources.overview import search_columns
from ui.sources.records import Line, RecordsModel
from ui.widgets.tables import RowsModel

BATCH = Batch(
    id="a",
    search=Search(source="Embase", claimed=12, searched="2018-12-14"),
    file="embase.ris",
    parsed=9,
    skipped=(Skipped(line=7, text="x", why="y"),),
    file_digest="d",
)
LINE = Line(id="r1", number=1, title="Peers by telephone", words="Okafor N · 2017")


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


def test_the_list_is_a_sound_model(qtmodeltester):
    model = RecordsModel()
    qtmodeltester.check(model)
    model.set_lines([LINE, replace(LINE, id="r2", number=2)])
    qtmodeltester.check(model)


def test_a_search_finds_all_words_anywhere():
    model = RecordsModel()
    model.set_lines([LINE, replace(LINE, id="r2", number=2, title="Peers by post")])
    model.search("okafor POST")
    assert [model.line(row).id for row in range(model.rowCount())] == ["r2"]
    assert model.row_of("r1") == -1
    model.search("")
    assert model.rowCount() == 2
