"""Help on the page that is shown, its acts in the menu, and the text acts of the Edit menu."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit

from ui.session.actions import BY_ID
from ui.window.all_keys import AllKeysCard


@pytest.fixture
def project(window, review):
    assert window.open(review)
    return window


def card(window):
    return next((c for c in window.findChildren(AllKeysCard) if c.isVisible()), None)


def test_f1_says_what_the_page_is_for_and_its_keys(project, qtbot):
    for stage, word in (("screening", "copy of their own"), ("report", "PRISMA 2020")):
        project.frame.go(stage)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_F1)
        shown = card(project)
        assert shown.title.text() == project.frame.page.title
        assert any(word in label.text() for label in shown.findChildren(QLabel))
        qtbot.keyClick(shown, Qt.Key.Key_F1)
        assert card(project) is None


def test_every_page_has_help(project, review):
    for window, file in ((project, review), (project, review.with_name("a.screener"))):
        assert window.open(file)
        for number in range(1, 8):
            window.perform(f"stage-{number}")
            assert len(window.frame.page.help) > 80, window.frame.page.title


def test_the_acts_of_the_page_stand_in_the_menu_with_their_keys(project):
    project.frame.go("screening")
    menu = project.menus._page
    menu.aboutToShow.emit()
    found = [entry.text() for entry in menu.actions()]
    assert "Another reviewer\tN" in found
    assert "Rename\tF2" in found
    project.frame.go("report")
    menu.aboutToShow.emit()
    assert [entry.text() for entry in menu.actions()] == ["Save the diagram\tCtrl+S"]


def test_an_act_of_the_menu_is_done(project, qtbot):
    project.frame.go("screening")
    menu = project.menus._page
    menu.aboutToShow.emit()
    with qtbot.waitSignal(project.session.wanted) as wants:
        next(e for e in menu.actions() if e.text().startswith("Another reviewer")).trigger()
    assert wants.args == ["add-reviewer"]


def test_the_edit_menu_does_its_part_to_what_has_the_keyboard(project, qtbot):
    field = QLineEdit("some words", project)
    field.show()
    field.setFocus()
    for act in ("select", "cut"):
        project.perform(f"{act}-text")
    assert field.text() == ""
    project.perform("paste-text")
    project.perform("paste-text")
    assert field.text() == "some wordssome words"
    project.frame.focus_page()
    project.perform("cut-text")
    assert field.text() == "some wordssome words"
    assert all(f"{act}-text" in BY_ID for act in ("cut", "copy", "paste", "select"))
