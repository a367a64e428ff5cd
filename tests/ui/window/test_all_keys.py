"""The card of all keys shows what the page below it listens to, wherever that is."""

import pytest
from PySide6.QtWidgets import QWidget

from ui.session.actions import ACTIONS, Where
from ui.session.key_table import groups_of
from ui.session.keys import Keys
from ui.session.preferences import PreferencesFile
from ui.widgets.keycap import KeyCap
from ui.widgets.words import Words
from ui.window.all_keys import AllKeysCard


@pytest.fixture
def shown(qtbot):
    """Make the card of a place over a plain window; gives the words and caps on it."""
    windows = []

    def make(where):
        window = QWidget()
        windows.append(window)
        qtbot.addWidget(window)
        card = AllKeysCard(Keys(PreferencesFile()), where, window, lambda: None)
        card.open()
        words = [w.text() for w in card.findChildren(Words)]
        return words, [c.accessibleName() for c in card.findChildren(KeyCap)]

    return make


WITH_KEYS = [
    w for w in Where if any(a.group and a.where is w for a in ACTIONS) and w is not Where.CHOOSING
]


@pytest.mark.parametrize("where", [w for w in WITH_KEYS if w is not Where.WINDOW])
def test_every_action_of_a_place_is_on_its_card(where, shown):
    words, _ = shown(where)
    assert {a.name for a in ACTIONS if a.where is where and a.group} <= set(words)
    assert words.index("Light, dark") > words.index("Smaller text")


def test_the_letters_of_duplicates_are_on_their_card(shown):
    words, caps = shown(Where.DUPLICATES)
    assert "Mark a record" in words
    assert any("A – Z" in cap for cap in caps)


def test_every_action_of_a_place_has_a_heading():
    for action in ACTIONS:
        if action.where is not Where.WINDOW and not action.fixed:
            assert action.group in groups_of(action.where)


@pytest.mark.parametrize("where", list(Where))
def test_no_column_of_the_card_is_empty_or_much_the_longer(where, qtbot):
    window = QWidget()
    window.resize(1366, 768)
    qtbot.addWidget(window)
    card = AllKeysCard(Keys(PreferencesFile()), where, window, lambda: None)
    window.show()
    card.open()
    words = [w for w in card._inner.findChildren(Words) if w.text()]
    middle = card._inner.width() / 2
    ends = [
        max((w.mapTo(card._inner, w.rect().bottomLeft()).y() for w in side), default=0)
        for side in (
            [w for w in words if w.mapTo(card._inner, w.rect().topLeft()).x() < middle],
            [w for w in words if w.mapTo(card._inner, w.rect().topLeft()).x() >= middle],
        )
    ]
    assert min(ends) > max(ends) / 3
