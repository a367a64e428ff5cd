"""Which keys are in force: of the table, of a preset, a person's own; no key does two things."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from screener.model import UserError
from ui.session.actions import ACTIONS, BY_ID, Action, Where
from ui.widgets.keycap import key_words

PRESETS: Mapping[str, Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "Screener": {},
        "Rayyan": {"maybe": ("U",)},
        "ASReview": {
            "include": ("R",),
            "exclude": ("I",),
            "maybe": ("M",),
            "take-back": ("U", "Backspace"),
        },
        "SRA": {"maybe": ("M",), "take-back": ("U", "Backspace")},
    }
)
"""What differs from the usual keys in each preset, for the record only.

I, E and U are Rayyan's letters, R, I, N and U ASReview's, as their guides have them. Of SRA's tools
only the numbers of its helper for EndNote are written down, and numbers are reasons here.
"""


def keys_in_force(
    preset: str = "Screener", own: Mapping[str, tuple[str, ...]] | None = None
) -> dict[str, tuple[str, ...]]:
    """Return the keys of every action under a preset and a person's own changes."""
    found = {a.id: a.keys for a in ACTIONS}
    found.update(PRESETS.get(preset, {}))
    known = {i: k for i, k in (own or {}).items() if i in BY_ID and not BY_ID[i].fixed}
    return found | known


def check_clashes(keys: Mapping[str, tuple[str, ...]]) -> None:
    """Raise `UserError` when one key would do two things in the same place."""
    taken: dict[str, list[Action]] = {}
    for action in ACTIONS:
        for key in keys.get(action.id, ()):
            for other in taken.setdefault(key, []):
                everywhere = {Where.WINDOW, Where.PAGE} & {action.where, other.where}
                if everywhere or action.where is other.where:
                    raise UserError(
                        f"{key_words(key)} is the key of “{other.name}” already; choose another "
                        f"for “{action.name}”, or change that one first."
                    )
            taken[key].append(action)
