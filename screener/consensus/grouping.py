"""What the list of the meeting is grouped by: what differs, what it differs on, who from whom."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from functools import cached_property
from itertools import combinations
from typing import TypeAlias

from screener.consensus.agreed import pairings
from screener.consensus.look import FEW
from screener.consensus.standing import Standing
from screener.model import DiscrepancyKind, Reviewer
from screener.model.gathering import gathered
from screener.model.step import Item, Pairing, Said, State, by_author
from screener.store.file import File
from screener.store.heads import heads
from screener.store.kinds.reviewer import Flag

Key: TypeAlias = tuple[str, ...]
"""A kind and after it the verdicts; what is in dispute; the ids of two reviewers; or "flagged"."""


class GroupBy(StrEnum):
    """What discrepancies are grouped by.

    - KIND: the kind, and for kinds in which verdicts differ the verdicts too.
    - DISPUTED: each criterion in dispute, or the question of a form; "" where none is named.
    - PAIR: each two reviewers whose answers, taken alone, would differ.
    - FLAGGED: what a reviewer flagged for the meeting; nothing else stands in this group.
    """

    KIND = "kind"
    DISPUTED = "disputed"
    PAIR = "pair"
    FLAGGED = "flagged"


_BY_VERDICTS = frozenset({DiscrepancyKind.CONFLICT, DiscrepancyKind.MAYBE})
_KINDS = {str(kind): place for place, kind in enumerate(DiscrepancyKind)}


def grouped(
    file: File, standing: Standing, reviewers: Sequence[Reviewer], by: GroupBy, of: Iterable[State]
) -> dict[Key, list[State]]:
    """Return discrepancies of one step by their keys; one may stand under several, or under none.

    Kinds stand in the order of the meeting's list, pairs in that of the reviewers, what is in
    dispute as it comes.
    """
    states = list(of)
    look = _Look(standing, {} if by is GroupBy.DISPUTED else _pairings(file, standing, states))
    keys: Callable[[State], Iterable[Key]] = {
        GroupBy.KIND: look.kind,
        GroupBy.DISPUTED: look.disputed,
        GroupBy.PAIR: look.pairs,
        GroupBy.FLAGGED: _Flagged(file, standing).keys,
    }[by]
    found = gathered((key, state) for state in states for key in keys(state))
    if by is GroupBy.KIND:
        return {key: found[key] for key in sorted(found, key=in_list)}
    if by is GroupBy.PAIR:
        every = combinations([str(one.id) for one in reviewers], 2)
        return {pair: found[key] for pair in every if (key := tuple(sorted(pair))) in found}
    return found


class _Flagged:
    """Which units a reviewer flagged for the meeting; read when it is first asked."""

    def __init__(self, file: File, standing: Standing) -> None:
        self._file = file
        self._standing = standing

    @cached_property
    def _units(self) -> frozenset[str]:
        found = heads(self._file, Flag, step=self._standing.step.id)
        withheld = self._standing.coverage.withheld.events()
        return frozenset(one.subject for one in found if one.event not in withheld)

    def keys(self, state: State) -> Iterator[Key]:
        if state.subject in self._units:
            yield (str(GroupBy.FLAGGED),)


def in_list(key: Key) -> tuple[int, bool, Key]:
    """Order kinds as the list has them, and in one kind the plain conflict before any doubt."""
    return _KINDS[key[0]], "maybe" in key, key


def _pairings(
    file: File, standing: Standing, states: Sequence[State]
) -> Mapping[str, tuple[Pairing, ...]]:
    return pairings(file, standing.step.id, {state.subject for state in states})


class _Look:
    """One look at what the reviewers say to the items of a step."""

    def __init__(self, standing: Standing, pairs: Mapping[str, tuple[Pairing, ...]]) -> None:
        self._standing = standing
        self._step = standing.step
        self._pairs = pairs
        self._asked: tuple[object, Mapping[Item, tuple[Said, ...]]] = (None, {})
        # Thousands of items have few different things said to them.
        self._few: dict[tuple[Said, ...], Mapping[Item, tuple[Said, ...]]] = {}
        self._verdicts: dict[tuple[Said, ...], tuple[str, ...]] = {}
        self._differing: dict[tuple[Item, tuple[Said, ...]], tuple[Key, ...]] = {}

    def kind(self, state: State) -> Iterator[Key]:
        assert state.kind is not None
        told: tuple[str, ...] = ()
        if state.kind in _BY_VERDICTS:
            said = self._said(state)
            if said not in self._verdicts:
                self._verdicts[said] = self._step.verdicts(said)
            told = self._verdicts[said]
        yield (str(state.kind), *told)

    def disputed(self, state: State) -> Iterator[Key]:
        for one in state.elements or (state.item.question,):
            yield (one,)

    def pairs(self, state: State) -> Iterable[Key]:
        at = state.item, self._said(state)
        if at not in self._differing:
            self._differing[at] = tuple(self._pairs_of(*at))
        return self._differing[at]

    def _pairs_of(self, item: Item, said: tuple[Said, ...]) -> Iterator[Key]:
        for one, other in combinations(sorted(by_author(said).items()), 2):
            if self._step.compared(item, (*one[1], *other[1])).kind is not None:
                yield one[0], other[0]

    def _said(self, state: State) -> tuple[Said, ...]:
        said, pairs = self._standing.said(state.subject), self._pairs.get(state.subject, ())
        if not pairs and len(said) <= FEW:
            if said not in self._few:
                self._few[said] = self._items(said, ())
            return self._few[said].get(state.item, ())
        if self._asked[0] != state.subject:  # its items stand together, and may be thousands
            self._asked = state.subject, self._items(said, pairs)
        return self._asked[1].get(state.item, ())

    def _items(
        self, said: tuple[Said, ...], pairs: tuple[Pairing, ...]
    ) -> Mapping[Item, tuple[Said, ...]]:
        return {one.item: one.said for one in self._step.items(said, pairs)}
