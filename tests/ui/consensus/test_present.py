"""Who is present is ticked, never typed by keys that were meant for the meeting."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QLabel

from screener.model import Mode, Stage
from ui.consensus.page import ConsensusPage
from ui.consensus.present import PresentCard
from ui.widgets.echo import EchoLine
from ui.widgets.words import ElidedWords

TA = Stage.TITLE_ABSTRACT
K = Qt.Key


@pytest.fixture
def page(session, show):
    """The page as it comes: it asks who is present."""
    return show(ConsensusPage(session), begun=False)


def press(qtbot, *keys):
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget(), key)


def write(qtbot, text):
    qtbot.keyClicks(QApplication.focusWidget(), text)


def card_of(page):
    found = [c for c in page.window().findChildren(PresentCard) if c.isVisible()]
    return found[-1] if found else None


def settle(qtbot, key, why="Peers took part"):
    press(qtbot, key)
    write(qtbot, why)
    press(qtbot, K.Key_Return)


def agreed(session, at):
    return session.project.consensus.agreed(TA).get(at.subject, [])


def test_it_is_asked_once_before_the_first_item(page, session, qtbot):
    card = card_of(page)
    assert [tick.text() for tick in card.ticks] == ["Maya Lindqvist", "Jonas Roth"]
    assert all(tick.isChecked() for tick in card.ticks)
    press(qtbot, K.Key_Return)
    assert card_of(page) is None
    assert page.meeting.item.record.hasFocus()
    first, second = page.meeting.meeting.order()[:2]
    settle(qtbot, K.Key_I)
    settle(qtbot, K.Key_E)
    for at in (first, second):
        (one,) = agreed(session, at)
        assert (one.by, one.mode) == (("Maya Lindqvist", "Jonas Roth"), Mode.DISCUSSION)
    page.show_agreement()
    page.show_meeting()
    assert card_of(page) is None


@pytest.fixture
def clock(page, session):
    """Keys act as for a person, and the time is the test's."""
    session.preferences.change(moment=150)
    now = [100.0]
    card_of(page)._clock = lambda: now[0]
    return now


def test_keys_that_were_meant_for_the_meeting_name_and_decide_nothing(page, session, qtbot, clock):
    card, first = card_of(page), page.meeting.shown()
    for letter in "i read it too 2no peers; ":
        write(qtbot, letter)
        clock[0] += 0.2
    press(qtbot, K.Key_Return)
    assert card_of(page) is card
    assert all(tick.isChecked() for tick in card.ticks)
    assert agreed(session, first) == []
    assert page.meeting.item.choice is None
    clock[0] += 1
    press(qtbot, K.Key_Return)
    assert session.project.consensus.names_present() == ["Maya Lindqvist", "Jonas Roth"]
    assert len(session.project.consensus.people()) == 2


def test_the_enter_that_led_to_the_card_does_not_answer_it(page, session, qtbot):
    session.preferences.change(moment=150)
    card = card_of(page)
    card._stray, now = 100.0, [100.1]
    card._clock = lambda: now[0]
    press(qtbot, K.Key_Return)
    assert card_of(page) is card
    now[0] += 1
    none = Qt.KeyboardModifier.NoModifier
    held = QKeyEvent(QEvent.Type.KeyPress, K.Key_Return, none, "", True)
    QApplication.sendEvent(QApplication.focusWidget(), held)
    assert card_of(page) is card
    press(qtbot, K.Key_Return)
    assert card_of(page) is None


def test_people_are_ticked_with_arrows_and_space(page, session, qtbot):
    press(qtbot, K.Key_Down, K.Key_Up, K.Key_Space, K.Key_Return)
    assert session.project.consensus.names_present() == ["Jonas Roth"]
    assert page.meeting.present.accessibleName() == "present: Jonas Roth"
    settle(qtbot, K.Key_I)
    assert "Jonas Roth" in session.project.consensus.agreed(TA)[first_settled(session)][0].by


def first_settled(session):
    return next(iter(session.project.consensus.agreed(TA)))


def test_nobody_ticked_is_said(page, session, qtbot):
    card = card_of(page)
    for tick in card.ticks:
        qtbot.mouseClick(tick, Qt.MouseButton.LeftButton)
    press(qtbot, K.Key_Return)
    assert card.said.text() == "Tick at least one person who is present."
    assert card_of(page) is card


def test_another_person_is_named_on_purpose(page, session, qtbot):
    card = card_of(page)
    card.another.click()
    assert card.field.hasFocus()
    write(qtbot, "Ida Berg")
    press(qtbot, K.Key_Return)
    assert page.meeting.present.accessibleName() == "present: Maya Lindqvist, Jonas Roth, Ida Berg"
    press(qtbot, K.Key_P)
    assert [tick.text() for tick in card_of(page).ticks][2:] == ["Ida Berg"]


