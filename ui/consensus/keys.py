"""Which action of the meeting a key press means.

The keys themselves stand in the program's one table, `ui.session.actions`; here are only the few
that no one may change.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.session.actions import ACTIONS, Where, keys_in_force

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_IDS = frozenset(a.id for a in ACTIONS if a.where is Where.CONSENSUS)
FIXED: Mapping[str, tuple[str, ...]] = {
    "search": ("/",),
    "filter": ("Q",),
    "who": ("W",),
    "agreement": ("A",),
    "go-on": ("Return", "Enter"),
    "leave": ("Esc",),
}
"""Keys of the page that stay as they are; the table goes first where both want one."""


class MeetingKeys:
    """The keys of the meeting: of each action, and back from a key press to its action."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]] | None = None) -> None:
        given = keys_in_force() if keys is None else keys
        self._keys = dict(FIXED) | {id_: given[id_] for id_ in _IDS if id_ in given}
        self._actions: dict[str, str] = {}
        for action, found in self._keys.items():
            for key in found:
                name = f"reason-{key}" if action == "settle-reason" else action
                self._actions[key.upper()] = name

    def first(self, action: str) -> str:
        """Return the key to print on a key cap, "" for an action without one."""
        return next(iter(self._keys.get(action, ())), "")

    def action(self, event: QKeyEvent) -> str:
        """Return the action of a key press ("reason-3" for the number 3), or ""."""
        pressed = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        text = event.text()
        if len(text) == 1 and text in "/123456789" and not pressed & ~_SHIFT:
            # What it types counts: where "/" and the numbers lie differs from board to board.
            return self._actions.get(text, "")
        sequence = QKeySequence(pressed.value | event.key()).toString(_PORTABLE)
        return self._actions.get(sequence.upper(), "")


_SHIFT = Qt.KeyboardModifier.ShiftModifier
