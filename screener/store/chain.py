"""The order of events, taken from the chain of their logs: where a row lies in a file says nothing.

An event stands as many places after the first as its chain has events before it. A log goes on
from the last log of its author, so the order is one over several computers.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

_LOST = 1 << 40  # a log that goes on from what is not here (salvage) comes after all others


class Order:
    """How far from the first event of their chain the events of a file are."""

    def __init__(self, read: Callable[[str], Iterable[Any]]) -> None:
        """Read what the logs go on from; `read` answers a query: `File.rows`, or a connection's."""
        self._before: dict[str, list[tuple[str | None, int | None, int]]] = {}
        # CROSS JOIN: from the few logs to their first events. SQLite may choose to go through all
        # events instead, which at 40,000 takes 16 ms, and this is read many times in a gesture.
        for log, *goes_on in read(
            "SELECT e.log, b.id, p.seq, e.prev IS NULL FROM log l "
            "CROSS JOIN event e ON e.log = l.id AND e.seq = 1 LEFT JOIN event p ON p.id = e.prev "
            "LEFT JOIN log b ON b.id = p.log AND b.kind = l.kind AND b.author = l.author"
        ):
            self._before.setdefault(log, []).append(tuple(goes_on))
        self._starts: dict[str, int] = {}

    def at(self, log: str, seq: int) -> int:
        """Return how many events lead to the event of a number in a log, that one included."""
        return self._start(log) + seq

    def _start(self, log: str) -> int:
        chain = []  # by a loop: somebody may have made a thousand logs
        while log not in self._starts and log not in chain:
            chain.append(log)
            before, _, first = self._last(log)
            if before is None:
                self._starts[log] = 0 if first else _LOST
            else:
                log = before
        start = self._starts.get(log, _LOST)
        for one in reversed(chain):
            if one not in self._starts:
                self._starts[one] = self._starts.get(self._last(one)[0] or "", start) + (
                    self._last(one)[1] or 0
                )
        return self._starts[chain[0]] if chain else start

    def _last(self, log: str) -> tuple[str | None, int | None, int]:
        """Return what a log goes on from; of a fork at its first event the later."""
        several = self._before.get(log, [(None, None, 0)])
        return max(several, key=lambda one: (not one[2], one[0] is None, one[1] or 0, one[0] or ""))
