"""Rows of lists that the meeting said are one row: the pairs that stand."""

from __future__ import annotations

from collections.abc import Iterable

from screener.model.step import Pairing
from screener.store.file import File
from screener.store.heads import heads
from screener.store.kinds.meeting import Pair


def pairings(
    file: File, step: str, subjects: Iterable[str] | None = None
) -> dict[str, tuple[Pairing, ...]]:
    """Return the pairs that stand, by subject, in an order that no merge changes."""
    found: dict[str, set[Pairing]] = {}
    for head in heads(file, Pair, step=step, subjects=subjects):
        body = head.body
        rows = tuple(sorted(set(body.rows)))
        one = Pairing(list=body.list, key=body.key, rows=rows, exists=body.exists)
        found.setdefault(head.subject, set()).add(one)
    return {subject: tuple(sorted(pairs, key=_place)) for subject, pairs in found.items()}


def _place(one: Pairing) -> tuple[object, ...]:
    return one.list, one.key, one.rows, one.exists
