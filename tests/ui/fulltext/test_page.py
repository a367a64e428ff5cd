from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener.fulltext.fulltext import Retrieval
from screener.model import Outcome, Stage
from ui.session.page import EVERYTHING
from ui.widgets.words import Words

KEY = Qt.Key


def words(widget):
    return [label.text() for label in widget.findChildren(Words) if label.isVisible()]


def press(page, qtbot, key):
    qtbot.keyClick(page.table, key)


def states(page):
    return [report.state.value for report in page.session.project.fulltext.reports()]


@pytest.fixture
def heard(page):
    """The sentences of the problem bar and of the echo line."""
    problems, said = [], []
    page.session.complained.connect(lambda problem: problems.append(problem.sentence))
    page.session.echoed.connect(lambda echo: said.append(echo.sentence))
    return problems, said


def test_before_anybody_decided_screening_comes_first(make_page, qtbot):
    page = make_page()
    assert "Title and abstract come first" in words(page)
    with qtbot.waitSignal(page.session.wanted) as wanted:
        page.empty.button.click()
    assert wanted.args == ["screening"]


def test_what_is_not_settled_comes_before_but_need_not(screen, make_page, qtbot):
    screen({0, 1}, {0})
    page = make_page()
    assert "1 record to settle first" in words(page)
    with qtbot.waitSignal(page.session.wanted) as wanted:
        page.empty.button.click()
    assert wanted.args == ["consensus"]
    assert page.empty.second.text() == "Open for the 1 that passed"
    page.empty.second.click()
    assert states(page) == ["sought"]


def test_when_nothing_passed_the_report_comes_next(screen, make_page, qtbot):
    screen(set(), set())
    page = make_page()
    assert "Nothing passed title and abstract" in words(page)
    with qtbot.waitSignal(page.session.wanted) as wanted:
        page.empty.button.click()
    assert wanted.args == ["report"]


def test_opening_seeks_what_passed(screen, make_page, qtbot):
    screen({0, 2}, {0, 2})
    page = make_page()
    assert "2 records passed title and abstract" in words(page)
    page.empty.button.click()
    assert states(page) == ["sought", "sought"]
    assert page.table.isVisible()
    qtbot.waitUntil(page.table.hasFocus)
    assert page.copies.isVisible()


def test_keys_say_how_retrieval_stands_and_go_on(page, heard, qtbot):
    press(page, qtbot, KEY.Key_R)
    assert states(page) == ["retrieved", "sought", "sought"]
    assert page.table.current() == 1
    press(page, qtbot, KEY.Key_R)
    press(page, qtbot, KEY.Key_Up)
    press(page, qtbot, KEY.Key_S)
    assert states(page) == ["retrieved", "sought", "sought"]
    assert heard[1][0] == "Retrieved: “Peers by telephone”"
    assert heard[1][-1] == "Still sought: “Peers by post”"


def test_the_state_that_is_in_force_is_not_stored_again(page, qtbot):
    press(page, qtbot, KEY.Key_R)
    before = page.session.project.counts()
    press(page, qtbot, KEY.Key_Up)
    press(page, qtbot, KEY.Key_R)
    assert page.session.project.counts() == before


def test_only_the_report_that_changed_is_read_again(page, qtbot):
    before = page._reports
    press(page, qtbot, KEY.Key_R)
    assert [one is other for one, other in zip(page._reports, before, strict=True)] == [
        place > 0 for place in range(len(before))
    ]


def test_not_retrieved_asks_why_in_place(page, heard, qtbot):
    press(page, qtbot, KEY.Key_N)
    assert page.deciding.asking
    assert states(page) == ["sought"] * 3
    qtbot.keyClicks(page.deciding.why, "not in any library")
    qtbot.keyClick(page.deciding.why, KEY.Key_Return)
    report = page.session.project.fulltext.reports()[0]
    assert (report.state, report.why) == (Retrieval.NOT_RETRIEVED, "not in any library")
    assert not page.deciding.asking
    assert page.table.hasFocus()
    assert page.table.current() == 1
    assert "1 not retrieved" in words(page.header)
    assert "retrieval 1 of 3" in words(page.header)


def test_enter_takes_what_was_typed_and_down_a_phrase_used_before(page, qtbot):
    why = page.deciding.why
    for typed, key in (("not in any library", None), ("not", None), ("not i", KEY.Key_Down)):
        press(page, qtbot, KEY.Key_N)
        qtbot.keyClicks(why, typed)
        if key is not None:
            qtbot.keyClick(why, key)
        qtbot.keyClick(why, KEY.Key_Return)
    whys = [report.why for report in page.session.project.fulltext.reports()]
    assert whys == ["not in any library", "not", "not in any library"]


