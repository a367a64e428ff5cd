import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.screening.keys import KeyTable
from ui.session.actions import keys_in_force

NONE, SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
CONTROL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
KEYPAD = Qt.KeyboardModifier.KeypadModifier


def event(key, text="", modifiers=NONE):
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)


@pytest.mark.parametrize(
    ("pressed", "action"),
    [
        (event(Qt.Key.Key_I, "i"), "include"),
        (event(Qt.Key.Key_I, "I", SHIFT), "include"),
        (event(Qt.Key.Key_I, "\t", CONTROL), ""),
        (event(Qt.Key.Key_3, "3"), "reason-3"),
        (event(Qt.Key.Key_3, "3", KEYPAD), "reason-3"),
        (event(Qt.Key.Key_QuoteDbl, "3", SHIFT), "reason-3"),
        (event(Qt.Key.Key_0, "0"), "other-reason"),
        (event(Qt.Key.Key_Slash, "/", SHIFT), "search"),
        (event(Qt.Key.Key_Question, "?", SHIFT), "all-keys"),
        (event(Qt.Key.Key_Z, "\x1a", CONTROL), "undo"),
        (event(Qt.Key.Key_Z, "\x1a", CONTROL | SHIFT), "redo"),
        (event(Qt.Key.Key_Backspace, "\x08"), "take-back"),
        (event(Qt.Key.Key_Return, "\r"), "take-suggestion"),
        (event(Qt.Key.Key_Enter, "\r", KEYPAD), "take-suggestion"),
        (event(Qt.Key.Key_Return, "\r", ALT), "details"),
        (event(Qt.Key.Key_Space, " "), "scroll-down"),
        (event(Qt.Key.Key_Space, " ", SHIFT), "scroll-up"),
        (event(Qt.Key.Key_PageDown), "scroll-down"),
        (event(Qt.Key.Key_Escape, "\x1b"), "leave"),
        (event(Qt.Key.Key_Y, "y"), ""),
        (event(Qt.Key.Key_Shift, "", SHIFT), ""),
    ],
)
def test_a_key_press_means_one_action(pressed, action):
    assert KeyTable().action(pressed) == action


@pytest.mark.parametrize("preset", ["Screener", "Rayyan", "ASReview", "SRA"])
def test_no_preset_gives_one_key_to_two_actions_of_the_record(preset):
    table = KeyTable(keys_in_force(preset))
    taken = [key for keys in table._keys.values() for key in keys]
    assert sorted(taken) == sorted(set(taken))
    assert table.first("include")
    assert table.first("exclude")


def test_the_key_shown_is_the_first():
    assert KeyTable().first("maybe") == "M"
    assert KeyTable({"maybe": ("U", "M")}).first("maybe") == "U"
    assert KeyTable({}).first("maybe") == ""
