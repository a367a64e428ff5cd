"""Groups that grow by joins and never hold a pair that may not be in one group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator


class Clusters:
    """Disjoint sets of positions; `join` asks `forbidden` about every pair across."""

    def __init__(self, size: int, forbidden: Callable[[int, int], bool]) -> None:
        self._of = list(range(size))
        self._members: dict[int, list[int]] = {}
        self._forbidden = forbidden

    def root(self, place: int) -> int:
        """Return the name of the cluster a position is in."""
        return self._of[place]

    def members(self, place: int) -> list[int]:
        """Return every position in the same cluster."""
        root = self._of[place]
        return self._members.get(root, [root])

    def put_together(self, places: Iterable[int]) -> None:
        """Join without asking: somebody has already decided."""
        rest = iter(places)
        first = next(rest, None)
        if first is None:
            return
        for place in rest:
            self._unite(first, place)

    def join(self, one: int, other: int) -> bool:
        """Join two clusters unless a pair across them is forbidden; say whether they are one."""
        if self._of[one] == self._of[other]:
            return True
        for left in self.members(one):
            for right in self.members(other):
                if self._forbidden(left, right):
                    return False
        self._unite(one, other)
        return True

    def groups(self) -> Iterator[list[int]]:
        """Yield every cluster of two or more, positions in order."""
        for members in self._members.values():
            yield sorted(members)

    def _unite(self, one: int, other: int) -> None:
        low, high = sorted((self._of[one], self._of[other]))
        if low == high:
            return
        moved = self._members.pop(high, [high])
        self._members.setdefault(low, [low]).extend(moved)
        for place in moved:
            self._of[place] = low
