from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import Qt

from screener import create_project
from screener.duplicates.found import Group
from screener.duplicates.settings import VERSION
from ui.duplicates.groups import Mode
from ui.duplicates.page import DuplicatesPage
from ui.session.session import Session
from ui.widgets.words import Words

KEY = Qt.Key


def numbers(session, uids):
    known = {record.id: record.number for record in session.project.sources.records()}
    return sorted(known[uid] for uid in uids)


def groups(session):
    found = session.project.duplicates.groups()
    return sorted(numbers(session, uids) for _, uids in found)


def shown(page):
    return [column.number for column in page.group.side.columns]


def press(page, qtbot, key):
    qtbot.keyClick(page.group.sides, key)


def words(widget):
    return [label.text() for label in widget.findChildren(Words) if label.isVisible()]


def test_nothing_is_joined_before_it_is_asked_for(page, session):
    assert page.empty.button.text() == "Find duplicates"
    assert "7 records to compare" in words(page)
    assert groups(session) == []


def test_the_certain_ones_are_joined_as_one_action(page, session, qtbot):
    said = []
    page.session.echoed.connect(said.append)
    page.empty.button.click()
    qtbot.waitUntil(lambda: not session.running)
    assert groups(session) == [[1, 5]]
    assert [echo.sentence for echo in said] == ["Joined 1 record to another, in 1 certain group"]
    assert shown(page) == [4, 7]
    session.project.undo()
    assert groups(session) == []
    assert page.empty.button.text() == "Find duplicates"


def test_a_find_that_is_stopped_changes_nothing(page, session, qtbot):
    events = session.project.counts()
    gate = Event()
    session._executor.submit(gate.wait)  # the work cannot begin before it is stopped
    page.empty.button.click()
    session.stop()
    gate.set()
    qtbot.waitUntil(lambda: not session.running)
    assert session.project.counts() == events
    assert page.empty.button.text() == "Find duplicates"
    assert page.empty.button.isEnabled()


def test_the_likeliest_is_asked_first_and_says_why(asked):
    assert shown(asked) == [4, 7]
    said = words(asked)
    assert "same authors, year; a similar title (98 of 100)" in said
    assert "rule: title" in said
    assert "group 1 of 2" in said
    assert asked.header.lists.text() == "To look at 2"


def test_all_the_same_joins_and_goes_on(asked, session, qtbot):
    press(asked, qtbot, KEY.Key_S)
    assert groups(session) == [[1, 5], [4, 7]]
    assert shown(asked) == [2, 3, 6]


def test_all_different_is_remembered_for_the_next_run(asked, session, qtbot):
    press(asked, qtbot, KEY.Key_D)
    assert groups(session) == [[1, 5]]
    found = session.project.duplicates.find()
    assert [numbers(session, question.records) for question in found.ask] == [[2, 3, 6]]


def test_the_suggested_split_is_one_action(asked, session, qtbot):
    press(asked, qtbot, KEY.Key_D)
    assert asked.group.answers.split.text() == "A and C the same"
    press(asked, qtbot, KEY.Key_Return)
    assert groups(session) == [[1, 5], [2, 6]]
    assert session.project.duplicates.find().ask == ()
    assert "Nothing left to answer" in words(asked)
    asked.perform("take-back-group")
    assert groups(session) == [[1, 5]]
    assert shown(asked) == [2, 3, 6]


def test_where_nothing_is_suggested_enter_does_nothing(asked, session, qtbot):
    assert not asked.group.answers.split.isVisible()
    press(asked, qtbot, KEY.Key_Return)
    assert groups(session) == [[1, 5]]
    assert shown(asked) == [4, 7]


def test_choosing_which_uses_letters_that_otherwise_answer(asked, session, qtbot):
    press(asked, qtbot, KEY.Key_Down)
    press(asked, qtbot, KEY.Key_P)
    assert not asked.group.answers.same.isVisible()
    press(asked, qtbot, KEY.Key_A)
    press(asked, qtbot, KEY.Key_B)
    press(asked, qtbot, KEY.Key_C)
    press(asked, qtbot, KEY.Key_B)
    assert asked.group.answers.split.text() == "A and C the same"
    press(asked, qtbot, KEY.Key_S)  # no answer while marking
    assert groups(session) == [[1, 5]]
    press(asked, qtbot, KEY.Key_Return)
    assert groups(session) == [[1, 5], [2, 6]]


