"""The keys of the meeting come from the one table; a remapped one acts and is shown."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent

from ui.consensus.keys import FIXED, MeetingKeys
from ui.consensus.page import ConsensusPage
from ui.session.actions import ACTIONS, Where, keys_in_force
from ui.session.keys import Keys
from ui.session.preferences import PreferencesFile


def typed(key, text="", modifiers=Qt.KeyboardModifier.NoModifier):
    return QKeyEvent(QEvent.Type.KeyPress, key, modifiers, text)


@pytest.mark.parametrize(
    ("event", "action"),
    [
        (typed(Qt.Key.Key_I, "i"), "settle-include"),
        (typed(Qt.Key.Key_3, "3"), "reason-3"),
        (typed(Qt.Key.Key_Left), "take-left"),
        (typed(Qt.Key.Key_R, "R", Qt.KeyboardModifier.ShiftModifier), "reveal-less"),
        (typed(Qt.Key.Key_Return), "go-on"),
        (typed(Qt.Key.Key_Enter, "", Qt.KeyboardModifier.KeypadModifier), "go-on"),
        (typed(Qt.Key.Key_Slash, "/"), "find-item"),
        (typed(Qt.Key.Key_7, "/", Qt.KeyboardModifier.ShiftModifier), "find-item"),
        (typed(Qt.Key.Key_Backspace), "take-back-item"),
        (typed(Qt.Key.Key_I, "i", Qt.KeyboardModifier.ControlModifier), ""),
        (typed(Qt.Key.Key_Z, "z"), ""),
    ],
)
def test_a_press_means_its_action(event, action, qapp):
    assert MeetingKeys(Keys(PreferencesFile())).action(event) == action


def test_the_keys_that_stay_clash_with_none_of_the_table():
    table = keys_in_force()
    here = {k for a in ACTIONS if a.where is Where.CONSENSUS for k in table[a.id]}
    assert here.isdisjoint({k for keys in FIXED.values() for k in keys})


def test_every_action_of_the_table_does_something(merged, session_on, show):
    page = show(ConsensusPage(session_on(merged)))
    known = page.meeting._actions.keys() | page.meeting.desk._actions.keys() | {"settle-reason"}
    assert {a.id for a in ACTIONS if a.where is Where.CONSENSUS} <= known


def test_a_remapped_key_acts_and_stands_on_its_cap(merged, session_on, show):
    session = session_on(merged)
    page = show(ConsensusPage(session))
    session.keys.remap("settle-include", "Y")
    assert page.meeting.desk.bar.include.key == "Y"
    page.meeting.keyPressEvent(typed(Qt.Key.Key_I, "i"))
    assert page.meeting.desk.choice is None
    page.meeting.keyPressEvent(typed(Qt.Key.Key_Y, "y"))
    assert page.meeting.desk.choice is not None
