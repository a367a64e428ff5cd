"""What is typed for a question is what is chosen, and stays until it is settled or given up."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from screener.model import AnswerState
from tests.ui.consensus.test_form import (
    ID,
    K,
    agreed,
    at,
    press,
    row,
    session,
    sheet,
    write,
)

__all__ = ["at", "session"]


@pytest.fixture
def rigour(page, at):
    """The page at a question with options."""
    page.meeting.show_item(at(1, "rigour"))
    page.meeting.focus_page()
    return at(1, "rigour")


@pytest.fixture
def dose(page, at):
    """The page at a question with a number and its unit."""
    page.meeting.show_item(at(1, "dose", "telephone"))
    page.meeting.focus_page()
    return at(1, "dose", "telephone")


@pytest.mark.parametrize("before", [(), (K.Key_Left,)])
def test_what_is_typed_is_settled_with_the_reason_typed_after_it(
    page, session, dose, qtbot, before
):
    press(qtbot, *before, K.Key_T)
    write(qtbot, "21 weeks")
    assert sheet(page).bar.settle.text() == "Settle: 21 weeks"
    press(qtbot, K.Key_Tab)
    assert sheet(page).bar.because.hasFocus()
    write(qtbot, "as the table has it")
    press(qtbot, K.Key_Return)
    assert agreed(session, dose) == [("21", AnswerState.VALUE, "weeks")]
    (found,) = session.project.consensus.agreed(ID)[dose.subject]
    assert found.why == "as the table has it"


def test_the_button_settles_what_is_typed(page, session, rigour, qtbot):
    press(qtbot, K.Key_Left, K.Key_T)
    write(qtbot, "low")
    qtbot.mouseClick(sheet(page).bar.settle, Qt.MouseButton.LeftButton)
    assert agreed(session, rigour) == [("low", AnswerState.VALUE, "")]


def test_what_is_no_value_settles_nothing_and_says_why(page, session, dose, qtbot):
    press(qtbot, K.Key_Left, K.Key_T)
    write(qtbot, "many weeks")
    press(qtbot, K.Key_Tab)
    write(qtbot, "because")
    with qtbot.waitSignal(session.complained) as told:
        press(qtbot, K.Key_Return)
    assert "is not a number" in told.args[0].sentence
    with qtbot.waitSignal(session.complained) as told:
        qtbot.mouseClick(sheet(page).bar.settle, Qt.MouseButton.LeftButton)
    assert "is not a number" in told.args[0].sentence
    assert agreed(session, dose) == []
    assert sheet(page).bar.value.text() == "many weeks"


def test_leaving_the_field_keeps_what_is_typed_until_it_is_given_up(page, dose, qtbot):
    press(qtbot, K.Key_T)
    write(qtbot, "21 weeks")
    press(qtbot, K.Key_Tab, K.Key_Escape)
    assert sheet(page).view.hasFocus()
    assert sheet(page).choice.value == "21"
    press(qtbot, K.Key_T)
    assert sheet(page).bar.value.text() == "21 weeks"
    press(qtbot, K.Key_Escape)
    assert sheet(page).choice.value == "21"
    press(qtbot, K.Key_Escape)
    assert sheet(page).choice is None
    assert sheet(page).bar.value.text() == ""
    assert page.kept_only_here() == ""


def test_a_typed_value_is_asked_about_and_stays_with_its_question(page, dose, at, qtbot):
    press(qtbot, K.Key_T)
    write(qtbot, "21 weeks")
    assert "a value for “" in page.kept_only_here()
    page.meeting.show_item(at(2, "setting"))
    assert sheet(page).bar.value.text() == ""
    assert sheet(page).choice is None
    assert "a value for “" in page.kept_only_here()
    page.show_kept()
    assert sheet(page).at == dose
    assert sheet(page).bar.settle.text() == "Settle: 21 weeks"


def test_what_was_chosen_stays_when_closing_asks_about_its_reason(page, session, rigour, qtbot):
    press(qtbot, K.Key_Left, K.Key_Tab)
    sheet(page).bar.focus_because()
    write(qtbot, "half")
    assert "which is not settled yet" in page.kept_only_here()
    page.show_kept()
    assert sheet(page).bar.settle.text() == "Settle: High"
    assert sheet(page).bar.because.text() == "half"
    sheet(page).bar.focus_because()
    press(qtbot, K.Key_Return)
    assert agreed(session, rigour) == [("high", AnswerState.VALUE, "")]
    assert page.kept_only_here() == ""
    page.meeting.show_item(rigour)
    assert sheet(page).choice is None
    assert row(page, "Rigour").settled


def test_another_choice_takes_the_place_of_what_was_typed(page, rigour, qtbot):
    press(qtbot, K.Key_T)
    write(qtbot, "low")
    press(qtbot, K.Key_Tab, K.Key_Escape, K.Key_Left)
    assert sheet(page).choice.value == "high"
    assert sheet(page).bar.value.text() == ""


def held(qtbot, key, times=5):
    """A key is pressed and held: the window gets its repeats."""
    for repeat in range(times):
        focus = QApplication.focusWidget()
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            again = repeat > 0 if kind is QEvent.Type.KeyPress else repeat < times - 1
            event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "\r", again)
            QApplication.sendEvent(focus, event)
    QApplication.processEvents()


def test_one_enter_settles_what_is_typed_and_what_the_button_names(page, session, dose, qtbot):
    press(qtbot, K.Key_T)
    write(qtbot, "21 weeks")
    assert sheet(page).bar.settle.text() == "Settle: 21 weeks"
    press(qtbot, K.Key_Return)
    assert agreed(session, dose) == [("21", AnswerState.VALUE, "weeks")]
    assert sheet(page).at != dose
    assert sheet(page).view.hasFocus()
    assert page.kept_only_here() == ""


def test_a_held_enter_settles_one_item_also_where_the_next_has_a_value(
    page, session, at, dose, rigour, qtbot
):
    press(qtbot, K.Key_T)
    write(qtbot, "low")
    page.meeting.show_item(dose)
    page.meeting.focus_page()
    press(qtbot, K.Key_T)
    write(qtbot, "21 weeks")
    held(qtbot, K.Key_Return)
    assert agreed(session, dose) == [("21", AnswerState.VALUE, "weeks")]
    assert sheet(page).at == rigour
    assert sheet(page).bar.settle.text() == "Settle: Low"
    assert agreed(session, rigour) == []


def test_enter_in_an_empty_field_settles_nothing_and_closes_it(page, session, dose, qtbot):
    press(qtbot, K.Key_T)
    write(qtbot, "  ")
    with qtbot.waitSignal(session.asked) as asked:
        press(qtbot, K.Key_Return)
    assert "Nothing is chosen" in asked.args[0]
    assert sheet(page).view.hasFocus()
    assert agreed(session, dose) == []


def test_esc_leaves_the_reason_then_drops_the_choice_and_never_erases_a_reason(
    page, session, rigour, qtbot
):
    panel = sheet(page)
    press(qtbot, K.Key_T)
    write(qtbot, "low")
    press(qtbot, K.Key_Tab)
    write(qtbot, "as the table has it")
    press(qtbot, K.Key_Escape)
    assert panel.view.hasFocus()
    assert (panel.choice.value, panel.bar.because.text()) == ("low", "as the table has it")
    press(qtbot, K.Key_Escape)
    assert panel.choice is None
    press(qtbot, K.Key_Escape, K.Key_Escape)
    assert panel.bar.because.text() == "as the table has it"
    assert "a reason for “" in page.kept_only_here()
    press(qtbot, K.Key_Left)
    assert panel.bar.because.text() == "as the table has it"
    press(qtbot, K.Key_B)
    write(qtbot, ", once")
    assert panel.bar.because.text() == "as the table has it, once"
    assert agreed(session, rigour) == []
