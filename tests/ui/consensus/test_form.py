"""The meeting over a form: its discrepancies, an answer taken, a value typed, taken back, told."""

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel

from screener import open_project
from screener.model import AnswerState, Compare, Stage
from screener.model.step import Item
from tests.ui.consensus.conftest import on_computer
from ui.consensus.page import ConsensusPage
from ui.consensus.painter import ItemId
from ui.consensus.reveal import Level
from ui.widgets.theme import look_of
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


@pytest.fixture
def page(session, show):
    return show(ConsensusPage(session))


def press(qtbot, key):
    qtbot.keyClick(QApplication.focusWidget(), key)


def write(qtbot, text):
    qtbot.keyClicks(QApplication.focusWidget(), text)


def why(qtbot, text="We read it together"):
    write(qtbot, text)
    press(qtbot, K.Key_Return)


def words(widget):
    return " | ".join(w.text() for w in widget.findChildren(QLabel) if w.isVisibleTo(widget))


def agreed(session, item):
    found = session.project.consensus.agreed(ID).get(item.subject, [])
    return [(one.value, one.state, one.details.unit) for one in found if one.item == item.item]


def test_the_page_begins_with_the_form_and_lists_its_discrepancies(page, session):
    assert page.step == ID
    assert page.current() is page.meeting
    model = page.meeting.list.model()
    lines = [model.row(row) for row in range(model.rowCount())]
    listed = [(line.heading, line.count) if line.at is None else line.below for line in lines]
    assert listed == [
        ("Answer missing", 1),
        "Setting",
        ("Row in one form only", 2),
        "Strands, usual-care",
        "Strands, waiting-list",
        ("Value differs", 4),
        "Dose, telephone",
        "Rigour",
        "Blinded",
        "Setting",
    ]
    titles = {line.title for line in lines if line.at and line.at.item == Item("rigour", "")}
    assert titles == {session.project.units.get(session.project.units.find("1")).title}
    assert page.meeting.header._strong.text() == "0 of 7 settled"


def test_the_steps_that_are_open_can_be_chosen(page, session):
    steps = page.meeting.header.steps
    assert steps.text() == "What was done"
    steps.chosen.emit("title-abstract")
    assert page.step == Stage.TITLE_ABSTRACT
    assert page.current() is page.meeting
    assert page.meeting.list.model().rowCount() == 0
    page._steps.chosen.emit(ID)
    assert page.current() is page.meeting


def test_the_answers_stand_side_by_side_as_the_level_allows(page, at):
    meeting = page.meeting
    meeting.show_item(at(1, "dose", "telephone"))
    assert meeting.item.heading.text() == "Value differs 1 of 4"
    assert meeting.item.words.text() == "Dose, telephone"
    shown = words(meeting.item.comparison)
    assert all(part in shown for part in ("Maya", "12.0 weeks", "Jonas", "12 months"))
    meeting.item.level_chosen.emit(int(Level.DECISIONS))
    meeting.show_item(at(1, "dose", "telephone"))
    assert meeting.item.words.text() == "Dose, telephone · without names"
    assert [(c.title, c.value) for c in meeting.item.columns] == [
        ("One reviewer", "12 months"),
        ("The other", "12.0 weeks"),
    ]
    meeting.item.level_chosen.emit(int(Level.RECORD))
    model = meeting.list.model()
    assert "Setting" in {model.row(row).below for row in range(model.rowCount())}
    look = look_of(meeting.list)
    assert meeting.list.rowHeight(0) >= look.line("body") + look.line("small")  # room for both
    assert not meeting.item.comparison.isVisible()


def test_an_arrow_takes_an_answer_with_its_unit(page, session, at, qtbot):
    dose = at(1, "dose", "telephone")
    page.meeting.show_item(dose)
    page.meeting.focus_page()
    press(qtbot, K.Key_Right)
    assert page.meeting.item.bar.because.hasFocus()
    assert agreed(session, dose) == []
    why(qtbot)
    assert agreed(session, dose) == [("12", AnswerState.VALUE, "months")]
    assert session.echo.sentence.startswith("Settled, 12 months: “")
    assert page.meeting.shown() == at(1, "rigour")


def test_a_value_is_typed_and_taken_back_and_told_in_the_history(page, session, at, qtbot):
    meeting, dose = page.meeting, at(1, "dose", "telephone")
    meeting.show_item(dose)
    meeting.focus_page()
    press(qtbot, K.Key_T)
    assert meeting.item.bar.value.hasFocus()
    assert meeting.item.bar.value.text() == ""
    write(qtbot, "3.5 months")
    press(qtbot, K.Key_Return)
    why(qtbot)
    assert agreed(session, dose) == [("3.5", AnswerState.VALUE, "months")]
    assert "Settle: 3.5 months" in [step.what for step in session.project.history("1")]
    assert meeting.shown() == at(1, "rigour")
    press(qtbot, K.Key_Backspace)
    assert agreed(session, dose) == []
    assert meeting.shown() == dose
    assert session.echo.sentence.startswith("Taken back: Settle, 3.5 months  ·  “")
    page.perform("redo")
    assert agreed(session, dose) == [("3.5", AnswerState.VALUE, "months")]
    assert meeting.shown() == dose
    assert "Settled" in words(meeting.item.comparison)


