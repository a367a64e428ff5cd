"""One item of the meeting: what is said beside it, what is typed, how wide the comparison is."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener.consensus.reveal import Level
from screener.model import Outcome
from ui.consensus.drafts import Draft
from ui.consensus.item import NARROWEST
from ui.consensus.page import ConsensusPage

K = Qt.Key


@pytest.fixture
def page(merged, session_on, show):
    return show(ConsensusPage(session_on(merged)))


@pytest.fixture
def meeting(page):
    return page.meeting


def press(qtbot, key):
    qtbot.keyClick(QApplication.focusWidget(), key)


def write(qtbot, text):
    qtbot.keyClicks(QApplication.focusWidget(), text)


def test_moving_stops_at_both_ends_of_the_list(page, meeting, qtbot):
    order = meeting.meeting.order()
    press(qtbot, K.Key_Down)
    press(qtbot, K.Key_Up)
    assert meeting.shown() == order[0]
    for _ in order:
        press(qtbot, K.Key_Down)
    assert meeting.shown() == order[-1]


def test_the_level_is_chosen_by_its_control_too(page, meeting, qtbot):
    meeting.item.segments.setFocus()
    for level in (2, 1):
        qtbot.keyClick(meeting.item.segments, K.Key_Left)
        assert meeting.meeting.level == level
        assert meeting.item.segments.current() == str(level)


def test_what_changed_since_is_said_beside_the_heading_with_everything_seen_alone(
    page, meeting, qtbot
):
    found = replace(meeting.item.found, stale=True)
    fresh = {}
    for level in reversed(Level):
        meeting.meeting.reveal(level)
        meeting.item.show_found(replace(found, stale=False), meeting.meeting)
        fresh[level] = meeting.item.words.text()
        meeting.item.show_found(found, meeting.meeting)
        said = meeting.item.words.text()
        stale = meeting.meeting.painter.stale
        assert said == (f"{fresh[level]} · {stale}" if level is Level.EVERYTHING else fresh[level])
    assert fresh[Level.EVERYTHING]
    # Where nothing else is said, it stands alone.
    meeting.meeting.reveal(Level.EVERYTHING)
    meeting.item.show_found(replace(found, elements=()), meeting.meeting)
    assert meeting.item.words.text() == meeting.meeting.painter.stale


def test_an_adjudication_without_names_is_said_to_be_one(page, meeting):
    meeting.meeting.reveal(Level.DECISIONS)
    meeting.item.show_who()
    before = meeting.item.words.text()
    meeting.present.attendance.arbitrator = "Dr. Halloran"
    meeting.item.show_who()
    assert meeting.item.words.text() == f"adjudication, {before}"
    assert meeting.item.bar.arbitrator.isHidden()


@pytest.mark.parametrize("columns", [2, 3, 5])
@pytest.mark.parametrize("large", [False, True])
def test_the_comparison_has_room_for_its_columns_and_leaves_the_record_half(
    page, meeting, qtbot, columns, large
):
    item = meeting.item
    page.parentWidget().resize(2400, 900)
    page.resize(2400, 900)
    item.columns = item.columns[:1] * columns
    item.set_large(large)
    item._resize_comparison()
    wide = {2: 120 + 140 * 2, 3: 128 + 104 * 3, 5: 128 + 104 * 5}[columns]
    assert item.comparison.width() == round(wide * (1.25 if large else 1))
    page.resize(800, 700)
    item._resize_comparison()
    share = max(round(item.width() * 0.54), NARROWEST)
    assert item.comparison.width() == max(share, item.comparison.least_width())


def test_a_choice_that_is_shown_already_keeps_its_reason(page, meeting, qtbot):
    press(qtbot, K.Key_E)
    meeting.item.bar.buttons["settle-reason-2"].click()
    chosen = meeting.item.choice
    assert chosen.reason
    meeting.item.bar.buttons["settle-exclude"].click()
    assert meeting.item.choice == chosen
    meeting.item.bar.buttons["settle-include"].click()
    assert meeting.item.choice.value == Outcome.INCLUDE
    meeting.item.bar.buttons["settle-exclude"].click()
    assert meeting.item.choice.reason == ""


def test_a_reason_that_is_not_settled_is_known_whatever_item_is_shown(page, meeting, qtbot):
    assert meeting.item.typed is None
    first = meeting.shown()
    press(qtbot, K.Key_I)
    assert meeting.item.typed is None, "nothing is typed yet"
    write(qtbot, "half")
    here = (meeting.meeting.step, first)
    assert meeting.item.typed == here
    assert {at: one.why for at, one in meeting.item.texts.items()} == {here: "half"}
    meeting.show_other(1)
    assert meeting.item.typed == here
    assert meeting.item.texts[here].why == "half"
    write(qtbot, "  ")
    meeting.show_item(first)
    meeting.item.bar.because.setText("   ")
    assert meeting.item.typed is None
    meeting.item.bar.because.setText("half")
    meeting.item.focus_shown()
    press(qtbot, K.Key_I)
    press(qtbot, K.Key_Return)
    assert meeting.shown() != first
    assert meeting.item.typed is None


def test_a_phrase_that_came_with_the_choice_is_nothing_typed(page, meeting, qtbot):
    meeting.item.bar.buttons["needs-full-text"].click()
    assert meeting.item.bar.because.text()
    assert meeting.item.typed is None
    write(qtbot, " because")
    assert meeting.item.typed is not None


def test_what_was_typed_elsewhere_stands_where_its_item_is_opened(page, meeting):
    other = meeting.meeting.order()[2]
    draft = Draft(why="typed in another window")
    page.take_typed({(meeting.meeting.step, other): draft})
    assert [(key, one.why) for key, one in page.typed().items()] == [
        ((meeting.meeting.step, other), "typed in another window")
    ]
    assert meeting.item.typed == (meeting.meeting.step, other)
    meeting.show_item(other)
    assert meeting.item.bar.because.text() == "typed in another window"


def test_what_was_settled_is_said_with_its_mark_its_time_and_that_it_can_be_taken_back(
    page, meeting, qtbot
):
    title = meeting.item.found.unit.title
    press(qtbot, K.Key_E)
    write(qtbot, "Read together")
    press(qtbot, K.Key_Return)
    echo = page.session.echo
    assert title in echo.sentence
    assert (echo.sign, echo.can_take_back, echo.can_repeat) == ("exclude", True, False)
    assert echo.saved
    meeting.take_back()
    echo = page.session.echo
    assert (echo.can_take_back, echo.can_repeat) == (False, True)
    assert echo.saved
    meeting.repeat()
    echo = page.session.echo
    assert (echo.can_take_back, echo.can_repeat) == (True, False)
