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
    """Return the pairs that stand, by subject."""
    found: dict[str, tuple[Pairing, ...]] = {}
    for head in heads(file, Pair, step=step, subjects=subjects):
        body = head.body
        one = Pairing(list=body.list, key=body.key, rows=body.rows, exists=body.exists)
        found[head.subject] = (*found.get(head.subject, ()), one)
    return found
