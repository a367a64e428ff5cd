"""The meeting over a form: its discrepancies, an answer taken, a value typed, taken back, told."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from screener import open_project
from screener.consensus.reveal import Level
from screener.model import AnswerState, Stage
from screener.model.step import Item
from tests.screener.answers.trial import FORM, JONAS, MAYA, ROWS_OF_JONAS, ROWS_OF_MAYA, new_trial
from tests.ui.consensus.conftest import on_computer
from ui.consensus.page import ConsensusPage
from ui.consensus.painter import ItemId
from ui.consensus.steps import first_met
from ui.window.standing import Standings

ID = "third-step"
K = Qt.Key


@pytest.fixture
def at(answered):
    """Name an item by the number of its record, its question and row."""
    with answered.open() as review:
        numbers = {n: review.studies.find(str(n)).id for _, n in review.units.numbered()}
    return lambda number, question, row="": ItemId(numbers[number], Item(question, row))


@pytest.fixture
def session(answered, at, session_on):
    return session_on(answered.project)


def press(qtbot, *keys):
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def write(qtbot, text):
    qtbot.keyClicks(QApplication.focusWidget(), text)


def words(widget):
    return " | ".join(w.text() for w in widget.findChildren(QLabel) if w.isVisibleTo(widget))


def agreed(session, item):
    found = session.project.consensus.agreed(ID).get(item.subject, [])
    return [(one.value, one.state, one.details.unit) for one in found if one.item == item.item]


def sheet(page):
    return page.meeting.panels.sheet


def labels(page):
    return [row.label for row in sheet(page).view.items()]


def row(page, label):
    return next(one for one in sheet(page).view.items() if one.label == label)


def cells(page, label):
    return [cell.words for cell in row(page, label).cells]


def test_the_page_begins_with_the_form_and_lists_its_studies(page, at):
    assert page.step == ID
    assert page.current() is page.meeting
    model = page.meeting.list.model()
    lines = [model.row(number) for number in range(model.rowCount())]
    assert [line.number for line in lines] == [5, 1, 1]
    assert [line.at.subject for line in lines] == [at(n, "").subject for n in (1, 2, 3)]
    assert "5 to settle" in lines[0].spoken
    assert page.meeting.header._strong.text() == "0 of 3 studies settled"
    assert labels(page) == [
        "Strand: Usual care",
        "Strand: Waiting list",
        "Dose, Telephone",
        "Rigour",
        "Blinded",
    ]


def test_the_steps_that_are_open_can_be_chosen(page, session):
    steps = page.meeting.header.steps
    assert steps.text() == "What was done"
    steps.chosen.emit("title-abstract")
    assert page.step == Stage.TITLE_ABSTRACT
    assert page.current() is page.meeting
    assert page.meeting.list.model().rowCount() == 0
    page._steps.chosen.emit(ID)
    assert page.current() is page.meeting
    assert page.meeting.panels.now is sheet(page)


def test_the_answers_stand_side_by_side_as_the_level_allows(page, at):
    panel = sheet(page)
    page.meeting.show_item(at(1, "dose", "telephone"))
    assert panel.row.label == "Dose, Telephone"
    assert panel.row.phrase == "units differ"
    assert cells(page, "Dose, Telephone") == ["12.0 weeks", "12 months"]
    titles = [field.heading for field in panel.view.lines.fields]
    assert titles == ["5 to settle", "Maya", "Jonas", "Agreed"]
    panel.level_chosen.emit(int(Level.DECISIONS))
    assert panel.row.label == "Dose, Telephone"
    assert sorted(cells(page, "Dose, Telephone")) == ["12 months", "12.0 weeks"]
    assert [f.heading for f in panel.view.lines.fields][1:3] == ["One reviewer", "The other"]
    panel.level_chosen.emit(int(Level.RECORD))
    assert cells(page, "Dose, Telephone") == []
    assert row(page, "Dose, Telephone").phrase == ""


def test_an_arrow_takes_an_answer_with_its_unit_and_enter_goes_on(page, session, at, qtbot):
    dose = at(1, "dose", "telephone")
    page.meeting.show_item(dose)
    page.meeting.focus_page()
    press(qtbot, K.Key_Right)
    assert sheet(page).view.hasFocus()
    assert sheet(page).bar.settle.text() == "Settle: 12 months"
    assert agreed(session, dose) == []
    press(qtbot, K.Key_Return)
    assert agreed(session, dose) == [("12", AnswerState.VALUE, "months")]
    (found,) = session.project.consensus.agreed(ID)[dose.subject]
    assert found.why == "Jonas’s answer"
    assert session.echo.sentence.startswith("Settled: Dose, Telephone, 12 months  ·  ")
    assert sheet(page).row.label == "Rigour"
    assert row(page, "Dose, Telephone").settled  # it stays until the study is left
    assert row(page, "Dose, Telephone").agreed == "12 months"


def test_an_arrow_goes_on_to_the_answer_beside_what_is_taken(page, at, qtbot):
    page.meeting.show_item(at(1, "rigour"))
    page.meeting.focus_page()
    press(qtbot, K.Key_Right)
    assert sheet(page).choice.value == "middle"
    press(qtbot, K.Key_Left)
    assert sheet(page).choice.value == "high"
    press(qtbot, K.Key_Escape)
    assert sheet(page).choice is None


def test_enter_with_nothing_chosen_settles_nothing(page, session, at, qtbot):
    page.meeting.show_item(at(1, "rigour"))
    page.meeting.focus_page()
    with qtbot.waitSignal(session.asked) as asked:
        press(qtbot, K.Key_Return)
    assert "Nothing is chosen" in asked.args[0]
    assert agreed(session, at(1, "rigour")) == []


def test_a_reason_is_typed_where_one_wants_to(page, session, at, qtbot):
    page.meeting.show_item(at(1, "rigour"))
    page.meeting.focus_page()
    press(qtbot, K.Key_Left)
    panel = sheet(page)
    assert panel.bar.because.placeholderText() == "Maya’s answer"
    panel.bar.focus_because()
    write(qtbot, "by the table of the report")
    press(qtbot, K.Key_Return)
    (found,) = session.project.consensus.agreed(ID)[at(1, "rigour").subject]
    assert (found.value, found.why) == ("high", "by the table of the report")


def test_a_value_is_typed_and_taken_back_and_told_in_the_history(page, session, at, qtbot):
    meeting, dose = page.meeting, at(1, "dose", "telephone")
    meeting.show_item(dose)
    meeting.focus_page()
    assert not sheet(page).bar.value.isVisible()
    press(qtbot, K.Key_T)
    assert sheet(page).bar.value.hasFocus()
    assert sheet(page).bar.value.text() == ""
    write(qtbot, "3.5 months")
    press(qtbot, K.Key_Return)
    assert agreed(session, dose) == [("3.5", AnswerState.VALUE, "months")]
    assert sheet(page).view.hasFocus()
    assert not sheet(page).bar.value.isVisible()
    assert any(step.what.endswith(": 3.5 months") for step in session.project.history("1"))
    assert sheet(page).row.label == "Rigour"
    press(qtbot, K.Key_Backspace)
    assert agreed(session, dose) == []
    assert sheet(page).at == dose
    assert session.echo.sentence.startswith("Taken back: Settle")
    assert "3.5 months  ·  “" in session.echo.sentence
    page.perform("redo")
    assert agreed(session, dose) == [("3.5", AnswerState.VALUE, "months")]
    assert sheet(page).at == dose
    assert sheet(page).row.settled


def test_a_digit_chooses_an_option_and_a_special_value(page, session, at, qtbot):
    meeting, bar = page.meeting, sheet(page).bar
    meeting.show_item(at(1, "rigour"))
    meeting.focus_page()
    assert [o.words for o in bar.offers if o.numbered] == ["Low", "Middle", "High", "Unclear"]
    press(qtbot, K.Key_2)
    assert bar.buttons["settle-reason-2"].accessibleDescription() == "chosen"
    press(qtbot, K.Key_Return)
    assert agreed(session, at(1, "rigour")) == [("middle", AnswerState.VALUE, "")]
    assert sheet(page).at == at(1, "blinded")
    assert [o.words for o in bar.offers if o.numbered] == ["Yes", "No", "not reported"]
    press(qtbot, K.Key_3, K.Key_Return)
    assert agreed(session, at(1, "blinded")) == [("", AnswerState.NOT_REPORTED, "")]


def test_what_is_no_value_of_the_question_is_said_and_stays(page, session, at, qtbot):
    page.meeting.show_item(at(1, "dose", "telephone"))
    page.meeting.focus_page()
    press(qtbot, K.Key_T)
    write(qtbot, "many weeks")
    with qtbot.waitSignal(session.complained) as told:
        press(qtbot, K.Key_Return)
    assert "is not a number" in told.args[0].sentence
    panel = sheet(page)
    assert panel.bar.value.text() == "many weeks"
    assert panel.choice is None
    panel.bar.value.clear()
    write(qtbot, "Not reported")
    assert panel.choice.state is AnswerState.NOT_REPORTED


def test_what_was_agreed_is_overturned_with_a_reason_alone(page, session, at, qtbot):
    setting = at(3, "setting")
    for first, text in ((True, "home"), (False, "at home")):
        page.meeting.show_item(setting)
        page.meeting.focus_page()
        press(qtbot, K.Key_T)
        write(qtbot, text)
        press(qtbot, K.Key_Return)
        if not first:
            assert session.problem.sentence.startswith("What was agreed here is home; say why")
            press(qtbot, K.Key_Return)  # the one that comes with the choice is no reason
            assert agreed(session, setting) == [("home", AnswerState.VALUE, "")]
            write(qtbot, "the appendix says so")
            press(qtbot, K.Key_Return)
        assert agreed(session, setting) == [(text, AnswerState.VALUE, "")]


def test_who_has_not_answered_is_named(page, at):
    page.meeting.show_item(at(2, "setting"))
    assert sheet(page).warning.text() == "Jonas has not answered this."
    assert cells(page, "Setting") == ["home", "no answer"]
    assert [cell.quiet for cell in row(page, "Setting").cells] == [False, True]


def test_a_row_is_said_to_be_there_and_its_questions_follow(page, session, at, qtbot):
    page.meeting.show_item(at(1, "strands", "usual-care"))
    page.meeting.focus_page()
    assert cells(page, "Strand: Usual care") == ["no such strand", "Usual care"]
    assert "Dose, Usual care" not in labels(page)
    press(qtbot, K.Key_Right)
    assert sheet(page).choice.phrase == "then its 2 questions follow"
    press(qtbot, K.Key_Return)
    assert row(page, "Strand: Usual care").settled
    assert row(page, "Dose, Usual care").open
    press(qtbot, K.Key_Backspace)
    assert row(page, "Strand: Usual care").open
    assert "Dose, Usual care" not in labels(page)


def test_there_is_no_such_row_or_it_has_another_name(page, session, at, qtbot):
    page.meeting.show_item(at(1, "strands", "usual-care"))
    page.meeting.focus_page()
    press(qtbot, K.Key_Left, K.Key_Return)
    assert row(page, "Strand: Usual care").agreed == "no such strand"
    page.meeting.show_item(at(1, "strands", "waiting-list"))
    page.meeting.focus_page()
    press(qtbot, K.Key_T)
    write(qtbot, "Later start")
    press(qtbot, K.Key_Return)
    here = session.project.consensus.at(ID)
    pairs = {(one.key, one.exists) for one in here.pairings(at(1, "").subject)}
    assert pairs == {("usual-care", False), ("later-start", True)}


def test_two_rows_are_the_same_by_their_number(page, session, at, qtbot):
    page.meeting.show_item(at(1, "strands", "usual-care"))
    page.meeting.focus_page()
    offers = [o.words for o in sheet(page).bar.offers if o.numbered]
    assert offers == ["same as “Waiting list”"]  # nothing is proposed: they are not alike
    press(qtbot, K.Key_1, K.Key_Return)
    (pair,) = session.project.consensus.at(ID).pairings(at(1, "").subject)
    assert (pair.key, len(pair.rows)) == ("waiting-list", 2)


def test_a_key_shows_everything_and_what_is_to_settle_again(page, qtbot):
    page.meeting.focus_page()
    before = labels(page)
    press(qtbot, K.Key_V)
    assert row(page, "Setting").phrase == "answered alike"
    assert row(page, "Story").phrase == "worded differently"
    assert "Memo" not in labels(page)
    press(qtbot, K.Key_V)
    assert labels(page) == before


def test_one_wording_is_taken_for_a_study(page, session, at, qtbot):
    page.meeting.focus_page()
    story = at(1, "story")
    press(qtbot, K.Key_W, K.Key_W)
    assert sheet(page).bar.settle.text() == "Settle: Jonas’s wording, 1 question"
    press(qtbot, K.Key_Return)
    assert agreed(session, story) == [("Weekly meetings.", AnswerState.VALUE, "")]
    state = session.project.consensus.at(ID).state(story.subject, story.item)
    assert (str(state.status), state.kind) == ("resolved", None)
    assert page.meeting.header._strong.text() == "0 of 3 studies settled"
    press(qtbot, K.Key_Backspace)
    assert agreed(session, story) == []


def test_a_wording_is_not_taken_where_no_names_are_seen(page, session, qtbot):
    page.meeting.focus_page()
    sheet(page).level_chosen.emit(int(Level.DECISIONS))
    with qtbot.waitSignal(session.asked, check_params_cb=bool) as asked:
        press(qtbot, K.Key_W)
    assert "Show the names" in asked.args[0]
    assert sheet(page).choice is None


def test_the_reports_stand_in_place_of_the_sheet(page, qtbot):
    page.meeting.focus_page()
    panel = sheet(page)
    alt = Qt.KeyboardModifier.AltModifier
    qtbot.keyClick(QApplication.focusWidget(), K.Key_Return, alt)
    assert panel.record.isVisible()
    assert panel.reports.text() == "Report 1 of 1"
    press(qtbot, K.Key_Escape)
    assert panel.view.isVisible()


def test_a_click_has_a_row_in_focus_and_the_next_takes_the_cell(page, at, qtbot):
    view = sheet(page).view

    def click(column):
        index = view.lines.index(view.row_of(at(1, "rigour")), column)
        view.scrollTo(index)
        where = view.visualRect(index).center()
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=where)

    click(2)
    assert sheet(page).at == at(1, "rigour")
    assert sheet(page).choice is None
    click(2)
    assert sheet(page).choice.value == "middle"


def test_later_goes_on_in_the_study_and_then_to_the_next(page, at, qtbot):
    page.meeting.show_item(at(1, "rigour"))
    page.meeting.focus_page()
    press(qtbot, K.Key_L)
    assert sheet(page).at == at(1, "blinded")
    press(qtbot, K.Key_L)
    assert sheet(page).at == at(2, "setting")
    qtbot.keyClick(QApplication.focusWidget(), K.Key_Up, Qt.KeyboardModifier.ControlModifier)
    assert sheet(page).at.subject == at(1, "").subject


def test_a_reason_that_was_typed_stays_with_its_question(page, at):
    page.meeting.show_item(at(1, "rigour"))
    sheet(page).bar.because.setText("half a reason")
    page.meeting.show_item(at(1, "blinded"))
    assert sheet(page).bar.because.text() == ""
    assert "a reason for “" in page.kept_only_here()
    page.show_step("title-abstract")
    page.show_kept()
    assert sheet(page).at == at(1, "rigour")
    assert sheet(page).bar.because.text() == "half a reason"


def test_an_answer_changed_after_it_was_settled_says_so(answered, session_on, show, at):
    with answered.open() as review:
        answered.settle(review, "rigour", "middle")
    answered.reopened("Maya", {(1, "rigour"): "low"})
    answered.merge()
    page = show(ConsensusPage(session_on(answered.project)))
    page.meeting.show_item(at(1, "rigour"))
    shown = sheet(page).warning.text()
    assert "Maya changed High to Low on" in shown
    assert "after this was settled: Middle." in shown
    assert row(page, "Rigour").phrase == "open again"


def test_two_meetings_settled_it_otherwise(answered, session_on, show, at, tmp_path):
    other = tmp_path / "other.screener"
    other.write_bytes(answered.project.read_bytes())
    for n, (path, value) in enumerate(((answered.project, "low"), (other, "high"))):
        with on_computer(tmp_path / f"home-{n}"), open_project(path) as review:
            answered.settle(review, "rigour", value)
    session = session_on(answered.project)
    session.project.consensus.merge(other, project=True)
    page = show(ConsensusPage(session))
    page.meeting.show_item(at(1, "rigour"))
    shown = sheet(page).warning.text()
    assert "Two meetings settled this differently" in shown
    assert "Low" in shown
    assert "High" in shown


def test_agreement_of_a_form_is_by_question(page, qtbot):
    press(qtbot, K.Key_A)
    agreement = page.agreement
    assert page.current() is agreement
    assert agreement.header._words.text().startswith("What was done   ·   answers as they were")
    assert agreement.questions.text() == "Rigour"
    assert not agreement.segments.isVisible()
    assert agreement.count.text() == "3 studies, both answered on all"
    cells = {place: cell.text() for place, cell in agreement.table.cells.items()}
    assert (cells["high", "middle"], cells["low", "low"]) == ("1", "1")
    names = [row.name for row in agreement.parts._rows]
    assert names == ["Rigour", "Blinded", "Setting", "Dose", "Means"]
    figures = {row.name: row.marked for row in agreement.figures._rows}
    assert (figures["Weighted kappa"], figures["Cohen’s kappa"]) == (True, False)
    assert "Weighted kappa, for which near is better than far, is" in agreement.reading.text()
    agreement.questions.choose("blinded")
    agreement.questions.chosen.emit("blinded")
    assert ("yes", "not-reported") in agreement.table.cells
    assert "Weighted kappa" not in [row.name for row in agreement.figures._rows]
    agreement.table.cells["yes", "not-reported"].click()
    assert page.current() is page.records
    assert "Maya Yes, Jonas not reported" in page.records.header._words.text()
    assert page.records.table.model().rowCount() == 1


def test_a_form_without_a_table_shows_how_often_answers_are_the_same(
    tmp_path, session_on, show, qtbot
):
    asked = tuple(q for q in FORM.questions if q.id not in ("rigour", "blinded"))
    answered = new_trial(tmp_path, form=replace(FORM, questions=asked))
    for name, said, rows in (("Maya", MAYA, ROWS_OF_MAYA), ("Jonas", JONAS, ROWS_OF_JONAS)):
        kept = {at: value for at, value in said.items() if at[1] not in ("rigour", "blinded")}
        answered.answer(name, kept, rows=rows)
    answered.merge()
    page = show(ConsensusPage(session_on(answered.project)))
    press(qtbot, K.Key_A)
    agreement = page.agreement
    assert agreement.table is None
    assert agreement.count.text() == "No question has a table; the shares stand beside."
    notes = {row.name: row.note for row in agreement.parts._rows}
    assert notes["Setting"] == "the same in 1 of 2"


def test_the_rail_counts_what_is_to_settle_in_the_form_too(session):
    (line,) = [one for one in Standings(session.project).lines() if one.id == "consensus"]
    assert line.words == "7 to settle, all stages"


def test_when_all_is_settled_the_form_says_so(page, session, answered):
    project = session.project
    for found in list(project.consensus.differing(ID)):
        subject, item = found.subject, found.item
        if item.question == "strands":
            (said,) = project.consensus.at(ID).said_on(subject, item)
            project.consensus.pair(subject, ID, "strands", [(said.author, said.row)], exists=False)
    for found in list(project.consensus.differing(ID)):
        if found.open:
            value = {"dose": "3", "rigour": "low", "blinded": "no"}.get(found.item.question, "home")
            project.consensus.resolve(
                found.subject, value, step=ID, item=found.item, why="Read", by=["Maya"]
            )
    assert page.meeting.done.isVisible()
    assert "All is settled in What was done" in words(page.meeting.done)


def test_what_is_chosen_stays_when_everything_is_shown(page, at, qtbot):
    page.meeting.show_item(at(1, "rigour"))
    page.meeting.focus_page()
    press(qtbot, K.Key_2, K.Key_V)
    assert sheet(page).at == at(1, "rigour")
    assert sheet(page).choice.value == "middle"
    assert sheet(page).bar.settle.text() == "Settle: Middle"


def test_the_meeting_takes_up_the_forms_in_their_order_and_then_screening(answered):
    with answered.open() as review:
        form = review.forms.step(ID).form
        review.forms.keep(replace(form, id="a-later-one", title="Later"))
    with answered.open() as review:
        order = first_met(review.consensus.steps)
    assert order == [ID, "a-later-one", Stage.FULL_TEXT, Stage.TITLE_ABSTRACT]


@pytest.fixture
def typing(page, session):
    """Press letters of a word so many milliseconds apart, as the computer's clock tells them."""
    session.preferences.change(moment=150)
    now = [10.0]
    page.dispatch.clock = lambda: now[0]

    def typing(text, apart=110):
        for letter in text:
            now[0] += apart / 1000
            QTest.keyClick(QApplication.focusWidget(), letter)

    return typing


@pytest.mark.parametrize("text", ["table 1", "only in the abstract", "later report", "because it"])
def test_a_word_that_is_typed_after_an_answer_was_taken_does_nothing(
    page, session, at, qtbot, typing, text
):
    dose = at(1, "dose", "telephone")
    page.meeting.show_item(dose)
    page.meeting.focus_page()
    press(qtbot, K.Key_Right)
    taken = sheet(page).choice
    asked = page.meeting.present._card
    typing(text)
    assert sheet(page).choice == taken
    assert sheet(page).at == dose
    assert sheet(page).view.hasFocus()
    assert page.meeting.present._card is asked
    assert sheet(page).bar.value.text() == ""
    assert agreed(session, dose) == []


def test_a_letter_alone_still_acts_after_an_answer_was_taken(page, session, at, qtbot, typing):
    page.meeting.show_item(at(1, "dose", "telephone"))
    page.meeting.focus_page()
    press(qtbot, K.Key_Right)
    typing("t")
    qtbot.waitUntil(sheet(page).bar.value.hasFocus)
    press(qtbot, K.Key_Escape)
    assert sheet(page).choice is not None
    typing("t")
    typing("25")
    assert sheet(page).bar.value.text() == "25"
