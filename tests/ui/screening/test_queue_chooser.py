"""The one menu of the queue: what, in which part, in which order; the last decisions."""

import pytest
from PySide6.QtCore import Qt

from screener import open_project
from screener.model import Stage, Verdict
from screener.screening.screening import OrderBy, Queue

TA = Stage.TITLE_ABSTRACT
KEY = Qt.Key
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no grabs


@pytest.fixture
def pick(page, press, qapp, qtbot):
    """Open the menu with its key and go through it with the keyboard, by words."""

    def picked(*path):
        press("q")
        for words in path:
            menu = qapp.activePopupWidget()
            entries = {a.text().partition("   ")[0]: a for a in menu.actions()}
            menu.setActiveAction(entries[words])
            qtbot.keyClick(menu, KEY.Key_Return)
        assert qapp.activePopupWidget() is None

    return picked


def numbers(page):
    number = dict(page.session.project.units.all_numbers())
    return [number[unit] for unit in page.model.line.ids]


def test_a_part_of_a_queue_is_gone_through(page, press, pick):
    press("2", "3", "2")
    pick("By reason", "2 Interventions")
    assert page.header.queue.text() == "Reason: 2 Interventions 2"
    assert numbers(page) == [1, 3]
    assert page.reading.record.hasFocus()
    press("m")
    assert page.model.sheet.unit.number == 3, "a record that was decided otherwise stays in place"
    pick("By year", "2018")
    assert numbers(page) == [3]
    pick("Pending")
    assert numbers(page) == [4, 5, 6]


def test_a_search_stays_within_the_part(page, press, pick, qtbot):
    pick("By source", "PubMed")
    press("/")
    qtbot.keyClicks(page.header.field, "portal")
    press(KEY.Key_Return)
    assert numbers(page) == [5]
    press(KEY.Key_Escape)
    assert page.header.queue.text() == "Source: PubMed 6"


def test_where_there_is_nothing_yet_the_menu_says_so(page, press, qapp):
    press("q")
    menu = next(a.menu() for a in qapp.activePopupWidget().actions() if a.text() == "By reason")
    menu.aboutToShow.emit()
    assert [(a.text(), a.isEnabled()) for a in menu.actions()] == [("Nothing yet", False)]
    qapp.activePopupWidget().close()


def test_enter_takes_the_first_line_of_a_menu_that_a_key_opened(page, press, pick, qapp, qtbot):
    pick("All")
    press("q")
    menu = qapp.activePopupWidget()
    assert menu.activeAction() is menu.actions()[0]
    qtbot.keyClick(menu, KEY.Key_Return)
    assert page.model.queue is Queue.PENDING


def test_the_last_decisions_begin_with_the_latest(page, press, pick):
    press("i", "i", "i")
    pick("All")
    press(KEY.Key_Up)
    pick(str(Queue.LAST))
    assert numbers(page) == [3, 2, 1]
    assert page.model.sheet.unit.number == 3


def test_the_order_is_kept_and_the_record_stays(page, press, pick):
    press("j", "j")
    pick("Order: As imported", "Title")
    assert numbers(page) == [2, 6, 4, 3, 5, 1]
    assert page.model.sheet.unit.number == 3
    press("m")
    assert page.model.sheet.unit.number == 5
    assert numbers(page) == [2, 6, 4, 5, 1]
    press(KEY.Key_Backspace)
    assert numbers(page) == [2, 6, 4, 3, 5, 1]
    assert page.session.project.screening.queues.ordering.by is OrderBy.TITLE


def test_the_last_decisions_are_a_list_to_go_to_and_change(page, press, pick):
    press("e", "m", "i")
    pick("My last 50 decisions")
    assert page.reading.list.isVisible()
    assert page.reading.list.hasFocus()
    assert numbers(page) == [3, 2, 1]
    press("j", "j")
    assert page.model.sheet.unit.number == 1
    press("i")
    unit = page.session.project.units.find("1")
    assert page.session.project.screening.decision(unit, TA).verdict is Verdict.INCLUDE
    assert numbers(page) == [3, 2, 1], "what was changed stays where it is"
    rows = page.reading.list.rows
    assert rows.row(2).when.startswith("today, ")


def test_a_record_that_was_corrected_since_says_so(page, press, review):
    press("i")
    with open_project(review) as project:
        project.sources.correct("1", {"title": "Peer support by telephone"})
        project.consensus.write_copy("Maya Lindqvist", review.with_name("newer.screener"))
    page.session.project.consensus.merge(review.with_name("newer.screener"))
    page.show_at(Queue.CORRECTED)
    assert "The record was corrected since your decision" in page.reading.record.toPlainText()
    press("i")
    assert page.header.queue.text() == "Record changed since 0"


def test_the_words_that_were_searched_for_are_framed_in_the_record(page, press, qtbot):
    press("/")
    qtbot.keyClicks(page.header.field, "PEER port")
    press(KEY.Key_Return)
    record = page.reading.record

    def framed():
        text = record.document()
        return [
            "".join(text.characterAt(at) for at in range(one.start, one.end))
            for one in record._found
        ]

    assert page.model.sheet.unit.number == 1
    assert {word.casefold() for word in framed()} == {"peer", "port"}, 'within "support" too'
    press("h")
    assert framed(), "they are framed also while highlights are hidden"
    press(KEY.Key_Escape)
    assert framed() == []
