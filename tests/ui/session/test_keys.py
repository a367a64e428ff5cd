"""Keys in force: key presses become action ids; presets and own keys are kept over a restart."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from screener.model import UserError
from ui.session.actions import Where
from ui.session.keys import Keys
from ui.session.preferences import PreferencesFile

NONE = Qt.KeyboardModifier.NoModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(key, text="", modifiers=NONE):
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)


@pytest.fixture
def keys(qapp):
    return Keys(PreferencesFile())


@pytest.mark.parametrize(
    ("where", "event", "action"),
    [
        (Where.RECORD, press(Qt.Key.Key_I, "i"), "include"),
        (Where.RECORD, press(Qt.Key.Key_U, "u"), "maybe"),
        (Where.RECORD, press(Qt.Key.Key_Backspace, "\b"), "take-back"),
        (Where.RECORD, press(Qt.Key.Key_3, "3"), "reason-3"),
        (Where.RECORD, press(Qt.Key.Key_3, "3", Qt.KeyboardModifier.KeypadModifier), "reason-3"),
        (Where.RECORD, press(Qt.Key.Key_Slash, "/", SHIFT), "search"),
        (Where.RECORD, press(Qt.Key.Key_Return, "\r"), "take-suggestion"),
        (Where.RECORD, press(Qt.Key.Key_I, "I", SHIFT), "include"),
        (Where.DUPLICATES, press(Qt.Key.Key_S, "s"), "same"),
        (Where.CONSENSUS, press(Qt.Key.Key_R, "R", SHIFT), "reveal-less"),
        (Where.DUPLICATES, press(Qt.Key.Key_I, "i"), ""),
    ],
)
def test_a_key_press_means_an_action_in_its_place(keys, where, event, action):
    assert keys.action(event, where) == action


def test_a_preset_changes_what_keys_mean_and_is_kept(keys, qtbot):
    with qtbot.waitSignal(keys.changed):
        keys.set_preset("ASReview")
    assert keys.action(press(Qt.Key.Key_I, "i"), Where.RECORD) == "exclude"
    again = Keys(PreferencesFile())
    assert again.preset == "ASReview"
    assert again.first("include") == "R"


def test_an_own_key_is_kept_and_a_clash_changes_nothing(keys):
    keys.remap("note", "y")
    assert Keys(PreferencesFile()).of("note") == ("Y",)
    with pytest.raises(UserError, match="already"):
        keys.remap("note", "I")
    assert keys.of("note") == ("Y",)


def test_a_preset_that_clashes_with_an_own_key_is_refused(keys):
    keys.remap("note", "R")
    with pytest.raises(UserError, match="R is the key of"):
        keys.set_preset("ASReview")
    assert keys.preset == "Screener"


def test_own_keys_can_be_given_up(keys):
    keys.remap("note", "Y")
    keys.forget_own()
    assert keys.of("note") == ("N",)


def test_numbers_stay(keys):
    with pytest.raises(UserError, match="stay as they are"):
        keys.remap("reason", "Z")


def test_caps_say_enter_once_and_the_numbers_as_a_range(keys):
    assert keys.caps("take-suggestion") == ("Enter",)
    assert keys.caps("reason") == ("1 – 9",)
    assert keys.caps("maybe") == ("M", "U")
    assert keys.first("verify") == ""
