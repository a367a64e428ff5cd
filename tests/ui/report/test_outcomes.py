"""Tables and plots on the report page: found, walked through, sorted and saved by key."""

from __future__ import annotations

import csv
import shutil

import openpyxl
import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QApplication

from screener import open_project
from screener.report.drawing import Drawing, Text
from tests.screener.rated import JBI, MQRS, rated
from ui.report.canvas import Canvas
from ui.report.page import ReportPage
from ui.report.shown import Item
from ui.session.session import Session
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import Look, Theme, look_of
from ui.widgets.words import Column

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(tmp_path_factory.mktemp("home")))
        yield rated(tmp_path_factory.mktemp("rated") / "review", studies=4, forms=(MQRS, JBI))


@pytest.fixture
def page(made, tmp_path, qtbot):
    path = tmp_path / "p.screener"
    shutil.copy(made, path)
    session = Session(open_project(path))
    page = ReportPage(session)
    qtbot.addWidget(page)
    page.resize(1158, 708)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.focus_first()
    yield page
    session.close()


@pytest.fixture
def saves(monkeypatch):
    """Say where the next file goes."""

    def to(place):
        monkeypatch.setattr(
            "ui.session.files.QFileDialog.getSaveFileName", lambda *_: (str(place), "")
        )

    return to


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def listed(page):
    return [page.outcomes.items.row(n).words for n in range(page.outcomes.items.rowCount())]


def test_they_open_no_window_of_their_own(page, qtbot, qapp):
    class Shown(QObject):
        def eventFilter(self, watched, event):
            if event.type() is QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
                windows.append(watched)
            return False

    windows, shown = [], Shown()
    qapp.installEventFilter(shown)
    press(qtbot, Qt.Key.Key_T)
    qapp.removeEventFilter(shown)
    assert page.outcomes.isVisible()
    assert page.outcomes.forms.isVisible()
    assert windows == []


def test_a_key_shows_them_and_the_diagram_again(page, qtbot):
    assert not page.views.isHidden()
    press(qtbot, Qt.Key.Key_T)
    assert page.outcomes.isVisible()
    assert QApplication.focusWidget() is page.outcomes.list
    assert listed(page) == [
        "Included studies",
        "Counts",
        "Studies by year",
        "Studies by intervention",
    ]
    press(qtbot, Qt.Key.Key_T)
    assert page.canvas.isVisible()
    assert page.views.current() == "flow"
    press(qtbot, Qt.Key.Key_T)
    press(qtbot, Qt.Key.Key_Escape)
    assert page.canvas.isVisible()


def test_arrows_walk_through_what_there_is(page, qtbot):
    press(qtbot, Qt.Key.Key_T)
    assert page.outcomes.rows.rowCount() == 4
    press(qtbot, Qt.Key.Key_Down)
    assert page.outcomes.chosen().words == "Counts"
    press(qtbot, Qt.Key.Key_Down)
    assert page.outcomes.canvas.isVisible()
    assert page.outcomes.canvas.accessibleName() == "Studies by year"
    assert "4 included studies" in page.outcomes.canvas.accessibleDescription()


def test_each_form_has_its_own(page):
    page.show_tables()
    page.outcomes.choose("Scores", MQRS)
    assert listed(page) == [
        "Ratings",
        "Options of each item",
        "Scores",
        "Agreed answers",
        "Answers of each reviewer",
    ]
    page.outcomes.choose("Traffic light", JBI)
    assert page.outcomes.canvas.accessibleName() == "Traffic light"


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of menus
def test_the_form_is_chosen_by_key(page, qtbot):
    press(qtbot, Qt.Key.Key_T)
    press(qtbot, Qt.Key.Key_O)
    menu = page.outcomes.forms._menu
    qtbot.waitUntil(menu.isVisible)
    assert [a.data() for a in menu.actions()] == ["", MQRS, JBI]
    menu.actions()[1].trigger()
    menu.close()
    assert "Scores" in listed(page)
    assert QApplication.focusWidget() is page.outcomes.list


def test_the_table_is_sorted_and_copied_as_every_list(page, qtbot):
    page.show_tables()
    page.outcomes.choose("Options of each item", MQRS)
    press(qtbot, Qt.Key.Key_Return)
    table = page.outcomes.table
    assert QApplication.focusWidget() is table
    qtbot.keyClick(table, Qt.Key.Key_4, Qt.KeyboardModifier.AltModifier)  # by score
    shown = [table.model().index(n, 3).data() for n in range(table.model().rowCount())]
    assert shown == sorted(shown)
    table.selectRow(0)
    qtbot.keyClick(table, Qt.Key.Key_C, CTRL)
    assert QApplication.clipboard().text().split("\t")[3] == "0"
    press(qtbot, Qt.Key.Key_Escape)
    assert QApplication.focusWidget() is page.outcomes.list