def test_of_two_there_is_nothing_to_choose(asked, qtbot):
    assert not asked.group.answers.which.isVisible()
    press(asked, qtbot, KEY.Key_P)
    assert not asked.group.choosing


def test_one_mark_is_no_answer_and_escape_leaves(asked, session, qtbot):
    press(asked, qtbot, KEY.Key_Down)
    press(asked, qtbot, KEY.Key_P)
    press(asked, qtbot, KEY.Key_A)
    assert not asked.group.answers.split.isVisible()
    press(asked, qtbot, KEY.Key_Return)
    press(asked, qtbot, KEY.Key_Escape)
    assert not asked.group.choosing
    assert asked.group.answers.same.isVisible()
    assert groups(session) == [[1, 5]]


def test_the_shown_record_is_chosen_by_arrows(asked, session, qtbot):
    second = asked.group.side.columns[1].uid
    press(asked, qtbot, KEY.Key_Right)
    press(asked, qtbot, KEY.Key_Right)  # there is nothing further right
    assert asked.group.sides.heads[1].text() == "B   shown record"
    press(asked, qtbot, KEY.Key_S)
    assert second in [unit for unit, _ in session.project.duplicates.groups()]


def test_later_comes_last_and_stores_nothing(asked, session, qtbot):
    before = session.project.counts()
    press(asked, qtbot, KEY.Key_L)
    assert shown(asked) == [2, 3, 6]
    press(asked, qtbot, KEY.Key_Down)
    assert shown(asked) == [4, 7]
    assert session.project.counts() == before


def test_taking_back_brings_the_question_back(asked, session, qtbot):
    press(asked, qtbot, KEY.Key_S)
    press(asked, qtbot, KEY.Key_D)
    assert "Nothing left to answer" in words(asked)
    said = []
    asked.session.echoed.connect(said.append)
    asked.perform("take-back-group")
    assert shown(asked) == [2, 3, 6]
    press(asked, qtbot, KEY.Key_Backspace)
    assert shown(asked) == [4, 7]
    assert [echo.sentence for echo in said] == [
        "Taken back: Different, 3 records", "Taken back: Join 2 records",
    ]  # fmt: skip
    assert groups(session) == [[1, 5]]


def test_a_record_is_split_out_of_a_certain_group(asked, session, qtbot):
    assert asked.header.certain.text() == "Certain 1"
    asked.header.certain.click()
    assert sorted(shown(asked)) == [1, 5]
    assert "same DOI and title" in words(asked)
    assert not asked.group.answers.isVisible()
    press(asked, qtbot, KEY.Key_B)
    assert groups(session) == []
    assert asked._mode is Mode.ASK  # no certain group is left to look at


def test_what_was_answered_can_be_looked_at(asked, qtbot):
    press(asked, qtbot, KEY.Key_S)
    asked.show_at("answered")
    assert asked.header.lists.text() == "Joined by hand 1"
    assert sorted(shown(asked)) == [4, 7]
    assert "you said that they are the same report" in words(asked)
    press(asked, qtbot, KEY.Key_Escape)
    assert shown(asked) == [2, 3, 6]


def test_another_page_finds_the_questions_by_itself_and_joins_nothing(
    asked, make_page, session, qtbot
):
    press(asked, qtbot, KEY.Key_D)
    before = session.project.counts()
    again = make_page()
    qtbot.waitUntil(lambda: again.group.side is not None)
    assert shown(again) == [2, 3, 6]
    assert session.project.counts() == before


def test_records_that_came_later_are_looked_at_before_anything_is_asked(
    asked, session, qtbot, tmp_path
):
    more = tmp_path / "more.ris"
    more.write_text(
        "TY  - JOUR\nTI  - Text messages from peers after relapse\nAU  - Marchetti, Paola\n"
        "PY  - 2015\nDO  - 10.5555/a.1\nVL  - 3\nSP  - 11\nER  - \n",
        encoding="utf-8",
    )
    session.project.sources.import_file(more, source="CINAHL")
    assert asked.empty.isVisible()
    qtbot.waitUntil(lambda: asked._lists.found is not None and not session.running)
    assert "1 certain group is not joined yet" in words(asked)
    assert asked.empty.button.text() == "Find duplicates"
    asked.empty.button.click()
    qtbot.waitUntil(lambda: not session.running)
    assert groups(session) == [[1, 5, 8]]
    assert shown(asked) == [4, 7]


