"""A card gives the keyboard back, even where what had it is gone."""

import sys

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from ui.application import build
from ui.widgets.card import Card


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