def test_what_is_shown_is_saved_by_key(page, qtbot, saves, tmp_path):
    press(qtbot, Qt.Key.Key_T)
    for ending in ("csv", "xlsx"):
        saves(tmp_path / f"studies.{ending}")
        press(qtbot, Qt.Key.Key_S, CTRL)
        assert f"studies.{ending}" in page.session.echo.sentence
    with (tmp_path / "studies.csv").open(encoding="utf-8-sig", newline="") as stream:
        assert len(list(csv.reader(stream))) == 5
    book = openpyxl.load_workbook(tmp_path / "studies.xlsx")
    assert book.sheetnames == ["Studies", "Counts", "Codebook"]
    page.outcomes.choose("Scores", MQRS)
    for ending, first in (("svg", b"<?xml"), ("pdf", b"%PDF"), ("png", b"\x89PNG")):
        saves(tmp_path / f"scores.{ending}")
        press(qtbot, Qt.Key.Key_S, CTRL)
        assert (tmp_path / f"scores.{ending}").read_bytes().startswith(first)


def test_what_cannot_be_saved_is_a_sentence(page, qtbot, tmp_path):
    page.show_tables()
    page.outcomes.choose("Scores", MQRS)
    with qtbot.waitSignal(page.session.complained) as problem:
        page.outcomes.save_to(tmp_path / "scores.csv")
    assert "let the name end in .svg, .pdf or .png" in problem.args[0].sentence
    with qtbot.waitSignal(page.session.complained) as problem:
        page.outcomes.save_to(page.session.project.path.with_suffix(".svg").parent / "no" / "a.svg")
    assert problem.args[0].sentence.startswith("There is no folder")


def test_what_is_shown_follows_the_review_and_stays_chosen(page):
    page.show_tables()
    page.outcomes.choose("Studies by intervention")
    project = page.session.project
    study = project.studies.all()[3]
    project.studies.group("A new one", [study.id])
    assert page.outcomes.chosen().words == "Studies by intervention"
    assert "A new one: 1" in page.outcomes.canvas.accessibleDescription()


def test_without_a_study_there_is_only_the_diagram(review, qtbot):
    session = Session(open_project(review))
    page = ReportPage(session)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.focus_first()
    assert page.views.isHidden()
    qtbot.keyClick(page.canvas, Qt.Key.Key_T)
    assert page.canvas.isVisible()
    session.close()


def test_answers_are_shown_by_the_names_of_studies(page):
    page.show_tables()
    for words in ("Agreed answers", "Answers of each reviewer"):
        page.outcomes.choose(words, MQRS)
        table, names = page.outcomes.table, {s.name for s in page.session.project.studies.all()}
        heads = [field.heading for field in page.outcomes.rows.fields]
        assert heads[:2] == ["study", "list"]
        shown = {table.model().index(n, 0).data() for n in range(table.model().rowCount())}
        assert shown == names


def test_nothing_else_stays_where_a_table_cannot_be_shown(page, qtbot):
    page.show_tables()
    page.outcomes.choose("Ratings", MQRS)
    assert page.outcomes.table.model().rowCount() > 0
    with qtbot.waitSignal(page.session.complained):
        page.outcomes.items.set_rows([Item(words="Gone", what="appraisal", stage="gone")])
        page.outcomes.list.choose(0)
        page.outcomes._on_row(0)
    assert page.outcomes.table.model().rowCount() == 0
    assert page.outcomes.table.accessibleName() == "Table"


def wide(width):
    words = Text(x=0, y=20, text="Far away", size=14, width=width)
    return Drawing(width=width, height=60, shapes=(words,), title="Wide", description="")


@pytest.mark.parametrize(("scale", "least"), [(100, 0.8), (200, 1.3)])
def test_a_plot_that_is_too_wide_to_be_read_scrolls_to_the_side(qtbot, qapp, scale, least):
    look = Look.install(qapp)
    look.set_theme(Theme(scale=scale))
    canvas = Canvas("Plot", scrolls=True)
    area = ScrollArea(Column(gap=0).add(canvas, 1).boxed())
    qtbot.addWidget(area)
    area.resize(600, 300)
    canvas.set_drawing(wide(1400), lambda *_: False)
    area.show()
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() > 0)
    assert canvas.width() >= 1400 * least
    assert canvas._scale() == pytest.approx(least, abs=0.01)
    canvas.set_drawing(wide(400), lambda *_: False)
    qtbot.waitUntil(lambda: area.horizontalScrollBar().maximum() == 0)


@pytest.mark.parametrize("scale", [100, 200])
def test_nothing_of_the_header_is_cut_beside_a_plot(page, qtbot, scale):
    look_of(page).set_theme(Theme(scale=scale))
    page.resize(1150, 706)
    page.show_tables()
    page.outcomes.choose("Ratings", MQRS)
    views = page.views
    qtbot.waitUntil(lambda: views.width() >= views.sizeHint().width())
    assert page.outcomes.forms.isVisible()
    assert page.outcomes.forms.width() <= page.outcomes.list.width() + 1
