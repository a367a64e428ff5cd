"""Corrections that reviewers proposed, on the page of sources: seen, taken and left by keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from screener import open_copy, open_project
from ui.session.session import Session
from ui.sources.page import SourcesPage
from ui.window.standing import Standings

KEY = Qt.Key


@pytest.fixture
def session(review, qtbot):
    """A session on a project in which three corrections were proposed, two for one field."""
    said = {
        "a": (("1", "abstract", "Asked <b>twice</b>.", "the PDF"), ("2", "year", "2004", "")),
        "b": (("2", "year", "2005", "PubMed"),),
    }
    for letter, several in said.items():
        with open_copy(review.with_name(f"{letter}.screener")) as mine:
            for one in several:
                mine.sources.proposals.propose(*one)
    session = Session(open_project(review))
    session.project.consensus.merge(*(review.with_name(f"{c}.screener") for c in said))
    yield session
    session.close()


@pytest.fixture
def page(session, qtbot):
    """The page of sources, shown, with the keyboard on it."""
    window = QWidget()
    qtbot.addWidget(window)
    page = SourcesPage(session, window)
    window.resize(1072, 772)
    page.resize(1072, 772)
    window.show()
    qtbot.waitActive(window)
    page.focus_first()
    yield page
    window.close()


@pytest.fixture
def press(page, qtbot):
    def pressed(*keys):
        for key in keys:
            qtbot.keyClick(QApplication.focusWidget() or page, key)

    return pressed


def shown(page):
    return [(p.number, p.field, p.value) for p in page.proposals.open]


def words(page):
    view = page.proposals
    return [w.text() for w in view.findChildren(type(view._title)) if w.isVisible()]


def record(page, number):
    return page.session.project.sources.record(number).fields


def test_the_page_and_the_rail_say_how_many_there_are(page):
    assert page.proposed.isVisible()
    assert page.proposed.text() == "3 proposed corrections"
    line = next(o for o in Standings(page.session.project).lines() if o.id == "sources")
    assert line.words == "1 search, 3 proposed"


def test_they_are_listed_with_what_is_now_and_by_whom(page, press):
    press("p")
    assert page.proposals.table.hasFocus()
    assert shown(page) == [
        (1, "abstract", "Asked <b>twice</b>."), (2, "year", "2004"), (2, "year", "2005")
    ]  # fmt: skip
    assert record(page, "1").title in words(page)
    assert {"Asked <b>twice</b>.", record(page, "1").abstract, "the PDF"} <= set(words(page))
    assert page.proposals._values["Proposed"].textFormat() is Qt.TextFormat.PlainText
    assert not page.proposals._remark.isVisible()
    press(KEY.Key_Down)
    assert "1 other value is proposed for it." in words(page)
    assert "the PDF" not in words(page)


def test_one_is_taken_and_the_other_one_left_and_the_page_goes_back(page, press, qtbot):
    press("p", "t")
    assert record(page, "1").abstract == "Asked <b>twice</b>."
    assert page.session.echo.sentence == "Taken: abstract of record 1"
    assert page.session.echo.can_take_back
    press("t")
    assert record(page, "2").year == 2004
    assert shown(page) == [(2, "year", "2005")]
    assert "This field was changed since it was proposed." in words(page)
    press("l")
    assert record(page, "2").year == 2004
    assert page.session.echo.sentence == "Left: year of record 2"
    assert page.overview.isVisible()
    assert page.overview.table.hasFocus()
    assert not page.proposed.isVisible()
    press("p")
    assert page.overview.isVisible(), "nothing is open"
    for _ in range(3):
        page.take_back()
    assert page.proposed.text() == "3 proposed corrections"
    assert page.proposed.isVisible()
    assert record(page, "2").year == 2016


def test_taking_back_shows_it_again_where_it_was(page, press):
    press("p", "l")
    assert len(shown(page)) == 2
    page.take_back()
    assert len(shown(page)) == 3
    assert page.proposals.isVisible()


def test_buttons_do_what_the_keys_do(page, press, qtbot):
    qtbot.mouseClick(page.proposed, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.proposals.leave, Qt.MouseButton.LeftButton)
    assert len(shown(page)) == 2
    press(KEY.Key_Escape)
    assert page.overview.isVisible()
    assert page.proposed.text() == "2 proposed corrections"


def test_a_file_opened_to_be_read_shows_them_and_changes_nothing(session, review, page, press):
    session.project.close()
    session.project = open_project(review, write=False)
    page.refresh()
    press("p")
    assert len(shown(page)) == 3
    assert not page.proposals.take.isEnabled()
    press("t", "l")
    assert len(session.project.sources.proposals.open()) == 3


def test_where_nothing_is_proposed_there_is_no_word_of_it(project_session, qtbot):
    page = SourcesPage(project_session)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    assert not page.proposed.isVisible()
    assert "proposals" not in page.handlers()
    page.hide()
