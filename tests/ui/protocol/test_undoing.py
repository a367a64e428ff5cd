"""Ctrl+Z in the form of a protocol undoes the last act, and before it what was typed since."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from screener.model import Element
from ui.protocol.form import PICOS, ProtocolForm, blank
from ui.protocol.page import ProtocolPage

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def form(qtbot):
    form = ProtocolForm()
    qtbot.addWidget(form)
    form.resize(900, 700)
    with qtbot.waitExposed(form):
        form.show()
    form.activateWindow()
    qtbot.waitUntil(form.isActiveWindow)
    return form


def press(keys):
    QTest.keySequence(QApplication.focusWidget(), QKeySequence(keys))


def elements(form):
    return [one.element for one in form._criteria]


def test_a_removed_criterion_comes_back_with_its_texts(form, qtbot):
    first = form._criteria[0]
    qtbot.keyClicks(first._include, "Adults")
    qtbot.mouseClick(first.remove, LEFT)
    assert elements(form) == list(PICOS[1:])
    assert form._gone.text() == "Participants is removed."
    assert form.put_back.isVisible()
    press("Ctrl+Z")
    assert elements(form) == list(PICOS)
    assert form._criteria[0]._include.toPlainText() == "Adults"
    assert not form.put_back.isVisible()
    press("Ctrl+Shift+Z")
    assert elements(form) == list(PICOS[1:])
    qtbot.mouseClick(form.put_back, LEFT)
    assert elements(form) == list(PICOS)


def test_what_was_typed_since_is_undone_before_the_act(form, qtbot):
    qtbot.keyClicks(form.title, "Peers")
    qtbot.mouseClick(form._criteria[4].remove, LEFT)
    form.title.setFocus()
    qtbot.keyClicks(form.title, " by post")
    press("Ctrl+Z")
    assert elements(form) == list(PICOS[:4])
    while form.title.isUndoAvailable():
        press("Ctrl+Z")
    press("Ctrl+Z")
    assert elements(form) == list(PICOS)


def test_typing_before_the_act_stays_when_the_act_is_undone(form, qtbot):
    qtbot.keyClicks(form.title, "Peers")
    qtbot.mouseClick(form._criteria[4].remove, LEFT)
    form.title.setFocus()
    press("Ctrl+Z")
    assert elements(form) == list(PICOS)
    assert form.title.text() == "Peers"


def test_moves_and_new_criteria_are_undone_in_their_order(form, qtbot):
    qtbot.mouseClick(form._criteria[1].earlier, LEFT)
    qtbot.mouseClick(form.add, LEFT)
    assert [e.value for e in elements(form)][-1] == Element.OTHER
    press("Ctrl+Z")
    assert len(form._criteria) == 5
    form.maybe.setFocus()
    press("Ctrl+Z")
    assert elements(form) == list(PICOS)
    press("Ctrl+Z")  # nothing is left to undo
    assert form.protocol is not None
    assert elements(form) == list(PICOS)


def test_an_element_that_is_missing_can_be_added_where_it_belongs(form, qtbot):
    assert not any(button.isVisible() for button in form.add_element.values())
    form.title.setText("Peers")
    qtbot.mouseClick(form._criteria[1].remove, LEFT)
    qtbot.mouseClick(form.add_element[Element.INTERVENTIONS], LEFT)
    assert elements(form) == list(PICOS)
    assert [c.id for c in form.protocol().criteria] == [c.id for c in blank().criteria]


def test_a_protocol_that_was_loaded_over_typed_text_is_undone(project_session, qtbot, tmp_path):
    page = ProtocolPage(project_session)
    qtbot.addWidget(page)
    with qtbot.waitExposed(page):
        page.show()
    page.save_file(tmp_path / "before.toml")
    page.edit.click()
    page.form.title.setText("Typed")
    qtbot.keyClicks(page.form._criteria[0]._include, " and carers")
    page.load_file(tmp_path / "before.toml")
    assert page.form.title.text() == "Digital peer support"
    page.perform("undo")
    assert page.form.title.text() == "Typed"
    assert "and carers" in page.form._criteria[0]._include.toPlainText()
    assert page.form.changed
