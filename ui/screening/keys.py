"""Which action of the screening page a key press means.

The keys themselves stand in the one table of the program, `ui.session.actions`; here are only the
few that no one may change.
"""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from ui.session.actions import ACTIONS, Where, keys_in_force

_PORTABLE = QKeySequence.SequenceFormat.PortableText
_WINDOW = ("undo", "redo", "find", "all-keys")
_IDS = frozenset(a.id for a in ACTIONS if a.where is Where.RECORD) | set(_WINDOW)
FIXED: Mapping[str, tuple[str, ...]] = {
    "scroll-down": ("Space", "PgDown"),
    "scroll-up": ("Shift+Space", "PgUp"),
    "other-reason": ("0",),
    "leave": ("Esc",),
}
"""Keys of the page that stay as they are."""


class KeyTable:
    """The keys of the page: of each action, and back from a key press to its action."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]] | None = None) -> None:
        given = keys_in_force() if keys is None else keys
        self._keys = {id_: given[id_] for id_ in _IDS if id_ in given} | dict(FIXED)
        self._actions: dict[str, str] = {}
        for action, found in self._keys.items():
            for key in found:
                name = f"reason-{key}" if action == "reason" else action
                self._actions[key.upper()] = name

    def first(self, action: str) -> str:
        """Return the key to print on a key cap, "" for an action without one."""
        return next(iter(self._keys.get(action, ())), "")

    def action(self, event: QKeyEvent) -> str:
        """Return the action of a key press ("reason-3" for the number 3), or ""."""
        pressed = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        text = event.text()
        typed = len(text) == 1 and text.isprintable() and not text.isspace()
        # What it types counts: where "/" and the numbers lie differs from board to board.
        if typed and not pressed & ~Qt.KeyboardModifier.ShiftModifier:
            return self._actions.get(text.upper(), "")
        sequence = QKeySequence(pressed.value | event.key()).toString(_PORTABLE)
        return self._actions.get(sequence.upper(), "")
