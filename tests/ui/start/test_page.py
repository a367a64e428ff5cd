"""The start page: the keyboard opens, missing files are said, an empty list says what to do."""

import tomllib

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener.example import CONTENT
from screener.model.record import Entry
from screener.sources.reading import read
from ui.start.page import EXAMPLE, StartPage
from ui.start.recent import Recent, RecentFiles


@pytest.fixture
def recent(qapp, tmp_path):
    files = RecentFiles()
    (tmp_path / "here.screener").touch()
    files.note(Recent(path=str(tmp_path / "gone.screener"), title="Gone <b>away</b>"))
    files.note(Recent(path=str(tmp_path / "here.screener"), title="Here", state="3 to settle"))
    return files


@pytest.fixture
def page(recent, qtbot):
    page = StartPage(recent)
    qtbot.addWidget(page)
    page.resize(1280, 760)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    return page


def test_enter_opens_the_file_that_was_open_last(page, recent, qtbot):
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert opened.args == [recent.files[0].path]


def test_arrows_move_and_a_missing_file_is_looked_for(page, recent, qtbot):
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    row = QApplication.focusWidget()
    assert row is page._rows[1]
    assert row._state.text() == "not found"
    with qtbot.waitSignal(page.looked_for) as looked:
        qtbot.keyClick(row, Qt.Key.Key_Return)
    assert looked.args == [recent.files[1].path]


def test_a_missing_file_can_be_forgotten(page, recent, qtbot):
    page._rows[1]._doors[1].click()
    assert len(recent.files) == 1
    assert len(page._rows) == 1


def test_a_click_opens(page, recent, qtbot):
    with qtbot.waitSignal(page.opened):
        qtbot.mouseClick(page._rows[0], Qt.MouseButton.LeftButton)


def test_titles_are_plain_text_and_rows_have_names(page):
    assert page._rows[1]._title.textFormat() is Qt.TextFormat.PlainText
    assert page._rows[0].accessibleName() == "Here, Coordinator’s project, 3 to settle"


def test_with_nothing_recent_the_new_review_has_the_focus(qtbot, qapp):
    page = StartPage(RecentFiles())
    qtbot.addWidget(page)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow)
    page.focus_first()
    assert QApplication.focusWidget() is page.new
    assert page._none.isVisible()
    with qtbot.waitSignal(page.new.clicked):
        qtbot.keyClick(page.new, Qt.Key.Key_Return)


def test_narrow_the_doors_stand_below_the_list(page, qtbot):
    beside = page.new.mapTo(page, page.new.rect().topLeft())
    page.resize(820, 560)
    assert beside.x() > 600
    qtbot.waitUntil(lambda: page.new.mapTo(page, page.new.rect().topLeft()).x() < 100)


@pytest.mark.parametrize("last", ["p.screener", "a.screener"])
def test_enter_opens_the_copy_or_the_project_of_a_review_as_it_was_open_last(
    qtbot, qapp, tmp_path, last
):
    recent = RecentFiles()
    files = {
        name: Recent(path=str(tmp_path / name), uuid="one", title="Sleep", reviewer=who)
        for name, who in (("p.screener", ""), ("a.screener", "Maya"))
    }
    for name, one in files.items():
        (tmp_path / name).touch()
        recent.note(one)
    recent.note(files[last])
    page = StartPage(recent)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    page.focus_first()
    with qtbot.waitSignal(page.opened) as opened:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert opened.args == [files[last].path]


def test_the_example_has_as_many_records_as_is_said():
    searches = tomllib.loads((CONTENT / "searches.toml").read_text(encoding="utf-8"))["searches"]
    found = (one for search in searches for one in read(CONTENT / "sources" / search["file"]))
    records = sum(isinstance(one, Entry) for one in found)
    assert EXAMPLE.startswith(f"{records} invented records")
