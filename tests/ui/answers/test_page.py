"""Answering a form: fields saved when left, chosen by keys, mended, taken back, closed."""

import shutil
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from screener import open_copy, open_project
from screener.model import UserError
from tests.ui.answers.conftest import SCALE
from ui.answers.page import FormPage
from ui.screening.write_copy import SendCard
from ui.widgets.words import Words

K = Qt.Key


def test_each_open_form_is_a_stage_of_the_copy(person):
    stages = [line.name for line in person.window.frame.standings.lines()]
    assert stages[-2:] == ["Extraction", "Appraisal"]
    assert isinstance(person.page, FormPage)
    person.ctrl(K.Key_5)
    assert person.window.frame.current == "scale"


def test_in_the_project_a_form_is_no_stage(window, copy):
    assert window.open(copy.with_name("p.screener"))
    assert "extraction" not in window.frame.stages


def test_a_field_is_saved_when_it_is_left_and_not_before(person):
    person.type("Norway")
    assert person.answers() == {}
    person.tab()
    assert person.answers() == {"country": "Norway"}
    assert person.at == "Design"
    assert "Norway" in person.echo
    assert person.quiet("country") == "Norway"


def test_leaving_an_unchanged_field_writes_nothing(person):
    person.type("Norway")
    person.tab()
    before = person.window.session.project.counts()
    person.back()
    person.tab(2)
    assert person.window.session.project.counts() == before


def test_it_is_saved_when_another_stage_is_shown_and_when_the_file_is_closed(person, reopen):
    person.type("Norway")
    person.ctrl(K.Key_1)
    assert person.window.session.project.undo_name() == "Country: Norway"
    person.ctrl(K.Key_4)
    person.type("Sweden")
    person.ctrl(K.Key_W)
    assert person.window.frame is None
    with reopen() as mine:
        study = mine.studies.all()[0].id
        assert [a.value for a in mine.forms.answering("extraction").answers(study)] == ["Sweden"]


@pytest.mark.parametrize(
    ("key", "said"),
    [("2", "pre"), ("4", "not-reported"), ("q", "qual"), ("r", "rct"), ("u", "unclear")],
)
def test_a_digit_chooses_and_a_letter_that_only_one_option_begins_with(person, key, said):
    person.tab()
    person.type(key)
    person.tab()
    assert person.answers() == {"design": said}


def test_the_last_choice_counts_and_the_same_key_gives_it_up(person):
    person.tab()
    person.type("23")
    person.tab()
    assert person.answers() == {"design": "qual"}
    person.back()
    person.type("3")
    person.tab()
    assert person.answers() == {}


def test_an_option_is_chosen_with_the_mouse_and_keys_go_on(person, qtbot):
    person.tab()
    line = person.focus.lines[1]
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    person.tab()
    assert person.answers() == {"design": "pre"}


def test_several_options_are_chosen_together(person):
    person.to("Means")
    person.type("12")
    person.tab()
    assert person.answers() == {"means": "chat;phone"}


def test_special_values_of_a_typed_field_have_keys(person):
    person.press(K.Key_F2)
    assert person.focus.text() == "not reported"
    person.tab()
    assert person.answers() == {"country": "not-reported"}
    person.back()
    person.type("Norway")
    person.tab()
    assert person.answers() == {"country": "Norway"}


def test_what_does_not_parse_stays_in_its_field_and_is_no_answer(person, reopen):
    person.to("Enrolled")
    person.type("many")
    person.tab()
    assert person.answers() == {}
    assert person.quiet("enrolled") == "many"
    person.back()
    assert person.focus.text() == "many"
    person.ctrl(K.Key_W)
    with reopen() as mine:
        study = mine.studies.all()[0].id
        kept = mine.forms.answering("extraction").typed(study)
    assert kept == {("enrolled", ""): {"text": "many", "state": "value"}}


def test_what_was_mended_is_an_answer_and_kept_no_more(person):
    person.to("Enrolled")
    person.type("many")
    person.tab()
    person.back()
    person.type("30")
    person.tab()
    assert person.answers() == {"enrolled": "30"}
    model = person.page.model
    assert model.answering.typed(model.current) == {}


