"""What a written format is, and what is written: fields with further named values."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from screener.model import Fields
from screener.sources.people import SUFFIX

LIST_JOINT = "; "
OWN_NOTE = re.compile(r"(?:record|found in|all records|Title and abstract|Full text): ")
"""How notes begin that an export of decisions writes; they say nothing of the record itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One record to be written: its fields, and further values by the name of their column."""

    fields: Fields
    columns: Mapping[str, str] = field(default_factory=dict)

    def notes(self, columns: Sequence[str]) -> list[str]:
        """Return the further values of these columns as notes, `Name: value`."""
        return [f"{name}: {self.columns[name]}" for name in columns if self.columns.get(name)]


@dataclass(frozen=True, slots=True, kw_only=True)
class Writer:
    """One format: its machine name, the file's ending, and how rows become bytes.

    `write` is given the rows, the names of their further columns in order, and the stream.
    """

    name: str
    label: str
    ending: str
    write: Callable[[Iterable[Row], Sequence[str], BinaryIO], None]


def with_suffix(given: str) -> tuple[str, str]:
    """Part a given name from the suffix behind it: "John, Jr."; formats keep them apart."""
    name, comma, suffix = given.rpartition(", ")
    return (name, suffix) if comma and SUFFIX.fullmatch(suffix) else (given, "")


def joined(items: Iterable[str]) -> str:
    """Join a list for one cell; a semicolon inside an item gets a backslash before it."""
    return LIST_JOINT.join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def parted(cell: str) -> list[str]:
    """Undo `joined`."""
    items = re.split(r"(?<!\\)((?:\\\\)*);\s*", cell)
    whole = [
        items[n] + (items[n + 1] if n + 1 < len(items) else "") for n in range(0, len(items), 2)
    ]
    return [re.sub(r"\\([\\;])", r"\1", item) for item in whole if item]
