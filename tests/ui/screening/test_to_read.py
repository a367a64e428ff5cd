"""A copy that was opened to be read: nothing of it is changed, and keys say so."""

import pytest
from PySide6.QtCore import Qt

from screener import open_project
from screener.screening.screening import OrderBy
from ui.screening.own_words import OwnWordsCard
from ui.session.session import Session

KEY = Qt.Key
SAID = "This file was opened to be read: nothing was recorded."


@pytest.fixture
def copy_session(review, qtbot):
    """A session on Maya's copy, opened to be read."""
    path = review.with_name("a.screener")
    session = Session(open_project(path, write=False))
    before = path.read_bytes()
    yield session
    session.close()
    assert path.read_bytes() == before


def test_keys_that_record_say_why_nothing_happens(page, press):
    remarks = []
    page.session.remarked.connect(remarks.append)
    press("i", "2", "n", "t")
    page._on_ordered(OrderBy.TITLE)
    assert remarks == [SAID] * 5
    assert page.model.ordering.by is OrderBy.IMPORTED
    assert not page.reading.labels.open
    press("v")
    press(KEY.Key_Down, modifiers=Qt.KeyboardModifier.ShiftModifier)
    press("e", "e")
    assert page.model.decided == 0


def test_highlight_words_are_there_to_read(page, press, qtbot):
    press("h", modifiers=Qt.KeyboardModifier.ShiftModifier)
    card = page.findChild(OwnWordsCard)
    qtbot.keyClicks(card.fields["outcomes"], "hope")
    press(KEY.Key_Escape)
    assert page.model.own_words == ()
