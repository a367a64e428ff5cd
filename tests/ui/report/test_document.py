"""The report as a document, from the page, its key and the menu: written by the worker."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from ui.report.document import ReportCard
from ui.report.page import ReportPage

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Answer the dialog with another ending of the name it proposes; note what it asks."""
    found = []

    def answer(_parent, title, proposed, kinds):
        name = proposed.rpartition("/")[2]
        found.append((title, name, kinds))
        return str(tmp_path / name.replace(".docx", ".html")), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return found


def card(window):
    return window.findChild(ReportCard)


def go_on(window, qtbot):
    qtbot.waitUntil(lambda: card(window) is not None and card(window).spelling.hasFocus())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)


def said(window):
    return window.session.echo.sentence if window.session.echo else ""


def test_its_key_asks_beside_the_project_and_says_where_it_is(
    window, review, asked, qtbot, tmp_path
):
    window.open(review)
    window.frame.go("report")
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_R, CONTROL)
    assert asked == []
    go_on(window, qtbot)
    place = tmp_path / "project-report.html"
    qtbot.waitUntil(lambda: str(place) in said(window))
    assert said(window) == f"The report was written to {place}, a draft that says what is open."
    ((title, name, kinds),) = asked
    assert (title, name) == ("Save the report", "project-report.docx")
    assert [one for one in (".docx", ".pdf", ".html", ".xlsx") if one not in kinds] == []
    assert "Digital peer support" in place.read_text(encoding="utf-8")


def test_the_button_of_the_page_does_the_same(window, review, asked, qtbot, tmp_path):
    window.open(review)
    window.frame.go("report")
    page = window.findChild(ReportPage)
    qtbot.mouseClick(page.report_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(card(window).act, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "The report was written to" in said(window))
    assert (tmp_path / "project-report.html").exists()


def test_the_spelling_is_chosen_and_remembered(window, review, asked, qtbot, tmp_path):
    place = tmp_path / "project-report.html"
    window.open(review)
    window.frame.go("report")
    for chosen, language in (
        (Qt.Key.Key_Right, "en-US"),
        (None, "en-US"),
        (Qt.Key.Key_Left, "en-GB"),
    ):
        qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_R, CONTROL)
        qtbot.waitUntil(lambda: card(window) is not None and card(window).spelling.hasFocus())
        if chosen is not None:
            qtbot.keyClick(QApplication.focusWidget(), chosen)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: place.exists() and not window.session.running)
        assert f'lang="{language}"' in place.read_text(encoding="utf-8")
        place.unlink()
        qtbot.waitUntil(lambda: card(window) is None)
    assert window.session.preferences.current.spelling == "british"


def test_nothing_is_remembered_of_a_report_that_was_not_written(window, review, monkeypatch, qtbot):
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: ("", ""))
    window.open(review)
    window.frame.go("report")
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_R, CONTROL)
    qtbot.waitUntil(lambda: card(window) is not None and card(window).spelling.hasFocus())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert card(window).isVisible()
    assert window.session.preferences.current.spelling == "british"


def test_a_copy_offers_none(window, review, asked, qtbot):
    window.open(review.with_name("a.screener"))
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_R, CONTROL)
    assert asked == []
