"""What was typed in the meeting and is not settled yet, kept by step and item; no Qt."""

from __future__ import annotations

from dataclasses import dataclass

from screener.consensus.reveal import Level
from ui.consensus.painter import Choice, ItemId


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What was typed for an item: why, and a value; and what was chosen while it was typed.

    `level` is how much was seen then.
    """

    why: str = ""
    value: str = ""
    choice: Choice | None = None
    level: Level = Level.RECORD

    @property
    def typed(self) -> bool:
        """Whether anything of it was typed: only then it is kept."""
        return bool(self.why.strip() or self.value.strip())

    def chosen_at(self, level: Level) -> Choice | None:
        """Return what was chosen, as far as a level does not hide whose it was."""
        shown = level >= self.level or bool(self.value.strip())
        return self.choice if self.typed and shown else None


Key = tuple[str, ItemId]
"""A step and an item."""
Drafts = dict[Key, Draft]
