"""The archive, from the page, its key and the menu: asked beside the project, by the worker."""

from __future__ import annotations

import zipfile

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from ui.session.actions import BY_ID

KEYS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def asked(monkeypatch, tmp_path):
    """Answer the dialog with the name it proposes, in a folder of the test; note what it asks."""
    found = []
    (tmp_path / "out").mkdir()

    def answer(_parent, title, proposed, kinds):
        found.append((title, proposed, kinds))
        return str(tmp_path / "out" / proposed.rpartition("/")[2]), kinds

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    return found


def said(window):
    return window.session.echo.sentence if window.session.echo else ""


def test_its_key_asks_beside_the_project_and_says_where_it_is(
    window, review, asked, qtbot, tmp_path
):
    window.open(review)
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_E, KEYS)
    place = tmp_path / "out" / f"{review.stem}-archive.zip"
    qtbot.waitUntil(lambda: str(place) in said(window))
    with zipfile.ZipFile(place) as archive:
        count = len(archive.namelist())
    assert said(window) == f"The archive was written to {place}: {count} files."
    ((title, proposed, kinds),) = asked
    assert title == "Archive the review"
    assert proposed == str(review.with_name(f"{review.stem}-archive.zip"))
    assert "*.zip" in kinds


def test_it_can_be_stopped_and_leaves_nothing(window, review, asked, qtbot, tmp_path):
    window.open(review)
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_E, KEYS)
    assert window.session.running
    window.session.stop()
    qtbot.waitUntil(lambda: not window.session.running)
    assert list((tmp_path / "out").iterdir()) == []


def test_a_copy_offers_none(window, review, asked, qtbot):
    window.open(review.with_name("a.screener"))
    qtbot.keyClick(QApplication.focusWidget() or window, Qt.Key.Key_E, KEYS)
    assert asked == []


def test_it_stands_in_the_menu_of_files():
    action = BY_ID["archive"]
    assert (action.menu, action.keys) == ("File", ("Ctrl+Shift+E",))
