"""Tables before they are read: their headings and first rows, for a person to look at."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from screener.model import Progress, UserError, silent
from screener.model.words import first_of
from screener.sources.decoding import Content, examine
from screener.sources.formats import columns as mapping
from screener.sources.formats import table, workbook
from screener.sources.formats.columns import FirstRows, Mapping
from screener.sources.formats.headings import ALIASES, assign, fold
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
        header = way.rows[found.header - 1] if 0 < found.header <= len(way.rows) else ()
        if way.delimiter == found.delimiter and (
            found.bare or mapping.headings(header) == found.headings
        ):
            return tuple(tuple(row) for row in way.rows[found.header : found.header + SHOWN])
    return ()


def without_headings(table: Table) -> Table:
    """Return a table whose first row is a record and no header."""
    if table.mapping.bare:
        return table
    return Table(
        mapping=mapping.bared(table.mapping), rows=(table.mapping.headings, *table.rows)[:SHOWN]
    )


def with_headings(table: Table) -> Table:
    """Return a table whose first row is its header and no record."""
    found = table.mapping
    if not found.bare or not table.rows:
        return table
    named = mapping.headings(table.rows[0])
    named += ("",) * (len(found.headings) - len(named))
    turned = replace(
        found, header=found.header + 1, headings=named, columns=assign(named), bare=False
    )
    return Table(mapping=turned, rows=table.rows[1:])


def refuse_untitled(found: Mapping | None, name: str) -> None:
    """Raise `UserError` for a table in which no column is known to be the title.

    A list of identifiers has none. Nothing that has a title is stored without it unasked.
    """
    if found is None or found.titled:
        return
    if found.bare:
        raise UserError(
            f"“{name}” has no headings, its first row is a record; say which of the"
            f" {len(found.headings)} columns is the title."
        )
    cited = [found.headings[n] for n, fields in found.columns.items() if "citation" in fields]
    if cited:
        raise UserError(
            f"No heading of “{name}” is known to be that of the titles, but “{cited[0]}” may hold"
            " whole references; say which column is the title, or that this is the citation."
        )
    has = ", ".join(first_of(list(filter(None, found.headings))))
    raise UserError(
        f"No heading of “{name}” is known to be that of the titles; it has {has}: say which column"
        " is the title."
    )


def named(path: Path | str, columns: dict[str, str], *, progress: Progress = silent) -> Mapping:
    """Return how a table is read when single fields are said to be in columns of these headings.

    The other columns are what their headings say. Numbers in place of headings say that there are
    none, and the first row is a record; no heading says that no column is the field. `UserError`
    for a field or a heading that is none, and for a file without columns.
    """
    place = Path(path)
    found = look(place, progress=progress)
    if found is None:
        raise UserError(f"“{place.name}” is no table; only of a table columns can be named.")
    for field in columns:
        if field not in ALIASES:
            raise UserError(f"No column can hold “{field}”; choose of {', '.join(ALIASES)}.")
    table = found.mapping
    places = _numbers(table, columns) or _of_headings(table, columns, place.name)
    if _numbers(table, columns):
        table = without_headings(found).mapping
    chosen: dict[int, tuple[str, ...]] = {}
    for field, number in places.items():
        chosen[number] = (*chosen.get(number, ()), field)
    usual = {
        n: tuple(field for field in fields if field not in columns)
        for n, fields in table.columns.items()
    }
    settled = replace(table, columns=mapping.settled(usual, chosen), sure=True)
    if "title" not in columns and "citation" not in places:
        refuse_untitled(settled, place.name)
    return settled


def _numbers(found: Mapping, columns: dict[str, str]) -> dict[str, int]:
    """Return the columns by their numbers; nothing where they are named by headings."""
    headings = {fold(heading) for heading in found.headings} if not found.bare else set()
    told = {field: text for field, text in columns.items() if text}
    numbers = {field: int(text) - 1 for field, text in told.items() if text.isdecimal()}
    by_number = numbers.keys() == told.keys() and not headings & {*told.values()}
    if by_number and all(0 <= number < len(found.headings) for number in numbers.values()):
        return numbers
    return {}


def _of_headings(found: Mapping, columns: dict[str, str], name: str) -> dict[str, int]:
    headings = [fold(heading) for heading in found.headings]
    places: dict[str, int] = {}
    for field, heading in columns.items():
        if heading and fold(heading) not in headings:
            has = (
                f"it has no headings, and {len(headings)} columns; name them by their numbers"
                if found.bare
                else f"it has {', '.join(filter(None, found.headings))}"
            )
            raise UserError(f"“{name}” has no column “{heading}”; {has}.")
        if heading:
            places[field] = headings.index(fold(heading))
    return places
