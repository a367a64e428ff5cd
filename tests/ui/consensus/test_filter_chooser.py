"""The meeting's list narrowed to one kind, criterion or pair: by key, with counts, and kept so."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from screener import open_copy, open_project
from screener.consensus.reveal import Level
from screener.model import MaybeRule, Stage
from ui.consensus.page import ConsensusPage

K = Qt.Key
TA = Stage.TITLE_ABSTRACT
INCLUDE, MAYBE = ("include", "", {}), ("maybe", "", {})
OUT, DESIGN = ("exclude", "participants", {}), ("exclude", "study-design", {})
SAID = {
    "Maya Lindqvist": (INCLUDE, MAYBE, INCLUDE, INCLUDE, INCLUDE),
    "Jonas Roth": (OUT, OUT, DESIGN, INCLUDE, OUT),
    "Ida Berg": (OUT, OUT, INCLUDE, DESIGN, INCLUDE),
}
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no grabs


@pytest.fixture
def three(tmp_path, planted_review, planted_screen):
    """Three reviewers' decisions on five records, merged and all of it shown."""
    path = planted_review(tmp_path, [f"Invented title {n}" for n in range(5)])
    with open_project(path) as project:
        project.protocol.set(replace(project.protocol.current, maybe=MaybeRule.ADVANCES))
        project.consensus.add_person("Ida Berg")
        files = {name: tmp_path / f"{number}.screener" for number, name in enumerate(SAID)}
        for name, file in files.items():
            project.consensus.write_copy(name, file)
    for name, file in files.items():
        planted_screen(file, SAID[name])
    with open_project(path) as project:
        project.consensus.merge(*files.values())
        project.consensus.reveal(3)
    return path


@pytest.fixture
def page(three, session_on, show):
    return show(ConsensusPage(session_on(three)))


@pytest.fixture
def meeting(page):
    return page.meeting


def press(qtbot, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget(), key, modifier)


def entries(menu):
    return {a.text().partition("   ")[0]: a for a in menu.actions() if not a.isSeparator()}


@pytest.fixture
def pick(page, qtbot, qapp):
    """Open the menu with its key and go through it with the keyboard, by words."""

    def picked(*path):
        press(qtbot, K.Key_Q)
        for words in path:
            menu = qapp.activePopupWidget()
            menu.setActiveAction(entries(menu)[words])
            qtbot.keyClick(menu, K.Key_Return)
        assert qapp.activePopupWidget() is None

    return picked


def offered(qtbot, qapp):
    """What the menu offers, each menu within it with its lines."""
    press(qtbot, K.Key_Q)
    menu = qapp.activePopupWidget()
    found = {}
    for action in menu.actions():
        if action.menu() is not None:
            action.menu().aboutToShow.emit()
            found[action.text()] = [line.text() for line in action.menu().actions()]
    menu.close()
    return found


def numbers(meeting):
    return [meeting.meeting.item(at).unit.number for at in meeting.meeting.order()]


def settle(qtbot, key=K.Key_I):
    press(qtbot, key)
    qtbot.keyClicks(QApplication.focusWidget(), "Read together")
    press(qtbot, K.Key_Return)


def test_kinds_criteria_and_pairs_are_offered_with_counts(page, meeting, qtbot, qapp):
    assert offered(qtbot, qapp) == {
        "By kind": ["Conflict, include/exclude   4", "Conflict, maybe/exclude   1"],
        "By criterion": ["Participants   3", "Study design   2"],
        "By pair": [
            "Maya Lindqvist and Jonas Roth   4",
            "Maya Lindqvist and Ida Berg   3",
            "Jonas Roth and Ida Berg   3",
        ],
    }
    headings = [group.heading for group in meeting.meeting.groups()]
    assert headings == ["Conflict, include/exclude", "Conflict, maybe/exclude"]


def test_the_list_is_narrowed_and_what_is_left_of_it_and_of_all_is_said(page, meeting, pick):
    chooser = meeting.header.filter
    pick("By kind", "Conflict, maybe/exclude")
    assert numbers(meeting) == [2]
    assert chooser.text() == "Conflict, maybe/exclude: to settle 1 of 5"
    pick("By criterion", "Study design")
    assert numbers(meeting) == [3, 4]
    assert chooser.text() == "Study design: to settle 2 of 5"
    pick("By pair", "Jonas Roth and Ida Berg")
    assert numbers(meeting) == [3, 4, 5]
    assert meeting.item.record.hasFocus()
    pick("To settle")
    assert numbers(meeting) == [1, 3, 4, 5, 2]
    assert chooser.text() == "To settle 5"


