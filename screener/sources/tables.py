"""Tables in text before they are read: their headings and first rows, for a person to look at."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from screener.model import Progress, UserError, silent
from screener.sources.decoding import Content, examine
from screener.sources.formats import table
from screener.sources.formats.columns import assign
from screener.sources.formats.own_table import is_own_header
from screener.sources.formats.table import Mapping
from screener.sources.refusing import refuse_foreign
from screener.store import paths

SHOWN = 5
_ENDINGS = (".csv", ".tsv", ".tab", ".txt")
_MOST = 0.8  # of the rows have as many cells as the header


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table before it is read: how it would be read, and its first rows."""

    mapping: Mapping
    rows: tuple[tuple[str, ...], ...]


def look(path: Path | str, *, progress: Progress = silent) -> Table | None:
    """Return the headings and first rows of a table, even if no heading is known.

    None when the file is no table in text whose columns a person could name, such as one that
    Screener wrote itself.
    """
    place = Path(path)
    paths.refuse_open(place)
    content = examine(place, progress)
    try:
        refuse_foreign(content)
    except UserError:
        return None
    found = table.mapping(content) or _guess(content)
    if found is None or is_own_header(found.headings):
        return None
    rows = list(table.first_rows(content.sample, found.delimiter))
    below = rows[found.header : found.header + SHOWN]
    return Table(mapping=found, rows=tuple(tuple(row) for row in below))


def _guess(content: Content) -> Mapping | None:
    """Take the first of many rows with equally many cells for the header."""
    if not content.name.lower().endswith(_ENDINGS):
        return None
    best: tuple[float, Mapping] | None = None
    for delimiter in table.DELIMITERS:
        rows = list(table.first_rows(content.sample, delimiter))
        width, count = _usual_width(rows)
        header = next((n for n, row in enumerate(rows, 1) if len(row) == width), 0)
        share = count / (len(rows) - header + 1) if rows else 0.0
        if width < (3 if delimiter == "," else 2) or count < 2 or share < _MOST:
            continue
        points = share * width  # names and sentences hold commas, but not so many
        if best is None or points > best[0]:
            headings = tuple(cell.strip().lstrip("\ufeff") for cell in rows[header - 1])
            best = points, Mapping(
                delimiter=delimiter, header=header, headings=headings,
                columns=_assigned(headings), sure=False,
            )  # fmt: skip
    return best[1] if best else None


def _assigned(headings: tuple[str, ...]) -> dict[int, tuple[str, ...]]:
    """Say which columns are known; in a language of its own two letters may be any word."""
    return {n: fields for n, fields in assign(headings).items() if len(headings[n]) > 2}


def _usual_width(rows: list[list[str]]) -> tuple[int, int]:
    """Return how many cells most rows have, and how many rows these are."""
    widths = Counter(len(row) for row in rows)
    return widths.most_common(1)[0] if widths else (0, 0)
