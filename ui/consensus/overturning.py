"""What settling an item would overturn: it is shown, said once, and not done without a reason."""

from __future__ import annotations

from typing import Protocol

from screener.consensus.reveal import Level
from screener.model import State, UserError
from screener.model.step import Agreed
from ui.consensus.painter import Choice, ItemId


class Met(Protocol):
    """What is asked of the meeting."""

    level: Level

    def state(self, at: ItemId) -> State | None:
        """Return where an item stands."""

    def agreed_otherwise(self, at: ItemId, wanted: Agreed) -> str:
        """Return what was agreed on an item, in words, where it was something else; else ""."""


class Overturning:
    """Tells what was agreed before on what is about to be settled otherwise."""

    def __init__(self, meeting: Met) -> None:
        self._meeting = meeting
        self._told: tuple[ItemId, Choice] | None = None
        self.wants_reason = False
        """Whether what was to be settled last overturns something, and nobody said why."""

    def before(self, at: ItemId, choice: Choice) -> str:
        """Return what else was agreed, or ""; `UserError` when the level does not show it."""
        wanted = Agreed(
            event="",
            item=at.item,
            state=choice.state,
            value=choice.value,
            reason=choice.reason,
            unit=choice.unit,
        )
        before = self._meeting.agreed_otherwise(at, wanted)
        if not before:
            return ""
        state, level = self._meeting.state(at), self._meeting.level
        same = state is not None and state.outcome == choice.value
        if level < (Level.EVERYTHING if same else Level.DECISIONS):
            raise UserError(
                "Something else was agreed on this already, and it is not shown at this level; "
                "show more of the decisions before you settle it otherwise."
            )
        return before

    def settles(self, at: ItemId, choice: Choice, why: str) -> bool:
        """Say whether settling an item overturns what was agreed on it.

        `UserError` says so first, once, and again until a reason was typed: what comes with a
        choice is none. So it does as of `before`.
        """
        self.wants_reason = False
        if not (found := self.before(at, choice)):
            return False
        given, told = why.strip() not in ("", choice.phrase), self._told == (at, choice)
        self._told, self.wants_reason = (at, choice), not given
        if not (given and told):
            first = "" if given else "say why, and "
            raise UserError(
                f"What was agreed here is {found}; {first}settle it once more to overturn that, "
                "which the report counts."
            )
        return True