def test_without_why_nothing_is_stored(page, heard, qtbot):
    press(page, qtbot, KEY.Key_N)
    qtbot.keyClick(page.deciding.why, KEY.Key_Return)
    assert len(heard[0]) == 1
    assert page.deciding.asking
    qtbot.keyClick(page.deciding.why, KEY.Key_Escape)
    assert not page.deciding.asking
    assert states(page) == ["sought"] * 3
    assert page.table.hasFocus()


def test_taking_back_restores_the_former_state(page, heard, qtbot):
    press(page, qtbot, KEY.Key_R)
    press(page, qtbot, KEY.Key_Backspace)
    assert states(page) == ["sought"] * 3
    assert heard[1][-1] == "Taken back: Full text retrieved  ·  “Peers by telephone”"


def test_a_filter_and_a_search_show_what_is_wanted(page, qtbot):
    press(page, qtbot, KEY.Key_R)
    page.show_at("sought")
    assert [r.unit.number for r in page._shown] == [2, 3]
    press(page, qtbot, KEY.Key_Slash)
    qtbot.keyClicks(page.search, "VIDEO okafor")
    assert [r.unit.number for r in page._shown] == [3]
    qtbot.keyClick(page.search, KEY.Key_Escape)
    assert [r.unit.number for r in page._shown] == [2, 3]
    assert page.table.hasFocus()
    press(page, qtbot, KEY.Key_R)  # the row leaves the filter; the next one takes its place
    assert [r.unit.number for r in page._shown] == [2]
    assert page.chosen().unit.number == 2
    assert states(page) == ["retrieved", "sought", "retrieved"]


def test_letters_in_the_search_decide_nothing(page, qtbot):
    press(page, qtbot, KEY.Key_Slash)
    qtbot.keyClicks(page.search, "rns")
    assert states(page) == ["sought"] * 3
    assert page.chosen() is None
    assert not page.deciding.buttons[Retrieval.RETRIEVED].isEnabled()


def test_what_passed_later_can_be_opened_too(screen, make_page, qtbot):
    screen({0, 1}, {0})
    page = make_page()
    page.empty.second.click()
    assert not page.open_more.isVisible()
    project = page.session.project
    (open_one,) = project.consensus.discrepancies(Stage.TITLE_ABSTRACT)
    project.consensus.resolve(
        open_one.unit.id, Outcome.INCLUDE, step=Stage.TITLE_ABSTRACT, why="fits", by=["Maya"]
    )
    assert page.open_more.text() == "Open for 1 more"
    assert page.session.echo.sentence == "Full text is open for 1 report"
    page.open_more.click()
    assert page.session.echo.sentence == "Full text is open for 1 more report"
    assert states(page) == ["sought", "sought"]
    assert not page.open_more.isVisible()


def test_while_something_is_written_nothing_can_be_changed(page, qtbot):
    task = page.session.run(lambda project, progress: None, writes=True)
    press(page, qtbot, KEY.Key_R)
    assert not page.deciding.isEnabled()
    with qtbot.waitSignal(task.ended):
        pass
    assert states(page) == ["sought"] * 3
    assert page.deciding.isEnabled()


def test_the_detail_names_what_helps_to_find_a_report(page):
    said = " ".join(words(page.detail))
    assert "Okafor N, Brandt S" in said
    assert "DOI 10.5555/f.1" in said
    assert "found in PubMed" in said


def test_newer_copies_are_written_where_reviewers_are_kept(page, qtbot):
    with qtbot.waitSignal(page.session.wanted) as wanted:
        page.copies.click()
    assert wanted.args == ["screening"]


def test_the_header_is_the_first_child(page):
    assert page.layout().itemAt(0).widget() is page.header


def test_a_remapped_key_acts_and_stands_on_its_cap(screen, make_page, qtbot):
    screen({0, 2}, {0, 2})
    page = make_page()
    page.empty.button.click()
    page.session.keys.remap("retrieved", "Y")
    assert page.deciding.buttons[Retrieval.RETRIEVED].key == "Y"
    press(page, qtbot, KEY.Key_R)
    assert states(page) == ["sought", "sought"]
    press(page, qtbot, KEY.Key_Y)
    assert states(page) == ["retrieved", "sought"]


