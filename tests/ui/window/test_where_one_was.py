"""A review that is opened again arrives at the stage and the record where it was left."""

from __future__ import annotations

import shutil

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener import create_project, open_copy, open_project
from screener.model import Stage, Verdict

K = Qt.Key
TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def press(qtbot, window, key, modifier=Qt.KeyboardModifier.NoModifier):
    qtbot.keyClick(QApplication.focusWidget() or window, key, modifier)


def go(qtbot, window, number):
    press(qtbot, window, K(K.Key_0 + number), Qt.KeyboardModifier.ControlModifier)


def close(qtbot, window):
    press(qtbot, window, K.Key_W, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: window.session is None)


@pytest.mark.parametrize(("number", "stage"), [(2, "sources"), (9, "report")])
def test_a_project_is_opened_where_it_was_left(window, review, qtbot, number, stage):
    window.open(review)
    assert window.frame.current == "protocol"
    go(qtbot, window, number)
    close(qtbot, window)
    window.open(review)
    assert window.frame.current == stage


def test_it_is_known_in_the_next_window_too(window, review, qtbot, qapp):
    from ui.application import build

    window.open(review)
    go(qtbot, window, 9)
    window.close()
    qtbot.waitUntil(lambda: window.session is None)
    other = build(qapp)
    qtbot.addWidget(other)
    other.show()
    other.open(review)
    assert other.frame.current == "report"
    other.close_review()


def test_another_review_in_its_place_begins_at_its_beginning(window, review, qtbot, tmp_path):
    window.open(review)
    go(qtbot, window, 8)
    close(qtbot, window)
    with create_project(tmp_path / "other.screener", title="Another"):
        pass
    shutil.move(tmp_path / "other.screener", review)
    window.open(review)
    assert window.frame.current == "protocol"


def test_a_copy_is_opened_at_the_record_where_it_was_left(window, review, qtbot):
    mine = review.with_name("a.screener")
    with open_copy(mine) as copy:
        copy.screening.decide(copy.units.ids()[0], Verdict.INCLUDE, stage=TA)
    window.open(mine)
    for _ in range(2):
        press(qtbot, window, K.Key_J)
    left = window.frame.page.model.sheet.unit.number
    close(qtbot, window)
    window.open(mine)
    assert window.frame.current == TA
    assert window.frame.page.model.sheet.unit.number == left == 4


def test_a_copy_with_both_stages_open_is_opened_at_the_one_that_was_left(window, review, qtbot):
    with open_project(review) as project:
        for name in "ab":
            copy = review.with_name(f"{name}.screener")
            with open_copy(copy) as mine:
                for unit in mine.units.ids():
                    mine.screening.decide(unit, Verdict.INCLUDE, stage=TA)
                mine.screening.close(TA)
            project.consensus.merge(copy)
        project.screening.open(FT)
        name = project.consensus.reviewers()[0].name
        project.consensus.write_copy(name, review.with_name("newer.screener"))
    newer = review.with_name("newer.screener")
    with open_copy(newer) as mine:
        mine.screening.reopen(TA, "read again")
    window.open(newer)
    assert window.frame.current == TA
    go(qtbot, window, 3)
    assert window.frame.current == FT
    close(qtbot, window)
    window.open(newer)
    assert window.frame.current == FT
