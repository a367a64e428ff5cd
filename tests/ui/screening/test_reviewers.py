"""Screening in the project: who has a copy and how far, in numbers; never a decision."""

from PySide6.QtWidgets import QLabel

from screener import create_project
from ui.screening.reviewers import ReviewersPage
from ui.session.session import Session
from ui.widgets.button import Button


def texts(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def test_reviewers_are_listed_with_what_was_merged(project_session, qtbot):
    page = ReviewersPage(project_session)
    qtbot.addWidget(page)
    page.show()
    assert "Maya Lindqvist" in texts(page)
    assert "Jonas Roth" in texts(page)
    assert texts(page).count("nothing merged yet") == 2


def test_a_newer_copy_is_asked_for_by_name(project_session, qtbot):
    page = ReviewersPage(project_session)
    qtbot.addWidget(page)
    page.show()
    again = [b for b in page.findChildren(Button) if b.objectName() == "Jonas Roth"]
    with qtbot.waitSignal(page.session.wanted) as wants:
        again[0].click()
    assert wants.args == ["add-reviewer:Jonas Roth"]


def test_with_nobody_the_page_says_what_comes_first(tmp_path, qtbot):
    session = Session(create_project(tmp_path / "p.screener", title="Sleep"))
    page = ReviewersPage(session)
    qtbot.addWidget(page)
    page.show()
    assert "No reviewers yet" in texts(page)
    assert not page.merge.isVisible()
    session.project.consensus.write_copy("Maya", tmp_path / "a.screener")
    assert "Maya" in texts(page)
    assert page.merge.isVisible()
    session.close()
