"""What the rows of a sheet say: how answers differ, in words, in columns that keep their order."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt

from screener.answers.form import Form, FormKind
from screener.consensus.reveal import Level
from screener.model import Item, Option, Question
from screener.printing.document import texts
from screener.studies import listing
from tests.screener.answers.trial import ID, new_trial
from tests.ui.consensus.planted import (
    FORM,
    JONAS,
    MAYA,
    ROWS_OF_JONAS,
    ROWS_OF_MAYA,
    SPECIAL,
    S,
    planted_trial,
)
from tests.ui.consensus.test_form import cells, labels, press, row, sheet, write
from ui.consensus.meeting import Filter
from ui.consensus.page import ConsensusPage
from ui.session.key_table import groups_of
from ui.widgets.words import Words
from ui.window.all_keys import AllKeysCard

K = Qt.Key


@pytest.fixture
def session(tmp_path, session_on):
    return session_on(planted_trial(tmp_path).project)


def point(page, label):
    sheet(page).point(row(page, label).at)


def offered(page):
    return [one.action for one in sheet(page).bar.offers]


def test_a_reviewer_has_one_column_in_all_rows_of_a_study_where_no_names_are_seen(page):
    sheet(page).show_all()
    pairs = {label: cells(page, label) for label in labels(page)}
    sheet(page).level_chosen.emit(int(Level.DECISIONS))
    ways = {
        ("as" if cells(page, label) == said else "swapped")
        for label, said in pairs.items()
        if len(set(said)) == 2
    }
    assert len(ways) == 1


def test_two_options_are_not_said_to_mean_the_same_and_two_wordings_may(page, qtbot):
    point(page, "Design")
    assert "same-meaning" not in offered(page)
    press(qtbot, K.Key_Equal)
    assert sheet(page).choice is None
    for label in ("Country", "Length"):  # words; and 6 months beside 24 weeks
        point(page, label)
        assert "same-meaning" in offered(page)


def test_a_value_and_not_reported_never_mean_the_same(tmp_path, session_on, show, qtbot):
    asked = tuple(replace(q, special=SPECIAL) if q.id == "country" else q for q in FORM.questions)
    made = new_trial(tmp_path, form=replace(FORM, questions=asked), count=2, opened=2)
    made.answer("Maya", {**MAYA, (1, "country"): S.NOT_REPORTED}, rows=ROWS_OF_MAYA)
    made.answer("Jonas", JONAS, rows=ROWS_OF_JONAS)
    made.merge()
    with made.open() as project:
        project.consensus.reveal(3)
    page = show(ConsensusPage(session_on(made.project)))
    point(page, "Country")
    page.meeting.focus_page()
    assert "same-meaning" not in offered(page)
    press(qtbot, K.Key_Equal)
    assert sheet(page).choice is None


def test_options_are_named_in_words_where_none_of_them_was_typed(page, session, qtbot):
    point(page, "Means")
    page.meeting.focus_page()
    press(qtbot, K.Key_T)
    write(qtbot, "smoke")
    with qtbot.waitSignal(session.complained) as told:
        press(qtbot, K.Key_Return)
    assert "choose one of: Telephone, Chat, Letters." in told.args[0].sentence


def test_a_row_is_agreed_by_its_name(page, qtbot):
    point(page, "Arm: Usual care")
    page.meeting.focus_page()
    press(qtbot, K.Key_Left, K.Key_Return)
    assert row(page, "Arm: Usual care").agreed == "Usual care"


def test_a_row_has_one_name_everywhere_and_may_be_named_anew(page, session, qtbot):
    """In the meeting, over its questions, in tables and on paper; never an id."""
    consensus, form = session.project.consensus, session.project.forms.step(ID)
    here, subject = consensus.at(ID), row(page, "Arm: Usual care").at.subject

    def names():
        keyed = {row.key for one, row, _ in listing.rows(consensus, form) if one == subject}
        asked = {one.row for one in listing.lines(consensus, form, [subject])}
        said = here.said(subject), here.pairings(subject)
        return keyed, asked, here.step.called(Item("number", "wait-list"), *said)

    point(page, "Arm: Usual care")
    page.meeting.focus_page()
    press(qtbot, K.Key_1, K.Key_Return)  # it is the other's "Wait list"
    assert row(page, "Arm: Wait list").agreed == "Wait list"
    assert "Number in the arm, Wait list" in labels(page)
    keyed, asked, paper = names()
    assert "Wait list" in keyed
    assert "Wait list" in asked
    assert paper.endswith("Wait list")
    point(page, "Arm: Wait list")
    page.meeting.focus_page()
    press(qtbot, K.Key_T)
    write(qtbot, "Delayed start")
    press(qtbot, K.Key_Return, K.Key_Return)
    assert row(page, "Arm: Delayed start").agreed == "Delayed start"
    assert "Number in the arm, Delayed start" in labels(page)
    keyed, asked, paper = names()
    assert "Delayed start" in keyed
    assert "Delayed start" in asked
    assert "Wait list" not in keyed | asked
    assert paper.endswith("Delayed start")


def test_of_how_many_both_answered_a_question_is_said(page, qtbot):
    page.meeting.focus_page()
    press(qtbot, K.Key_A)
    shown = page.agreement

    def count(question):
        shown.questions.choose(question)
        shown.questions.chosen.emit(question)
        return shown.count.text()

    assert count("rigour") == "2 studies, both answered on all"
    assert count("paid") == "1 of 2 studies that both answered"
    assert shown.lowest.text().startswith("Kappa is lowest on ")


def test_the_card_of_keys_says_what_keys_do_in_the_meeting_of_a_form(page):
    named = page.key_names()
    assert groups_of(page.where, named).count("A form") == 1
    card = AllKeysCard(page.session.keys, page.where, page.window(), lambda: None, named=named)
    words = {one.text() for one in card.findChildren(Words)}
    assert {"Choose an answer, or the same row", "Take the left answer"} <= words
    assert words.isdisjoint({"Include", "Exclude", "Exclude with reason", "Needs full text"})


def test_what_differs_is_called_the_same_before_and_after_it_was_settled(
    tmp_path, session_on, show, qtbot
):
    made = new_trial(tmp_path, form=replace(FORM, kind=FormKind.APPRAISAL), count=2, opened=2)
    made.answer("Maya", MAYA, rows=ROWS_OF_MAYA)
    made.answer("Jonas", JONAS, rows=ROWS_OF_JONAS)
    made.merge()
    with made.open() as project:
        project.consensus.reveal(3)
    page = show(ConsensusPage(session_on(made.project)))
    point(page, "Rigour")
    page.meeting.focus_page()
    before = row(page, "Rigour").phrase
    assert before == "ratings differ"
    press(qtbot, K.Key_2, K.Key_Return)
    assert row(page, "Rigour").phrase == "settled"
    press(qtbot, K.Key_Backspace)
    assert row(page, "Rigour").phrase == before


def test_wordings_are_shown_before_one_of_them_is_taken(page, qtbot):
    assert "Funding" not in labels(page)
    page.meeting.focus_page()
    press(qtbot, K.Key_W)
    assert sheet(page).choice.wordings_of
    assert {"What was found", "Funding"} <= set(labels(page))
    assert sheet(page).row.label == "What was found"
    assert len(set(cells(page, "What was found"))) == 2
    first = sheet(page).choice
    press(qtbot, K.Key_W)
    assert sheet(page).choice.wordings_of != first.wordings_of


def test_a_settled_row_says_why_and_how_it_is_settled_otherwise(page, session, qtbot):
    point(page, "Country")
    page.meeting.focus_page()
    press(qtbot, K.Key_Left)
    sheet(page).bar.focus_because()
    write(qtbot, "the trial register has it")
    press(qtbot, K.Key_Return)
    sheet(page).level_chosen.emit(int(Level.NAMES))
    assert "“the trial register has it”" in row(page, "Country").below
    assert row(page, "Country").types == "settle otherwise"
    point(page, "Country")
    press(qtbot, K.Key_T)
    write(qtbot, "Iceland")
    press(qtbot, K.Key_Return)
    assert "settle it once more to overturn" in session.problem.sentence
    write(qtbot, "as the appendix has it")
    press(qtbot, K.Key_Return)
    assert row(page, "Country").agreed == "Iceland"


def test_escape_gives_up_a_search_that_found_nothing(page, qtbot):
    page.meeting.focus_page()
    shown = page.meeting.shown()
    press(qtbot, K.Key_Slash)
    write(qtbot, "zzzz")
    press(qtbot, K.Key_Return)
    assert page.meeting.shown() is None
    press(qtbot, K.Key_Escape)
    assert page.meeting.search.text() == ""
    assert page.meeting.shown() == shown
    assert sheet(page).view.hasFocus()


def test_a_search_does_not_outlive_leaving_the_page(page, qtbot):
    page.meeting.focus_page()
    press(qtbot, K.Key_Slash)
    write(qtbot, "zzzz")
    press(qtbot, K.Key_Return)
    page.hide()
    page.show()
    assert page.meeting.search.text() == ""
    assert page.meeting.list.model().rowCount() == 2


def test_what_is_settled_again_leaves_the_list_as_it_was_narrowed(page, qtbot):
    meeting = page.meeting.meeting
    page.meeting.show_other(1)
    second = page.meeting.shown()
    page.meeting.focus_page()
    press(qtbot, K.Key_Right, K.Key_Return)
    assert page.meeting.shown() != second
    press(qtbot, K.Key_Backspace)
    assert page.meeting.shown() == second
    page.perform("redo")
    assert meeting.filter is Filter.OPEN
    assert page.meeting.shown() != second


def test_a_key_has_the_keyboard_in_because_and_the_letter_is_not_typed(page, qtbot):
    page.meeting.focus_page()
    press(qtbot, K.Key_Left, K.Key_B)
    assert sheet(page).bar.because.hasFocus()
    assert sheet(page).bar.because.text() == ""


def test_the_tenth_answer_has_a_key(tmp_path, session_on, show, qtbot):
    ten = tuple(Option(id=f"o{n}", text=f"Answer {n}") for n in range(1, 12))
    question = Question(id="kind", words="Kind", type="choice", required=True, options=ten)
    form = Form(id=ID, title="Data extraction", questions=(question,))
    made = new_trial(tmp_path, form=form, count=2, opened=2)
    made.answer("Maya", {(1, "kind"): "o1"})
    made.answer("Jonas", {(1, "kind"): "o2"})
    made.merge()
    with made.open() as project:
        project.consensus.reveal(3)
    page = show(ConsensusPage(session_on(made.project)))
    page.meeting.focus_page()
    keys = [button.key for button in sheet(page).bar.buttons.values()]
    assert keys[-2:] == ["0", ""]
    press(qtbot, K.Key_0)
    assert sheet(page).choice.value == "o10"


def test_the_reason_typed_for_a_row_is_recorded_with_who_agreed(page, session, qtbot):
    point(page, "Arm: Usual care")
    page.meeting.focus_page()
    press(qtbot, K.Key_Left)
    sheet(page).bar.focus_because()
    write(qtbot, "the register names it")
    press(qtbot, K.Key_Return)
    sheet(page).level_chosen.emit(int(Level.NAMES))
    below = row(page, "Arm: Usual care").below
    assert "“the register names it”" in below
    assert "by " in below
    minutes = session.project.printing.minutes(ID)
    assert any("the register names it" in one for one in texts(minutes))
