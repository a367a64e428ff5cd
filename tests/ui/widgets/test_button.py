from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from ui.widgets.button import Button, DecisionButton
from ui.widgets.ring import ring_of
from ui.widgets.words import Column, Surface


@pytest.fixture
def page(qtbot):
    page = Surface()
    qtbot.addWidget(page)
    column = Column(page)
    page.first, page.second = Button("One", key="O"), DecisionButton("exclude", key="E")
    column.addWidget(page.first)
    column.addWidget(page.second)
    page.resize(300, 200)
    page.show()
    page.activateWindow()
    qtbot.waitActive(page)
    return page


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_keys_press_a_button(page, qtbot, key):
    with qtbot.waitSignal(page.first.clicked):
        qtbot.keyClick(page.first, key)


def test_the_ring_is_for_the_keyboard_only(page):
    page.first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert ring_of(page.first).around is None
    page.second.setFocus(Qt.FocusReason.TabFocusReason)
    ring = ring_of(page.second)
    assert ring.around is page.second
    assert ring.isVisible()
    assert ring.geometry().contains(page.second.geometry())
    page.first.setFocus(Qt.FocusReason.TabFocusReason)
    assert ring.around is page.first
    page.first.clearFocus()
    assert ring.isHidden()


def test_the_ring_moves_with_its_button(page, qtbot):
    page.second.setFocus(Qt.FocusReason.TabFocusReason)
    page.resize(300, 400)
    qtbot.waitUntil(lambda: ring_of(page).geometry().contains(page.second.geometry()))


def test_the_name_holds_word_key_and_state(page):
    page.second.set_state("suggested", "2 Interventions · Enter")
    assert page.second.accessibleName() == "Exclude, key E, 2 Interventions · Enter, suggested"
    page.second.set_state("plain")
    assert page.second.accessibleName() == "Exclude, key E"
    page.first.set_spoken("Another name")
    assert page.first.accessibleName() == "Another name, key O"


def test_a_quiet_decision_cannot_be_pressed(page, qtbot):
    page.second.set_state("quiet")
    with qtbot.assertNotEmitted(page.second.clicked):
        qtbot.keyClick(page.second, Qt.Key.Key_Return)
    page.second.set_state("decided", "your decision, 21 May")
    assert page.second.isEnabled()
    assert page.second.state == "decided"


def test_right_to_left_puts_the_key_at_the_left(page):
    page.first.setFixedWidth(200)
    usual = page.first.grab().toImage()
    page.first.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert page.first.grab().toImage() != usual


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("Ctrl+I", "Ctrl I"),
        ("Backspace", "⌫"),
        ("Ctrl++", "Ctrl +"),
        ("?", "?"),
        ("+", "+"),
        ("Ctrl+-", "Ctrl −"),
    ],
)
def test_keys_as_they_stand_on_a_cap(key, words):
    from ui.widgets.keycap import key_words

    assert key_words(key) == words
    assert key_words(words) == words
