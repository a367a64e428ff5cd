"""The keys in force: the table of actions, a preset, and what this person changed."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from screener.model import UserError
from ui.session.actions import BY_ID, PRESETS, Action, Where, check_clashes, keys_in_force
from ui.session.preferences import PreferencesFile
from ui.widgets.keycap import key_words

PORTABLE = QKeySequence.SequenceFormat.PortableText
ROW = 8  # an action with more keys than this has a whole row of them, such as 1 to 9


class Keys(QObject):
    """Answers which key does what; pages and key caps ask it and listen to `changed`."""

    changed = Signal()

    def __init__(self, preferences: PreferencesFile, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._preferences = preferences
        self._keys: dict[str, tuple[str, ...]] = {}
        self._ids: dict[tuple[Where, str], str] = {}
        self._take()

    @property
    def preset(self) -> str:
        """The name of the preset in force."""
        return self._preferences.current.preset

    def of(self, action: str) -> tuple[str, ...]:
        """Return the keys of an action as Qt writes them; none for one without a key."""
        return self._keys[action]

    def first(self, action: str) -> str:
        """Return the first key of an action, for its key cap; "" for one without a key."""
        return next(iter(self._keys[action]), "")

    def caps(self, action: str) -> tuple[str, ...]:
        """Return what the key caps of an action show, such as "I" or "1 – 9"."""
        keys = self._keys[action]
        if len(keys) > ROW:
            return (f"{keys[0]} – {keys[-1]}",)
        return tuple(dict.fromkeys(key_words(k) for k in keys if k != "Ctrl+="))

    def action(self, where: Where, event: QKeyEvent) -> str:
        """Return the id of the action a key press means in a place, or ""."""
        pressed = QKeySequence(event.keyCombination()).toString(PORTABLE)
        found = self._ids.get((where, pressed.removeprefix("Num+")), "")
        sign = event.text()
        if not found and len(sign) == 1 and sign.isprintable() and not sign.isalnum():
            # "/" and "?" need Shift on other keyboards.
            found = self._ids.get((where, sign), "")
        return found

    def number(self, event: QKeyEvent) -> int:
        """Return which of 1 to 9 was pressed alone, or 0."""
        text = event.text()
        return int(text) if len(text) == 1 and text in "123456789" else 0

    def set_preset(self, name: str) -> None:
        """Take the keys of a preset; a person's own changes of these actions are given up."""
        if name not in PRESETS:
            raise UserError(f"There is no set of keys called {name}.")
        touched = {id_ for preset in PRESETS.values() for id_ in preset}
        own = {i: k for i, k in self._preferences.current.keys.items() if i not in touched}
        check_clashes(keys_in_force(name, own))
        self._preferences.change(preset=name, keys=own)
        self._take()
        self.changed.emit()

    def remap(self, action: str, *keys: str) -> None:
        """Give an action other keys; `UserError` for a clash or a key that stays as it is."""
        found: Action = BY_ID[action]
        if found.fixed:
            raise UserError(f"The keys of “{found.name}” stay as they are.")
        texts = tuple(QKeySequence(k).toString(PORTABLE) for k in keys)
        own = {**self._preferences.current.keys, action: texts}
        check_clashes(keys_in_force(self.preset, own))
        self._preferences.change(keys=own)
        self._take()
        self.changed.emit()

    def forget_own(self) -> None:
        """Give up all own changes: the preset as it is."""
        self._preferences.change(keys={})
        self._take()
        self.changed.emit()

    def _take(self) -> None:
        current = self._preferences.current
        keys = keys_in_force(current.preset, current.keys)
        try:
            check_clashes(keys)
        except UserError:  # an older file whose changes no longer fit
            keys = keys_in_force(current.preset)
        self._keys = keys
        self._ids = {(BY_ID[i].where, k): i for i, found in keys.items() for k in found}
