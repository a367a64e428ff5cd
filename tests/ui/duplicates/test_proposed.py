"""Duplicates that reviewers proposed while screening, as the coordinator answers them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from screener import open_copy
from screener.model import Stage
from ui.duplicates.groups import Mode
from ui.widgets.words import Words
from ui.window.standing import Standings

KEY = Qt.Key
TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def proposed(session, tmp_path, make_page, qtbot):
    """A page on a project into which Maya's and Jonas's proposals came: 2 and 3, 4 and 6."""
    project = session.project
    for name, pairs in (("Maya", (("2", "3"), ("4", "6"))), ("Jonas", (("3", "2"),))):
        copy = tmp_path / f"{name}.screener"
        project.consensus.write_copy(name, copy)
        with open_copy(copy) as mine:
            for one, other in pairs:
                mine.screening.proposals.propose_duplicate(
                    mine.units.find(one), mine.units.find(other), TA
                )
    project.consensus.merge(tmp_path / "Maya.screener", tmp_path / "Jonas.screener")
    page = make_page()
    page.show_at("proposed")
    return page


def shown(page):
    return [column.number for column in page.group.side.columns]


def press(page, qtbot, key):
    qtbot.keyClick(page.group.sides, key)


def words(page):
    return [label.text() for label in page.findChildren(Words) if label.isVisible()]


def test_they_are_questions_that_name_who_proposed(proposed, session):
    assert shown(proposed) == [2, 3]
    assert any(text.startswith("Jonas and Maya proposed it while scr") for text in words(proposed))
    assert "rule: proposal" in words(proposed)
    assert proposed.header.lists.text() == "Proposed 2"
    lines = {line.id: line.words for line in Standings(session.project).lines()}
    assert (proposed.rail_line() or lines["duplicates"]) == "2 duplicates proposed"


def test_the_rail_says_it_before_the_page_is_opened(proposed, session):
    lines = {line.id: line.words for line in Standings(session.project).lines()}
    assert lines["duplicates"] == "2 duplicates proposed"


def test_same_and_different_settle_them_and_undo_opens_them(proposed, session, qtbot):
    press(proposed, qtbot, KEY.Key_S)
    (join,) = session.project.duplicates.joined()
    assert (join.rule, join.by_hand, len(join.records)) == ("proposal", True, 2)
    assert shown(proposed) == [4, 6]
    press(proposed, qtbot, KEY.Key_D)
    assert session.project.duplicates.proposals() == []
    assert proposed._mode is Mode.ASK
    proposed.perform("take-back-group")
    proposed.perform("take-back-group")
    assert len(session.project.duplicates.proposals()) == 2


def test_later_puts_one_behind_the_others(proposed, session, qtbot):
    before = session.project.counts()
    press(proposed, qtbot, KEY.Key_L)
    assert shown(proposed) == [4, 6]
    press(proposed, qtbot, KEY.Key_L)
    assert shown(proposed) == [2, 3]
    assert session.project.counts() == before


def test_when_nothing_else_is_left_they_are_offered(proposed, session, qtbot):
    press(proposed, qtbot, KEY.Key_Escape)
    proposed.find_duplicates()
    qtbot.waitUntil(lambda: not session.running)
    while proposed.group.isVisible():
        press(proposed, qtbot, KEY.Key_D)
    left = session.project.duplicates.proposals()
    assert len(left) == 1, "the other was answered with the finder's question"
    assert any(
        text.endswith("There was 1 duplicate proposed while screening.") for text in words(proposed)
    )
    proposed.empty.button.click()
    assert shown(proposed) == [4, 6]
