"""Rating a study with an instrument: a digit answers and goes on, the total says what it is."""

import pytest
from PySide6.QtCore import Qt

from ui.widgets.words import Words

K = Qt.Key


@pytest.fixture
def rating(person, qtbot):
    """The page of the instrument."""
    person.ctrl(K.Key_5)
    qtbot.waitUntil(lambda: person.at == "Allocation")
    return person


def test_a_digit_answers_and_goes_to_the_next_open_item(rating):
    rating.type("1")
    assert rating.answers("scale") == {"a": "two"}
    assert rating.at == "Follow-up"
    rating.type("3")
    assert rating.at == "Analyses"
    rating.type("s")
    assert rating.answers("scale") == {"a": "two", "b": "zero", "c": "one"}


def test_the_total_says_how_much_of_it_there_is(rating):
    rating.type("1")
    assert rating.page._total.text() == "2 so far, 2 items open"
    rating.type("12")
    assert rating.page._total.text() == "5 of 6"


def test_an_item_is_rated_again_without_going_on_to_what_is_answered(rating):
    rating.type("111")
    rating.back()
    assert rating.at == "Follow-up"
    rating.type("2")
    assert rating.answers("scale")["b"] == "one"


def test_it_says_that_its_wording_was_not_checked(rating):
    words = [w.text() for w in rating.page.view.findChildren(Words) if w.isVisible()]
    assert any("not checked" in text for text in words)
