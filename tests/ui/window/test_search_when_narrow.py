"""Letters typed into a search stay in it, also where the window has no room for a list beside."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from screener import open_copy, open_project
from screener.model import Stage

K = Qt.Key
FIRST = Stage.TITLE_ABSTRACT
SIZES = [(1024, 680), (900, 560)]


@pytest.fixture
def merged(review):
    """The project after both decided: two disagree on the last half, the first half passed."""
    for name, verdict in (("a", "include"), ("b", "exclude")):
        with open_copy(review.with_name(f"{name}.screener")) as mine:
            for place, unit in enumerate(mine.screening.queues.queue(FIRST)):
                mine.screening.decide(unit, verdict if place > 2 else "include", stage=FIRST)
            mine.screening.close(FIRST)
    with open_project(review) as project:
        project.consensus.merge(review.with_name("a.screener"), review.with_name("b.screener"))
        project.screening.open(Stage.FULL_TEXT)
    return review


def keys(qtbot, *pressed):
    """Press keys, each where the keyboard is by then."""
    for key in pressed:
        focus = QApplication.focusWidget()
        assert focus is not None
        if isinstance(key, str):
            qtbot.keyClicks(focus, key)
        else:
            qtbot.keyClick(focus, key)
        QApplication.processEvents()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("stage", ["consensus", "full-text", "duplicates", "sources", "screening"])
def test_a_word_stays_in_the_search_and_records_nothing(window, merged, qtbot, stage, size):
    path = merged.with_name("a.screener") if stage == "screening" else merged
    if stage == "screening":
        with open_copy(path) as mine:
            mine.screening.reopen(FIRST, "once more")
    assert window.open(path)
    window.resize(*size)
    window.frame.go(stage)
    page = window.frame.page
    if stage == "consensus":
        page.meeting.present.ask_no_more()
        page.focus_first()
    if stage == "sources":
        keys(qtbot, K.Key_Return)
    before = window.session.project.counts()
    recorded = []
    window.session.changed.connect(recorded.append)
    keys(qtbot, "/")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    keys(qtbot, *"eligible")
    assert QApplication.focusWidget() is field
    assert field.isVisible()
    assert field.text() == "eligible"
    keys(qtbot, K.Key_Return)
    assert (window.session.project.counts(), recorded) == (before, [])


def test_the_list_that_was_searched_stays_until_it_is_left(window, merged, qtbot):
    assert window.open(merged)
    window.resize(*SIZES[0])
    window.frame.go("consensus")
    meeting = window.frame.page.meeting
    meeting.present.ask_no_more()
    window.frame.page.focus_first()
    assert not meeting.list.isVisible()
    keys(qtbot, "/", *"peer", K.Key_Return)
    assert meeting.list.hasFocus()
    keys(qtbot, K.Key_Down, K.Key_Return)
    assert meeting.item.record.hasFocus()
    assert not meeting.list.isVisible()
