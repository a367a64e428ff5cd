"""A card gives the keyboard back, even where what had it is gone."""

import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication

from ui.application import build
from ui.widgets.card import Card
from ui.widgets.words import Words


@pytest.fixture
def window(qtbot, qapp, review, monkeypatch):
    """The window on the coordinator's project."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    window = build(qapp)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.open(review)
    yield window
    window.close_review()


def card(window):
    return next((c for c in window.findChildren(Card) if c.isVisible()), None)


def test_a_card_gives_the_keyboard_back_to_what_had_it(window, qtbot):
    before = QApplication.focusWidget()
    window.perform("add-reviewer")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert card(window) is None
    assert QApplication.focusWidget() is before


def test_the_page_takes_the_keyboard_when_what_had_it_was_made_anew(window, qtbot):
    window.frame.go("screening")
    page = window.frame.page
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_C)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.session.running)
    page.refresh()  # the rows of the table are other widgets now
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.keyClick(card(window), Qt.Key.Key_Escape)
    assert card(window) is None
    assert window.frame.stack.isAncestorOf(QApplication.focusWidget())


def beside(card, qtbot):
    qtbot.mouseClick(card, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))


def test_a_click_beside_a_card_loses_nothing_that_was_typed(window, qtbot):
    window.perform("add-reviewer")
    shown = card(window)
    name = QApplication.focusWidget()
    qtbot.keyClicks(name, "Ada")
    beside(shown, qtbot)
    assert card(window) is shown
    assert "Esc gives it up" in shown.said.text()
    assert shown.said.isVisible()
    assert name.text() == "Ada"
    name.clear()
    beside(shown, qtbot)
    assert card(window) is None


def test_a_card_that_grows_stays_where_it_is(window, qtbot):
    window.resize(1366, 768)
    shown = Card("Grows", window)
    shown.body.add(Words("One line"))
    shown.open()
    top = shown._sheet.y()
    more = [Words("More") for _ in range(6)]
    shown.body.add(*more)
    qtbot.waitUntil(lambda: more[-1].isVisible() and shown._sheet.height() > 200)
    assert shown._sheet.y() == top
    for _ in range(40):
        shown.body.add(Words("Still more"))
    qtbot.waitUntil(lambda: shown._sheet.y() < top)
    assert shown._sheet.geometry().bottom() < window.height()


def test_who_gives_a_new_review_up_comes_back_to_the_open_one(window, qtbot, review):
    window.perform("new")
    assert window.frame is None
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.frame is not None)
    assert window.session.project.path == review
    window.close_review()
    window.perform("new")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.frame is None
    assert window.start.isVisible()
