"""Groups that grow by joins and never hold a pair that may not be in one group."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Generic, TypeVar

Member = TypeVar("Member", int, str)


def _nothing(one: object, other: object) -> bool:
    return False


class Clusters(Generic[Member]):
    """Disjoint sets of positions or ids; `join` asks `forbidden` about every pair across."""

    def __init__(self, forbidden: Callable[[Member, Member], bool] = _nothing) -> None:
        self._of: dict[Member, Member] = {}
        self._members: dict[Member, list[Member]] = {}
        self._forbidden: Callable[[Member, Member], bool] = forbidden

    def root(self, one: Member) -> Member:
        """Return the name of the cluster it is in: its first member."""
        return self._of.get(one, one)

    def members(self, one: Member) -> list[Member]:
        """Return everything in the same cluster."""
        root = self.root(one)
        return self._members.get(root, [root])

    def put_together(self, members: Iterable[Member]) -> None:
        """Join without asking: somebody has already decided."""
        every = list(members)
        for one in every[1:]:
            self._unite(every[0], one)

    def join(self, one: Member, other: Member) -> bool:
        """Join two clusters unless a pair across them is forbidden; say whether they are one."""
        if self.root(one) == self.root(other):
            return True
        for left in self.members(one):
            for right in self.members(other):
                if self._forbidden(left, right):
                    return False
        self._unite(one, other)
        return True

    def groups(self) -> Iterator[list[Member]]:
        """Yield every cluster of two or more, members in order."""
        for members in self._members.values():
            yield sorted(members)

    def _unite(self, one: Member, other: Member) -> None:
        low, high = sorted((self.root(one), self.root(other)))
        if low == high:
            return
        moved = self._members.pop(high, [high])
        self._members.setdefault(low, [low]).extend(moved)
        for place in moved:
            self._of[place] = low
