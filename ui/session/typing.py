"""A word typed by a person who believes to be in a field: no letter of it may do anything."""

from __future__ import annotations

from collections.abc import Collection

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from ui.session.actions import Action
from ui.widgets.lists import is_letter

TYPING = 0.19
"""Seconds between two keys of a word that is typed, at most: decisions come slower, five a second
at the fastest."""
PAUSE = 0.5
"""Seconds between two keys of a word that was recognised: hands stop short within a word too."""
MODIFIERS = (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock, Qt.Key.Key_AltGr)
_BETWEEN = (Qt.Key.Key_Space, *MODIFIERS)
"""What is pressed between the letters of words."""


class TypedWord:
    """Tells from the time between keys which of them are letters of a word.

    It begins with a key that recorded something, or with a letter that means nothing. What its
    first letter recorded was not meant once a letter follows that decides nothing itself: letters
    that all decide may be decisions of somebody quick.
    """

    def __init__(self) -> None:
        self._goes_on = False
        self._begun_by = 0
        self._pressed_at = 0.0
        self._length = 0
        self._recorded: Collection[str] = ()
        self.taken_back = False
        """Whether what its first letter recorded was taken back."""

    def begin(self, event: QKeyEvent, recorded: Collection[str], *, waits: bool = False) -> None:
        """Note a key: where it did something that was `recorded`, a word may begin with it.

        So it may where it `waits`, and did nothing yet.
        """
        self._goes_on, self._begun_by = waits or bool(recorded), event.key()
        self._length = 1
        self._recorded = recorded if event.text().isalpha() and is_letter(event) else ()

    def hear(self, event: QKeyEvent, now: float, moment: float, action: Action | None) -> bool:
        """Note a key and what it means; say whether it belongs to a word that is being typed.

        The key that recorded something, pressed again and no other between, is no word: whether it
        acts again is a matter of the moment alone.
        """
        apart, self._pressed_at = now - self._pressed_at, now
        pause = PAUSE if self.taken_back else TYPING
        self._goes_on = self._goes_on and apart < max(pause, moment)
        goes_on = self._goes_on and event.key() != self._begun_by
        letter = is_letter(event)
        if not goes_on or apart >= TYPING or not (letter or event.key() in _BETWEEN):
            self._recorded = ()
        self.taken_back = self.taken_back and goes_on
        if goes_on or (action is None and letter):
            self._goes_on, self._begun_by = True, 0
            self._length = self._length + letter if goes_on else 1
        return goes_on

    def swallows(self, event: QKeyEvent, action: Action) -> bool:
        """Say whether a key that writes nothing is a letter of the word, or corrects it."""
        if is_letter(event):
            return self._length > 2 or not action.held  # one may go on right after a decision
        return event.key() == Qt.Key.Key_Backspace and self._length > 1

    def unmeant(self, event: QKeyEvent, action: Action | None) -> Collection[str]:
        """Return the names of what the first letter recorded, once: this letter makes it a word."""
        decides = action is not None and (action.held or (action.decides and not action.in_row))
        if decides or not event.text().isalpha():
            return ()
        found, self._recorded = self._recorded, ()
        return found
