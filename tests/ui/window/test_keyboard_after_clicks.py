"""After a click anywhere on a page the keyboard is where the page's keys act, or in a field."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from screener import open_copy, open_project
from screener.model import Stage
from ui.session.dispatch import types_into
from ui.widgets.button import Button
from ui.window.stages import pages_of

KEY, LEFT = Qt.Key, Qt.MouseButton.LeftButton
CLICKED = Qt.FocusPolicy.ClickFocus
TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
STEP = 40  # pixels from one click to the next


@pytest.fixture
def settling(review):
    """A review with one conflict to settle and full text open; Maya has a copy of that too."""
    for name, first in (("a", "include"), ("b", "exclude")):
        with open_copy(review.with_name(f"{name}.screener")) as mine:
            for place, unit in enumerate(mine.screening.queues.queue(TA)):
                mine.screening.decide(unit, "include" if place else first, stage=TA)
            mine.screening.close(TA)
    with open_project(review) as project:
        project.consensus.merge(review.with_name("a.screener"), review.with_name("b.screener"))
        project.screening.open(FT)
        project.consensus.write_copy("Maya", review.with_name("newer.screener"))
    return review


def grounds(page):
    """Return a place on each kind of thing of a page that does nothing when it is clicked."""
    found = {}
    for y in range(10, page.height(), STEP):
        for x in range(10, page.width(), STEP):
            at = page.childAt(x, y) or page
            if not isinstance(at, Button) and not at.focusPolicy() & CLICKED:
                local = at.mapFrom(page, QPoint(x, y)) if at is not page else QPoint(x, y)
                found.setdefault((type(at), at.objectName()), (at, local))
    return list(found.values())


def focusable(page):
    """Return what of a page takes the keyboard when it is clicked, but for its buttons."""
    found = [w for w in page.findChildren(QWidget) if w.isVisible() and w.focusPolicy() & CLICKED]
    return [(w, w.rect().center()) for w in found if not isinstance(w, Button)]


def lost(page):
    """Say where the keyboard is when neither the page's keys act nor anything can be typed."""
    focus = QApplication.focusWidget()
    here = focus is page or (focus is not None and page.isAncestorOf(focus))
    acts = here and focus.isVisible() and (page.hears() or types_into(focus))
    return "" if acts else f"the keyboard is at {focus}"


@pytest.mark.parametrize("name", ["project", "newer", "a"])
def test_no_click_takes_the_keyboard_from_where_keys_act(window, settling, qtbot, name):
    window.resize(1366, 768)
    assert window.open(settling.with_name(f"{name}.screener"))
    frame = window.frame
    for stage in pages_of(window.session):
        frame.go(stage)
        page = frame.page
        if stage == "consensus":
            page.meeting.present.ask_no_more()
            frame.focus_page()
        assert not lost(page), stage
        for widget, point in (*grounds(page), *focusable(page)):
            if not isValid(widget) or not widget.isVisible():
                continue  # a click before it made the page anew
            qtbot.mouseClick(widget, LEFT, pos=point)
            assert frame.page is page
            assert not lost(page), f"{stage}: after a click on {type(widget)}"
            qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
            assert frame.page is page
            assert not lost(page), f"{stage}: after Esc from {type(widget)}"


def test_after_full_text_was_opened_the_keys_of_its_page_act(window, review, qtbot):
    for name in "ab":
        with open_copy(review.with_name(f"{name}.screener")) as mine:
            for unit in mine.screening.queues.queue(TA):
                mine.screening.decide(unit, "include", stage=TA)
            mine.screening.close(TA)
    with open_project(review) as project:
        project.consensus.merge(review.with_name("a.screener"), review.with_name("b.screener"))
    assert window.open(review)
    window.frame.go("full-text")
    page = window.frame.page
    assert not lost(page)
    qtbot.mouseClick(page.empty.second, LEFT)
    qtbot.waitUntil(lambda: not window.session.busy and not page.empty.isVisible())
    assert not lost(page)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_R)
    assert window.session.project.undo_name() == "Full text retrieved"


@pytest.mark.parametrize("wanted", ["consensus:merge", "consensus:agreement", "sources:by-hand"])
def test_a_page_within_a_page_keeps_the_keyboard_too(window, settling, qtbot, wanted):
    window.resize(1366, 768)
    assert window.open(settling)
    window.frame.go(wanted.partition(":")[0])
    page = window.frame.page
    if wanted == "sources:by-hand":
        page.add_by_hand()
    else:
        page.meeting.present.ask_no_more()
        window.frame.focus_page()
    if wanted == "consensus:merge":
        page.check_files([settling.with_name("newer.screener")])
        qtbot.waitUntil(lambda: not window.session.running)
    elif wanted == "consensus:agreement":
        qtbot.keyClick(QApplication.focusWidget(), KEY.Key_A)
    assert not lost(page)
    for widget, point in (*grounds(page), *focusable(page)):
        if isValid(widget) and widget.isVisible():
            qtbot.mouseClick(widget, LEFT, pos=point)
            assert window.frame.page is page
            assert not lost(page), f"{wanted}: after a click on {type(widget)}"
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert not lost(page), f"{wanted}: after Esc"
