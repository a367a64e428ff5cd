"""Tables and lists that Screener itself wrote: read field by field, nothing guessed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from screener.model import RECORD_TYPES, Fields
from screener.sources.plain_text import clean, one_line
from screener.sources.writers.csv_table import HEADER
from screener.sources.writers.json_list import NAMES
from screener.sources.writers.writer import parted

_LISTS = ("authors", "keywords", "publication_type")


def is_own_header(headings: Sequence[str]) -> bool:
    """Whether a table has all the columns that Screener writes, under their names."""
    return set(HEADER) <= set(headings)


def from_cells(headings: Sequence[str], cells: Sequence[str]) -> Fields:
    """Return the record of a row under such a header."""
    values: dict[str, object] = {}
    for heading, cell in zip(headings, cells, strict=False):
        if heading in HEADER and heading not in values:
            if heading in _LISTS:
                values[heading] = _items(heading, map(clean, parted(cell)))
            else:
                values[heading] = one_line(cell) if heading == "url" else clean(cell)
    return _fields(values)


def is_own_object(item: Mapping[str, object]) -> bool:
    """Whether an object has all the names of `screener convert`."""
    return {*NAMES, "source_id"} <= set(item)


def from_object(item: Mapping[str, object]) -> Fields:
    """Return the record of such an object; of its plain texts only the white space is mended."""
    values: dict[str, object] = {}
    for name in HEADER:
        value = item.get("source_id" if name == "accession" else name)
        if isinstance(value, list):
            values[name] = _items(name, (one_line(str(part)) for part in value))
        elif value is not None:
            values[name] = one_line(str(value))
    if values.get("pages") == values.get("article_number"):
        values["pages"] = ""  # the list shows the article number where there are no pages
    return _fields(values)


def _items(name: str, texts: Iterable[str]) -> tuple[str, ...]:
    """Return a list as every reader gives it: nothing empty, and no keyword twice."""
    found = [text for text in texts if text]
    return tuple(found if name == "authors" else dict.fromkeys(found))


def _fields(values: Mapping[str, object]) -> Fields:
    texts: dict[str, Any] = {n: str(values.get(n) or "") for n in HEADER}
    texts |= {name: _list(values.get(name)) for name in _LISTS}
    texts["type"] = texts["type"] if texts["type"] in RECORD_TYPES else ""
    texts["year"] = int(texts["year"]) if texts["year"].isdecimal() else None
    return Fields(**texts)


def _list(value: object) -> tuple[str, ...]:
    return tuple(str(item) for item in value) if isinstance(value, tuple) else ()