def test_while_something_is_written_nothing_can_be_answered(asked, session, qtbot):
    task = session.run(lambda project, progress: None, writes=True)
    assert not asked.group.answers.isEnabled()
    press(asked, qtbot, KEY.Key_S)
    with qtbot.waitSignal(task.ended):
        pass
    assert groups(session) == [[1, 5]]
    assert asked.group.answers.isEnabled()


def test_without_records_it_says_what_comes_first(tmp_path, qtbot):
    session = Session(create_project(tmp_path / "empty.screener", title="Empty"))
    page = DuplicatesPage(session)
    qtbot.addWidget(page)
    with qtbot.waitSignal(page.session.wanted) as wanted:
        page.empty.button.click()
    assert wanted.args == ["sources"]
    session.close()


def test_after_screening_began_an_answer_still_joins(asked, session, qtbot, tmp_path):
    session.project.consensus.write_copy("Maya", tmp_path / "maya.screener")
    press(asked, qtbot, KEY.Key_S)
    assert groups(session) == [[1, 5], [4, 7]]


def test_the_header_is_the_first_child(page):
    assert page.layout().itemAt(0).widget() is page.header


def test_what_is_kept_apart_can_be_joined_after_all(asked, session, qtbot):
    press(asked, qtbot, KEY.Key_D)
    assert asked.header.different.text() == "Different 1"
    asked.header.different.click()
    assert shown(asked) == [4, 7]
    assert "you said that they are different reports" in words(asked)
    answers = asked.group.answers
    assert answers.same.text() == "Same after all"
    assert not any(b.isVisible() for b in (answers.different, answers.which, answers.later))
    before = session.project.counts()
    press(asked, qtbot, KEY.Key_D)
    press(asked, qtbot, KEY.Key_L)
    press(asked, qtbot, KEY.Key_P)
    assert session.project.counts() == before
    press(asked, qtbot, KEY.Key_S)
    assert groups(session) == [[1, 5], [4, 7]]
    assert shown(asked) == [2, 3, 6]  # none is kept apart: back to the questions
    assert answers.same.text() == "All the same"
    press(asked, qtbot, KEY.Key_Backspace)
    assert groups(session) == [[1, 5]]
    assert asked.header.different.text() == "Different 1"


def test_some_of_those_kept_apart_can_be_joined(asked, session, qtbot):
    press(asked, qtbot, KEY.Key_Down)
    press(asked, qtbot, KEY.Key_D)
    asked.show_at("different")
    assert shown(asked) == [2, 3, 6]
    for key in (KEY.Key_P, KEY.Key_A, KEY.Key_C, KEY.Key_Return):
        press(asked, qtbot, key)
    assert groups(session) == [[1, 5], [2, 6]]
    assert shown(asked) == [2, 3]  # the rest is still kept apart
    press(asked, qtbot, KEY.Key_Escape)
    assert shown(asked) == [4, 7]
    assert asked.header.different.text() == "Different 1"


def test_the_settings_of_the_next_run_are_chosen(page, session, qtbot):
    page.header.settings.click()
    view = page.choice
    assert view.choice.hasFocus()
    assert any(
        text.startswith(f"Duplicate rules version {VERSION}, standard") for text in words(view)
    )
    qtbot.keyClick(view.choice, KEY.Key_Right)
    assert any(text.endswith("years at most 1 apart.") for text in words(view))
    assert any("every pair was put to a person" in text for text in words(view))
    qtbot.keyClick(view.choice, KEY.Key_Return)
    qtbot.waitUntil(lambda: not session.running)
    assert groups(session) == []
    assert page._lists.found.settings.name == "ask-everything"
    assert page.header.lists.text() != "To look at 2"
    assert len(page._lists.remaining.open) == 3
    page.header.settings.click()
    assert view.choice.current() == "ask-everything"


def test_escape_leaves_the_settings_as_they_were(asked, session, qtbot, give_up):
    asked.header.settings.click()
    before = session.project.counts()
    qtbot.keyClick(asked.choice.choice, KEY.Key_Left)
    qtbot.keyClick(asked.choice.choice, KEY.Key_S)
    qtbot.keyClick(asked.choice.choice, KEY.Key_Escape)
    assert asked.choice.isVisible()
    assert "not saved yet" in session.problem.sentence
    give_up(session)
    assert shown(asked) == [4, 7]
    assert asked.group.sides.hasFocus()
    assert session.project.counts() == before
    asked.header.settings.click()
    assert asked.choice.choice.current() == "standard"


