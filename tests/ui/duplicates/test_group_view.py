from __future__ import annotations

import pytest

from screener.model import Fields
from ui.duplicates.group_view import GroupView
from ui.duplicates.groups import Mode, Shown, Side
from ui.session.keys import Keys
from ui.session.preferences import PreferencesFile


@pytest.fixture
def view(qtbot):
    found = GroupView(Keys(PreferencesFile()))
    qtbot.addWidget(found)
    found.resize(900, 500)
    return found


def side(count, **fields):
    columns = tuple(
        Shown(uid=str(n), number=n, fields=Fields(**fields), found_in="PubMed")
        for n in range(1, count + 1)
    )
    return Side(columns=columns, why="why", rule="title", kept="1")


@pytest.mark.parametrize("count", [2, 3, 5, 9, 40])
def test_groups_of_any_size_stand_side_by_side_and_are_marked(view, count):
    view.show_side(side(count, title="Peers"), Mode.ASK)
    assert len(view.sides.heads) == count
    view.choose_which(on=True)
    view.mark(0)
    view.mark(count - 1)
    assert view.suggested() == ("1", str(count))
    assert view.answers.split.text().endswith("the same")


def test_records_without_anything_are_shown(view):
    view.show_side(side(2), Mode.ASK)
    assert [head.text()[0] for head in view.sides.heads] == ["A", "B"]
    assert view.kept == "1"


def test_the_shown_record_never_leaves_the_group(view):
    view.show_side(side(3, title="Peers"), Mode.ASK)
    view.move_kept(5)
    assert view.kept == "3"
    view.move_kept(-9)
    assert view.kept == "1"


def test_an_answer_says_its_action_and_the_one_of_enter_stays_marked(view):
    said = []
    view.chosen.connect(said.append)
    view.show_side(side(3, title="Peers"), Mode.ASK)
    view.choose_which(on=True)
    view.mark(0)
    view.mark(1)
    view.answers.split.click()
    view.answers.leave.click()
    view.another.click()
    assert said == ["split", "which", "another-record"]
    assert view.answers.split.isChecked()
