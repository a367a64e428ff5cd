"""What the echo line says: the last thing that was saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Echo:
    """A sentence for the echo line, with the sign before it and the time it was saved."""

    sentence: str
    sign: str = "met"
    saved: str = ""
    can_take_back: bool = True


def clock() -> str:
    """Return the hour and minute of now, for what was saved just now."""
    return f"{datetime.now().astimezone():%H:%M}"
