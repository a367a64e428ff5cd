"""How the meeting shows when something was done."""

from __future__ import annotations

from datetime import datetime

from screener.model import moments


def day(time: str) -> str:
    """Return an ISO time as it is shown: "21 May, 20:14"; as it stands when it is none."""
    try:
        when = datetime.fromisoformat(time)
    except ValueError:
        return time
    words = f"{when.day} {when:%B}"
    if when.year != moments.now().year:
        words += f" {when.year}"
    return f"{words}, {when:%H:%M}"
