"""A group side by side: which part of it belongs together, and which record is to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import combinations

from screener.duplicates.comparison import compare
from screener.duplicates.prepared import prepare
from screener.duplicates.settings import STANDARD
from screener.duplicates.verdict import Judge, explain
from screener.model import Fields
from screener.units.candidate import Candidate, kept

_MOST_COMPARED = 8
"""A larger group has too many parts to look at all of them."""


def proposed_part(records: Mapping[str, Fields]) -> tuple[str, ...]:
    """Return the largest part of a group that agrees with itself and is contradicted by the rest.

    `records` are fields by id, in the order they are shown; the first of parts of one size counts.
    Empty where any two of them contradict each other or it would be all, and for a group of two.
    """
    if not 2 < len(records) <= _MOST_COMPARED:
        return ()
    prepared = {id_: prepare(Candidate.of(id_, fields)) for id_, fields in records.items()}
    judge = Judge(STANDARD)

    @cache
    def agree(one: str, other: str) -> bool:
        pair = compare(prepared[one], prepared[other])
        return pair is not None and not judge.against(pair)

    ids = list(records)
    for size in range(len(ids) - 1, 1, -1):
        for some in combinations(ids, size):
            rest = [id_ for id_ in ids if id_ not in some]
            across = (sorted((a, b), key=ids.index) for a in some for b in rest)
            together = all(agree(a, b) for a, b in combinations(some, 2))
            if together and not any(agree(a, b) for a, b in across):
                return some
    return ()


def in_common(one: Fields, other: Fields) -> str:
    """Say what two records have in common and what is against it; "" where nothing is in common."""
    first, second = Candidate.of("1", one), Candidate.of("2", other)
    if compare(prepare(first), prepare(second)) is None:
        return ""
    return explain(first, second)


def most_complete(records: Mapping[str, tuple[int, Fields]]) -> str:
    """Return the id of the record to show of a group, "" for none; records are (number, fields).

    Of equally complete ones it is that of the smallest number.
    """
    found = kept(
        Candidate.of(id_, fields, source_order=number) for id_, (number, fields) in records.items()
    )
    return next((one.id for one in found), "")
