"""Deciding on several records of the list at once; the DOI of a record."""

import pytest
from PySide6.QtCore import QObject, Qt, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from screener import open_copy, open_project
from screener.model import Judgement, Stage, Verdict
from screener.screening.screening import Queue
from ui.screening import several
from ui.session.session import Session

TA = Stage.TITLE_ABSTRACT
KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def asked(page):
    return page.asked


def decisions(page):
    screening = page.session.project.screening
    found = {}
    for unit in page.session.project.units.load(screening.to_screen(TA)):
        decision = screening.decision(unit.id, TA)
        if decision is not None:
            found[unit.number] = (decision.verdict, decision.reason)
    return found


def test_several_records_are_decided_after_one_question_and_taken_back_at_once(page, press, asked):
    page.session.preferences.change(moment=0)
    press("m", "v")
    press(KEY.Key_Down, KEY.Key_Down, modifiers=SHIFT)
    assert len(page.model.several) == 3
    assert page.reading.question.text().startswith("3 records are chosen.")
    press("2")
    assert asked[-1] == "Exclude 3 records, 2 Interventions? 2 again does it, Esc to think."
    assert decisions(page) == {1: (Verdict.MAYBE, "")}
    press("2")
    out = (Verdict.EXCLUDE, "interventions")
    assert decisions(page) == {1: (Verdict.MAYBE, ""), 2: out, 3: out, 4: out}
    assert page.session.echo.sentence == "Excluded, 2 Interventions: 3 records"
    assert page.header.queue.text() == "Pending 2"
    assert page.model.several == ()
    press(KEY.Key_Backspace)
    assert decisions(page) == {1: (Verdict.MAYBE, "")}
    assert page.header.queue.text() == "Pending 5"
    assert page.model.decided == 1
    press("z", modifiers=CONTROL | SHIFT)
    assert len(decisions(page)) == 4
    assert page.model.decided == 4


def test_another_key_than_the_one_that_asked_gives_it_up(page, press, asked):
    page.session.preferences.change(moment=0)
    press("v")
    press(KEY.Key_Down, modifiers=SHIFT)
    press("e")
    assert asked[-1].startswith("Exclude 2 records? E again")
    press("i")
    assert asked[-1].startswith("Include 2 records? I again")
    press(KEY.Key_Escape)
    assert asked[-1] == ""
    assert len(page.model.several) == 2
    press(KEY.Key_Escape)
    assert page.model.several == ()
    assert page.reading.list.isVisible()
    assert decisions(page) == {}


def test_a_held_key_does_not_answer_its_own_question(page, press, asked):
    page.session.preferences.change(moment=500)
    press("v")
    press(KEY.Key_Down, modifiers=SHIFT)
    press("e", "e")
    assert decisions(page) == {}


def test_judgements_begun_stay_with_their_record(page, press):
    page.session.preferences.change(moment=0)
    press("a", "v")
    press(KEY.Key_Down, modifiers=SHIFT)
    press("m", "m")
    one = page.session.project.units.find("1")
    decision = page.session.project.screening.decision(one, TA)
    assert decision.judgements == {"participants": Judgement.MET}
    assert len(decisions(page)) == 2


