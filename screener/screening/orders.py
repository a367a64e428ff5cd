"""In which order a reviewer goes through the records: the reviewer's own, and no event."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from screener.model import RecordId
from screener.model.words import short_name
from screener.store.file import File
from screener.units.folding import fold

_OWN = "order"


class OrderBy(StrEnum):
    """What the records are ordered by; the words are shown as they stand."""

    IMPORTED = "As imported"
    RANDOM = "Random"
    TITLE = "Title"
    AUTHOR = "Author"
    YEAR = "Year"
    JOURNAL = "Journal"
    SOURCE = "Source"


FIELDS = {
    OrderBy.TITLE: "title",
    OrderBy.AUTHOR: "authors",
    OrderBy.YEAR: "year",
    OrderBy.JOURNAL: "journal",
}
"""The field of a record that an order looks at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ordering:
    """An order and, where it is random, the seed that gives the same one again."""

    by: OrderBy = OrderBy.IMPORTED
    seed: str = ""


def kept(file: File) -> Ordering:
    """Return the order this file is gone through in; as imported where none was chosen."""
    word, _, seed = file.own(_OWN).partition(" ")
    found = next((by for by in OrderBy if by.name.lower() == word), OrderBy.IMPORTED)
    return Ordering(by=found, seed=seed)


def keep(file: File, ordering: Ordering) -> None:
    """Keep the order of this file."""
    file.set_own(_OWN, f"{ordering.by.name.lower()} {ordering.seed}".strip())


def shuffled(units: Sequence[RecordId], seed: str) -> list[RecordId]:
    """Return units in the random order of a seed.

    A unit's place among the others follows from its id and the seed alone, so that records which
    come later leave the others in their order.
    """
    return sorted(units, key=lambda unit: hashlib.sha256(f"{seed} {unit}".encode()).digest())


def ordered(units: Sequence[RecordId], by: OrderBy, values: Mapping[str, Any]) -> list[RecordId]:
    """Return units, which come by number, in the order of their values; without one they are last.

    Texts are compared by their letters, whatever their case and accents; years from the newest.
    """

    def key(unit: RecordId) -> tuple[int, str]:
        value = values[unit]
        if by is OrderBy.YEAR:
            return -int(value), ""
        return 0, fold(short_name(json.loads(value)[0]) if by is OrderBy.AUTHOR else str(value))

    without = [unit for unit in units if not values.get(unit)]
    return sorted((unit for unit in units if values.get(unit)), key=key) + without
