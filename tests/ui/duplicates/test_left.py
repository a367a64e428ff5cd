"""What is left to look at: rail, header and page say one number, also when opened again."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from screener import home, open_project
from ui.duplicates import left
from ui.widgets.words import Words
from ui.window.standing import Standings

KEY = Qt.Key


def rail(project):
    return next(line.words for line in Standings(project).lines() if line.id == "duplicates")


def header(page):
    return [words.text() for words in page.header.findChildren(Words) if words.isVisible()]


def agree(page):
    """Check that the rail and the page's own words name the number of open questions."""
    count = len(page._lists.remaining.open)
    assert page.header.lists.text() == f"To look at {count}"
    groups = "group" if count == 1 else "groups"
    assert page.rail_line() == f"{count} {groups} to look at"


def test_the_total_does_not_shrink_while_groups_are_answered(asked, qtbot):
    agree(asked)
    assert "group 1 of 2" in header(asked)
    qtbot.keyClick(asked.group.sides, KEY.Key_D)
    assert "group 2 of 2" in header(asked)
    agree(asked)
    qtbot.keyClick(asked.group.sides, KEY.Key_Backspace)
    assert "group 1 of 2" in header(asked)
    agree(asked)


def test_before_certain_ones_are_joined_the_rail_says_that(page, qtbot, session):
    page.find_duplicates(join=False)
    qtbot.waitUntil(lambda: not session.running)
    assert page.rail_line() == "1 certain group to join"


@pytest.fixture
def again(asked, session, qtbot):
    """Close the project after one answer and open it again, without its page."""
    qtbot.keyClick(asked.group.sides, KEY.Key_D)
    asked.window().hide()
    path = session.project.path
    session.close()
    with open_project(path) as project:
        yield project


def test_the_rail_says_what_is_left_when_the_project_is_opened_again(again):
    assert rail(again) == "1 group to look at"


def test_what_was_answered_elsewhere_is_not_counted_from_memory(again):
    one, other = (unit for unit, _ in again.units.numbered()[:2])
    again.duplicates.different((one, other))
    assert rail(again) == "1 group joined, some to look at"


def test_on_another_computer_the_log_says_that_questions_are_left(again):
    (home() / "duplicates.json").unlink()
    assert rail(again) == "1 group joined, some to look at"


def test_records_that_came_later_are_to_be_compared(again, tmp_path):
    later = tmp_path / "later.ris"
    later.write_text("TY  - JOUR\nTI  - Another\nER  - \n", encoding="utf-8")
    again.sources.import_file(later, source="CINAHL")
    assert rail(again) == "1 group joined, 1 new record to compare"


def test_when_all_is_answered_the_rail_says_what_is_joined(asked, session, qtbot):
    for _ in range(2):
        qtbot.keyClick(asked.group.sides, KEY.Key_D)
    asked.window().hide()
    assert left.remembered(session.project) == 0
    assert rail(session.project) == "1 group joined"


def test_words_have_the_right_number():
    assert left.left_words(1, 1) == "1 group to look at, 1 proposed"
    assert left.left_words(0, 1) == "1 duplicate proposed"
    assert left.left_words(12, 3, 2) == "2 certain groups to join"
    assert left.left_words(0, 0) == ""