def test_the_settings_used_are_named_when_nothing_is_left(asked, qtbot):
    press(asked, qtbot, KEY.Key_S)
    press(asked, qtbot, KEY.Key_D)
    assert "Every doubtful group is answered. Settings: standard." in words(asked)


def test_where_there_is_no_room_the_chooser_alone_leads_to_the_lists(asked, qtbot):
    header = asked.header
    assert header.certain not in header._folded
    header.setMaximumWidth(header._needed() - 1)
    qtbot.waitUntil(lambda: header.certain in header._folded)
    assert header.lists.isVisible()
    assert header.settings not in header._folded
    header.setMaximumWidth(1072)
    qtbot.waitUntil(lambda: header.certain not in header._folded)


def test_the_keyboard_stays_on_what_is_shown(page, session, qtbot):
    page.focus_first()
    page.empty.button.click()
    assert page.empty.hasFocus()  # while it looks, there is nothing to press
    qtbot.waitUntil(lambda: not session.running)
    assert page.group.sides.hasFocus()
    press(page, qtbot, KEY.Key_S)
    assert page.group.sides.hasFocus()
    press(page, qtbot, KEY.Key_Return)
    assert page.empty.button.hasFocus()
    qtbot.keyClick(page.empty.button, KEY.Key_Backspace)
    assert page.group.sides.hasFocus()


