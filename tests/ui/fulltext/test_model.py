from __future__ import annotations

import pytest

from screener.fulltext.fulltext import Retrieval, Sought
from screener.model import Fields, RecordId, Unit
from ui.fulltext import model
from ui.widgets.rows import RowsModel


def sought(number, state=Retrieval.SOUGHT, why="", **fields):
    id_ = RecordId(str(number))
    unit = Unit(id=id_, number=number, fields=Fields(**fields), members=(number,), records=(id_,))
    return Sought(unit=unit, state=state, why=why)


REPORTS = [
    sought(1, title="Peers by post", authors=("Okafor, Ngozi", "Brandt, Sofia"), year=2017),
    sought(2, Retrieval.NOT_RETRIEVED, "no answer", title="Peers by video"),
    sought(3, Retrieval.NOT_RETRIEVED, "no answer"),
    sought(4, Retrieval.NOT_RETRIEVED, "not in any library"),
]


def test_the_table_is_a_sound_model(qtmodeltester):
    rows = RowsModel(model.columns())
    qtmodeltester.check(rows)
    rows.set_rows(REPORTS)
    qtmodeltester.check(rows)


def test_a_row_says_why_in_words():
    texts = [[field.text(report) for field in model.columns()] for report in REPORTS]
    assert texts[0] == ["1", "Peers by post", "Okafor et al. 2017", "sought"]
    assert texts[2] == ["3", "no title", "", "not retrieved: no answer"]


@pytest.mark.parametrize(
    ("which", "words", "numbers"),
    [
        (model.ALL, "", [1, 2, 3, 4]),
        ("not-retrieved", "", [2, 3, 4]),
        ("not-retrieved", "VIDEO", [2]),
        (model.ALL, "brandt 2017", [1]),
        ("retrieved", "", []),
    ],
)
def test_reports_are_chosen_by_state_and_words(which, words, numbers):
    assert [r.unit.number for r in model.chosen(REPORTS, which, words)] == numbers


def test_phrases_come_the_commonest_first():
    assert model.phrases(REPORTS) == ["no answer", "not in any library"]


def test_every_state_is_counted():
    assert list(model.counts(REPORTS).values()) == [1, 0, 3]
