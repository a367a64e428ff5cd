"""The row of decisions: nothing in it moves or is cut."""

from itertools import pairwise

import pytest

from ui.widgets.theme import Theme, look_of


@pytest.fixture
def page_look(page):
    """The page's look."""
    return look_of(page)


def places(page, qapp):
    qapp.processEvents()
    return [button.geometry() for button in page.reading.decisions.buttons.values()]


def test_the_buttons_stay_where_they_are_whatever_is_flagged_judged_or_suggested(page, press, qapp):
    before = [place.topLeft() for place in places(page, qapp)]
    for key in ("f", "a", "d", "f", "s", "w"):
        press(key)
        assert [place.topLeft() for place in places(page, qapp)] == before, key


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_no_button_is_cut_or_covered_at_any_text_size(page, press, qapp, page_look, scale):
    page_look.set_theme(Theme(scale=scale))
    press("a", "d", "a", "a", "a")
    found = places(page, qapp)
    assert found[-1].right() <= page.reading.decisions.width()
    assert all(one.right() < other.left() for one, other in pairwise(found))


@pytest.mark.parametrize("scale", [100, 150, 200])
def test_nothing_of_the_search_for_a_duplicate_is_covered(page, press, qapp, page_look, scale):
    page_look.set_theme(Theme(scale=scale))
    press("=")
    qapp.processEvents()
    same = page.reading.same
    assert same.take.geometry().left() > same.field.geometry().right()
    shown = [same.field, same._found, same._full, same._more, same._note]
    found = sorted((w.geometry() for w in shown if w.isVisible()), key=lambda g: g.top())
    assert all(one.bottom() < other.top() for one, other in pairwise(found))
    assert found[-1].bottom() <= same.height()
