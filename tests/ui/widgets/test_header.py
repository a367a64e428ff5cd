"""The header of a page where there is no room for all of it."""

import pytest

from ui.widgets.button import Button
from ui.widgets.header import PageHeader


@pytest.fixture
def pressed():
    return []


@pytest.fixture
def header(qtbot, pressed):
    header = PageHeader("A page")
    qtbot.addWidget(header)
    header.set_actions(
        [
            Button(name, does=lambda _=False, name=name: pressed.append(name))
            for name in ("First of them", "Second")
        ]
    )
    header.resize(1000, 60)
    header.show()
    return header


@pytest.fixture
def narrow(header, qtbot):
    """Make the header so many pixels narrower than what it shows now."""

    def by(pixels):
        header.resize(header._needed() - pixels, 60)

    return by


def shown(header):
    found = [b for b in header.findChildren(Button) if b.isVisible() and b not in header._folded]
    return [b.text() for b in sorted(found, key=lambda b: b.x())]


def test_the_words_go_first_then_actions_fold_one_by_one(header, narrow, qtbot):
    header.set_right("46 today", "412 of 1,284")
    narrow(1)
    qtbot.waitUntil(lambda: not header._right.isVisible())
    qtbot.waitUntil(lambda: shown(header) == ["First of them", "Second"])
    header.set_right("", "")
    narrow(1)
    qtbot.waitUntil(lambda: shown(header) == ["More ▾", "Second"])
    narrow(1)
    qtbot.waitUntil(lambda: shown(header) == ["More ▾"])
    header.resize(1000, 60)
    qtbot.waitUntil(lambda: shown(header) == ["First of them", "Second"])


def test_what_is_folded_is_done_from_the_menu_and_has_no_keyboard(header, narrow, qtbot, pressed):
    narrow(1)
    qtbot.waitUntil(lambda: shown(header) == ["More ▾", "Second"])
    (folded,) = header._folded
    assert not folded.focusPolicy().value
    (entry,) = header.folded_menu().actions()
    assert entry.text() == "First of them"
    entry.trigger()
    assert pressed == ["First of them"]
    header.resize(1000, 60)
    qtbot.waitUntil(lambda: bool(folded.focusPolicy().value))


def test_a_page_that_hides_an_action_makes_room(header, narrow, qtbot):
    narrow(1)
    qtbot.waitUntil(lambda: shown(header) == ["More ▾", "Second"])
    next(b for b in header.findChildren(Button) if b.text() == "Second").hide()
    qtbot.waitUntil(lambda: shown(header) == ["First of them"])
