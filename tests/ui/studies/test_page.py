"""The page of studies by keys and clicks: linking, parting, naming, grouping, taking back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener import create_project, open_project
from ui.session.choice_card import ChoiceCard
from ui.session.session import Session
from ui.studies.cards import NameCard
from ui.studies.page import StudiesPage
from ui.widgets.button import Button
from ui.widgets.card import Card, CardHost
from ui.widgets.words import Words

K = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def studies(page):
    """Names and numbers of reports of the studies that have an id."""
    project = page.session.project
    numbers = dict(project.units.numbered())
    found = [one for one in project.studies.all() if one.id]
    return {one.name: [numbers[unit] for unit in one.reports] for one in found}


def loose(page):
    """The numbers of the reports that are listed at the left."""
    rows = page.left.list.rows
    return [rows.row(place).report.number for place in range(rows.rowCount())]


def lines(page):
    rows = page.right.list.rows
    return [rows.row(place).words for place in range(rows.rowCount())]


def line(page, words):
    rows = page.right.list.rows
    return next(rows.row(n) for n in range(rows.rowCount()) if rows.row(n).words == words)


def texts(widget):
    return [label.text() for label in widget.findChildren(Words) if label.isVisible()]


def acts(widget):
    return [b.objectName() for b in widget.findChildren(Button) if b.isVisible()]


def card(page):
    return next(c for c in page.window().findChildren(Card) if c.isVisible())


def go_right(page, press, words):
    """Mark a line of the right side by its words, with the keyboard."""
    if page.left.list.hasFocus():
        press(K.Key_F6)
    press(K.Key_Home)
    for _ in range(page.right.list.rows.rowCount()):
        if page.right.list.chosen().words == words:
            return
        press(K.Key_Down)
    raise AssertionError(lines(page))


@pytest.fixture
def heard(page):
    """What the echo line says."""
    said = []
    page.session.echoed.connect(lambda echo: said.append(echo))
    return said


@pytest.fixture
def linked(path):
    """The project with reports 2 and 6 in a study, 1 in another, and 5 in a third."""
    with open_project(path) as project:
        units = {n: unit for unit, n in project.units.numbered()}
        project.studies.link([units[1]])
        both = project.studies.link([units[2], units[6]])
        project.studies.link([units[5]])
        project.studies.group("Moodboat", [both.id])
    return path


def test_what_is_in_no_study_is_listed_with_its_hint_and_the_marked_one_opened(page):
    assert loose(page) == [1, 2, 3, 4, 5, 6]
    assert page.left.list.hasFocus()
    assert "6 reports in no study yet" in texts(page.left)
    opened = texts(page.left.list)
    assert "Meeting by video after early psychosis" in opened
    assert any("Abernathy 2015" in words for words in opened)
    assert any("NCT00000417" in words for words in opened)
    hinted = [page.left.list.rows.row(n).hinted for n in range(6)]
    assert hinted == ["a hint", "no hint", "a hint", "no hint", "no hint", "no hint"]
    assert "0 studies and 6 reports in none, 0 interventions" in texts(page.header)


def test_what_is_done_to_an_intervention_names_the_study(page, press):
    press(K.Key_N)
    project = page.session.project
    (study,) = [one for one in project.studies.all() if one.id]
    group = project.studies.group("PeerApp", [study.id])
    assert project.undo_name() == f"Group {study.name} under PeerApp"
    press(K.Key_N)
    other = next(one for one in project.studies.all() if one.id and one.id != study.id)
    project.studies.group("PeerApp", [other.id], group.id)
    assert project.undo_name() == "Group studies under PeerApp"
    project.studies.group("PeerApp", [other.id, study.id], group.id)
    project.studies.group("PeerApp", [study.id], group.id)
    assert project.undo_name() == f"Take {other.name} out of PeerApp"


def test_the_keyboard_is_where_reports_are_after_every_link_was_taken_back(page, press):
    press(K.Key_N)
    go_right(page, press, next(iter(studies(page))))
    assert page.right.list.hasFocus()
    press(K.Key_Backspace)
    assert studies(page) == {}
    assert page.left.list.hasFocus()
    press(K.Key_N)
    assert len(studies(page)) == 1


def test_enter_puts_it_where_the_hint_says_and_goes_on(page, press, heard):
    press(K.Key_Return)
    assert studies(page) == {"Abernathy 2015": [1, 3]}
    assert loose(page) == [2, 4, 5, 6]
    assert page.left.list.chosen().report.number == 2
    assert heard[-1].can_take_back
    assert "1 study and 4 reports in none, 0 interventions" in texts(page.header)


def test_enter_does_nothing_without_a_hint(page, press, qtbot):
    press(K.Key_Down)
    qtbot.waitUntil(lambda: "put-report" not in acts(page.left))  # the one before goes by the loop
    press(K.Key_Return)
    assert studies(page) == {}


def test_a_hint_marks_the_study_and_says_what_enter_would_make_of_it(linked, make_page, press):
    page = make_page()
    press(K.Key_Down, K.Key_Up)
    assert page.left.list.chosen().report.number == 3
    assert page.right.list.chosen().words == "Abernathy 2013"
    assert line(page, "Abernathy 2013").beside == "1 report; 2 with report 3"
    press(K.Key_Return)
    assert studies(page)["Abernathy 2013"] == [1, 3]
    assert line(page, "Abernathy 2013").beside == "2 reports"


def test_n_makes_a_study_of_its_own_and_backspace_takes_it_back(page, press, heard):
    press(K.Key_N)
    assert studies(page) == {"Abernathy 2013": [1]}
    press(K.Key_Backspace)
    assert studies(page) == {}
    assert loose(page) == [1, 2, 3, 4, 5, 6]
    assert heard[-1].can_repeat
    press(K.Key_Z, modifiers=CONTROL | Qt.KeyboardModifier.ShiftModifier)
    page.perform("redo")
    assert studies(page) == {"Abernathy 2013": [1]}


def test_s_asks_which_study(linked, make_page, press):
    page = make_page()
    press(K.Key_S)
    assert isinstance(card(page), ChoiceCard)
    press("nyberg", K.Key_Return)
    assert studies(page)["Nyberg 2016"] == [3, 5]
    assert page.left.list.hasFocus()


def test_s_finds_a_report_that_is_in_no_study_either(page, press):
    press(K.Key_Down, K.Key_S)
    press("corner", K.Key_Return)
    assert studies(page) == {"Roth 2017": [2, 4]}


def test_f6_goes_to_the_studies_and_on_to_the_window(linked, make_page, press, qtbot):
    page = make_page()
    press(K.Key_F6)
    assert page.right.list.hasFocus()
    with qtbot.waitSignal(page.session.wanted) as wanted:
        press(K.Key_F6)
    assert wanted.args == ["next-area"]


def test_the_marked_study_is_opened_to_its_reports(linked, make_page, press):
    page = make_page()
    go_right(page, press, "Castellano 2014")
    at = lines(page).index("Castellano 2014")
    rows = page.right.list.rows
    assert [rows.row(at + n).report.number for n in (1, 2)] == [2, 6]
    assert [rows.row(at + n).last for n in (1, 2)] == ["primary", ""]
    press(K.Key_Up)
    assert "A peer in your pocket" not in lines(page)


def test_delete_takes_a_report_out_only_where_one_is_marked(linked, make_page, press):
    page = make_page()
    go_right(page, press, "Castellano 2014")
    assert "take-out" not in acts(page.right)
    before = studies(page)
    press(K.Key_Delete)
    assert studies(page) == before
    press(K.Key_Down, K.Key_Down)
    assert "take-out" in acts(page.right)
    press(K.Key_Delete)
    assert studies(page)["Castellano 2014"] == [2]
    assert loose(page) == [3, 4, 6]
    assert page.right.list.hasFocus()
    assert page.right.list.chosen().words == "Castellano 2014"


def test_p_makes_another_report_the_primary_one(linked, make_page, press):
    page = make_page()
    go_right(page, press, "Castellano 2014")
    press(K.Key_Down)
    assert "primary-report" not in acts(page.right)
    press(K.Key_Down, K.Key_P)
    found = page.session.project.studies.find("Castellano 2014")
    assert found.primary == found.reports[1]


def test_a_report_goes_to_another_study_or_is_in_both(linked, make_page, press):
    page = make_page()
    go_right(page, press, "Castellano 2014")
    press(K.Key_Down, K.Key_Down, K.Key_S)
    press("nyberg")
    press(K.Key_Return, modifiers=CONTROL)
    assert studies(page)["Castellano 2014"] == [2, 6]
    assert studies(page)["Nyberg 2016"] == [5, 6]
    assert line(page, "Nyberg 2016").beside == "2 reports, also in Castellano 2014"


def test_a_study_is_joined_to_another(linked, make_page, press):
    page = make_page()
    go_right(page, press, "Nyberg 2016")
    press(K.Key_S)
    press("castell", K.Key_Return)
    assert studies(page) == {"Abernathy 2013": [1], "Castellano 2014": [2, 5, 6]}
    press(K.Key_Backspace)
    assert studies(page)["Nyberg 2016"] == [5]


def test_f2_names_the_marked_study_from_the_left_too(linked, make_page, press):
    page = make_page()
    assert page.left.list.hasFocus()
    press(K.Key_F2)
    assert isinstance(card(page), NameCard)
    press("Open Circle trial", K.Key_Return)
    assert "Open Circle trial" in studies(page)


def test_a_name_that_is_taken_is_refused_on_the_card(linked, make_page, press):
    page = make_page()
    press(K.Key_F2)
    press("Nyberg 2016", K.Key_Return)
    assert card(page).said.text()
    assert "Abernathy 2013" in studies(page)
    press(K.Key_Escape)


def grouped(page):
    project = page.session.project
    names = {one.id: one.name for one in project.studies.all()}
    found = project.studies.interventions()
    return {one.name: [names[study] for study in one.studies] for one in found}


def test_i_groups_a_study_under_a_new_intervention_and_takes_it_out_again(linked, make_page, press):
    page = make_page()
    go_right(page, press, "Nyberg 2016")
    press(K.Key_I)
    press("Open Circle", K.Key_Return)
    assert grouped(page) == {"Moodboat": ["Castellano 2014"], "Open Circle": ["Nyberg 2016"]}
    assert lines(page).index("Nyberg 2016") > lines(page).index("Open Circle")
    while page.right.list.chosen().words != "Nyberg 2016":
        press(K.Key_Down)
    press(K.Key_I)
    press("open", K.Key_Return)
    assert grouped(page) == {"Moodboat": ["Castellano 2014"]}


def test_what_got_an_intervention_gives_the_marking_to_the_next_without_one(
    linked, make_page, press
):
    page = make_page()
    studies_ = page.session.project.studies
    loose = [one.primary for one in studies_.all() if not one.id]
    studies_.link(loose[:1], name="Oak 2011")
    studies_.link(loose[1:2], name="Pine 2012")
    page.refresh()
    names = [one.study.name for one in page.right.list.shown() if one.in_none]
    assert len(names) == 4
    go_right(page, press, names[2])
    press(K.Key_I, K.Key_Return)
    assert names[2] in grouped(page)["Moodboat"]
    assert page.right.list.chosen().words == names[3]
    press(K.Key_I, K.Key_Return)
    assert page.right.list.chosen().words == names[0], "none is left below"


def test_i_adds_a_study_to_an_intervention_that_is_there(linked, make_page, press):
    page = make_page()
    go_right(page, press, "Nyberg 2016")
    press(K.Key_I)
    press(K.Key_Return)
    assert grouped(page) == {"Moodboat": ["Castellano 2014", "Nyberg 2016"]}


def test_an_intervention_is_named_and_removed_by_its_heading(linked, make_page, press):
    page = make_page()
    go_right(page, press, "Moodboat")
    assert set(acts(page.right)) == {"name-study", "take-out"}
    press(K.Key_F2)
    press("Open Circle", K.Key_Return)
    assert grouped(page) == {"Open Circle": ["Castellano 2014"]}
    assert page.right.list.chosen().words == "Open Circle"
    press(K.Key_Delete)
    assert grouped(page) == {}
    assert "Castellano 2014" in lines(page)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # of menus
def test_t_says_the_state(linked, make_page, press, qtbot):
    page = make_page()
    go_right(page, press, "Nyberg 2016")
    press(K.Key_T)
    menu = QApplication.activePopupWidget()
    for key in (K.Key_Down, K.Key_Return):
        qtbot.keyClick(menu, key)
    assert page.session.project.studies.find("Nyberg 2016").state == "awaiting"
    assert line(page, "Nyberg 2016").last == "awaiting"
    assert "2 studies and 2 reports in none, 1 intervention" in texts(page.header)


def test_a_click_marks_and_a_button_acts_on_it(linked, make_page, press, qtbot):
    page = make_page()
    rows, view = page.left.list.rows, page.left.list
    place = view.visualRect(rows.index(1, 0)).center()
    qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.waitUntil(lambda: "put-report" not in acts(page.left))
    assert view.chosen().report.number == 4
    button = next(b for b in view.findChildren(Button) if b.objectName() == "own-study")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert studies(page)["Roth 2017"] == [4]
    assert loose(page) == [3]


def test_a_double_click_on_a_button_acts_once(page, qtbot):
    page.session.preferences.change(moment=150)
    for _ in range(2):  # the second is on the report that came in the place of the first
        button = next(b for b in page.left.list.acts() if b.objectName() == "own-study")
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert studies(page) == {"Abernathy 2013": [1]}


def test_when_all_are_linked_the_left_side_goes(linked, make_page, press):
    page = make_page()
    press(K.Key_N, K.Key_N)
    assert not page.left.isVisible()
    assert page.right.linked.isVisible()
    assert page.right.list.hasFocus()
    press(K.Key_Backspace)
    assert page.left.isVisible()
    assert loose(page) == [4]


def test_search_narrows_both_sides(linked, make_page, press):
    page = make_page()
    press("/", "forum", K.Key_Return)
    assert loose(page) == []
    assert [words for words in lines(page) if "20" in words] == ["Nyberg 2016", "Castellano 2014"]
    press(K.Key_Escape)
    assert loose(page) == [3, 4]


def test_a_proposed_study_that_is_not_searched_for_moves_no_mark(linked, make_page, press):
    page = make_page()
    go_right(page, press, "Nyberg 2016")
    press("/", "o", K.Key_Return)
    assert page.right.list.chosen().words == "Nyberg 2016"
    page.search.setText("circle")
    assert loose(page) == [3]
    assert lines(page) == []
    page.search.setText("")
    page.left.list.setFocus()
    press(K.Key_Down)
    assert page.left.list.chosen().report.number == 4
    go_right(page, press, "Nyberg 2016")
    press("/", "2015", K.Key_Return)
    assert page.right.list.chosen() is None


def test_a_study_without_a_report_is_told_in_a_line(linked, make_page, press):
    with open_project(linked) as project:
        project.forms.keep(next(form for _, form in shipped_forms()))
        project.studies.open("extraction")
        project.studies.unlink(project.studies.find("Nyberg 2016").reports[0])
    page = make_page()
    assert page._problem.isVisible()
    assert "Nyberg 2016" in page._wrong.text()


def shipped_forms():
    from screener.answers import shipped

    return ((name, form) for name, form in shipped.every() if form.id == "extraction")


def test_nothing_locks_once_a_form_is_open(linked, make_page, press):
    with open_project(linked) as project:
        project.forms.keep(next(form for _, form in shipped_forms()))
        project.studies.open("extraction", ["Abernathy 2013", "Castellano 2014"])
    page = make_page()
    press(K.Key_Return)
    assert studies(page)["Abernathy 2013"] == [1, 3]


def test_before_a_report_is_included_the_page_says_what_comes_first(tmp_path, qtbot):
    create_project(tmp_path / "new.screener", title="New").close()
    session = Session(open_project(tmp_path / "new.screener"))
    window = CardHost()
    qtbot.addWidget(window)
    page = StudiesPage(session, window)
    window.setCentralWidget(page)
    with qtbot.waitActive(window):
        window.show()
    page.focus_first()
    assert page.empty.isVisible()
    with qtbot.waitSignal(session.wanted) as wanted:
        qtbot.keyClick(page.empty.button, K.Key_Return)
    assert wanted.args == ["full-text"]
    qtbot.waitUntil(lambda: not session.running)
    session.close()


def test_the_rail_counts_the_studies_and_the_page_has_a_number(linked, window, qtbot):
    from ui.window.standing import Standings

    assert window.open(linked)
    page = window.frame.page
    qtbot.keyClick(QApplication.focusWidget() or page, K.Key_7, CONTROL)
    assert isinstance(window.frame.page, StudiesPage)
    (told,) = [o for o in Standings(window.session.project).lines() if o.id == "studies"]
    assert told.words == "3 studies, 2 reports in none"
    qtbot.waitUntil(lambda: not window.session.running)


def test_a_word_typed_over_the_reports_makes_no_study(page, press):
    page.session.preferences.change(moment=150)
    now = iter(range(1000))
    page.dispatch.clock = lambda: 10 + next(now) * 0.02
    before = studies(page), loose(page)
    press(*(getattr(K, f"Key_{letter}") for letter in "NEW"))
    assert (studies(page), loose(page)) == before


def test_a_search_makes_nothing_of_accents_and_apostrophes(linked, make_page, press):
    page = make_page()
    go_right(page, press, "Nyberg 2016")
    press(K.Key_F2)
    card(page).line.setText("O’Brién 2016")
    press(K.Key_Return)
    press(K.Key_Slash)
    for typed in ("obrien", "O'Brien"):
        page.search.setText(typed)
        assert "O’Brién 2016" in lines(page)


def test_a_card_of_choices_says_that_nothing_has_the_words_only_once_words_are_typed(page, press):
    press(K.Key_Return)
    go_right(page, press, "Abernathy 2015")
    press(K.Key_I)
    assert isinstance(card(page), ChoiceCard)
    assert not card(page)._nothing.isVisible()


def test_a_report_that_grows_at_the_lower_edge_is_not_cut(page, press, qtbot):
    reports = page.left.list
    reports.setFocus()
    page.window().resize(page.window().width(), 480)
    press(K.Key_End)
    row = reports.currentIndex()
    assert row.row() == reports.rows.rowCount() - 1
    high = reports.visualRect(row).height()
    reports._opened._column.add(*(Words(f"One more line {n}") for n in range(4)))
    qtbot.waitUntil(lambda: reports.visualRect(row).height() > high + 40)
    assert reports.visualRect(row).bottom() <= reports.viewport().height()
