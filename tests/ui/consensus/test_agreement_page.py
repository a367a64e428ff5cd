"""The agreement page: numbers that open their records, figures, and their reading."""

import json

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener.model import Stage
from ui.consensus.agreement_page import _count_words
from ui.consensus.page import ConsensusPage

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def page(session, show, qtbot):
    page = show(ConsensusPage(session))
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_A)
    return page


def cells(page):
    return {place: cell.text() for place, cell in page.agreement.table.cells.items()}


def test_a_opens_agreement_and_escape_returns_to_the_meeting(page, qtbot):
    assert page.current() is page.agreement
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert page.current() is page.meeting
    assert page.meeting.item.record.hasFocus()


def test_the_table_counts_maybe_as_include(page):
    assert cells(page) == {
        ("include", "include"): "5",
        ("include", "exclude"): "3",
        ("exclude", "include"): "2",
        ("exclude", "exclude"): "1",
    }
    assert page.agreement.count.text() == (
        "11 records that both decided; 1 more only one of them decided"
    )


def test_with_maybe_the_table_has_three_rows(page, qtbot):
    qtbot.keyClick(page.agreement.segments, Qt.Key.Key_Right)
    assert len(cells(page)) == 9
    assert cells(page)["maybe", "include"] == "1"


def test_the_numbers_equal_the_figures(page, session):
    (pair,) = session.project.consensus.agreement(TA).pairs
    shown = sum(int(text) for text in cells(page).values())
    assert shown == pair.figures("binary").n
    assert page.agreement.pair() == pair


def test_a_number_opens_its_records(page, session, qtbot):
    page.agreement.table.cells["include", "exclude"].click()
    assert page.current() is page.records
    model = page.records.table.model()
    titles = [model.index(row, 1).data() for row in range(model.rowCount())]
    ids = session.project.units.ids()
    wanted = [session.project.units.get(ids[i]).fields.title for i in (0, 2, 8)]
    assert titles == wanted
    assert "Maya Lindqvist include, Jonas Roth exclude" in page.records.header._words.text()
    qtbot.keyClick(page.records.table, Qt.Key.Key_Escape)
    assert page.current() is page.agreement


def test_the_first_record_behind_a_number_is_read_beside_its_list(page, session, qtbot):
    records = page.records
    page.agreement.table.cells["include", "exclude"].click()
    first = session.project.units.get(records._units[0])
    assert records.table.currentIndex().row() == 0
    assert records.table.hasFocus()
    assert first.fields.title in records.record.toPlainText()
    # List and record share the page below its header, the record at the right.
    assert records.header.width() == records.width()
    assert records.table.y() >= records.header.height()
    assert records.record.x() >= records.table.geometry().right()
    assert records.table.height() > records.height() / 2
    qtbot.keyClick(records.table, Qt.Key.Key_Down)
    second = session.project.units.get(records._units[1])
    assert second.fields.title in records.record.toPlainText()


def test_the_numbers_stand_under_each_other_and_the_sums_take_half_the_room(page):
    table = page.agreement.table
    at = {place: cell.geometry() for place, cell in table.cells.items()}
    for row in ("include", "exclude"):
        assert at[row, "include"].x() < at[row, "exclude"].x()
        assert at[row, "include"].y() == at[row, "exclude"].y()
    for column in ("include", "exclude"):
        assert at["include", column].x() == at["exclude", column].x()
        assert at["include", column].y() < at["exclude", column].y()
    room = table.width() - at["include", "include"].x()
    wide = {place.width() for place in at.values()}
    assert max(wide) - min(wide) <= 1
    assert abs(room - 2.5 * max(wide)) <= 4


def test_the_header_says_the_stage_within_a_sentence(page, session):
    stage = session.project.consensus.at(TA).step.words.lower()
    assert page.agreement.header._words.text().startswith(stage)


def test_the_figures_by_criterion_are_headed_by_what_they_are(page):
    head = page.agreement._parts_head
    assert head.text() == "Kappa by criterion, where both judged"
    assert head.isVisible()
    assert page.agreement.parts.accessibleName() == head.text()


@pytest.mark.parametrize("lacking", [0, 1, 2000])
def test_who_decided_alone_is_counted_only_where_somebody_did(lacking):
    said = _count_words(40, lacking, "decided")
    assert said.startswith("40 records")
    assert (f"{lacking:,} more" in said) == bool(lacking)


def test_a_number_of_nothing_opens_nothing(page, qtbot):
    qtbot.keyClick(page.agreement.segments, Qt.Key.Key_Right)
    assert not page.agreement.table.cells["maybe", "maybe"].isEnabled()


def test_few_records_are_warned_of(page):
    assert page.agreement.warning.text() == (
        "Only 11 records: with fewer than 30 the intervals are unreliable."
    )
    assert page.agreement.warning.isVisible()


def test_the_criterion_they_differ_most_on_opens_its_records(page):
    assert page.agreement.lowest.text().startswith("Kappa is lowest on ")
    assert page.agreement.show_lowest.text() == "Show that record"
    page.agreement.show_lowest.click()
    assert page.current() is page.records
    assert page.records.table.model().rowCount() == 1


def test_figures_are_saved_as_the_command_line_prints_them(page, session, tmp_path):
    page.agreement._place = lambda _parent, _name: tmp_path / "agreement.json"
    page.agreement.save.click()
    saved = json.loads((tmp_path / "agreement.json").read_text(encoding="utf-8"))
    assert saved == json.loads(json.dumps(session.project.consensus.agreement(TA).json()))


def test_figures_that_cannot_be_saved_say_so(page, session, tmp_path, qtbot):
    page.agreement._place = lambda _parent, _name: tmp_path / "no folder" / "agreement.json"
    with qtbot.waitSignal(session.complained) as told:
        page.agreement.save.click()
    assert told.args[0].sentence.startswith("There is no folder")


def test_figures_are_not_saved_over_the_project(page, session, qtbot):
    page.agreement._place = lambda _parent, _name: session.project.path
    with qtbot.waitSignal(session.complained) as told:
        page.agreement.save.click()
    assert "is the project that is open" in told.args[0].sentence
    assert session.project.verify() == []


def test_settling_does_not_change_the_agreement(page, session):
    before = cells(page)
    unit = session.project.units.ids()[0]
    session.project.consensus.resolve(unit, "include", step=TA, why="Peers", by=["Maya Lindqvist"])
    page.show_agreement()
    assert cells(page) == before
