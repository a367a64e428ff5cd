"""Every list of the program: its ends and pages by key, found by typing, sorted, copied."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from screener import open_project
from screener.model import Stage
from ui.widgets.lists import RowList
from ui.widgets.tables import RowTable

KEY = Qt.Key


def of_searches(person):
    person.window.frame.go("sources")


def of_an_import(person):
    of_searches(person)
    person.rest()
    person.press("Enter")


def of_runs(person):
    person.window.frame.go("duplicates")
    person.rest()
    person.page.show_at("runs")


def of_records_found(person):
    person.window.frame.go("duplicates")
    person.rest()
    person.press("/")


def of_discrepancies(person):
    person.window.frame.go("consensus")
    person.rest()
    if person.card() is not None:
        person.press("Enter")  # who is present
    person.page.meeting.list.setFocus()


def of_agreement(person):
    of_discrepancies(person)
    person.press("A")
    person.rest()
    person.page.agreement.opened.emit("Both", list(person.project.units.ids())[:30])
    person.rest()


def of_reports(person):
    person.window.frame.go("full-text")


def of_a_number(person):
    person.window.frame.go("report")
    person.rest()
    person.page.show_behind("database_results")


def of_stages(person):
    person.window.frame.go("report")
    person.rest()
    person.window.frame.rail.focus_stages()


def of_a_queue(person):
    person.window.frame.go(Stage.TITLE_ABSTRACT)
    person.rest()
    person.press("V")


def of_the_same_report(person):
    person.window.frame.go(Stage.TITLE_ABSTRACT)
    person.rest()
    person.press("=")
    person.rest()
    person.type("peer")


PROJECT = (
    of_searches,
    of_an_import,
    of_runs,
    of_records_found,
    of_discrepancies,
    of_agreement,
    of_reports,
    of_a_number,
    of_stages,
)
COPY = (of_a_queue, of_the_same_report)


@pytest.fixture
def shown(person, example, tmp_path):
    """Bring a list on the screen and give it the keyboard."""

    def show(place):
        path = tmp_path / "review.screener"
        path.write_bytes((example / "project.screener").read_bytes())
        with open_project(path) as review:
            mine = tmp_path / "mine.screener"
            if place in COPY:
                review.consensus.write_copy("Ines Duarte", mine)
            if place is of_discrepancies:
                both = [example / f"reviewer-{letter}.screener" for letter in "ab"]
                review.consensus.merge(*both)
        person.open(mine if place in COPY else path)
        place(person)
        person.rest()
        found = [one for one in person.window.findChildren(RowList) if one.isVisible()]
        stages = place is of_stages
        (rows,) = [one for one in found if (one.accessibleName() == "Stages") is stages]
        rows.setFocus()
        person.wait(rows.hasFocus, "the keyboard on the list")
        return rows

    return show


def press(rows, key, modifier=Qt.KeyboardModifier.NoModifier):
    QTest.keyClick(rows, key, modifier)
    QApplication.processEvents()


def at(rows):
    return rows.currentIndex().row()


def ends(rows):
    """Return the first and the last row that can be chosen."""
    model = rows.model()
    rows_ = [
        row
        for row in range(model.rowCount())
        if model.flags(model.index(row, 0)) & Qt.ItemFlag.ItemIsSelectable
    ]
    return rows_[0], rows_[-1]


@pytest.mark.parametrize("place", [*PROJECT, *COPY])
def test_a_list_is_gone_through_found_sorted_and_copied(person, shown, place):
    rows = shown(place)
    first, last = ends(rows)
    press(rows, KEY.Key_End)
    assert at(rows) == last
    press(rows, KEY.Key_Home)
    assert at(rows) == first
    if last > first:
        press(rows, KEY.Key_PageDown)
        assert at(rows) > first
        press(rows, KEY.Key_PageUp)
        assert at(rows) == first
    QGuiApplication.clipboard().clear()
    press(rows, KEY.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied
    assert copied == rows.row_text(rows.currentIndex())
    if isinstance(rows, RowTable) and rows.horizontalHeader().isVisible():
        press(rows, KEY.Key_1, Qt.KeyboardModifier.AltModifier)
        assert rows.model().sorted_by == (0, False)
    if place is of_a_queue:
        press(rows, KEY.Key_End)
        assert person.page.model.line.at == last, "the record on the screen is the marked one"
    check_finding(person, rows)


def check_finding(person, rows):
    """Type what only another row has: a row is found, or a field takes the letters."""
    if isinstance(rows, RowTable) and rows.finds:
        first, last = ends(rows)
        press(rows, KEY.Key_Home)
        word = rows.row_text(rows.model().index(last, 0)).casefold()
        QTest.keyClicks(rows, max(word.split(), key=len)[:6])
        assert at(rows) != first or last == first
    elif rows.accessibleName() != "Stages":  # nine of them, with keys of their own
        QTest.keyClicks(rows, "/")
        person.wait(
            lambda: isinstance(QApplication.focusWidget(), QLineEdit), "a field to search with"
        )
