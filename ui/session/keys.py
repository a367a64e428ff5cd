"""The keys in force: the table of actions, a preset, own changes; and buttons that show them."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence

from screener.model import UserError
from ui.session.actions import (
    BY_ID,
    ROW,
    Action,
    Where,
)
from ui.session.preferences import PreferencesFile
from ui.session.presets import PRESETS, check_clashes, keys_in_force
from ui.widgets import tokens
from ui.widgets.button import Button, Does
from ui.widgets.keycap import key_words

PORTABLE = QKeySequence.SequenceFormat.PortableText
_SHIFT = Qt.KeyboardModifier.ShiftModifier
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_GROUP = Qt.KeyboardModifier.GroupSwitchModifier
_ALT = Qt.KeyboardModifier.AltModifier
_ROWS = (("1234567890", 10, 2), ("QWERTYUIOP", 24, 16), ("ASDFGHJKL", 38, 30), ("ZXCVBNM", 52, 44))
"""Keys by where they lie: the code of the first of each row under X11 and Wayland, and Windows."""
_ON_A_MAC = "ASDFHGZXCV BQWERYT123465 97 80 OU IP LJ K    NM"
"""Keys of macOS by their virtual codes, from 0. Source: `kVK_ANSI_…` in HIToolbox/Events.h."""
MAC = "darwin"


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

    def action(self, event: QKeyEvent, *places: Where) -> str:
        """Return the id of the action that a key press means in the first of these places, or "".

        One of a row of keys is named with it ("reason-3").
        """
        for pressed in meanings(event):
            for where in places:
                found = self._ids.get((where, pressed))
                if found:
                    return f"{found}-{pressed}" if BY_ID[found].in_row else found
        return ""

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
        self._ids = {(BY_ID[i].where, _sequence(k)): i for i, found in keys.items() for k in found}


class ActionButton(Button):
    """Does an action of the table of keys: `chose` carries its id.

    It shows the key the person chose for the action, unless it is given one.
    """

    def __init__(
        self,
        text: str,
        action: str,
        keys: Keys,
        *,
        kind: str = "quiet",
        key: str = "",
        does: Does | None = None,
    ) -> None:
        super().__init__(text, kind=kind, key=key, name=action, does=does)
        self._keys = keys
        if not key:
            keys.changed.connect(self._take_key)
            self._take_key()

    def _take_key(self) -> None:
        self.set_key(self._keys.first(self.objectName()))


class AnswerButton(ActionButton):
    """An answer: as high as a decision button; the page marks it, not the press."""

    def _height(self) -> int:
        return tokens.DECISION

    def _fonts(self) -> tuple[str, str]:
        return "strong", "small"

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """Stay as it was when pressed: the page shows what is on the disk, or what Enter gives."""


def _sequence(key: str) -> str:
    """Return a key as Qt writes it, so that "Esc" and "Escape", "Del" and "Delete" are one."""
    return QKeySequence(key).toString(PORTABLE)


def _place(event: QKeyEvent, platform: str) -> str:
    """Return what the key that lies there says on an English board, or ""."""
    if platform == MAC:  # it numbers its keys itself
        code = event.nativeVirtualKey()
        return _ON_A_MAC[code : code + 1].strip()
    from_first = event.nativeScanCode()
    for signs, x11, windows in _ROWS:
        at = from_first - (windows if platform == "win32" else x11)
        if 0 <= at < len(signs):
            return signs[at]
    return ""


def meanings(event: QKeyEvent, platform: str = sys.platform) -> Iterator[str]:
    """Give the keys that a press can stand for, the likeliest first.

    First the key with its modifiers, because Shift and a letter may be an action of its own; then
    what it typed, because where "/" and the numbers lie differs from board to board; then, where it
    typed nothing that stands in the table (Cyrillic or Greek letters, the signs on the numbers of a
    French board), the key that lies in its place on an English one. On a Mac Alt makes other
    letters, or accents that wait for one: there it is always the key in its place.
    """
    modifiers = event.modifiers() & ~(_KEYPAD | _GROUP)
    yield QKeySequence(modifiers.value | event.key()).toString(PORTABLE)
    typed, plain = event.text(), not modifiers & ~_SHIFT
    if len(typed) == 1 and typed.isprintable() and not typed.isspace():
        if plain or not typed.isalnum():
            yield typed.upper()
        foreign = typed.isalpha() and not typed.isascii()
    else:
        foreign = event.key() > 0x7F and not event.key() & 0x01000000
    placed = _place(event, platform)
    foreign = foreign or (platform == MAC and bool(modifiers & _ALT))
    if placed and (foreign or (placed.isdigit() and not modifiers)):
        yield QKeySequence(modifiers.value | ord(placed)).toString(PORTABLE)
        if plain:
            yield placed
