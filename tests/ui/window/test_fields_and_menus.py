"""Keys after a field, a card, a menu and a question: none acts on what it was not meant for."""

import sys

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu

from ui.application import build
from ui.screening.model import Asking
from ui.widgets.card import Card

KEY = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of menus


@pytest.fixture
def window(qtbot, qapp, review, monkeypatch):
    """The window on Maya's copy, at the records of title and abstract."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    window = build(qapp)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert window.open(review.with_name("a.screener"))
    window.session.preferences.change(moment=0)
    window.frame.go("title-abstract")
    yield window
    window.close_review()


@pytest.fixture
def page(window):
    return window.frame.page


@pytest.fixture
def press(window, qtbot):
    """Press keys where the keyboard is, one after the other."""

    def pressed(*keys, modifiers=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            target = QApplication.activePopupWidget() or QApplication.focusWidget() or window
            if isinstance(key, str) and not modifiers:
                qtbot.keyClicks(target, key)
            else:
                qtbot.keyClick(target, key, modifiers)

    return pressed


def card(window):
    return next((c for c in window.findChildren(Card) if c.isVisible()), None)


@pytest.mark.parametrize("listed", [False, True])
@pytest.mark.parametrize("word", ["peers", "telephone"])
def test_the_enter_that_ends_a_search_records_nothing(page, press, listed, word):
    if listed:
        press("v")
    press("s")
    press(KEY.Key_Down)
    press("s")
    press(KEY.Key_Up)
    assert page.model.suggestion is not None
    press("/")
    press(word, KEY.Key_Return)
    assert page.model.search == word
    assert page.model.decided == 0
    assert page.hears()


def test_letters_do_nothing_on_the_card_of_all_keys(window, page, press):
    press("?")
    press("i", "e", "m")
    assert card(window) is not None
    assert page.model.decided == 0
    press("?")
    assert card(window) is None
    press("?", KEY.Key_Return)
    assert card(window) is None
    press("?", KEY.Key_Escape)
    assert card(window) is None
    assert page.model.decided == 0
    assert page.hears()


@pytest.mark.parametrize("name", ["File", "View"])
def test_after_a_menu_is_left_the_keys_act_again(window, page, press, qtbot, name):
    bar = window.menuBar()
    entry = next(a for a in bar.actions() if a.text() == name)
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.actionGeometry(entry).center())
    assert isinstance(QApplication.activePopupWidget(), QMenu)
    press(KEY.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert page.hears()
    press("i")
    assert page.model.decided == 1


@pytest.mark.parametrize("stage", ["protocol", "title-abstract"])
def test_the_menu_line_gives_the_keyboard_back_on_every_page(window, press, qtbot, stage):
    window.frame.go(stage)
    before, bar = QApplication.focusWidget(), window.menuBar()
    entry = bar.actions()[0]
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=bar.actionGeometry(entry).center())
    press(KEY.Key_Escape)
    assert QApplication.focusWidget() is before


@pytest.mark.parametrize("between", ["note", "flag", "list", "criteria", "all keys"])
def test_another_key_disarms_the_question(window, page, press, between):
    press("s", "i")
    assert page.model.asking is Asking.CONFIRMATION
    if between == "note":
        press("n")
        press("typed", KEY.Key_Escape)
    elif between == "all keys":
        press("?", KEY.Key_Escape)
    else:
        press({"flag": "f", "list": "v", "criteria": "p"}[between])
    assert page.model.asking is Asking.NOTHING
    press("i")
    assert page.model.decided == 0
    press("i")
    assert page.model.decided == 1


def test_the_first_line_of_a_chooser_can_be_taken_with_the_keyboard(page, press):
    press("q")
    press(KEY.Key_End, KEY.Key_Return)
    last = page.model.queue
    press("q")
    press(KEY.Key_Home, KEY.Key_Return)
    assert page.model.queue is not last
    assert page.hears()


def test_the_list_gives_way_to_the_note_in_a_low_window(window, page, press, qtbot, qapp):
    window.resize(800, 600)
    reading = page.reading
    press("v")
    qapp.processEvents()
    before = reading.list.height()
    press("n")
    note, buttons = reading.note.field, reading.decisions
    qtbot.waitUntil(lambda: not note.visibleRegion().isEmpty())
    assert buttons.height() >= buttons.sizeHint().height()
    bottom = buttons.mapTo(reading, buttons.rect().bottomLeft()).y()
    assert bottom < reading.height()
    assert reading.list.height() < before
    press(KEY.Key_Escape)
    qtbot.waitUntil(lambda: reading.list.height() == before)


def test_ctrl_y_repeats_what_was_taken_back(page, press):
    press("i")
    press(KEY.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert page.model.decided == 0
    press(KEY.Key_Y, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert page.model.decided == 1
