"""Whether a text says anything: signs that nobody can see are no text."""

from __future__ import annotations

import unicodedata

_UNSEEN = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that Unicode draws as nothing: Hangul fillers, the empty Braille cell."""


def is_blank(text: str) -> bool:
    """Say whether a text has nothing to read: blanks, control and invisible characters alone.

    A mark that only changes the character before it (a variation selector) is none by itself.
    """
    return not any(map(_is_seen, text))


def _is_seen(character: str) -> bool:
    category = unicodedata.category(character)
    return (
        category[0] not in "ZM" and category not in ("Cc", "Cf", "Cs") and character not in _UNSEEN
    )
