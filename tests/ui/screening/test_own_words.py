"""Highlight words of one's own: seen, added, changed and removed beside the protocol's."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from ui.screening.own_words import OwnWordsCard
from ui.widgets.words import Words

KEY = Qt.Key
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def card(page, press):
    """The card, opened with its key."""
    press("h", modifiers=SHIFT)
    return page.findChild(OwnWordsCard)


def own(page):
    return page.session.project.screening.notes.own_words()


def test_own_words_are_written_beside_the_protocols(page, card, press, qtbot):
    assert card.fields["participants"].hasFocus()
    said = [words.text() for words in card.findChildren(Words)]
    assert "In the protocol: peer*" in said
    assert "None in the protocol" in said
    qtbot.keyClicks(card.fields["participants"], "serious  mental illness, schizo*, *")
    press(KEY.Key_Tab)
    assert own(page) == [("participants", "serious mental illness"), ("participants", "schizo*")]
    assert card.said.text() == "“*” needs letters beside the sign; it marks nothing."
    qtbot.keyClicks(QApplication.focusWidget(), "smart?hone")
    press(KEY.Key_Escape)
    assert own(page)[-1] == ("interventions", "smart?hone"), "Esc throws nothing away"
    spans = {span.element for span in page.model.sheet.highlights.title}
    assert spans == {"participants", "interventions"}
    assert page.reading.record.hasFocus()
    assert page.model.decided == 0


def test_what_is_deleted_is_highlighted_no_more(page, press, qtbot):
    page.model.set_own_words([("outcomes", "adults"), ("exclusion", "letter*")])
    press("h", modifiers=SHIFT)
    card = page.findChild(OwnWordsCard)
    assert card.fields["exclusion"].text() == "letter*"
    field = card.fields["outcomes"]
    field.setFocus()
    field.selectAll()
    qtbot.keyClick(field, KEY.Key_Delete)
    press(KEY.Key_Return)
    assert own(page) == [("exclusion", "letter*")]
    assert not any(span.element == "outcomes" for span in page.model.sheet.highlights.title)


@pytest.mark.qt_log_ignore("This plugin does not support")  # offscreen has no grabs
def test_the_menu_of_a_selected_word_takes_it_away_and_shows_all(page, press, qapp):
    def select():
        cursor = page.reading.record.textCursor()
        cursor.setPosition(0)
        cursor.setPosition(4, cursor.MoveMode.KeepAnchor)
        page.reading.record.setTextCursor(cursor)
        press("h")
        return {a.text(): a for a in qapp.activePopupWidget().actions()}

    menu = select()
    assert "Highlight it no more" not in menu
    menu["Outcomes"].trigger()
    qapp.activePopupWidget().close()
    assert page.session.echo.sentence == (
        "Highlighted: Peer. Shift H shows your words and removes them."
    )
    select()["Highlight it no more"].trigger()
    qapp.activePopupWidget().close()
    assert own(page) == []
    assert page.session.echo.sentence == "Highlighted no more: Peer"
    select()["All words…"].trigger()
    qapp.activePopupWidget().close()
    assert page.findChild(OwnWordsCard) is not None


def test_judgements_begun_stay_when_words_change(page, press):
    press("a")
    page.model.add_own_word("outcomes", "adults")
    assert page.panel.judgements() == {"participants": "met"}


def test_words_can_be_changed_where_the_stage_is_closed(page, press, qtbot):
    press(*"imimim")
    page.nothing.button.click()
    page.closed.look.click()
    press("h", modifiers=SHIFT)
    card = page.findChild(OwnWordsCard)
    qtbot.keyClicks(card.fields["outcomes"], "hope")
    press(KEY.Key_Escape)
    assert own(page) == [("outcomes", "hope")]
