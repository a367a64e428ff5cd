from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt

from ui.widgets.tables import Field, RowsModel, RowTable
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
    assert len(model._blocks) <= 32


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
