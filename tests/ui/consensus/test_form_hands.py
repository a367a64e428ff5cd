"""What hands do in the meeting of a form: numbers, Esc, keys that have nothing to do."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener.model import AnswerState
from tests.ui.consensus.test_form import K, agreed, at, press, row, sheet, write
from ui.consensus.page import ConsensusPage
from ui.session.actions import Where
from ui.session.key_table import KeyGroup
from ui.widgets.words import Words

__all__ = ["at"]
VALUE = AnswerState.VALUE


@pytest.fixture
def session(answered, at, session_on):
    """A session on a project with a form that was answered with differences, read before."""
    del at
    return session_on(answered.project)


@pytest.fixture
def page(session, show):
    """The page of the meeting, begun."""
    return show(ConsensusPage(session))


@pytest.fixture
def dose(page, at):
    """The dose is the row in focus: a number with a unit."""
    item = at(1, "dose", "telephone")
    page.meeting.show_item(item)
    page.meeting.focus_page()
    return item


@pytest.fixture
def hand(page, qtbot):
    """Type signs one after the other, so many seconds apart, each where the keyboard is then."""
    now = [100.0]
    page.dispatch.clock = lambda: now[0]

    def typed(text, apart=0.06):
        for sign in text:
            now[0] += apart
            qtbot.keyClicks(QApplication.focusWidget(), sign)

    return typed


@pytest.mark.parametrize("moment", [0, 150])
@pytest.mark.parametrize("number", ["12", "11", "222", "3.5"])
def test_a_number_that_is_typed_is_the_value(page, session, dose, qtbot, hand, number, moment):
    session.preferences.change(moment=moment)
    hand(number)
    panel = sheet(page)
    assert panel.bar.value.hasFocus()
    assert panel.bar.value.text() == number
    write(qtbot, " weeks")
    press(qtbot, K.Key_Return)
    assert agreed(session, dose) == [(number, VALUE, "weeks")]


def test_a_digit_that_is_held_stands_once(page, session, dose, hand):
    session.preferences.change(moment=150)
    hand("1")
    hand("11", 0.01)  # as X11 sends the repeats that Qt does not mark
    assert sheet(page).bar.value.text() == "1"
    hand("1")
    assert sheet(page).bar.value.text() == "11"


def test_a_number_takes_the_place_of_an_answer_and_esc_brings_that_back(
    page,
    session,
    dose,
    qtbot,
):
    panel = sheet(page)
    press(qtbot, K.Key_Right, K.Key_7)
    assert panel.choice.value == "7"
    press(qtbot, K.Key_Escape)
    assert panel.view.hasFocus()
    assert panel.bar.settle.text() == "Settle: 12 months"
    assert not panel.bar.value.isVisible()


def test_special_values_have_keys_that_no_number_hits(page, session, dose, qtbot):
    bar = sheet(page).bar
    offers = [(one.words, bar.buttons[one.action].key) for one in bar.offers if one.below]
    assert offers == [("not reported", "F2"), ("unclear", "F3")]
    press(qtbot, K.Key_F2)
    assert sheet(page).choice.state is AnswerState.NOT_REPORTED
    assert bar.buttons["agree-not-reported"].accessibleDescription() == "chosen"
    press(qtbot, K.Key_Return)
    assert agreed(session, dose) == [("", AnswerState.NOT_REPORTED, "")]


def test_esc_in_the_value_gives_up_what_was_typed_in_this_visit(page, session, dose, qtbot):
    press(qtbot, K.Key_T)
    write(qtbot, "999 weeks")
    press(qtbot, K.Key_Escape, K.Key_Return)
    assert agreed(session, dose) == []
    assert sheet(page).bar.value.text() == ""
    assert page.kept_only_here() == ""
    press(qtbot, K.Key_T)
    write(qtbot, "21 weeks")
    press(qtbot, K.Key_Tab, K.Key_Escape, K.Key_T)
    write(qtbot, "4 years")
    press(qtbot, K.Key_Escape, K.Key_Return)
    assert agreed(session, dose) == [("21", VALUE, "weeks")]


def test_what_is_typed_stands_in_its_row_while_another_is_in_focus(page, dose, qtbot):
    press(qtbot, K.Key_T)
    write(qtbot, "21 weeks")
    press(qtbot, K.Key_Tab, K.Key_Escape, K.Key_Down)
    view = sheet(page).view
    here = row(page, "Dose, Telephone")
    said = [piece.text for piece in view._agreed(here, focus=False)]
    assert said == ["21 weeks", "not settled yet"]
    index = view.lines.index(view.row_of(dose), view.lines.columnCount() - 1)
    assert "21 weeks, not settled yet" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    press(qtbot, K.Key_Up, K.Key_Escape, K.Key_Down)
    assert [piece.text for piece in view._agreed(here, focus=False)] == ["–"]


def test_the_key_under_a_lone_answer_is_that_of_its_side(page, session, at, answered):
    page.meeting.show_item(at(2, "setting"))
    cells = row(page, "Setting").cells
    view, keys = sheet(page).view, {"left": "←", "right": "→"}
    view.keys = keys
    assert [cell.choice is None for cell in cells] == [False, True]
    assert view._key(cells, 0) == "←"
    assert view._key(cells[::-1], 1) == "→"
    both = (cells[0], cells[0])
    assert [view._key(both, place) for place in (0, 1)] == ["←", "→"]


def said(session, qtbot, key):
    with qtbot.waitSignal(session.remarked) as told:
        press(qtbot, key)
    return told.args[0]


def test_keys_that_do_nothing_say_why(page, session, at, qtbot):
    page.meeting.show_item(at(2, "setting"))
    page.meeting.focus_page()
    assert "Only one reviewer answered this" in said(session, qtbot, K.Key_Equal)
    page.meeting.show_item(at(1, "rigour"))
    page.meeting.focus_page()
    assert "different values" in said(session, qtbot, K.Key_Equal)
    page.meeting.show_item(at(2, "setting"))
    page.meeting.focus_page()
    assert "only worded differently" in said(session, qtbot, K.Key_W)
    assert sheet(page).choice is None


def test_what_was_said_of_a_word_goes_with_the_choice(page, session, at, qtbot, hand):
    session.preferences.change(moment=150)
    page.meeting.show_item(at(1, "rigour"))
    page.meeting.focus_page()
    press(qtbot, K.Key_Left)
    with qtbot.waitSignal(session.remarked) as told:
        hand("later")
    assert told.args[0].endswith("what is chosen stays; B opens the reason")
    assert sheet(page).choice.value == "high"
    with qtbot.waitSignal(session.told_again):
        press(qtbot, K.Key_Escape)
    assert sheet(page).choice is None


def test_the_card_of_keys_lists_what_settles(page, qtbot):
    group = KeyGroup(page.session.keys, Where.CONSENSUS, "Settle")
    qtbot.addWidget(group)
    assert "Settle" in [one.text() for one in group.findChildren(Words)][1:]