def test_escape_leaves_it_unsaid_and_it_is_asked_before_anything_is_settled(page, session, qtbot):
    first = page.meeting.shown()
    press(qtbot, K.Key_Escape)
    assert card_of(page) is None
    settle(qtbot, K.Key_I)
    assert card_of(page) is not None
    assert agreed(session, first) == []
    press(qtbot, K.Key_Return)
    assert page.meeting.item.bar.because.text() == "Peers took part"
    assert page.meeting.item.bar.because.hasFocus()
    assert agreed(session, first) == []
    press(qtbot, K.Key_Return)
    assert agreed(session, first)[0].by == ("Maya Lindqvist", "Jonas Roth")


def test_an_arbitrator_is_chosen_and_then_decides(page, session, qtbot):
    session.project.consensus.add_person("Dr. Halloran", arbitrator=True)
    press(qtbot, K.Key_Return)
    first = page.meeting.shown()
    press(qtbot, K.Key_O)
    card = card_of(page)
    assert [(tick.text(), tick.isChecked()) for tick in card.ticks] == [("Dr. Halloran", False)]
    press(qtbot, K.Key_Return)
    assert card.said.text() == "Choose who decides."
    press(qtbot, K.Key_Space, K.Key_Return)
    assert page.meeting.present.accessibleName() == "Dr. Halloran decides"
    assert not page.meeting.item.bar.arbitrator.isVisibleTo(page)
    settle(qtbot, K.Key_I)
    (one,) = agreed(session, first)
    assert (one.by, one.mode) == (("Dr. Halloran",), Mode.ADJUDICATION)
    press(qtbot, K.Key_P)
    card = card_of(page)
    said = " ".join(words.text() for words in card.findChildren(QLabel))
    assert "Dr. Halloran decides now, in place of the reviewers. Enter ends that" in said
    assert "arbitrator, decides now" in said
    assert card.take.text() == "Those ticked agree from now on"
    press(qtbot, K.Key_Return)
    assert page.meeting.present.accessibleName() == "present: Maya Lindqvist, Jonas Roth"
    assert page.meeting.item.bar.arbitrator.isVisibleTo(page)


def test_only_one_decides(page, session, qtbot):
    for name in ("Dr. Halloran", "Ida Berg"):
        session.project.consensus.add_person(name, arbitrator=True)
    press(qtbot, K.Key_Return, K.Key_O, K.Key_Space, K.Key_Down, K.Key_Space)
    assert [tick.isChecked() for tick in card_of(page).ticks] == [False, True]


def test_who_is_there_is_followed(page, session, qtbot):
    press(qtbot, K.Key_Return)
    session.project.consensus.present(["Jonas Roth"])
    assert page.meeting.present.accessibleName() == "present: Jonas Roth"


def test_another_page_puts_the_question_away(page, session):
    assert card_of(page) is not None
    page.show_agreement()
    assert card_of(page) is None


def test_a_file_to_be_read_asks_nobody(merged, session_on, show):
    from screener import open_project
    from ui.session.session import Session

    session = Session(open_project(merged, write=False))
    page = show(ConsensusPage(session), begun=False)
    assert card_of(page) is None
    session.close()


def test_a_sentence_typed_elsewhere_names_no_arbitrator(page, session, qtbot):
    """O of a word asked who decides, the blank opened the field, and the next word was a person."""
    press(qtbot, K.Key_Return)
    press(qtbot, K.Key_O)
    write(qtbot, " patients")
    press(qtbot, K.Key_Return)
    assert card_of(page).said.text() == "Choose who decides."
    assert not card_of(page).field.isVisible()
    assert len(session.project.consensus.people()) == 2


def test_who_is_present_is_not_cut_where_the_sentence_is_long(page, qtbot):
    press(qtbot, K.Key_Return)
    line = page.beside_echo()
    echo = EchoLine()
    qtbot.addWidget(echo)
    echo.set_beside(line)
    echo.show_saved("Settled, include: “A title that is far too long for the line” " * 4)
    echo.resize(780, 48)
    echo.show()
    qtbot.waitExposed(echo)
    said = [one for one in line.findChildren(ElidedWords) if one.isVisible()]
    assert [one.text() for one in said] == ["present:", "Maya Lindqvist", "Jonas Roth"]
    assert not any(one.is_cut() for one in said)
    assert echo._sentence.is_cut()