def test_a_unit_is_typed_after_the_number(person):
    person.to("Length")
    person.type("12 months")
    person.tab()
    assert (person.answer("length").value, person.answer("length").unit) == ("12", "months")
    assert person.quiet("length") == "12 months"


def test_what_is_no_number_is_shown_with_its_unit(person):
    person.to("Length")
    person.type("many months")
    person.tab()
    assert person.answer("length") is None
    assert person.quiet("length") == "many months"


def test_page_and_quote_are_saved_with_the_answer_as_one_event(person):
    person.type("Norway")
    events = person.window.session.project.counts()[1]
    person.alt(K.Key_Return)
    assert person.at == "Page of Country"
    person.type("4")
    person.tab()
    person.type("in two towns of Norway")
    person.tab(3)
    found = person.answer("country")
    assert (found.page, found.quote) == ("4", "in two towns of Norway")
    assert found.report == person.page.model.study.primary
    assert person.window.session.project.counts()[1] == events + 1
    assert person.at == "Design"


def test_a_page_without_an_answer_waits_for_one(person):
    person.alt(K.Key_Return)
    person.type("4")
    person.tab(4)
    assert person.answers() == {}
    person.back()
    person.type("Norway")
    person.tab(5)
    assert person.answer("country").page == "4"


def test_a_question_comes_and_goes_with_the_answer_it_waits_for(person):
    assert person.quiet("how") is None
    person.tab()
    person.type("1")
    person.tab()
    assert person.at == "How they were randomized"
    person.type("by dice")
    person.back()
    person.type("2")
    person.tab()
    assert person.at == "Enrolled"
    assert person.quiet("how") is None
    assert person.answers()["how"] == "by dice"  # it is there again when the design is


def test_enter_goes_on_and_tab_leaves_the_form_at_its_end(person):
    person.ctrl(K.Key_Down)
    person.ctrl(K.Key_Down)
    assert isinstance(person.focus, QPlainTextEdit)
    person.tab()
    assert not person.page.view.isAncestorOf(person.focus)
    person.back()
    assert person.at == "Story"


def test_sections_are_gone_through_with_ctrl_and_arrows(person):
    person.ctrl(K.Key_Down)
    assert person.at == "The next arm"
    person.ctrl(K.Key_Up)
    assert person.at == "Country"


