"""Tables before they are read: their headings and first rows, for a person to look at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from screener.model import Progress, UserError, silent
from screener.sources.decoding import Content, examine
from screener.sources.formats import columns as mapping
from screener.sources.formats import table, workbook
from screener.sources.formats.columns import ALIASES, FirstRows, Mapping, fold
from screener.sources.refusing import refuse_foreign
from screener.sources.writers.csv_table import is_own_header
from screener.store import paths

SHOWN = 5
_ENDINGS = (".csv", ".tsv", ".tab", ".txt")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table before it is read: how it would be read, and its first rows."""

    mapping: Mapping
    rows: tuple[tuple[str, ...], ...]


def look(path: Path | str, *, progress: Progress = silent) -> Table | None:
    """Return the headings and first rows of a table, even if no heading is known.

    None when the file is no table whose columns a person could name, such as one that Screener
    wrote itself.
    """
    place = Path(path)
    paths.refuse_open(place)
    content = examine(place, progress)
    try:
        refuse_foreign(content)
        ways = _ways(content)
    except UserError:
        return None
    found = mapping.known(ways) or mapping.guessed(ways)
    if found is None or is_own_header(found.headings):
        return None
    return Table(mapping=found, rows=_first(ways, found))


def _ways(content: Content) -> list[FirstRows]:
    """Return the ways in which the content may be a table."""
    if workbook.recognise(content):
        return list(workbook.tables(content))
    if table.recognise(content) or content.name.lower().endswith(_ENDINGS):
        return list(table.tables(content))
    return []


def _first(ways: list[FirstRows], found: Mapping) -> tuple[tuple[str, ...], ...]:
    for way in ways:
        header = way.rows[found.header - 1] if len(way.rows) >= found.header else ()
        if way.delimiter == found.delimiter and mapping.headings(header) == found.headings:
            return tuple(tuple(row) for row in way.rows[found.header : found.header + SHOWN])
    return ()


def named(path: Path | str, columns: dict[str, str], *, progress: Progress = silent) -> Mapping:
    """Return how a table is read when single fields are said to be in columns of these headings.

    The other columns are what their headings say. `UserError` for a field or a heading that is
    none, and for a file without columns.
    """
    place = Path(path)
    found = look(place, progress=progress)
    if found is None:
        raise UserError(f"“{place.name}” is no table; only of a table columns can be named.")
    headings = [fold(heading) for heading in found.mapping.headings]
    chosen: dict[int, tuple[str, ...]] = {}
    for field, heading in columns.items():
        if field not in ALIASES:
            raise UserError(f"No column can hold “{field}”; choose of {', '.join(ALIASES)}.")
        if fold(heading) not in headings:
            raise UserError(
                f"“{place.name}” has no column “{heading}”; it has"
                f" {', '.join(filter(None, found.mapping.headings))}."
            )
        number = headings.index(fold(heading))
        chosen[number] = (*chosen.get(number, ()), field)
    settled = mapping.settled(found.mapping.columns, chosen)
    return replace(found.mapping, columns=settled, sure=True)