def test_the_search_is_a_word_until_it_is_asked_for(page, qtbot):
    assert (page.to_search.text(), page.to_search.key) == ("Search", "/")
    assert page.to_search.isVisible()
    assert not page.search.isVisible()
    page.to_search.click()
    assert page.search.hasFocus()
    assert not page.to_search.isVisible()
    qtbot.keyClicks(page.search, "video")
    qtbot.keyClick(page.search, KEY.Key_Return)
    assert page.table.hasFocus()
    assert page.search.isVisible()  # it says what the list is searched for
    press(page, qtbot, KEY.Key_R)
    assert page.search.isVisible()
    press(page, qtbot, KEY.Key_Slash)
    qtbot.keyClick(page.search, KEY.Key_Escape)
    assert page.to_search.isVisible()
    assert not page.search.isVisible()


def test_an_empty_search_folds(page, qtbot):
    press(page, qtbot, KEY.Key_Slash)
    qtbot.keyClick(page.search, KEY.Key_Return)
    assert page.to_search.isVisible()
    assert not page.search.isVisible()
    assert page.table.hasFocus()


def test_a_double_click_on_retrieved_is_about_one_report(page, qtbot):
    page.session.preferences.change(moment=150)
    page.dispatch.clock = lambda: 1.0
    button = page.deciding.buttons[Retrieval.RETRIEVED]
    for _ in range(2):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    states = [report.state for report in page.session.project.fulltext.reports()]
    assert states == [Retrieval.RETRIEVED, Retrieval.SOUGHT, Retrieval.SOUGHT]


@pytest.fixture
def half_typed(page, qtbot):
    """The reason of the first report, half typed."""
    press(page, qtbot, KEY.Key_N)
    qtbot.keyClicks(page.deciding.why, "no ans")
    return page


def test_a_half_typed_reason_belongs_to_its_report(half_typed, qtbot):
    page = half_typed
    page.table.choose(1)
    assert not page.deciding.asking
    assert "“Peers by telephone”" in page.kept_only_here()
    page.deciding.buttons[Retrieval.NOT_RETRIEVED].click()
    assert page.deciding.why.text() == ""
    qtbot.keyClick(page.deciding.why, KEY.Key_Escape)
    assert states(page) == ["sought"] * 3
    page.table.choose(0)
    page.deciding.buttons[Retrieval.NOT_RETRIEVED].click()
    assert page.deciding.why.text() == "no ans"
    page.refresh(EVERYTHING)
    assert page.deciding.asking
    qtbot.keyClick(page.deciding.why, KEY.Key_Return)
    assert states(page) == ["not-retrieved", "sought", "sought"]
    assert page.session.project.fulltext.reports()[0].why == "no ans"
    assert (page.chosen().unit.number, page.deciding.asking) == (2, False)


def test_esc_keeps_a_half_typed_reason_and_clearing_it_gives_it_up(half_typed, qtbot):
    page, why = half_typed, half_typed.deciding.why
    qtbot.keyClick(why, KEY.Key_Escape)
    assert (page.deciding.asking, page.table.hasFocus()) == (False, True)
    assert page.kept_only_here()
    press(page, qtbot, KEY.Key_N)
    assert why.text() == "no ans"
    qtbot.keyClick(why, KEY.Key_Backspace)  # all of it is selected
    qtbot.keyClick(why, KEY.Key_Escape)
    assert page.kept_only_here() == ""
    press(page, qtbot, KEY.Key_N)
    assert why.text() == ""
    assert states(page) == ["sought"] * 3


def test_a_kept_reason_that_was_recorded_is_kept_no_more(page, qtbot):
    why = page.deciding.why
    press(page, qtbot, KEY.Key_End)
    press(page, qtbot, KEY.Key_N)
    qtbot.keyClicks(why, "lost")
    page.table.choose(0)
    assert "“Peers by video”" in page.kept_only_here()
    page.show_kept()
    assert (page.table.current(), why.text(), why.hasFocus()) == (2, "lost", True)
    qtbot.keyClick(why, KEY.Key_Return)
    assert states(page) == ["sought", "sought", "not-retrieved"]
    assert (page.kept_only_here(), dict(page.typed())) == ("", {})


def test_leaving_the_page_closes_the_question(half_typed):
    half_typed.hide()
    half_typed.show()
    assert not half_typed.deciding.asking


def test_letters_in_the_search_are_letters_also_while_it_is_asked_why(half_typed, qtbot):
    page = half_typed
    page.focus_search()
    assert not page.deciding.asking
    for letter in "s post":
        qtbot.keyClick(page.window().focusWidget(), letter)
    assert page.search.text() == "s post"
    assert states(page) == ["sought"] * 3