def test_a_digit_chooses_an_option_and_a_special_value(page, session, at, qtbot):
    meeting = page.meeting
    meeting.show_item(at(1, "rigour"))
    meeting.focus_page()
    bar = meeting.item.bar
    assert [offer.words for offer in bar.offers] == ["Low", "Middle", "High", "Unclear"]
    press(qtbot, K.Key_2)
    assert bar.buttons["settle-reason-2"].accessibleDescription() == "chosen"
    why(qtbot)
    assert agreed(session, at(1, "rigour")) == [("middle", AnswerState.VALUE, "")]
    assert meeting.shown() == at(1, "blinded")
    assert [offer.words for offer in bar.offers] == ["Yes", "No", "not reported"]
    press(qtbot, K.Key_3)
    why(qtbot)
    assert agreed(session, at(1, "blinded")) == [("", AnswerState.NOT_REPORTED, "")]


def test_what_is_no_value_of_the_question_is_said_and_stays(page, session, at, qtbot):
    meeting = page.meeting
    meeting.show_item(at(1, "dose", "telephone"))
    meeting.focus_page()
    press(qtbot, K.Key_T)
    write(qtbot, "many weeks")
    with qtbot.waitSignal(session.complained) as told:
        press(qtbot, K.Key_Return)
    assert "is not a number" in told.args[0].sentence
    assert meeting.item.bar.value.text() == "many weeks"
    assert meeting.item.choice is None
    meeting.item.bar.value.setText("Not reported")
    press(qtbot, K.Key_Return)
    assert meeting.item.choice.state is AnswerState.NOT_REPORTED


def test_a_value_that_overturns_what_was_agreed_is_asked_about_once(page, session, at, qtbot):
    meeting, setting = page.meeting, at(3, "setting")
    for first, text in ((True, "home"), (False, "at home")):
        meeting.show_item(setting)
        meeting.focus_page()
        press(qtbot, K.Key_T)
        write(qtbot, text)
        press(qtbot, K.Key_Return)
        why(qtbot)
        if not first:
            assert session.problem.sentence.startswith("What was agreed here is home; settle it")
            press(qtbot, K.Key_Return)
        assert agreed(session, setting) == [(text, AnswerState.VALUE, "")]


def test_who_has_not_answered_is_named(page, at):
    page.meeting.show_item(at(2, "setting"))
    assert "Jonas has not answered this." in words(page.meeting.item.comparison)
    assert [c.value for c in page.meeting.item.columns] == ["home", "no answer"]


def test_a_row_that_one_has_is_shown_and_settled_by_nothing(page, at, qtbot):
    meeting = page.meeting
    meeting.show_item(at(1, "strands", "usual-care"))
    meeting.focus_page()
    assert meeting.item.words.text() == (
        "Strands, usual-care · not every reviewer has this row, which waits for the rows to be "
        "paired"
    )
    for key in (K.Key_1, K.Key_Left, K.Key_T, K.Key_I):
        press(qtbot, key)
    assert meeting.item.choice is None
    assert not meeting.item.bar.value.isVisible()


def test_an_answer_changed_after_it_was_settled_says_so(answered, session_on, show, at):
    with answered.open() as review:
        answered.settle(review, "rigour", "middle")
    answered.reopened("Maya", {(1, "rigour"): "low"})
    answered.merge()
    page = show(ConsensusPage(session_on(answered.project)))
    page.meeting.show_item(at(1, "rigour"))
    shown = words(page.meeting.item.comparison)
    assert "Maya changed High to Low on" in shown
    assert "after this was settled: Middle." in shown


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
    shown = words(page.meeting.item.comparison)
    assert "Two meetings settled this differently" in shown
    assert {"Low", "High"} <= set(shown.split(" | "))


def test_agreement_of_a_form_is_by_question(page, qtbot):
    press(qtbot, K.Key_A)
    agreement = page.agreement
    assert page.current() is agreement
    assert agreement.header._words.text().startswith("what was done   ·   answers as they were")
    assert agreement.questions.text() == "Rigour"
    assert not agreement.segments.isVisible()
    assert agreement.count.text() == "3 records, both answered on all"
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
    answered, session_on, show, qtbot
):
    with answered.open() as review:
        asked = tuple(
            replace(q, compare=Compare.NONE) if q.id in ("rigour", "blinded") else q
            for q in answered.form.questions
        )
        review.forms.keep(replace(answered.form, questions=asked))
    page = show(ConsensusPage(session_on(answered.project)))
    press(qtbot, K.Key_A)
    agreement = page.agreement
    assert agreement.table is None
    assert agreement.count.text() == "No question has a table; the shares stand beside."
    notes = {row.name: row.note for row in agreement.parts._rows}
    assert notes["Setting"] == "the same in 1 of 2"


def test_the_rail_counts_what_is_to_settle_in_the_form_too(session):
    (line,) = [one for one in Standings(session.project).lines() if one.id == "consensus"]
    assert line.words == "7 of 7 to settle, all stages"


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
