"""What the window says: what was saved last, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from screener.model import moments


def nothing() -> None:
    """Do nothing more."""


Link = tuple[str, str]
"""An action of the window by its id, and the words of its link."""
GIVE_UP: Link = ("give-up", "Give it up")
"""What is asked about something that was typed and not saved: leave it, and do `Problem.then`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """A sentence for the echo line, with the sign before it and the time it was saved.

    What was just done can be taken back there, and what was just taken back can be repeated.
    """

    sentence: str
    sign: str = "met"
    saved: str = ""
    can_take_back: bool = False
    can_repeat: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """A sentence for the problem bar, and links that may help.

    Where it asks whether to leave, `then` is what the person wanted to do afterwards.
    """

    sentence: str
    links: tuple[Link, ...] = ()
    then: Callable[[], object] = nothing

    @property
    def passes(self) -> bool:
        """Whether it is over as soon as something was done: a refusal, or what was not saved."""
        return self.links in ((), (GIVE_UP,))


def returned(word: str, name: str) -> str:
    """Say what was taken back, or repeated, by the name of its action ("Settle: include")."""
    return f"{word}: {name.replace(': ', ', ', 1)}"


def clock() -> str:
    """Return the hour and minute of now, for what was saved just now."""
    return f"{moments.now():%H:%M}"
