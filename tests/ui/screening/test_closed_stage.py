"""A closed stage: looking through its records, the way back, and keys that say why they rest."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from screener import open_copy, open_project
from screener.model import Stage, Verdict
from screener.screening.screening import Queue
from tests.screener.conftest import Making
from ui.screening.model import State
from ui.widgets.button import Button

TA = Stage.TITLE_ABSTRACT
KEY = Qt.Key


@pytest.fixture
def remarks_of():
    """Listen to what a page says in passing."""

    def listened(page):
        said = []
        page.session.remarked.connect(said.append)
        return said

    return listened


@pytest.fixture
def remarks(page, remarks_of):
    """What was said in passing."""
    return remarks_of(page)


@pytest.fixture
def closed(page, press):
    """The closing page of a stage in which every record is decided."""
    press(*"imimim")
    page.nothing.button.click()
    assert page._stack.currentWidget() is page.closed
    return page


@pytest.fixture
def looking(closed, qtbot):
    """A closed stage whose records are looked through."""
    qtbot.mouseClick(closed.closed.look, Qt.MouseButton.LeftButton)
    assert closed.reading.record.isVisible()
    return closed


def test_escape_goes_back_to_the_closing_page(looking, press):
    press("j", KEY.Key_Escape)
    assert looking._stack.currentWidget() is looking.closed
    assert looking.closed.copy.hasFocus()


def test_escape_folds_the_list_and_ends_a_search_first(looking, press, qtbot):
    press("v", "/")
    qtbot.keyClicks(looking.header.field, "peer")
    press(KEY.Key_Return)
    for still in (looking.reading.list, looking.reading.record):
        press(KEY.Key_Escape)
        assert still.isVisible()
    press(KEY.Key_Escape)
    assert looking._stack.currentWidget() is looking.closed


def test_a_button_of_the_header_goes_back(looking, qtbot):
    back = looking.header.back
    assert back.isVisible()
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert looking._stack.currentWidget() is looking.closed
    assert not back.isVisible()


def test_the_way_back_is_offered_where_a_closed_stage_is_looked_through_only(page, press):
    assert not page.header.back.isVisible()
    press("2")
    page.show_at(Queue.ALL)
    assert not page.header.back.isVisible()


@pytest.mark.parametrize("key", ["i", "e", "m", "2", "a", "n", "f", "="])
def test_keys_that_record_say_why_nothing_happens(looking, press, remarks, key):
    unit = looking.model.sheet.unit.id
    press(key)
    assert remarks == [
        "Title and abstract is closed: nothing was recorded. Reopen it to decide again."
    ]
    assert looking.model.sheet.unit.id == unit
    screening = looking.session.project.screening
    assert screening.decision(unit, TA).verdict is Verdict.INCLUDE
    assert screening.notes.note(unit, TA) == ""


def test_on_the_closing_page_they_say_it_too(closed, press, remarks, qtbot):
    press("i", "e")
    assert len(remarks) == 2
    closed.closed.reopen.click()
    qtbot.keyClicks(closed.closed.why, "I misread one, i.e. the first")
    assert len(remarks) == 2
    assert closed.closed.why.text() == "I misread one, i.e. the first"


def test_why_a_stage_is_opened_again_stays_until_it_is(closed, press, qtbot):
    qtbot.mouseClick(closed.closed.reopen, Qt.MouseButton.LeftButton)
    qtbot.keyClicks(closed.closed.why, "I misread one")
    press(KEY.Key_Escape)
    closed.refresh()
    assert closed.closed.why.text() == "I misread one"
    assert closed.closed.why.isVisible()
    qtbot.mouseClick(closed.closed.confirm, Qt.MouseButton.LeftButton)
    assert not closed.closed.isVisible()
    closed.model.session.project.screening.close(TA)
    closed.refresh()
    assert closed.closed.why.text() == ""


def test_where_a_record_may_be_decided_nothing_is_remarked(page, press, remarks):
    press("a", "i", "n", KEY.Key_Escape)
    assert remarks == []


def test_an_empty_queue_of_a_closed_stage_offers_what_there_is(looking, press):
    looking._on_queue_chosen(Queue.FLAGGED)
    assert looking._stack.currentWidget() is looking.nothing
    offered = [b.text() for b in looking.nothing.findChildren(Button) if b.isVisible()]
    assert offered == ["Show all records", "To the closing page"]
    looking.nothing.button.click()
    assert looking.model.state is State.RECORD
    assert len(looking.model.line) == 6
    looking._on_queue_chosen(Queue.PENDING)
    press(KEY.Key_Escape)
    assert looking._stack.currentWidget() is looking.closed
    looking.closed.look.click()
    looking._on_queue_chosen(Queue.PENDING)
    looking.nothing.second.click()
    assert looking._stack.currentWidget() is looking.closed


def test_go_to_what_is_pending_goes_there(page, press):
    page._on_queue_chosen(Queue.FLAGGED)
    assert page.nothing.button.text() == "Go to what is pending"
    page.nothing.button.click()
    assert page.model.state is State.RECORD
    assert page.header.queue.text() == "Pending 6"


def test_an_empty_queue_of_a_decided_stage_offers_all_and_closing(page, press):
    press(*"imimim")
    page._on_queue_chosen(Queue.FLAGGED)
    assert page.nothing.button.text() == "Show all records"
    page.nothing.second.click()
    assert page.nothing.button.text() == "Close the stage"
    assert page.model.code == ""
    page.nothing.second.click()
    assert len(page.model.line) == 6


def test_a_click_on_the_stage_in_the_rail_goes_back(window, review, qtbot):
    path = review.with_name("a.screener")
    with open_copy(path) as copy:
        for unit in copy.screening.to_screen(TA):
            copy.screening.decide(unit, Verdict.INCLUDE, stage=TA)
        copy.screening.close(TA)
    assert window.open(path)
    window.frame.go("title-abstract")
    page = window.frame.page
    page.closed.look.click()
    assert page.reading.record.isVisible()
    stages = window.frame.rail._list
    place = stages.visualRect(stages.currentIndex()).center()
    QTest.mouseClick(stages.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(page.closed.isVisible)
    assert page.closed.isAncestorOf(QApplication.focusWidget())


def test_who_has_yet_to_screen_sees_full_text_when_title_and_abstract_are_closed(
    window, review, qtbot
):
    for letter in "ab":
        with open_copy(review.with_name(f"{letter}.screener")) as copy:
            for place, unit in enumerate(copy.screening.to_screen(TA)):
                verdict = Verdict.INCLUDE if place in (1, 4) else Verdict.EXCLUDE
                copy.screening.decide(unit, verdict, stage=TA)
            copy.screening.close(TA)
    with open_project(review) as project:
        project.consensus.merge(*(review.with_name(f"{letter}.screener") for letter in "ab"))
        project.screening.open(Stage.FULL_TEXT)
        project.consensus.write_copy("Ruth Amsler", review.with_name("third.screener"))
    assert window.open(review.with_name("third.screener"))
    window.session.preferences.change(moment=0)
    window.frame.go("full-text")
    assert window.frame.page.nothing.accessibleName().startswith(
        "Full text comes after title and abstract"
    )
    window.frame.go("title-abstract")
    page = window.frame.page
    assert page.header.queue.text() == "Pending 6"
    for _ in range(6):
        qtbot.keyClick(QApplication.focusWidget(), "i")
    qtbot.mouseClick(page.nothing.button, Qt.MouseButton.LeftButton)
    assert page.closed.isVisible()
    window.frame.go("full-text")
    assert window.frame.page.header.queue.text() == "Pending 2"


# --- what came after the stage was closed ---------------------------------------------------------


@pytest.fixture
def later(window, review, tmp_path):
    """The window on a copy that was closed, then took two records of a later search in."""
    path = review.with_name("a.screener")
    with open_copy(path) as copy:
        for unit in copy.screening.to_screen(TA):
            copy.screening.decide(unit, Verdict.INCLUDE, stage=TA)
        copy.screening.close(TA)
    with open_project(review) as project:
        Making.fill(project, tmp_path, 2, source="Scopus", mark="later")
        project.consensus.write_copy("Maya Lindqvist", review.with_name("newer.screener"))
    with open_copy(path) as copy:
        copy.consensus.merge(review.with_name("newer.screener"))
    assert window.open(path)
    window.session.preferences.change(moment=0)
    window.frame.go("title-abstract")
    return window.frame.page


def test_what_came_later_is_screened_by_one_button_and_closed_with_a_new_code(
    later, window, qtbot, remarks_of
):
    closed = later.closed
    assert closed.isVisible()
    assert closed.send.text() == "2 new records: screen them"
    assert closed.send.hasFocus()
    first = later.model.code
    qtbot.keyClick(closed.send, KEY.Key_Return)
    assert later.header.queue.text() == "Pending 2"
    told = remarks_of(later)
    for key in "ie":
        qtbot.keyClick(QApplication.focusWidget(), key)
    assert told == []
    assert closed.isVisible()
    assert closed.send.text() == "Close the stage"
    assert closed.copy.hasFocus()
    qtbot.mouseClick(closed.send, Qt.MouseButton.LeftButton)
    assert closed.send.text() == "Send my decisions…"
    screening = window.session.project.screening
    assert later.model.code != first
    assert screening.closed(TA)
    assert window.session.project.consensus.context.told(TA).reopened == ()


def test_what_was_closed_before_stays_closed_beside_what_is_new(later, window, qtbot, remarks_of):
    qtbot.keyClick(later.closed.send, KEY.Key_Return)
    told = remarks_of(later)
    later._on_queue_chosen(Queue.ALL)
    unit = next(u for u in later.model.line.ids if u not in later.model.since)
    later.model.go_to(unit)
    qtbot.keyClick(QApplication.focusWidget(), "e")
    assert told == [
        "Title and abstract is closed: nothing was recorded. Reopen it to decide again."
    ]
    assert window.session.project.screening.decision(unit, TA).verdict is Verdict.INCLUDE
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert later.closed.send.text() == "2 new records: screen them"
