"""How long work still takes, told from how fast it went."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

_SOON = 2.0  # seconds in which nothing can be told yet


class Pace:
    """Tells how long is left of what is being done; each thing has a pace of its own."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._what = ""
        self._done = self._first = 0
        self._began = 0.0

    def left(self, what: str, done: int, total: int) -> str:
        """Return how long is left, such as "about 20 seconds left"; "" while it is not known."""
        now = self._clock()
        if what != self._what or done < self._done:
            self._what, self._first, self._began = what, done, now
        self._done = done
        gone, made = now - self._began, done - self._first
        if gone < _SOON or made <= 0 or not total:
            return ""
        seconds = gone * max(0, total - done) / made
        if seconds < 60:
            return f"about {max(5, round(seconds / 5) * 5)} seconds left"
        minutes = round(seconds / 60)
        return f"about {minutes} minute{'' if minutes == 1 else 's'} left"
