"""What every list can do: sort by a column, be searched by typing, be copied, go to its ends."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication

from ui.widgets.lists import RowList
from ui.widgets.rows import Field, RowsModel
from ui.widgets.tables import RowTable

KEY, ALT, CONTROL = Qt.Key, Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
FIELDS = (
    Field(heading="Source", text=lambda row: row[0]),
    Field(heading="Read", text=lambda row: row[1], right=True, width=80),
    Field(heading="Searched", text=lambda row: row[2], order=lambda row: row[3], width=120),
)
ROWS = [
    ("PubMed", "1,203", "2 May", "2026-05-02"),
    ("Embase", "–", "14 Dec", "2025-12-14"),
    ("CINAHL", "98", "1 May", "2026-05-01"),
    ("PsycINFO", "7", "3 May", "2026-05-03"),
]


@pytest.fixture
def table(qtbot):
    model = RowsModel(FIELDS)
    model.set_rows(ROWS)
    table = RowTable("Searches")
    table.setModel(model)
    table.kept = model
    qtbot.addWidget(table)
    table.resize(600, 300)
    with qtbot.waitExposed(table):
        table.show()
    table.choose(0)
    table.setFocus()
    return table


def shown(table, column=0):
    model = table.model()
    return [model.data(model.index(row, column)) for row in range(model.rowCount())]


def click_heading(table, qtbot, column):
    header = table.horizontalHeader()
    place = QPoint(header.sectionViewportPosition(column) + 10, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def test_a_click_on_a_heading_sorts_then_turns_round_then_lets_be(table, qtbot):
    usual = shown(table)
    click_heading(table, qtbot, 0)
    assert shown(table) == sorted(usual, key=str.casefold)
    assert table.model().headerData(0, Qt.Orientation.Horizontal) == "Source ↑"
    click_heading(table, qtbot, 0)
    assert shown(table) == sorted(usual, key=str.casefold, reverse=True)
    click_heading(table, qtbot, 0)
    assert shown(table) == usual
    assert table.model().headerData(0, Qt.Orientation.Horizontal) == "Source"


def test_keys_sort_figures_by_number_and_dates_by_day(table, qtbot):
    qtbot.keyClick(table, KEY.Key_2, ALT)
    assert shown(table, 1) == ["–", "7", "98", "1,203"]
    qtbot.keyClick(table, KEY.Key_3, ALT)
    assert shown(table, 2) == ["14 Dec", "1 May", "2 May", "3 May"]
    qtbot.keyClick(table, KEY.Key_9, ALT)  # there is no such column
    assert shown(table, 2) == ["14 Dec", "1 May", "2 May", "3 May"]


def test_the_chosen_row_stays_chosen_and_rows_keep_their_numbers(table, qtbot):
    table.choose(2)
    heard = []
    table.row_changed.connect(heard.append)
    table.opened.connect(heard.append)
    qtbot.keyClick(table, KEY.Key_1, ALT)
    assert (table.current(), table.currentIndex().row()) == (2, 0)
    qtbot.keyClick(table, KEY.Key_Down)
    assert (table.current(), table.currentIndex().row()) == (1, 1)
    qtbot.keyClick(table, KEY.Key_Return)
    assert heard == [1, 1]
    table.choose(3)
    assert table.currentIndex().row() == 2
    assert table.model().row(3)[0] == "PsycINFO"


def test_new_rows_keep_the_order_that_was_chosen(table):
    table.sort_by(0)
    table.model().set_rows([*ROWS, ("AMED", "1", "", "")])
    assert shown(table)[0] == "AMED"


def test_rows_that_change_stay_where_they_are(table, qtbot):
    model, values = table.model(), {str(n): list(row) for n, row in enumerate(ROWS)}

    def fetch(keys):
        return [values[key] for key in keys]

    model.set_keys(list(values), fetch)
    table.sort_by(0)
    assert shown(table)[0] == "CINAHL"
    table.choose(2)
    values["2"][0] = "Zetoc"
    model.set_keys(list(values), fetch, ["2"])
    assert shown(table)[0] == "Zetoc"
    assert table.current() == 2
    model.set_keys(["0", "1", "3"], fetch, ())
    assert shown(table) == ["Embase", "PsycINFO", "PubMed"]
    values["4"] = ["Medline", "", "", ""]
    model.set_keys(["0", "1", "3", "4"], fetch, ())
    assert shown(table) == ["Embase", "Medline", "PsycINFO", "PubMed"]


def test_a_sorted_model_is_a_model(qtmodeltester, qapp):
    model = RowsModel(FIELDS)
    model.set_rows(ROWS)
    model.sort_by(0)
    qtmodeltester.check(model)


def test_home_end_and_pages(table, qtbot):
    table.model().set_rows([(f"Row {n}", "", "", "") for n in range(100)])
    table.choose(50)
    for key, row in ((KEY.Key_End, 99), (KEY.Key_Home, 0)):
        qtbot.keyClick(table, key)
        assert table.current() == row
    qtbot.keyClick(table, KEY.Key_PageDown)
    page = table.current()
    assert 3 < page < 99
    qtbot.keyClick(table, KEY.Key_PageUp)
    assert table.current() == 0


def test_ctrl_c_copies_the_row_as_text(table, qtbot):
    table.choose(1)
    qtbot.keyClick(table, KEY.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "Embase\t–\t14 Dec"


def test_a_painted_row_is_copied_as_it_is_spoken(qtbot):
    field = Field(heading="Record", text=lambda r: r, spoken=lambda r: f"Record 7: {r}; Okafor N")
    model = RowsModel([field])
    model.set_rows(["Peers by post"])
    rows = RowList("Records", model)
    qtbot.addWidget(rows)
    rows.setCurrentIndex(model.index(0, 0))
    qtbot.keyClick(rows, KEY.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "Record 7: Peers by post; Okafor N"


def test_letters_find_the_next_row_that_has_them(table):
    assert table.find_row("psy")
    assert table.current() == 3
    table._typed_at = 0.0
    assert table.find_row("p")
    assert table.current() == 0
    assert table.find_row("sy")  # the same word goes on
    assert table.current() == 3
    table._typed_at = 0.0
    assert not table.find_row("zzz")
    assert table.current() == 3


def test_the_marked_row_stays_in_sight_where_the_list_becomes_lower(table, qtbot):
    table.kept.set_rows([(f"Source {n}", "1", "2 May", str(n)) for n in range(40)])
    table.choose(0)
    for _ in range(8):
        qtbot.keyClick(table, KEY.Key_Down)
    row = table.currentIndex()
    table.resize(600, table.visualRect(row).bottom() + table.horizontalHeader().height() + 4)
    assert table.visualRect(row).bottom() <= table.viewport().height()
    table.resize(600, table.height() - 30)  # a line comes below it
    assert table.visualRect(row).bottom() <= table.viewport().height()
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    before = table.verticalScrollBar().value()
    table.resize(600, table.height() - 10)  # and what somebody looks at elsewhere stays
    assert table.verticalScrollBar().value() >= before
