"""The queue a reviewer goes through: ids in order, a place in them, and what leaves when."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Sequence

from screener.model import Verdict
from screener.screening.screening import Queue

_OF_VERDICT = {
    Queue.INCLUDED: Verdict.INCLUDE,
    Queue.MAYBE: Verdict.MAYBE,
    Queue.EXCLUDED: Verdict.EXCLUDE,
}


def leaves(queue: Queue, verdict: Verdict) -> bool:
    """Say whether a unit leaves a queue by being decided so."""
    if queue in _OF_VERDICT:
        return _OF_VERDICT[queue] is not verdict
    return queue in (Queue.PENDING, Queue.CHANGED, Queue.CORRECTED)


class Line:
    """The ids of a queue and which of them is on the screen; knows nothing of a file."""

    def __init__(self, ids: Iterable[str] = (), every: Sequence[str] = ()) -> None:
        self.ids = list(ids)
        self.at = 0
        self._order = {id_: place for place, id_ in enumerate(every)}

    def __len__(self) -> int:
        return len(self.ids)

    def __contains__(self, id_: object) -> bool:
        """Say whether the stage holds a unit, in this queue or not."""
        return id_ in self._order

    @property
    def current(self) -> str:
        """The id on the screen, "" in an empty queue."""
        return self.ids[self.at] if self.ids else ""

    def after(self, *, leaving: bool) -> str:
        """Return the id that follows when the current one is decided; "" when none is left."""
        if self.at + 1 < len(self.ids):
            return self.ids[self.at + 1]
        if not leaving:
            return self.current
        return self.ids[0] if len(self.ids) > 1 else ""

    def beyond(self, chosen: Collection[str]) -> str:
        """Return the id that follows the last of those that are chosen; "" when none does."""
        inside = frozenset(chosen)
        last = max((place for place, id_ in enumerate(self.ids) if id_ in inside), default=-1)
        return next((id_ for id_ in self.ids[last + 1 :] if id_ not in inside), "")

    def advance(self, *, leaving: bool) -> None:
        """Go on to what `after` returned."""
        if not leaving:
            self.at = min(self.at + 1, len(self.ids) - 1)
            return
        self.ids.pop(self.at)
        if self.at >= len(self.ids):
            self.at = 0

    def step(self, by: int) -> bool:
        """Move by so many records, not beyond the ends; says whether anything moved."""
        to = max(0, min(self.at + by, len(self.ids) - 1))
        moved = bool(self.ids) and to != self.at
        self.at = to if self.ids else 0
        return moved

    def go_to(self, id_: str) -> None:
        """Go to a unit, which joins the queue at its place when it is not in it."""
        place = self._place(id_)
        if place == len(self.ids) or self.ids[place] != id_:
            self.ids.insert(place, id_)
        self.at = place

    def find(self, id_: str) -> bool:
        """Go to a unit if the queue holds it."""
        place = self._place(id_)
        if place < len(self.ids) and self.ids[place] == id_:
            self.at = place
            return True
        return False

    def _place(self, id_: str) -> int:
        order = self._order
        return bisect_left(self.ids, order.get(id_, len(order)), key=lambda i: order.get(i, 0))