def test_a_choice_of_settings_stays_in_the_project_without_a_run(asked, make_page, session, qtbot):
    asked.header.settings.click()
    qtbot.keyClick(asked.choice.choice, KEY.Key_Left)
    qtbot.keyClick(asked.choice.choice, KEY.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert shown(asked) == [4, 7], "it was kept, nothing was looked for"
    assert session.project.duplicates.settings().name == "cautious"
    again = make_page()
    qtbot.waitUntil(lambda: not session.running)
    again.header.settings.click()
    assert again.choice.choice.current() == "cautious"
    session.project.undo()
    assert session.project.duplicates.settings().name == "standard"


def test_rules_are_set_one_by_one(page, session, qtbot):
    page.header.settings.click()
    view = page.choice
    view.rules.setFocus()
    view.rules.choose(0)
    qtbot.keyClick(view.rules, KEY.Key_Right)
    assert view.choice.current() == "own"
    assert any("put to a person: same-doi" in text for text in words(view))
    qtbot.keyClick(view.rules, KEY.Key_Return)
    qtbot.waitUntil(lambda: not session.running)
    assert groups(session) == []
    settings = session.project.duplicates.settings()
    assert (settings.name, set(settings.asked)) == ("own", {"same-doi"})


def test_a_certain_join_that_is_taken_back_is_asked_about_and_not_made_again(asked, session, qtbot):
    asked.header.certain.click()
    press(asked, qtbot, KEY.Key_Delete)
    assert groups(session) == []
    assert asked._mode is Mode.ASK
    assert sorted(shown(asked)) == [1, 5]
    assert "group 1 of 3" in words(asked)
    press(asked, qtbot, KEY.Key_D)
    assert shown(asked) == [4, 7]
    assert [numbers(session, g) for g in session.project.duplicates.answered_different()] == [
        [1, 5]
    ]
    asked.perform("take-back-group")
    asked.perform("take-back-group")
    assert groups(session) == [[1, 5]]


def test_a_join_by_hand_is_taken_back(asked, session, qtbot):
    press(asked, qtbot, KEY.Key_S)
    asked.show_at("answered")
    press(asked, qtbot, KEY.Key_Delete)
    assert groups(session) == [[1, 5]]
    assert shown(asked) == [4, 7], "it is a question again"


def test_the_shown_record_says_what_fills_it(asked, qtbot):
    said = words(asked.group.sides)
    assert "none; shown from A" not in said
    press(asked, qtbot, KEY.Key_Right)
    assert "none; shown from A" in words(asked.group.sides)
    press(asked, qtbot, KEY.Key_Left)
    assert "none; shown from A" not in words(asked.group.sides)


def test_any_two_records_are_joined_by_hand(asked, session, qtbot):
    press(asked, qtbot, KEY.Key_Slash)
    qtbot.waitUntil(lambda: asked.pick.isVisible())
    assert asked.pick.search.hasFocus()
    qtbot.keyClicks(asked.pick.search, "part 2")
    assert asked.pick.table.model().rowCount() == 1
    qtbot.keyClick(asked.pick.search, KEY.Key_Return)
    assert shown(asked) == [4, 7, 3]
    assert "Side by side" in words(asked)
    press(asked, qtbot, KEY.Key_Escape)
    assert shown(asked) == [4, 7]
    assert asked._mode is Mode.ASK
    asked.show_at("certain")
    asked.perform("find")
    assert asked.pick.isVisible()
    qtbot.keyClick(asked.pick.search, KEY.Key_Escape)
    assert sorted(shown(asked)) == [1, 5]


def test_records_side_by_side_are_answered_like_others(asked, session, qtbot):
    press(asked, qtbot, KEY.Key_D)
    press(asked, qtbot, KEY.Key_D)
    assert "Nothing left to answer" in words(asked)
    asked.empty.second.click()
    qtbot.waitUntil(lambda: asked.pick.isVisible())
    qtbot.keyClicks(asked.pick.search, "2")
    qtbot.keyClick(asked.pick.search, KEY.Key_Return)
    assert any(text.startswith("Which record belongs beside “Peer-led") for text in words(asked))
    qtbot.keyClicks(asked.pick.search, "6")
    qtbot.keyClick(asked.pick.search, KEY.Key_Return)
    assert shown(asked) == [2, 6]
    assert any(text.endswith("you said that they are different reports") for text in words(asked))
    press(asked, qtbot, KEY.Key_S)
    assert groups(session) == [[1, 5], [2, 6]]
    assert "Nothing left to answer" in words(asked)
    (join,) = [one for one in session.project.duplicates.joined() if one.by_hand]
    assert join.rule == "by hand"
    asked.perform("take-back-group")
    assert groups(session) == [[1, 5]]


def test_what_is_joined_already_cannot_be_picked_beside_itself(asked, session, qtbot):
    asked.show_at("certain")
    press(asked, qtbot, KEY.Key_Slash)
    qtbot.waitUntil(lambda: asked.pick.isVisible())
    assert asked.pick.table.model().rowCount() == 5


def test_runs_are_listed_and_taken_back_after_it_is_said_what_will_happen(asked, session, qtbot):
    press(asked, qtbot, KEY.Key_S)
    asked.show_at("runs")
    assert asked.runs.table.hasFocus()
    assert any("Joined by: same DOI and title 1." in text for text in words(asked.runs))
    qtbot.keyClick(asked.runs.table, KEY.Key_Delete)
    assert asked.runs.asking
    sentence = "1 join will be taken back: 1 more record to screen. The one you joined by hand"
    assert any(text.startswith(sentence) for text in words(asked.runs))
    qtbot.keyClick(asked.runs.yes, KEY.Key_Escape)
    assert groups(session) == [[1, 5], [4, 7]]
    assert asked.runs.table.hasFocus()
    qtbot.keyClick(asked.runs.table, KEY.Key_Delete)
    qtbot.keyClick(asked.runs.yes, KEY.Key_Return)
    assert groups(session) == [[4, 7]]
    assert asked.runs.table.model().index(0, 5).data() == "taken back"
    qtbot.waitUntil(lambda: not session.running)
    asked.perform("take-back-group")
    assert groups(session) == [[1, 5], [4, 7]]
    assert asked.runs.table.model().index(0, 5).data() == "1 group"


def test_a_run_that_was_taken_back_may_be_made_again(asked, session, qtbot):
    asked.show_at("runs")
    asked.runs.undo_all.click()
    qtbot.keyClick(asked.runs.yes, KEY.Key_Return)
    assert groups(session) == []
    press(asked, qtbot, KEY.Key_Escape)
    assert asked.empty.button.text() == "Find duplicates"
    assert groups(session) == []


def test_the_groups_of_one_run_are_looked_at(asked, session, qtbot):
    asked.show_at("runs")
    qtbot.keyClick(asked.runs.table, KEY.Key_Return)
    assert sorted(shown(asked)) == [1, 5]
    assert "group 1 of 1 of this run" in words(asked)
    press(asked, qtbot, KEY.Key_Escape)
    assert asked.runs.table.hasFocus()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)
def test_a_key_leads_to_the_lists(asked, qtbot):
    press(asked, qtbot, KEY.Key_Q)
    menu = asked.header.lists._menu
    assert [action.text() for action in menu.actions()] == ["To look at 2", "Certain 1", "Runs 1"]
    menu.actions()[1].trigger()
    menu.close()
    assert sorted(shown(asked)) == [1, 5]


