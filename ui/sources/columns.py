"""Columns of a table in plain words, and what was said about them before."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from screener.model import Progress, UserError
from screener.model.words import listed, noun
from screener.sources import reading
from screener.sources.formats.columns import SEVERAL
from screener.sources.parsed import Parsed
from screener.sources.sources import parse_file
from screener.sources.tables import Table, look
from ui.session.preferences import PreferencesFile

Columns = Mapping[int, tuple[str, ...]]
Kept = Mapping[str, Mapping[str, tuple[str, ...]]]

FIELDS = {
    "title": "title", "authors": "authors", "year": "year", "date": "date", "journal": "journal",
    "abstract": "abstract", "keywords": "keywords", "doi": "DOI", "pmid": "PMID",
    "pmcid": "PMCID", "volume": "volume", "issue": "issue", "pages": "pages",
    "start_page": "first page", "end_page": "last page", "article_number": "article number",
    "issn": "ISSN", "isbn": "ISBN", "url": "link", "language": "language",
    "type": "kind of record", "publication_type": "publication type", "publisher": "publisher",
    "editors": "editors", "sponsor": "sponsor", "database": "database",
    "accession": "number in the database", "registration": "trial registration",
    "journal_abbreviation": "journal, abbreviated", "translated_title": "translated title",
    "source": "journal or citation", "citation": "citation", "month": "month", "day": "day",
    "full_authors": "authors, full names", "group_authors": "groups as authors",
    "extra": "further identifiers",
}  # fmt: skip
"""The fields a column can fill, the usual ones first."""

NOTHING = "nothing"
_ENOUGH = frozenset(("title", "authors", "doi", "pmid", "abstract", "accession", "url"))
_REMEMBERED = 200
_VALUES, _LETTERS = 3, 60


def words(fields: tuple[str, ...]) -> str:
    """Write what a column is."""
    return " and ".join(FIELDS.get(field, field) for field in fields) or NOTHING


def heading(mapping: reading.Mapping, column: int) -> str:
    """Return a column's heading, or its place where it has none."""
    return mapping.headings[column] or f"column {column + 1}, without a heading"


def first_values(table: Table, column: int) -> str:
    """Write the first cells of a column that are not empty."""
    cells = (" ".join(row[column].split()) for row in table.rows if column < len(row))
    found = [cell for cell in cells if cell][:_VALUES]
    shown = (c if len(c) <= _LETTERS else c[: _LETTERS - 1].rstrip() + "…" for c in found)
    return "  ·  ".join(shown) or "empty in the first rows"


def make_records(chosen: Columns) -> bool:
    """Whether any column holds what no record is without: a title, an author or an identifier."""
    return any(_ENOUGH.intersection(fields) for fields in chosen.values())


def have_title(chosen: Columns) -> bool:
    """Whether any column holds titles."""
    return any("title" in fields or "citation" in fields for fields in chosen.values())


def remarks(headings: Sequence[str], usual: Columns, chosen: Columns) -> str:
    """Say what may not be meant: two columns of one field, and what was read and is not now.

    `usual` are the columns as they were shown first; what was so then needs no remark.
    """
    before, now = _places(usual), _places(chosen)
    said = []
    for field, places in now.items():
        if len(places) > 1 and places != before.get(field):
            names = listed([f"“{headings[place]}”" for place in places])
            how = "they are read together" if field in SEVERAL else "the first with a value is read"
            said.append(f"{names} have one field, {FIELDS.get(field, field)}; {how}.")
    for field, places in before.items():
        names = listed([f"“{headings[place]}”" for place in places])
        if field not in now:
            said.append(f"No column is the {FIELDS.get(field, field)} any more; it was {names}.")
        elif gone := [place for place in places if place not in chosen]:
            left = listed([f"“{headings[place]}”" for place in gone])
            said.append(f"{left} {noun(len(gone), 'is', 'are')} {NOTHING} now.")
    return " ".join(said)


def _places(columns: Columns) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for number, fields in sorted(columns.items()):
        for field in fields:
            found.setdefault(field, []).append(number)
    return found


# --- remembered per source ---------------------------------------------------------------


def remember(preferences: PreferencesFile, usual: reading.Mapping, used: reading.Mapping) -> None:
    """Keep the columns for the next file with these headings; the usual ones need no keeping."""
    if used.bare:  # there are no headings by which the next file could be known
        return
    name = _name(used)
    tables = {other: kept for other, kept in preferences.current.tables.items() if other != name}
    if used.columns != usual.columns or not usual.sure:
        tables[name] = {str(column): fields for column, fields in used.columns.items()}
    preferences.change(tables=dict(list(tables.items())[-_REMEMBERED:]))


def remembered(kept: Kept, usual: reading.Mapping) -> reading.Mapping | None:
    """Return the mapping as it was chosen for an earlier file with the same headings."""
    found = kept.get(_name(usual))
    if found is None:
        return None
    columns = {
        column: tuple(field for field in found[str(column)] if field in FIELDS)
        for column in range(len(usual.headings))
        if str(column) in found
    }
    return replace(usual, columns=columns, sure=True)


def _name(mapping: reading.Mapping) -> str:
    text = json.dumps(mapping.headings, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


# --- reading -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRead:
    """What reading a file came to; a `table` has columns that a person can change.

    `parsed` is None when no record could be made with these columns; `sentence` says so.
    """

    parsed: Parsed | None
    table: Table | None = None
    sentence: str = ""

    @property
    def sure(self) -> bool:
        """Whether the columns need nobody's look."""
        mapping = self.parsed.mapping if self.parsed else None
        return self.parsed is not None and (self.table is None or mapping is None or mapping.sure)


def read_file(path: Path, kept: Kept, progress: Progress) -> FileRead:
    """Read a file, a table as it was read before; `UserError` when nothing can be made of it."""
    try:
        parsed = parse_file(path, progress=progress)
    except UserError as error:
        table = look(path, progress=progress)
        if table is None:
            raise
        read = FileRead(parsed=None, table=table, sentence=str(error))
        return _read_as_before(path, table, kept, progress, _read_unsure(path, read, progress))
    table = look(path, progress=progress) if parsed.mapping is not None else None
    read = FileRead(parsed=parsed, table=table)
    return read if table is None else _read_as_before(path, table, kept, progress, read)


def _read_unsure(path: Path, refused: FileRead, progress: Progress) -> FileRead:
    """Read a table that was not recognised by the few columns that are known."""
    table = refused.table
    if table is None or not make_records(table.mapping.columns):
        return refused
    try:
        parsed = parse_file(path, mapping=table.mapping, progress=progress)
    except UserError:
        return refused
    return FileRead(parsed=parsed, table=table)


def _read_as_before(
    path: Path, table: Table, kept: Kept, progress: Progress, usual: FileRead
) -> FileRead:
    known = remembered(kept, table.mapping)
    if known is None:
        return usual
    try:
        return FileRead(parsed=parse_file(path, mapping=known, progress=progress), table=table)
    except UserError:
        return usual  # this file has nothing in those columns
