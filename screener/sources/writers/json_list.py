"""JSON: a list of objects with the names of `screener convert`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import fields as dataclass_fields
from typing import BinaryIO

from screener.model import Fields
from screener.sources.writers.writer import Row, Writer

NAMES = (
    "type", "title", "authors", "year", "journal", "volume", "issue", "pages", "doi", "pmid",
    "abstract", "keywords", "url", "language",
)  # fmt: skip
"""The names every object has, in their order; `source_id` follows, then what else is known."""

FURTHER = tuple(f.name for f in dataclass_fields(Fields) if f.name not in NAMES)


def as_object(row: Row) -> dict[str, object]:
    """Return one record as it stands in the list."""
    fields = row.fields
    found: dict[str, object] = {name: _plain(getattr(fields, name)) for name in NAMES}
    found["pages"] = fields.pages or fields.article_number
    found["source_id"] = fields.accession
    for name in FURTHER:
        value = getattr(fields, name)
        if value and name != "accession":
            found[name] = _plain(value)
    found.update(row.columns)
    return found


def _plain(value: object) -> object:
    return list(value) if isinstance(value, tuple) else value


def write(rows: Iterable[Row], columns: Sequence[str], stream: BinaryIO) -> None:
    """Write the list of `screener convert`."""
    write_list(stream, map(as_object, rows))


def write_list(stream: BinaryIO, objects: Iterable[object]) -> None:
    """Write the list, one object a line, so that a text editor can show it."""
    stream.write(b"[")
    for number, item in enumerate(objects):
        text = json.dumps(item, ensure_ascii=False)
        stream.write((",\n" if number else "\n").encode() + text.encode("utf-8", "replace"))
    stream.write(b"\n]\n")


WRITER = Writer(name="json", label="JSON", ending=".json", write=write)
