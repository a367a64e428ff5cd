"""What a hand at the keys of a form may rely on: nothing is answered or lost unmeant."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from tests.ui.answers.conftest import Person
from ui.answers.finding import FindField
from ui.session.actions import BY_ID
from ui.session.key_table import KeyGroup
from ui.widgets.lists import too_long
from ui.widgets.theme import look_of
from ui.widgets.words import Words
from ui.window.all_keys import AllKeysCard

K = Qt.Key
CONTROL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def rating(person, qtbot):
    """The page of the instrument."""
    person.ctrl(K.Key_5)
    qtbot.waitUntil(lambda: person.at == "Allocation")
    return person


@pytest.fixture
def filled(person):
    """A table of an arm with a number, and one without; the number of the first in focus."""
    person.ctrl(K.Key_Down)
    person.type("Monday group")
    person.tab()
    person.type("7")
    person.tab(2)
    person.type("Thursday group")
    person.press(K.Key_Up)
    person.press(K.Key_Right)
    assert person.at == "Number, Monday group"
    return person


def warning(person):
    """What stands beside the field in focus in the colour of a warning."""
    block = person.page.view.current
    return getattr(block, "open_field", block)._warn.text()


# --- going on ------------------------------------------------------------------------------------


@pytest.mark.parametrize("key", [K.Key_Tab, K.Key_Return])
def test_a_tab_after_an_answer_that_went_on_does_not_go_on_once_more(rating, key):
    """The same hand answers every form: option, Tab, option, Tab."""
    rating.type("1")
    rating.press(key)
    assert rating.at == "Follow-up"
    rating.type("3")
    rating.press(key)
    rating.type("2")
    assert rating.answers("scale") == {"a": "two", "b": "zero", "c": "one"}


def test_an_item_is_skipped_with_tab_where_nothing_was_answered_just_before(rating):
    rating.tab()
    assert rating.at == "Follow-up"
    rating.type("1")
    rating.back()
    rating.tab()  # one went back, and the answer before that does not count any more
    assert rating.at == "Analyses"
    rating.back()
    rating.type("1")
    rating.type("1")
    rating.press(K.Key_Down)  # it is looked at
    rating.tab()
    assert rating.answers("scale") == {"b": "two"}
    assert rating.at != "Analyses"


def test_enter_goes_on_from_a_choice_and_from_a_line_but_not_from_several_lines(person):
    person.type("Norway")
    person.press(K.Key_Return)
    assert person.answers() == {"country": "Norway"}
    assert person.at == "Design"
    person.type("2")
    person.press(K.Key_Enter)
    assert person.answers() == {"country": "Norway", "design": "pre"}
    person.to("Story")
    person.press(K.Key_Return)
    assert person.at == "Story"
    assert person.focus.toPlainText() == "\n"


def test_tab_enter_and_the_search_are_in_the_table_of_keys(person):
    person.window.perform("all-keys")
    (card,) = [one for one in person.window.findChildren(AllKeysCard) if one.isVisible()]
    listed = [w.text() for group in card.findChildren(KeyGroup) for w in group.findChildren(Words)]
    for id_ in ("next-field", "field-before", "enter-field", "next-open", "find-field",
                "option-below", "take-option", "remove-row"):  # fmt: skip
        assert BY_ID[id_].name in listed
    assert BY_ID["next-field"].keys == ("Tab",)


# --- arrows --------------------------------------------------------------------------------------


def test_an_arrow_answers_nothing(person):
    person.tab()
    person.press(K.Key_Down, times=2)
    assert person.focus.marked == "pre"
    person.tab()
    assert person.answers() == {}
    person.back()
    person.type("1")
    person.press(K.Key_Down)
    person.tab()
    assert person.answers() == {"design": "rct"}


@pytest.mark.parametrize("key", [K.Key_Space, K.Key_Return])
def test_what_an_arrow_marks_is_chosen_by_space_or_enter(person, key):
    person.tab()
    person.press(K.Key_Down, times=2)
    person.press(key)
    person.to("Enrolled")
    assert person.answers() == {"design": "pre"}


def test_enter_leaves_what_space_gave_up(person):
    person.to("Means")
    person.press(K.Key_Down)
    person.press(K.Key_Space, times=2)
    person.press(K.Key_Return)
    assert person.at == "The next arm"
    assert person.answers() == {}


def test_in_an_instrument_a_mark_answers_nothing_either(rating):
    rating.press(K.Key_Down, times=2)
    rating.tab()
    assert rating.answers("scale") == {}
    rating.press(K.Key_Down)
    rating.press(K.Key_Return)
    assert rating.answers("scale") == {"b": "two"}
    assert rating.at == "Analyses"


def test_a_key_pressed_twice_for_an_answer_that_is_there_says_nothing(person):
    person.window._preferences.change(moment=150)
    clock = [0.0]
    person.page.dispatch.clock = lambda: clock[0]
    remarks = []
    person.window.session.remarked.connect(remarks.append)
    person.tab()
    person.type("1")
    clock[0] += 0.08
    person.type("1")
    assert [line.isChecked() for line in person.focus.lines][:2] == [True, False]
    assert remarks == []


# --- the next study ------------------------------------------------------------------------------


def test_ctrl_enter_says_beside_the_field_what_is_missing_and_goes_on_the_second_time(person):
    model = person.page.model
    person.ctrl(K.Key_Return)
    assert "to answer, and 1 more" in warning(person)
    assert "Ctrl Enter" in warning(person)
    person.ctrl(K.Key_Return)
    assert model.current == model.studies[1].id


def test_text_that_is_no_answer_is_not_overwritten_by_what_is_typed_after_ctrl_enter(person):
    person.type("Norway")
    person.tab()
    person.type("2")
    person.to("Enrolled")
    person.type("many")
    person.ctrl(K.Key_Return)
    assert person.at == "Enrolled"
    assert "not a whole number" in warning(person)
    assert person.focus.selectedText() == ""
    person.type("x")
    assert person.focus.text() == "manyx"


def test_a_key_that_bounces_does_not_go_on_to_the_next_study(person):
    person.window._preferences.change(moment=150)
    clock = [10.0]
    person.page.dispatch.clock = lambda: clock[0]
    first = person.page.model.current
    for _ in range(2):
        person.ctrl(K.Key_Return)
        clock[0] += 0.1
    assert person.page.model.current == first
    clock[0] += 1
    person.ctrl(K.Key_Return)
    assert person.page.model.current != first


def test_undo_brings_back_the_text_whose_place_an_answer_took(person):
    person.to("Enrolled")
    person.type("many")
    person.tab()
    person.back()
    person.type("30")
    person.tab()
    assert person.answers() == {"enrolled": "30"}
    person.ctrl(K.Key_Z)
    assert person.answers() == {}
    assert (person.at, person.focus.text()) == ("Enrolled", "many")
    person.press(K.Key_Z, modifier=CONTROL_SHIFT)
    assert person.answers() == {"enrolled": "30"}
    assert person.focus.text() == "30"


def test_undo_in_a_field_leaves_the_text_that_is_no_answer(person):
    person.type("Norway")
    person.to("Enrolled")
    person.type("many")
    person.tab()
    person.back()
    person.ctrl(K.Key_Z)
    assert person.quiet("enrolled") == "many"
    assert person.answers() == {}


def test_a_study_with_text_that_is_no_answer_is_not_finished(person):
    person.type("Norway")
    person.tab()
    person.type("2")
    person.to("Enrolled")
    person.type("many")
    person.tab()
    assert person.page.model.lines()[0].words == "1 to mend"
    assert person.page.header._right.text() == "0 of 3 studies finished"
    person.back()
    person.type("30")
    person.tab()
    assert person.page.model.lines()[0].words == "finished"


def test_a_warning_goes_when_what_it_is_about_is_mended(person):
    person.to("Enrolled")
    person.type("1,154")
    person.tab()
    person.back()
    assert "not a whole number" in warning(person)
    person.type("154")
    assert warning(person) == ""


def test_a_warning_of_a_cell_goes_when_it_is_mended(filled):
    filled.type("1,154")
    filled.tab()
    filled.back()
    assert "not a whole number" in warning(filled)
    filled.type("154")
    assert warning(filled) == ""


# --- kept while it is typed ----------------------------------------------------------------------


def test_what_is_typed_is_kept_after_a_pause_and_is_there_after_a_crash(person, qtbot, reopen):
    person.type("Norw")
    model = person.page.model
    kept = model.answering.typed
    qtbot.waitUntil(lambda: ("country", "") in kept(model.current))
    assert person.answers() == {}
    crashed = kept(model.current)
    study = model.current
    person.focus.clear()
    person.ctrl(K.Key_W)
    with reopen() as mine:  # as a process that was killed leaves the file
        mine.forms.answering("extraction").keep_typed(study, crashed)
    assert person.window.open(mine.path)
    qtbot.waitUntil(lambda: person.at == "Country")
    assert person.focus.text() == "Norw"
    assert "not saved" in warning(person)
    person.tab()
    assert person.answers() == {"country": "Norw"}
    assert person.page.model.answering.typed(study) == {}


def test_a_cell_is_kept_after_a_pause_too(filled, qtbot):
    filled.type("12")
    model = filled.page.model
    at = ("arm-n", "monday-group")
    qtbot.waitUntil(lambda: model.answering.typed(model.current).get(at, {}).get("text") == "12")
    filled.tab()
    assert model.answering.typed(model.current) == {}
    assert filled.answers() == {at: "12"}


# --- tables --------------------------------------------------------------------------------------


def test_a_row_with_answers_is_not_removed_by_an_empty_name(filled):
    filled.press(K.Key_Left)
    filled.press(K.Key_Delete)
    filled.tab()
    assert filled.rows() == ["Monday group", "Thursday group"]
    assert filled.answers() == {("arm-n", "monday-group"): "7"}
    assert filled.focus.text() == "Monday group"
    assert "Ctrl Shift Del removes" in warning(filled)
    filled.press(K.Key_Delete, modifier=CONTROL_SHIFT)
    assert filled.rows() == ["Thursday group"]
    assert filled.answers() == {}
    filled.ctrl(K.Key_Z)
    assert filled.answers() == {("arm-n", "monday-group"): "7"}


def test_a_section_is_come_to_at_what_is_to_answer_and_not_at_a_name(filled):
    filled.ctrl(K.Key_Up)
    filled.ctrl(K.Key_Down)
    assert filled.at == "Kind, Monday group"
    filled.type("1")
    filled.tab()
    assert filled.at == "Number, Thursday group"
    assert filled.rows() == ["Monday group", "Thursday group"]


def test_a_name_that_is_there_already_stays_and_says_so(filled):
    filled.press(K.Key_Left)
    filled.press(K.Key_Down, times=2)
    assert filled.at == "The next arm"
    filled.type("monday group")
    filled.tab()
    assert filled.focus.text() == "monday group"
    assert "Monday group" in warning(filled)
    filled.ctrl(K.Key_Up)
    filled.to("The next arm")
    assert filled.focus.text() == "monday group"
    assert "Monday group" in warning(filled)
    filled.type("Tuesday group")
    filled.tab()
    assert filled.rows()[-1] == "Tuesday group"


def test_a_special_value_is_not_cut_in_a_column_of_numbers(filled):
    filled.press(K.Key_F2)
    filled.tab()
    grid = filled.page.view.current.grid
    words, _ = grid._table.cell_words((0, 1))
    font = look_of(grid).font("body")
    assert words == "not reported"
    assert not too_long(words, font, grid.area_of((0, 1)).width())


def test_a_section_of_rows_says_that_a_question_counts_once_it_is_answered_for_every_row(person):
    page = person.page
    heading = page.view._headings["two"]
    heading.show_progress(0, 2, page.view._rows_of("two"))
    assert heading._far.text() == "0 of 2 for every arm"
    assert page.view._rows_of("one") == ""


# --- finding a field -----------------------------------------------------------------------------


@pytest.mark.parametrize("key", ["/", "Ctrl+F"])
def test_a_field_is_found_by_its_words(person, key):
    person.tab()
    if key == "/":
        person.press(K.Key_Slash)
    else:
        person.ctrl(K.Key_F)
    (card,) = [one for one in person.window.findChildren(FindField) if one.isVisible()]
    person.type("NOTES stor")
    assert card.rows.rowCount() == 1
    person.press(K.Key_Return)
    assert person.at == "Story"


def test_a_slash_is_typed_into_a_field(person):
    person.type("n/a")
    assert isinstance(person.focus, QLineEdit)
    assert person.focus.text() == "n/a"


def test_the_next_field_to_answer_has_a_key(person):
    person.to("Enrolled")
    person.press(K.Key_F8)
    assert person.at == "Country"
    person.type("Norway")
    person.press(K.Key_F8)
    assert person.at == "Design"


@pytest.mark.parametrize("give_up", ["undo", "delete"])
def test_what_was_given_up_is_no_draft_any_more(person, qtbot, give_up):
    model = person.page.model
    person.type("Norw")
    qtbot.waitUntil(lambda: ("country", "") in model.answering.typed(model.current))
    if give_up == "undo":
        person.ctrl(K.Key_Z)
    else:
        person.focus.selectAll()
        person.press(K.Key_Delete, K.Key_Escape)
    assert person.focus.text() == ""
    qtbot.waitUntil(lambda: model.answering.typed(model.current) == {})
    assert person.page.kept_only_here() == ""


def test_a_cell_that_was_given_up_is_no_draft_any_more(filled, qtbot):
    model = filled.page.model
    filled.type("12")
    qtbot.waitUntil(lambda: model.answering.typed(model.current) != {})
    filled.ctrl(K.Key_Z)
    assert filled.focus.text() == "7"
    qtbot.waitUntil(lambda: model.answering.typed(model.current) == {})


# --- what has to be mended -----------------------------------------------------------------------


def test_enter_stays_on_what_has_to_be_mended_and_what_is_typed_next_mends_it(person):
    person.to("Enrolled")
    person.type("abc")
    person.press(K.Key_Return)
    assert person.at == "Enrolled"
    assert person.focus.selectedText() == "abc"
    assert "number" in warning(person)
    person.press(K.Key_Return)
    assert person.at == "Enrolled"
    person.type("30")
    person.press(K.Key_Return)
    assert person.at == "Length"
    assert person.answers() == {"enrolled": "30"}


def test_tab_leaves_what_has_to_be_mended_on_purpose(person):
    person.to("Enrolled")
    person.type("abc")
    person.tab()
    assert person.at == "Length"
    assert person.quiet("enrolled") == "abc"


def test_enter_stays_in_a_cell_that_has_to_be_mended(filled):
    filled.type("many")
    filled.press(K.Key_Return)
    assert filled.at == "Number, Monday group"
    assert filled.focus.selectedText() == "many"
    filled.type("8")
    filled.press(K.Key_Return)
    assert filled.answers() == {("arm-n", "monday-group"): "8"}
    assert filled.at == "Number, Thursday group"


def said(person, words, rail):
    """Wait until the header says so, and the rail the same."""
    frame = person.window.frame

    def line():
        return next(one for one in frame._lines if one.id == "extraction")

    person.qtbot.waitUntil(lambda: (line().words, line().share) == rail)
    assert person.page.header._right.text() == words


def test_header_and_rail_say_the_same_of_a_study_to_mend_which_is_gone_back_to(
    person, window, copy, qtbot
):
    person.type("Norway")
    person.tab()
    person.type("2")
    person.to("Enrolled")
    said(person, "1 of 3 studies finished", ("1 of 3 studies", 1 / 3))
    person.type("many")
    person.tab()
    said(person, "0 of 3 studies finished", ("0 of 3 studies", 0))
    person.back()
    person.type("5")
    person.tab()
    said(person, "1 of 3 studies finished", ("1 of 3 studies", 1 / 3))
    person.back()
    person.type("many")
    person.tab()
    first = person.page.model.current
    person.ctrl(K.Key_W)
    again = Person.at_page(window, qtbot, copy, "extraction", "Enrolled", height=720)
    assert again.page.model.current == first
    said(again, "0 of 3 studies finished", ("0 of 3 studies", 0))
