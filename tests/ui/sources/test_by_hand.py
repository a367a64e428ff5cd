"""Adding by hand: Enter does what the button says, and nothing that was written goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

KEY = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(page, qtbot):
    page.window().activateWindow()
    qtbot.waitUntil(page.window().isActiveWindow)
    page.add_by_hand()
    return page.by_hand


@pytest.mark.parametrize("name", ["title", "authors", "year", "journal", "doi", "keywords"])
def test_enter_in_a_field_goes_where_the_button_says(page, view, qtbot, name):
    view.form.fields["title"].fill("Letters from peers")
    view.form.fields[name].setFocus()
    assert view.go_on.key == "Return"
    qtbot.keyClick(view.form.fields[name], KEY.Key_Return)
    assert page.importing.isVisible()
    assert page.importing._queue.current.parsed.entries[0].fields.title == "Letters from peers"


def test_where_enter_begins_a_line_the_button_shows_another_key(page, view, qtbot):
    view.form.fields["title"].fill("Letters from peers")
    abstract = view.form.fields["abstract"]
    abstract.setFocus()
    assert view.go_on.key == "Ctrl+Return"
    qtbot.keyClick(abstract, KEY.Key_Return)
    assert view.isVisible()
    qtbot.keyClick(abstract, KEY.Key_Return, CONTROL)
    assert page.importing.isVisible()


def test_in_the_pasted_text_only_reading_it_has_a_key(page, view, qtbot):
    assert view.paste.hasFocus()
    assert (view.go_on.key, view.read.key) == ("", "Ctrl+Return")
    qtbot.keyClicks(view.paste, "TY  - JOUR")
    qtbot.keyClick(view.paste, KEY.Key_Return)
    qtbot.keyClicks(view.paste, "TI  - Peers by post")
    qtbot.keyClick(view.paste, KEY.Key_Return, CONTROL)
    assert view.form.fields["title"].text() == "Peers by post"
    assert view.go_on.key == "Return"


def test_a_record_that_was_written_is_replaced_only_when_it_is_read_again(
    view, qtbot, heard, session
):
    view.form.fields["title"].setFocus()
    qtbot.keyClicks(view.form.fields["title"], "Written")
    view.paste.fill("TY  - JOUR\nTI  - Peers by post\nER  - ")
    view.read.click()
    assert view.form.fields["title"].text() == "Written"
    assert "read it again" in heard[0][-1]
    view.read.click()
    assert view.form.fields["title"].text() == "Peers by post"


def test_what_is_refused_goes_when_it_is_answered(page, view, qtbot, session):
    view.form.fields["title"].setFocus()
    qtbot.keyClick(view.form.fields["title"], KEY.Key_Return)
    assert session.problem.sentence == "Give the record a title."
    qtbot.keyClicks(view.form.fields["title"], "Peers")
    qtbot.keyClick(view.form.fields["title"], KEY.Key_Return)
    assert page.importing.isVisible()
    assert session.problem is None