def test_esc_on_the_list_closes_the_question(half_typed, qtbot):
    page = half_typed
    page.deciding.why.clear()
    page.table.setFocus()
    qtbot.keyClick(page.table, KEY.Key_Escape)
    assert not page.deciding.asking


# --- several at once ------------------------------------------------------------------------------


SHIFT = Qt.KeyboardModifier.ShiftModifier


def choose_three(page, qtbot):
    for _ in range(2):
        qtbot.keyClick(page.table, KEY.Key_Down, SHIFT)


def test_several_are_marked_retrieved_with_one_question_and_one_take_back(page, heard, qtbot):
    choose_three(page, qtbot)
    assert "3 reports are chosen" in words(page.detail)
    before = page.session.project.counts()
    press(page, qtbot, KEY.Key_R)
    assert "Retrieved: these 3 reports?" in words(page.deciding)
    assert not page.deciding.why.isVisible()
    assert page.session.project.counts() == before, "nothing is stored before it is answered"
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Return)
    assert states(page) == ["retrieved"] * 3
    assert heard[1][-1] == "Retrieved: 3 reports"
    assert page.table.hasFocus()
    press(page, qtbot, KEY.Key_Backspace)
    assert states(page) == ["sought"] * 3


def test_several_are_not_retrieved_for_one_reason(page, heard, qtbot):
    choose_three(page, qtbot)
    press(page, qtbot, KEY.Key_N)
    assert "Why could these 3 reports not be obtained?" in words(page.deciding)
    qtbot.keyClicks(page.deciding.why, "no answer from the authors")
    qtbot.keyClick(page.deciding.why, KEY.Key_Return)
    reports = page.session.project.fulltext.reports()
    assert {(r.state, r.why) for r in reports} == {
        (Retrieval.NOT_RETRIEVED, "no answer from the authors")
    }
    press(page, qtbot, KEY.Key_Backspace)
    assert states(page) == ["sought"] * 3


def test_escape_marks_none_of_several(page, qtbot):
    choose_three(page, qtbot)
    press(page, qtbot, KEY.Key_R)
    qtbot.keyClick(QApplication.focusWidget(), KEY.Key_Escape)
    assert not page.deciding.asking
    assert states(page) == ["sought"] * 3
    assert page.table.hasFocus()


def test_several_are_chosen_with_the_mouse_and_let_go(page, qtbot):
    def click(row, modifier):
        place = page.table.visualRect(page.table.model().index(row, 1)).center()
        button = Qt.MouseButton.LeftButton
        qtbot.mouseClick(page.table.viewport(), button, modifier, place)

    click(0, Qt.KeyboardModifier.NoModifier)
    click(2, Qt.KeyboardModifier.ControlModifier)
    press(page, qtbot, KEY.Key_R)
    assert "Retrieved: these 2 reports?" in words(page.deciding)
    click(1, Qt.KeyboardModifier.NoModifier)
    assert not page.deciding.asking, "it was asked of others"
    assert "Peers by post" in words(page.detail)
    assert states(page) == ["sought"] * 3


def test_what_was_typed_about_several_is_kept_for_each(page, qtbot):
    choose_three(page, qtbot)
    press(page, qtbot, KEY.Key_N)
    qtbot.keyClicks(page.deciding.why, "lost")
    assert "3 reports" in page.kept_only_here()
    page.table.choose(1)
    assert not page.deciding.asking
    press(page, qtbot, KEY.Key_N)
    assert page.deciding.why.text() == "lost"


def test_what_is_taken_back_is_chosen_again_and_named(page, qtbot):
    first = page.chosen()
    said = []
    page.session.echoed.connect(lambda echo: said.append(echo.sentence))
    press(page, qtbot, KEY.Key_R)
    press(page, qtbot, KEY.Key_R)
    press(page, qtbot, KEY.Key_Backspace)
    press(page, qtbot, KEY.Key_Backspace)
    assert states(page) == ["sought"] * 3
    assert page.chosen().unit.id == first.unit.id
    assert said[-1] == f"Taken back: Full text retrieved  ·  “{first.unit.fields.title}”"


def test_a_word_typed_over_the_reports_records_nothing(page, qtbot):
    first = page.chosen().unit.id
    page.session.preferences.change(moment=150)
    said = []
    page.session.remarked.connect(said.append)
    now = iter(range(1000))
    page.dispatch.clock = lambda: 10 + next(now) * 0.02
    for letter in "retrieved":
        press(page, qtbot, letter)
    assert states(page) == ["sought"] * 3
    assert page.chosen().unit.id == first
    assert said[-1].startswith("A word was typed, which decides nothing. Taken back: ")
