from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from ui.widgets.lists import RowList
from ui.widgets.rows import Field, RowsModel
from ui.widgets.tables import RowTable
from ui.widgets.theme import Theme, look_of

FIELDS = [
    Field(heading="Source", text=lambda row: row[0], strong=True),
    Field(heading="Read", text=lambda row: str(row[1]), right=True, width=80,
          colour=lambda row: "warn" if row[1] < 2 else "text"),
    Field(heading="Verdict", text=lambda row: "", sign=lambda row: "include"),
]  # fmt: skip
ROWS = [("PubMed", 3), ("Embase", 1)]


@pytest.fixture
def table(qtbot):
    model = RowsModel(FIELDS)
    model.set_rows(ROWS)
    table = RowTable("Searches")
    table.setModel(model)
    table.model_kept = model
    qtbot.addWidget(table)
    table.resize(500, 200)
    table.show()
    return table


def test_rows_model_is_a_model(qtmodeltester, qapp):
    model = RowsModel(FIELDS)
    qtmodeltester.check(model)
    model.set_rows(ROWS)
    qtmodeltester.check(model)


def test_texts_headings_and_what_is_spoken(qapp):
    model = RowsModel(FIELDS)
    model.set_rows(ROWS)
    assert model.data(model.index(1, 0)) == "Embase"
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Read"
    assert model.data(model.index(0, 2), Qt.ItemDataRole.AccessibleTextRole) == "include"
    right = model.data(model.index(0, 1), Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight


def test_only_rows_that_are_seen_are_fetched(qtbot):
    asked = []

    def fetch(keys):
        asked.extend(keys)
        return [(key, 5) for key in keys]

    model = RowsModel(FIELDS)
    model.set_keys([f"k{n}" for n in range(20_000)], fetch)
    table = RowTable("Records")
    qtbot.addWidget(table)
    table.setModel(model)
    table.resize(500, 300)
    table.show()
    table.grab()
    assert model.rowCount() == 20_000
    assert 0 < len(asked) <= 128
    table.choose(19_999)
    table.grab()
    assert "k19999" in asked
    assert len(asked) <= 384
    for number in range(0, 20_000, 64):
        model.row(number)
    assert len(model._known) <= 2_048 + 64


def test_a_list_changes_the_rows_that_changed(qtbot, qtmodeltester):
    asked = []

    def fetch(keys):
        asked.extend(keys)
        return list(keys)

    model = RowsModel([Field(heading="", text=str)])
    keys = [f"k{n}" for n in range(20_000)]
    model.set_keys(keys, fetch)
    list_ = RowList("Records", model)
    qtbot.addWidget(list_)
    list_.resize(300, 300)
    list_.show()
    list_.setCurrentIndex(model.index(15_000, 0))
    list_.grab()
    asked.clear()
    with qtbot.assertNotEmitted(model.modelReset):
        model.set_keys(keys[:4] + keys[5:], fetch, ["k4"])
        assert list_.currentIndex().data() == "k15000"
        model.set_keys(["new", *keys], fetch, ["k15000"])
        list_.grab()
    assert (model.key(0), model.key(5), model.key(20_000)) == ("new", "k4", "k19999")
    assert list_.currentIndex().row() == 15_001
    assert "k15000" in asked
    assert len(asked) <= 128
    model.set_keys(keys[::-1][:9], fetch, ())
    assert [model.key(n) for n in range(model.rowCount())] == keys[::-1][:9]
    model.set_keys([], fetch, ())
    assert model.rowCount() == 0
    qtmodeltester.check(model)


def test_home_and_end_go_through_a_list(qtbot):
    model = RowsModel([Field(heading="", text=str)])
    model.set_rows("abc")
    list_ = RowList("Letters", model)
    qtbot.addWidget(list_)
    list_.show()
    list_.setCurrentIndex(model.index(1, 0))
    qtbot.keyClick(list_, Qt.Key.Key_End)
    assert list_.currentIndex().row() == 2
    qtbot.keyClick(list_, Qt.Key.Key_Home)
    assert list_.currentIndex().row() == 0


def test_refresh_reads_again(qapp, qtbot):
    values = ["one"]
    model = RowsModel([Field(heading="x", text=str)])
    model.set_keys(["a"], lambda keys: [values[0]])
    assert model.data(model.index(0, 0)) == "one"
    values[0] = "two"
    with qtbot.waitSignal(model.dataChanged):
        model.refresh()
    assert model.data(model.index(0, 0)) == "two"


def test_enter_opens_and_arrows_move(table, qtbot):
    table.choose(0)
    with qtbot.waitSignal(table.row_changed, check_params_cb=lambda row: row == 1):
        qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(table.opened, check_params_cb=lambda row: row == 1):
        qtbot.keyClick(table, Qt.Key.Key_Return)


def test_letters_do_not_search_the_table(table, qtbot):
    table.choose(0)
    qtbot.keyClick(table, Qt.Key.Key_E)
    assert table.current() == 0


def test_choosing_what_is_not_there_changes_nothing(table):
    table.choose(1)
    table.choose(7)
    assert table.current() == 1


def test_columns_fill_the_width(table):
    widths = [table.columnWidth(n) for n in range(3)]
    assert widths[1] == 80
    assert table.viewport().width() - 3 <= sum(widths) <= table.viewport().width()


def test_headings_stand_over_their_columns_in_every_look(table, qtbot):
    header, look = table.horizontalHeader(), look_of(table)
    for theme in (Theme(scheme="dark"), Theme(scale=150), Theme()):
        look.set_theme(theme)
        qtbot.waitUntil(lambda: table.viewport().y() == header.height())
        assert header.viewport().geometry() == header.rect()
        assert header.viewport().mapTo(table, QPoint()).x() == table.viewport().x()