def test_going_on_stays_in_the_group_and_then_the_others_are_offered(page, meeting, pick, qtbot):
    pick("By criterion", "Study design")
    settle(qtbot)
    assert numbers(meeting) == [4]
    assert meeting.item.found.unit.number == 4
    assert meeting.header.filter.text() == "Study design: to settle 1 of 4"
    settle(qtbot)
    assert meeting.item.found is None
    assert meeting.done.button.text() == "Show all"
    assert meeting.done.button.key == "Esc"
    press(qtbot, K.Key_Escape)
    assert numbers(meeting) == [1, 5, 2]
    assert meeting.item.record.hasFocus()


def test_the_button_shows_the_others_too(page, meeting, pick, qtbot):
    pick("By kind", "Conflict, maybe/exclude")
    settle(qtbot)
    qtbot.mouseClick(meeting.done.button, Qt.MouseButton.LeftButton)
    assert numbers(meeting) == [1, 3, 4, 5]
    pick("Settled")
    assert numbers(meeting) == [2]


def test_what_is_taken_back_is_shown_outside_the_group_too(page, meeting, pick, qtbot):
    settle(qtbot)
    pick("By kind", "Conflict, maybe/exclude")
    press(qtbot, K.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert meeting.item.found.unit.number == 1
    assert meeting.meeting.narrowed is None


@pytest.mark.parametrize(
    ("level", "offers"),
    [
        (Level.RECORD, []),
        (Level.DECISIONS, ["By kind"]),
        (Level.NAMES, ["By kind", "By pair"]),
        (Level.EVERYTHING, ["By kind", "By criterion", "By pair"]),
    ],
)
def test_nothing_is_offered_that_the_level_hides(page, meeting, qtbot, qapp, level, offers):
    for _ in range(Level.EVERYTHING - level):
        press(qtbot, K.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert list(offered(qtbot, qapp)) == offers


def test_showing_less_ends_a_group_that_would_tell(page, meeting, pick, qtbot):
    pick("By criterion", "Study design")
    press(qtbot, K.Key_R, Qt.KeyboardModifier.ShiftModifier)
    assert meeting.meeting.level is Level.NAMES
    assert len(numbers(meeting)) == 5


def test_with_two_reviewers_there_are_no_pairs(merged, session_on, show, qtbot, qapp):
    show(ConsensusPage(session_on(merged)))
    assert list(offered(qtbot, qapp)) == ["By kind", "By criterion"]


def test_a_form_is_narrowed_to_a_question(answered, session_on, show, qtbot, qapp):
    page = ConsensusPage(session_on(answered.project))
    show(page)
    assert "By question" in offered(qtbot, qapp)


@pytest.fixture
def flagged(three):
    """Ida flags the second record and the fourth."""
    with open_copy(three.with_name("2.screener")) as ida:
        ida.screening.reopen(TA, "two to talk about")
        for unit in ida.screening.to_screen(TA)[1:4:2]:
            ida.screening.notes.set_flag(unit, TA, on=True)
        ida.screening.close(TA)
    with open_project(three) as project:
        project.consensus.merge(three.with_name("2.screener"))
    return three


def test_what_a_reviewer_flagged_is_a_group_and_stands_in_the_item(
    flagged, session_on, show, qtbot, qapp
):
    page = show(ConsensusPage(session_on(flagged)))
    less = Qt.KeyboardModifier.ShiftModifier
    press(qtbot, K.Key_R, less)
    assert page.meeting.meeting.level is Level.NAMES
    press(qtbot, K.Key_Q)
    menu = qapp.activePopupWidget()
    found = entries(menu)["Flagged for the meeting"]
    assert found.text().endswith(" 2")
    menu.setActiveAction(found)
    qtbot.keyClick(menu, K.Key_Return)
    assert numbers(page.meeting) == [4, 2]
    item = page.meeting.item
    assert [column.title for column in item.columns if column.flagged] == ["Ida Berg"]
    shown = item.comparison.findChildren(QWidget)
    assert "Ida Berg, flagged: yes" in [one.accessibleName() for one in shown]
    press(qtbot, K.Key_R, less)
    assert page.meeting.meeting.level is Level.DECISIONS
    assert not any(column.flagged for column in item.columns)