def test_columns_out_of_sight_are_reached_in_every_list(asked, session, qtbot):
    asked.header.certain.click()
    asked.resize(400, 500)
    bar = asked.group.sides.horizontalScrollBar()
    assert bar.value() == 0
    press(asked, qtbot, KEY.Key_Right)
    assert bar.value() > 0
    press(asked, qtbot, KEY.Key_Left)
    assert bar.value() == 0


def test_what_grew_from_a_join_that_is_taken_back_is_said(asked, session, qtbot, tmp_path):
    press(asked, qtbot, KEY.Key_S)
    more = tmp_path / "more.ris"
    more.write_text(
        "TY  - JOUR\nTI  - Letters from peers in rural districts\nAU  - Marchetti, Paola\n"
        "AU  - Dunne, Sean\nPY  - 2012\nAB  - Letters were read by two people.\nER  - \n",
        encoding="utf-8",
    )
    session.project.sources.import_file(more, source="CINAHL")
    project = session.project
    by_number = {record.number: record.id for record in project.sources.records()}
    grown = Group(
        records=tuple(by_number[n] for n in (4, 7, 8)), kept=by_number[4], rules=("same-abstract",)
    )
    project.duplicates.join([grown])
    said = []
    asked.session.echoed.connect(said.append)
    asked.show_at("answered")
    press(asked, qtbot, KEY.Key_Delete)
    assert groups(session) == [[1, 5]]
    assert said[-1].sentence == (
        "Taken back: the join of “Letters from peers in rural districts” (2 records), and 1 join "
        "of the finder that grew from it"
    )


def test_what_happened_while_a_record_was_looked_for_is_shown_afterwards(asked, session, qtbot):
    press(asked, qtbot, KEY.Key_S)
    asked.show_at("answered")
    assert len(asked._lists.groups(asked._mode)) == 1
    asked.perform("find")
    qtbot.waitUntil(lambda: asked.pick.isVisible())
    session.project.undo()
    assert asked.pick.isVisible()
    qtbot.keyClick(asked.pick.search, KEY.Key_Escape)
    assert asked._lists.groups(Mode.ANSWERED) == []
    assert asked._mode is Mode.ASK


def test_the_pages_own_key_takes_back_only_what_was_done_on_it(page, session, qtbot):
    said = []
    session.complained.connect(lambda problem: said.append(problem.sentence))
    page.focus_first()
    qtbot.keyClick(page.empty.button, KEY.Key_Backspace)
    assert session.project.sources.count() == 7
    (sentence,) = said
    assert sentence.startswith("“Import from Embase” was done last, and not on this page; ")


def test_after_a_partial_join_it_says_what_was_decided_about_whom(asked, session, qtbot):
    question = max(asked._lists.remaining.open, key=lambda q: len(q.records))
    assert len(question.records) == 3
    asked._place = asked._lists.remaining.open.index(question)
    asked._show()
    pair = question.pairs[0]
    session.attempt(lambda: session.project.duplicates.same((pair.one, pair.other)))
    side = asked.group.side
    assert len(side.columns) == 2
    assert side.why.startswith("A and B: ")
    assert side.why.endswith("you decided already: A is 2 records, joined")
    press(asked, qtbot, KEY.Key_Backspace)
    assert "decided" not in asked.group.side.why


def test_some_that_are_the_same_are_named_and_so_is_what_is_apart(asked, session, qtbot):
    press(asked, qtbot, KEY.Key_S)
    press(asked, qtbot, KEY.Key_P)
    press(asked, qtbot, KEY.Key_A)
    press(asked, qtbot, KEY.Key_B)
    press(asked, qtbot, KEY.Key_Return)
    assert "Joined A and B, and kept C apart from them: “" in session.echo.sentence


def test_a_word_typed_among_joined_groups_splits_no_record_out(asked, session, qtbot):
    session.preferences.change(moment=150)
    asked.show_at("certain")
    before = session.project.counts()
    times = iter(range(10_000))
    asked.dispatch.clock = lambda: 10 + next(times) * 0.02
    for letter in "whether a cab":
        press(asked, qtbot, letter)
    assert session.project.counts() == before


@pytest.mark.parametrize("word", ["same", "different", "all"])
def test_a_word_typed_over_a_question_answers_nothing(asked, session, qtbot, word):
    session.preferences.change(moment=150)
    before = groups(session), asked.rail_line()
    times = iter(range(10_000))
    asked.dispatch.clock = lambda: 10 + next(times) * 0.02
    for letter in word:
        press(asked, qtbot, letter)
    assert (groups(session), asked.rail_line()) == before
