"""Which action of the meeting a key press means.

The keys themselves stand in the program's one table (`ui.session.actions`) and may be changed;
here are only the few of this page that no one may change.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.session.actions import Where
from ui.session.keys import PORTABLE, Keys

FIXED: Mapping[str, tuple[str, ...]] = {
    "go-on": ("Return", "Enter"),
    "leave": ("Esc",),
}
"""Keys of the page that stay as they are; the table goes first where both want one."""

_ACTIONS = {key: action for action, keys in FIXED.items() for key in keys}


class MeetingKeys:
    """The keys of the meeting: of each action, and back from a key press to its action."""

    def __init__(self, keys: Keys) -> None:
        self._keys = keys

    def first(self, action: str) -> str:
        """Return the key to print on a key cap, "" for an action without one."""
        return FIXED[action][0] if action in FIXED else self._keys.first(action)

    def action(self, event: QKeyEvent) -> str:
        """Return the action of a key press ("reason-3" for the number 3), or ""."""
        found = self._keys.action(Where.CONSENSUS, event)
        if found == "settle-reason":
            return f"reason-{self._keys.number(event)}"
        if found:
            return found
        pressed = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        sequence = QKeySequence(pressed.value | event.key()).toString(PORTABLE)
        return _ACTIONS.get(sequence, "")
