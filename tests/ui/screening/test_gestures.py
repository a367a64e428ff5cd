"""Keys that are held, and where the keyboard goes: straight to where it is wanted."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from screener.model import OTHER_REASON, Stage, Verdict
from ui.screening.model import Asking
from ui.widgets.button import Button

KEY = Qt.Key


@pytest.fixture
def hold(page):
    """Hold a key down on the record: one press, then so many repetitions of the keyboard."""

    def held(key, letter="", times=5):
        for repeated in range(times + 1):
            event = QKeyEvent(
                QEvent.Type.KeyPress,
                key,
                Qt.KeyboardModifier.NoModifier,
                letter,
                bool(repeated),
            )
            QApplication.sendEvent(page.reading.record, event)

    return held


@pytest.fixture
def focused(qapp):
    """Every widget that gets the keyboard, in order."""
    found = []

    def note(_old, new):
        if new is not None:
            found.append(new)

    qapp.focusChanged.connect(note)
    yield found
    qapp.focusChanged.disconnect(note)


@pytest.mark.parametrize(("key", "letter"), [(KEY.Key_I, "i"), (KEY.Key_2, "2")])
def test_a_hand_that_rests_on_a_key_decides_one_record(page, hold, key, letter):
    hold(key, letter)
    assert page.model.decided == 1


def test_a_hand_that_rests_on_take_back_takes_one_back(page, press, hold):
    press("i", "i", "i")
    hold(KEY.Key_Backspace)
    assert page.model.decided == 2


def test_moving_goes_on_while_the_key_is_held(page, hold):
    hold(KEY.Key_Down, times=3)
    assert page.model.line.at == 4
    hold(KEY.Key_K, "k", times=3)
    assert page.model.line.at == 0


def test_leaving_a_field_goes_straight_back_to_the_record(page, press, focused):
    record = page.reading.record
    press("n", KEY.Key_Escape)
    assert focused == [page.reading.note.field, record]
    press("=", KEY.Key_Escape)
    assert focused[2:] == [page.reading.same.field, record]
    press("/", KEY.Key_Escape)
    assert focused[4:] == [page.header.field, record]
    press("v", "=", KEY.Key_Escape)
    assert focused[6:] == [page.reading.list, page.reading.same.field, page.reading.list]


def test_after_the_last_record_the_keyboard_goes_straight_to_what_stands_there(
    page, press, focused
):
    press(*"iiiiii")
    assert focused == [page.nothing]
    press(KEY.Key_Backspace)
    assert focused == [page.nothing, page.reading.record]


def test_another_reason_is_asked_for_in_the_note_and_taken_with_the_same_key(page, press, qtbot):
    unit = page.model.sheet.unit.id
    screening = page.model.session.project.screening
    page.model.asking = Asking.REASON
    press("0")
    assert page.reading.note.field.hasFocus()
    qtbot.keyClicks(page.reading.note.field, "retracted")
    press(KEY.Key_Escape)
    assert page.reading.record.hasFocus()
    assert page.reading.question.text().startswith("Exclude for which reason?")
    press("0")
    found = screening.decision(unit, Stage.TITLE_ABSTRACT)
    assert (found.reason, found.note) == (OTHER_REASON, "retracted")


def test_two_taps_of_a_deciding_key_decide_one_record(page, press):
    page.session.preferences.change(moment=150)
    page.dispatch.clock = lambda: 1.0
    remarks = []
    page.session.remarked.connect(remarks.append)
    press("e", "e")
    assert page.model.decided == 1
    assert remarks == []  # it came right after the release: a repeat, which nobody meant
    page.dispatch.clock = lambda: 1.1
    press("e")
    assert page.model.decided == 1
    assert remarks[0].startswith("The key E came too soon; press again")
    page.dispatch.clock = lambda: 1.2
    press("e")
    assert page.model.decided == 2


def test_taking_back_from_the_details_goes_to_the_record(page, press):
    press("i")
    page.reading.show_details()
    page.reading.details.setFocus()
    press(KEY.Key_Z, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert page.model.decided == 0
    assert page.model.line.at == 0


@pytest.fixture
def at(page):
    """Let the clock of the dispatch say a time, in milliseconds, with the usual moment."""
    page.session.preferences.change(moment=150)
    now = [0.0]
    page.dispatch.clock = lambda: now[0]

    def set_to(milliseconds):
        now[0] = milliseconds / 1000

    return set_to


@pytest.mark.parametrize("which", ["include", "reason"])
def test_a_double_click_on_a_button_decides_one_record(page, at, qtbot, which):
    decisions = page.reading.decisions
    reason = page.model.protocol.reasons[1].id
    button = {
        "include": decisions.buttons[Verdict.INCLUDE],
        "reason": page.panel.findChild(Button, reason),
    }[which]
    for milliseconds in (0, 40, 250):
        at(milliseconds)
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        qtbot.mouseDClick(button, Qt.MouseButton.LeftButton)
    assert page.model.decided == 1
    at(QApplication.doubleClickInterval())
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.model.decided == 2
    page.session.preferences.change(moment=0)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert page.model.decided == 3


def test_a_bounce_does_not_answer_whether_to_include_all_the_same(page, press, at):
    at(0)
    press("s")
    for milliseconds in (1000, 1240, 1399):
        at(milliseconds)
        press("i")
    assert (page.model.decided, page.model.asking) == (0, Asking.CONFIRMATION)
    at(1600)
    press("i")
    assert page.model.decided == 1


@pytest.fixture
def write(page, press, at):
    """Write a text on the record, so many milliseconds from key to key; returns what is said."""
    remarks = []
    page.session.remarked.connect(remarks.append)

    def written(text, apart=120):
        for place, letter in enumerate(text):
            at(1000 + place * apart)
            press(letter)
        return remarks

    return written


WORDS = ["evidence", "interesting", "Excluded", "unclear", "mild", "emission", "i think so", "for"]


@pytest.mark.parametrize("word", WORDS)
@pytest.mark.parametrize("apart", [60, 180])
def test_a_word_typed_by_a_person_who_believes_to_be_in_a_field_records_nothing(
    page, write, word, apart
):
    """What its first letter recorded is taken back, and said; the record stays on the screen."""
    project, model, first = page.session.project, page.model, page.model.sheet.unit.id
    remarks = write(word, apart)
    assert (model.decided, model.sheet.unit.id) == (0, first)
    assert project.screening.decision(first, Stage.TITLE_ABSTRACT) is None
    assert not model.sheet.flagged
    assert remarks[-1].startswith("A word was typed, which decides nothing. Taken back: ")
    assert not page.reading.note.open
    assert not page.reading.labels.open
    assert page.reading.list.isHidden()
    assert page.session.echo.can_repeat


def test_a_word_that_was_recognised_goes_on_after_a_short_stop(page, press, write, at):
    write("in")
    for place, letter in enumerate("tie"):  # labels, include, exclude
        at(1120 + 400 * (place + 1))
        press(letter)
    assert page.model.decided == 0
    assert not page.reading.labels.open
    at(1120 + 1200 + 500)
    press("e")
    assert page.model.decided == 1


def test_what_a_word_took_back_can_be_repeated(page, press, write):
    first = page.model.sheet.unit.id
    write("ev")
    press(KEY.Key_Y, modifiers=Qt.KeyboardModifier.ControlModifier)
    assert page.session.project.screening.decision(first, Stage.TITLE_ABSTRACT).verdict == "exclude"


def test_a_word_after_a_pause_takes_nothing_back_that_was_done_before(page, press, write, at):
    at(0)
    press("i")
    write("yes")
    assert page.model.decided == 1


@pytest.mark.parametrize(("keys", "decided"), [("ie", 1), ("eieiee", 1), ("ij", 1), ("i3", 1)])
def test_a_quick_hand_loses_no_decision_to_a_key_that_decides_or_moves(page, write, keys, decided):
    write(keys, 180)
    assert page.model.decided == decided


def test_five_decisions_a_second_are_all_recorded(page, write):
    write("ieimei", 200)
    assert page.model.decided == 6


def test_correcting_a_word_takes_back_nothing_else(page, press, write, at):
    write("ii", 400)
    at(3000)
    for place, key in enumerate((*"exp", KEY.Key_Backspace, KEY.Key_Backspace)):
        at(3000 + 120 * place)
        press(key)
    assert page.model.decided == 2


def test_the_question_ends_when_the_page_is_left(page, press):
    press("s", "i")
    assert page.model.asking is Asking.CONFIRMATION
    page.hide()
    page.show()
    assert page.model.asking is Asking.NOTHING
    press("i")
    assert page.model.decided == 0


def test_while_a_number_is_asked_for_the_letters_of_a_word_do_nothing(page, press, qtbot):
    """Who writes the reason out in words decided two records and judged a third."""
    model, unit = page.model, page.model.sheet.unit.id
    model.asking = Asking.REASON
    told = []
    model.session.remarked.connect(told.append)
    press(*"mice animal tervention")
    assert (model.decided, model.sheet.unit.id) == (0, unit)
    assert model.sheet.judgements == {}
    assert not page.reading.note.open
    assert told[-1].startswith("Press the number of the reason")
    press("2")
    decision = model.session.project.screening.decision(unit, model.stage)
    assert (decision.verdict, decision.reason) == ("exclude", "interventions")


def test_a_button_is_meant_whatever_number_is_asked_for(page, qtbot):
    page.model.asking = Asking.REASON
    page.reading.decisions.buttons["include"].click()
    assert page.model.decided == 1