def test_all_of_a_queue_are_chosen_and_a_click_with_ctrl_takes_one_out(page, press, qtbot):
    page.show_at(Queue.ALL)
    press("v")
    press("a", modifiers=CONTROL)
    assert len(page.model.several) == 6
    rows = page.reading.list
    place = rows.visualRect(rows.rows.index(1, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, CONTROL, place)
    assert len(page.model.several) == 5
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert page.model.several == ()
    assert page.model.sheet.unit.number == 2


def test_one_choice_less_and_a_move_lets_them_go(page, press):
    press("v")
    press(KEY.Key_Down, KEY.Key_Down, KEY.Key_Up, modifiers=SHIFT)
    assert len(page.model.several) == 2
    press("j")
    assert page.model.several == ()


def test_more_than_a_hundred_are_decided_by_the_worker(page, press, qtbot, monkeypatch):
    monkeypatch.setattr(several, "FEW", 2)
    page.session.preferences.change(moment=0)
    press("v")
    press("a", modifiers=CONTROL)
    press("i", "i")
    qtbot.waitUntil(lambda: not page.session.running)
    assert len(decisions(page)) == 6
    assert page.session.echo.sentence == "Included: 6 records"
    press(KEY.Key_Backspace)
    assert decisions(page) == {}


def test_what_is_chosen_stays_chosen_where_the_window_is_low(page, press, qapp):
    page.resize(820, 460)
    press("v")
    for _ in range(2):
        press(KEY.Key_Down, modifiers=SHIFT)
        qapp.processEvents()
    assert len(page.model.several) == 3
    assert len(page.reading.list.selectionModel().selectedRows()) == 3


def test_the_record_after_those_that_were_decided_is_shown(page, press):
    press("v", "j")
    press(KEY.Key_Down, modifiers=SHIFT)
    press("m", "m")
    assert decisions(page).keys() == {2, 3}
    assert page.model.sheet.unit.number == 4
    assert page.reading.list.currentIndex().row() == 1


@pytest.fixture
def at_full_text(review, make_page):
    """The page of full text, where an exclusion needs a reason, with six reports."""
    paths = [review.with_name(f"{letter}.screener") for letter in "ab"]
    for path in paths:
        with open_copy(path) as mine:
            for unit in mine.screening.to_screen(TA):
                mine.screening.decide(unit, Verdict.INCLUDE, stage=TA)
            mine.screening.close(TA)
    with open_project(review) as project:
        project.consensus.merge(*paths)
        project.screening.open(Stage.FULL_TEXT)
        project.consensus.write_copy("Maya Lindqvist", review.with_name("newer.screener"))
    session = Session(open_copy(review.with_name("newer.screener")))
    yield make_page(session, Stage.FULL_TEXT)
    session.close()


def test_at_full_text_several_are_excluded_with_a_reason(at_full_text, qtbot):
    page = at_full_text
    remarks = []
    page.session.remarked.connect(remarks.append)

    def press(*keys, modifiers=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            qtbot.keyClick(QApplication.focusWidget(), key, modifiers)

    press("v")
    press(KEY.Key_Down, modifiers=SHIFT)
    press("e")
    assert page.reading.question.text().startswith("Exclude for which reason?")
    press("0")
    assert remarks == ["Another reason stands in the note of a record: decide these one by one."]
    press("e", "3")
    assert page.asked[-1] == "Exclude 2 records, 3 Comparisons? 3 again does it, Esc to think."
    assert page.model.decided == 0
    press("3")
    assert page.model.decided == 2
    assert page.model.sheet.unit.number == 3


# --- the DOI --------------------------------------------------------------------------------------


def test_the_doi_is_copied(page, press, qapp):
    remarks = []
    page.session.remarked.connect(remarks.append)
    press("c")
    assert qapp.clipboard().text() == "10.5555/ui.1"
    assert remarks == ["10.5555/ui.1 is on the clipboard."]


@pytest.fixture
def opened():
    """What the program asked the system to open."""
    found = []

    class Browser(QObject):
        @Slot("QUrl")
        def show(self, url):
            found.append(url.toString())

    browser = Browser()
    QDesktopServices.setUrlHandler("https", browser, "show")
    yield found
    QDesktopServices.unsetUrlHandler("https")


def test_the_doi_is_opened_after_it_was_asked_once(page, press, opened, asked):
    page.session.preferences.change(moment=0)
    press("o")
    assert asked[-1] == (
        "Open the DOI in your browser? It leaves this computer for doi.org. "
        "O again opens it, always; Esc to think."
    )
    press(KEY.Key_Escape)
    assert opened == []
    press("o", "o", "j", "o")
    assert opened == ["https://doi.org/10.5555/ui.1", "https://doi.org/10.5555/ui.2"]
    assert page.session.preferences.current.opens_dois
    assert QApplication.focusWidget() is page.reading.record