def test_ctrl_z_undoes_typing_then_takes_the_last_answer_back_and_goes_there(person):
    person.type("Norway")
    person.to("Enrolled")
    person.type("3")
    person.ctrl(K.Key_Z)
    assert person.focus.text() == ""
    assert person.answers() == {"country": "Norway"}
    person.ctrl(K.Key_Z)
    assert person.answers() == {}
    assert person.at == "Country"
    assert person.focus.text() == ""
    person.press(
        K.Key_Z,
        modifier=Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    assert person.answers() == {"country": "Norway"}


def test_next_study_says_what_is_missing_then_goes_on(person):
    person.tab()
    person.ctrl(K.Key_Return)
    assert person.at == "Country"
    assert person.page.model.current == person.page.model.studies[0].id
    person.type("Norway")
    person.tab()
    person.type("2")
    person.ctrl(K.Key_Return)
    assert person.page.model.current == person.page.model.studies[1].id
    assert person.at == "Country"
    assert person.page.model.lines()[0].words == "finished"
    assert person.answers() == {"country": "Norway", "design": "pre"}


def test_a_study_is_chosen_in_the_list(person, qtbot):
    person.type("Norway")
    person.alt(K.Key_Down)
    assert person.focus is person.page.studies
    person.press(K.Key_Down)
    assert person.answers() == {"country": "Norway"}
    assert person.page.model.current == person.page.model.studies[1].id
    person.press(K.Key_Escape)
    assert person.at == "Country"
    assert person.focus.text() == ""


def test_header_and_rail_say_how_far(person, qtbot):
    person.type("Norway")
    person.tab()
    assert person.page.header._strong.text() == "1 of 2"
    person.type("2")
    person.tab()
    assert person.page.header._right.text() == "1 of 3 studies finished"
    rail = person.window.frame.rail._model
    qtbot.waitUntil(lambda: "1 of 3 studies" in [rail.row(n).words for n in range(5)])


def finish(person):
    for _ in range(3):
        person.type("Norway")
        person.tab()
        person.type("2")
        person.ctrl(K.Key_Return)


def test_all_finished_is_closed_with_a_code_and_its_values_are_text(person, qtbot):
    finish(person)
    page = person.page
    assert page._stack.currentWidget() is page.nothing
    qtbot.mouseClick(page.nothing.button, Qt.MouseButton.LeftButton)
    code = page.model.answering.code()
    assert code
    assert page.closed._code.text() == code
    qtbot.mouseClick(page.closed.look, Qt.MouseButton.LeftButton)
    assert page.view.current is None
    assert not [w for w in page.view.findChildren(QLineEdit) if w.isVisible()]
    assert person.quiet("country") == "Norway"
    person.press(K.Key_Escape)
    assert page._stack.currentWidget() is page.closed


def test_a_closed_form_is_opened_again_with_the_reason(person, qtbot):
    finish(person)
    page = person.page
    qtbot.mouseClick(page.nothing.button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(page.closed.reopen, Qt.MouseButton.LeftButton)
    person.type("A table was found")
    person.press(K.Key_Return)
    assert page.model.answering.code() == ""
    assert person.at == "Country"
    person.type("Sweden")
    person.tab()
    assert "Sweden" in person.answers(study=page.model.studies.index(page.model.study)).values()


def test_sending_says_the_code_of_the_form(person, qtbot):
    finish(person)
    qtbot.mouseClick(person.page.nothing.button, Qt.MouseButton.LeftButton)
    code = person.page.model.code
    qtbot.mouseClick(person.page.closed.send, Qt.MouseButton.LeftButton)
    (card,) = [c for c in person.window.findChildren(SendCard) if c.isVisible()]
    assert code in [w.text() for w in card.findChildren(Words)]
    person.press(K.Key_Escape)


def test_a_copy_opens_at_the_form_that_is_to_be_answered(person, copy):
    person.ctrl(K.Key_W)
    assert person.window.open(copy)
    assert person.window.frame.current == "extraction"


def test_tab_comes_to_everything_on_the_page_and_everything_is_named(person):
    """Fields that are quiet come into focus with Tab; what is in focus is named by its question."""
    met = []
    for _ in range(80):
        assert person.at, person.focus
        met.append(person.at)
        person.tab()
    for name in ("Country", "Design", "Enrolled", "Length", "Means", "The next arm", "Story",
                 "Studies", "Record"):  # fmt: skip
        assert name in met


def test_a_retired_question_is_shown_only_where_it_is_answered(person):
    """A newer copy retires two questions, of which one is answered: they are asked no more."""
    person.type("Norway")
    person.to("Enrolled")
    person.type("30")
    person.tab()
    model = person.page.model
    retired = replace(
        model.form,
        questions=tuple(
            replace(q, retired=q.id in ("enrolled", "length")) for q in model.form.questions
        ),
    )
    sheet = replace(model.sheet, form=retired)
    asked = {q.id for q in retired.questions if sheet.asks(q)}
    assert "enrolled" in asked
    assert "length" not in asked


def test_what_is_typed_is_saved_only_into_its_own_study(person, qtbot):
    person.type("Norway")
    model = person.page.model
    index = person.page.studies.model().index(1, 0)
    qtbot.mouseClick(person.page.studies.viewport(), Qt.MouseButton.LeftButton,
                     pos=person.page.studies.visualRect(index).center())  # fmt: skip
    assert model.current == model.studies[1].id
    assert person.answers(study=0) == {"country": "Norway"}
    person.press(K.Key_Escape)
    person.tab()
    assert person.answers(study=1) == {}


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no grabs
def test_how_a_typed_value_was_got_is_chosen_and_saved_with_it(person, qtbot):
    person.type("Norway")
    person.alt(K.Key_Return)
    person.tab(3)
    assert person.at == "How Country was got: not said"
    person.press(K.Key_Space)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is not None)
    menu = QApplication.activePopupWidget()
    for _ in range(2):
        QTest.keyClick(menu, K.Key_Down)
    QTest.keyClick(menu, K.Key_Return)
    assert person.at == "How Country was got: calculated"
    person.tab()
    found = person.answer("country")
    assert (found.value, found.origin, found.report) == ("Norway", "calculated", "")


def test_a_changed_value_keeps_how_it_was_got(person, copy):
    person.type("Norway")
    person.alt(K.Key_Return)
    person.page.view.current.open_field.place.origin.choose("figure")
    person.tab(4)
    person.back()
    person.type("Sweden")
    person.tab(5)
    assert (person.answer("country").value, person.answer("country").origin) == ("Sweden", "figure")


def test_a_study_opened_after_the_close_is_answered_without_reopening(
    made_forms, tmp_path, window, qtbot
):
    shutil.copy(made_forms / "p.screener", tmp_path / "p.screener")
    path, form = tmp_path / "p.screener", replace(SCALE, id="later", title="A later scale")
    with open_project(path) as project:
        project.forms.keep(form)
        studies = [one.id for one in project.studies.all()]
        project.studies.open("later", studies[:1])
        project.consensus.write_copy("Maya", tmp_path / "mine.screener")
        with open_copy(tmp_path / "mine.screener") as mine:
            for letter in "abc":
                mine.forms.answering("later").answer(studies[0], letter, "two")
            first = mine.forms.answering("later").close()
        project.studies.open("later", studies[1:2])
        project.consensus.write_copy("Maya", tmp_path / "newer.screener")
    with open_copy(tmp_path / "mine.screener") as mine:
        mine.consensus.merge(tmp_path / "newer.screener")
        with pytest.raises(UserError, match="This stage is closed"):
            mine.forms.answering("later").answer(studies[0], "a", "zero")
    assert window.open(tmp_path / "mine.screener")
    window.frame.go("later")
    page = window.frame.page
    assert page.closed.send.text() == "1 new study: answer it"
    QTest.keyClick(QApplication.focusWidget(), K.Key_Return)
    assert page.model.current == studies[1]
    for _ in range(3):
        QTest.keyClick(QApplication.focusWidget(), "1")
    page.next_study()
    assert page.closed.send.text() == "Close the form"
    qtbot.mouseClick(page.closed.send, Qt.MouseButton.LeftButton)
    assert page.closed.send.text() == "Send my answers…"
    assert page.model.code != first
    assert window.session.project.consensus.context.told("later").reopened == ()


def test_the_card_to_send_cuts_nothing_at_its_side(person, qtbot, monkeypatch):
    title = "Methodological Quality Rating Scale of everything that was done"
    rows = [(title, "128 of 128 studies finished", "M6TJ OYCM BCJW CPRR")]
    monkeypatch.setattr(SendCard, "_steps", lambda _: iter(rows))
    card = SendCard(person.window.session, person.window)
    card.open()
    qtbot.waitUntil(card.isVisible)
    for words in card.findChildren(Words):
        assert words.width() >= words.minimumSizeHint().width(), words.text()
    area = card._scroll
    qtbot.waitUntil(lambda: area.widget().height() > 0)
    assert area.horizontalScrollBar().maximum() == 0
    card.close_card()


def test_what_is_no_answer_is_said_before_the_form_is_closed(person):
    finish(person)
    page = person.page
    page._on_look()
    person.to("Enrolled")
    person.type("50o")
    page.ask_close()
    assert page._stack.currentWidget() is page.nothing
    assert page.nothing.button.text() == "Close it all the same"
    told = " ".join(w.text() for w in page.nothing.findChildren(Words))
    assert "1 field holds something that is no answer" in told
    assert page.model.code == ""
