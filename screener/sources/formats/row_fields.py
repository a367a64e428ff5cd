"""Rows under one header into records: by its columns, or as the program that wrote it says it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Iterator, Sequence

from screener.model import Entry, Fields, Skipped, UserError
from screener.model.cells import armed
from screener.model.words import counted, first_of, listed, noun
from screener.sources import dates, identifiers
from screener.sources.citation import read as read_citation
from screener.sources.fields import first, make_fields, told
from screener.sources.formats import registers, wos
from screener.sources.formats.columns import FirstRows, Mapping
from screener.sources.formats.format import Multiplied, cut
from screener.sources.formats.headings import assign, have_title, places, values
from screener.sources.formats.ovid_sources import apart
from screener.sources.formats.ris_fields import record_type
from screener.sources.formats.spreadsheets import (
    NO_ZERO,
    NUMBERS,
    has_lost_digits,
    is_error,
    mended,
)
from screener.sources.formats.stacked import records, shape
from screener.sources.names import collective
from screener.sources.origins import database_of
from screener.sources.page_numbers import pages
from screener.sources.people import Name, people
from screener.sources.plain_text import NOTHING
from screener.sources.writers import csv_table

Values = dict[str, list[str]]
_TIMES = 100  # a heading may be a question that is answered by one digit

_QUOTED = re.compile(r"'((?:[^'\\]|\\.)*)'|\"((?:[^\"\\]|\\.)*)\"")
_EMPTY = re.compile(
    r"^(?:no [A-Za-z-]{3,40}|n/?a|nan|none|null|-+|\[\]|not available|\[no [^\[\]]{3,40}\])$", re.I
)
_MEDLINE = re.compile(r"pubmed|medline", re.I)
_NEXT_URL = re.compile(r"[;,\s]+(?=https?://)")
# "Endoscopic Ultrasound (2014) 3:3 (152-160)." and "Nature. 2021 Dec 21;1(2):10-11."
_EMBASE_SOURCE = re.compile(
    r"^(?P<journal>.{2,300}?)\s+\((?P<year>\d{4})\)\s*(?P<volume>[\w-]{1,15})?"
    r"(?::(?P<issue>[\w\s./-]{1,30}?))?(?:\s*\((?P<pages>[\w\s./-]{1,30})\))?(?:\.|,|\s|$)"
)
_PUBMED_CITATION = re.compile(
    r"^(?P<journal>[^.]{2,300})\.\s+"
    r"(?P<date>\d{4}(?:\s[A-Z]\w{2,5}(?:-(?:\d{4}\s)?[A-Z]\w{2,5})?)?(?:\s\d{1,2}(?:-\d{1,2})?)?)"
    r"(?:;\s?(?P<volume>[\w-]{1,15}(?:\s(?:Suppl|Spec|Pt)[\w\s]{0,12})?)?"
    r"(?:\((?P<issue>[^()]{1,30})\))?)?"
    r"(?::\s?(?P<pages>[\w,;\s-]{1,40}?)\.(?=\s|$))?"
)


def of_row(found: Values, *, joint: str = "") -> Fields:
    """Return the record that the cells of a row make.

    `joint` is what joins authors in the cells of this table, where that is known.
    """
    found = {name: kept for name, cells in found.items() if (kept := _kept(name, cells))}

    def one(name: str) -> str:
        return found.get(name, [""])[0]

    parts = _citation(one("source"), one("citation"))
    year = first(one("year"), parts.get("year", ""))
    start, end = one("start_page"), one("end_page")
    accession = one("accession")
    database = first(one("database"), database_of(accession), _scopus(one("source")))
    return make_fields(
        type=_type([*found.get("type", []), *found.get("publication_type", [])],
                   one("registration")),
        title=one("title"),
        translated_title=one("translated_title") if one("translated_title") != one("title") else "",
        authors=_people(found, joint),
        year=first(year, one("date"), parts.get("date", "")),
        date=_date(first(one("date"), parts.get("date", "")), one("month"), one("day"), year),
        journal=first(one("journal"), parts.get("journal", "")),
        journal_abbreviation=one("journal_abbreviation"),
        volume=first(one("volume"), parts.get("volume", "")),
        issue=first(one("issue"), parts.get("issue", "")),
        pages=pages(start, end) if start and end
        else pages(first(one("pages"), start, parts.get("pages", ""))),
        article_number=one("article_number"),
        doi=first(one("doi"), *(c for c in found.get("url", []) if "doi.org/" in c),
                  *(c for c in found.get("citation", []) if "doi" in c)),
        pmid=first(one("pmid"), identifiers.pmid_named(one("extra")),
                   accession if _MEDLINE.search(database) and accession.isdecimal() else ""),
        pmcid=first(one("pmcid"), one("extra")),
        issn=one("issn"),
        isbn=one("isbn"),
        accession=accession,
        database=database,
        registration=" ".join((one("registration"), accession)),
        abstracts=found.get("abstract", [])[:1],
        keywords=[word for cell in found.get("keywords", []) for word in items(cell)],
        language=one("language"),
        url=_NEXT_URL.split(one("url"))[0],
        publication_type=[w for cell in found.get("publication_type", []) for w in items(cell)
                          if cell not in _LETTERS],
        publisher=one("publisher"),
    )  # fmt: skip


def _people(found: Values, joint: str) -> list[str]:
    """Full names where each author has one; groups follow; else editors or the sponsor."""
    short, full = (
        [name for name in authors(found.get(field, [""])[0], joint) if name]
        for field in ("authors", "full_authors")
    )
    people = full if len(full) >= len(short) else short
    groups = [collective(name) for cell in found.get("group_authors", []) for name in items(cell)]
    sponsors = (name for cell in found.get("sponsor", []) for name in cell.split("|")[:1])
    return (
        [*people, *groups]
        or authors(found.get("editors", [""])[0])
        or [collective(name) for name in sponsors]
    )


def _date(given: str, month: str, day: str, year: str) -> str:
    if given:
        # "SEP 22" stands beside a year of its own.
        return given if dates.year(given) else f"{given} {year}"
    return dates.joined(year, month, day) if month else ""


def _kept(name: str, cells: list[str]) -> list[str]:
    kept = (_plain(cell) for cell in cells)
    if name == "title":
        return [cell for cell in kept if cell and cell not in _NO_TITLE]
    if name in NUMBERS:
        kept = (mended(name, cell) for cell in kept)
    if name in NO_ZERO:
        kept = (cell for cell in kept if cell.strip("0-–."))
    return [cell for cell in kept if told(cell) and not (len(cell) < 40 and _EMPTY.match(cell))]


_NO_TITLE = NOTHING - {"None", "NONE", "none", "Null", "NULL", "null", "nil", "NIL"}  # may be one


def _plain(cell: str) -> str:
    """Undo the ="…" with which EBSCO keeps spreadsheets from changing numbers."""
    if cell.startswith('="') and cell.endswith('"'):
        return cell[2:-1].replace('""', '"')
    return cell


def items(cell: str) -> list[str]:
    """Take a cell with several values apart."""
    if cell[:1] == "[" and cell[-1:] == "]" and (quoted := _QUOTED.findall(cell)):
        return [one or other for one, other in quoted]
    for joint in (";", "|", "\n"):
        if joint in cell:
            return cell.split(joint)
    parts = cell.split(",")
    # Headings such as "Aged, 80 and over" hold a comma; a list of one-word terms does not end so.
    return (
        parts
        if len(parts) > 2 or (len(parts) == 2 and " " not in cell.replace(", ", ","))
        else [cell]
    )


def joint_of(cells: Iterable[str]) -> str:
    """Return what joins authors in these cells; nothing when each cell has to tell by itself."""
    return ";" if any(sum(map(bool, map(str.strip, c.split(";")))) > 1 for c in cells) else ""


def authors(cell: str, joint: str = "") -> list[str]:
    """Take a cell of authors apart, however they are joined."""
    return [Name(name) for name in people([cell], full_names=not joint)]


def _citation(source: str, citation: str) -> dict[str, str]:
    for text, pattern in ((source, _EMBASE_SOURCE), (citation, _PUBMED_CITATION),
                          (citation, _EMBASE_SOURCE), (source, _PUBMED_CITATION)):  # fmt: skip
        match = pattern.match(text if text.endswith(".") else f"{text}.") if text else None
        if match:
            return {name: (value or "").strip() for name, value in match.groupdict().items()}
    # Publish or Perish writes the journal alone under "Source"; Scopus writes its own name there.
    if not source or source.lower() == "scopus":
        return {}
    return apart(source) or {"journal": source}


def _scopus(source: str) -> str:
    return source if source.lower() == "scopus" else ""


_WORDS = {
    # Zotero
    "journalarticle": "article", "magazinearticle": "article", "newspaperarticle": "article",
    "conferencepaper": "conference", "booksection": "chapter", "preprint": "preprint",
    "registry-entry": "registry-entry", "blogpost": "webpage",
    # Citavi
    "zeitschriftenaufsatz": "article", "buch (monographie)": "book", "buch (sammelwerk)": "book",
    "beitrag in ...": "chapter", "hochschulschrift": "thesis", "internetdokument": "webpage",
    "graue literatur": "report", "tagungsband": "book",
}  # fmt: skip
# Web of Science's letters, which say less than its document types.
_LETTERS = {"J": "article", "S": "article", "C": "conference", "B": "book", "P": "patent"}


def _type(kinds: list[str], registration: str) -> str:
    """Return the type that the first column says which says one."""
    for kind in kinds:
        found = _WORDS.get(kind.strip().lower()) or record_type(kind)
        if found not in ("", "other"):
            return found
    if identifiers.registration((registration,)):
        return "registry-entry"
    letter = next((_LETTERS[kind] for kind in kinds if kind in _LETTERS), "")
    return letter or ("other" if kinds and kinds[0].strip().lower() == "other" else "")


_ENOUGH = ("title", "authors", "doi", "pmid", "abstract", "accession", "url")
_PROGRAMS = (
    (csv_table.is_own_header, csv_table.from_cells),
    (wos.is_header, wos.from_cells),
    (registers.is_ictrp_header, registers.ictrp_from_cells),
)
"""Tables whose rows say exactly what a format of its own says: they are read as that."""


_WIDE = 3  # cells of a record, at least
_DEEP = 10  # programs put fewer rows about the search above their header


def above(rows: Sequence[Sequence[str]], found: Mapping) -> Iterator[Skipped]:
    """Report what stands above a header that was found so deep that it may be none."""
    before = rows[: found.header - (not found.bare)]
    lost = [text for row in before if (text := " ".join(row).strip())]
    wide = max(_WIDE, len(found.headings) / 2)
    full = any(sum(map(bool, map(str.strip, row))) >= wide for row in before)
    if full or len(lost) > _DEEP:
        yield Skipped(
            line=1, text=cut("\n".join(lost)),
            why=f"{counted(len(lost), 'row')} {noun(len(lost), 'stands', 'stand')} above the row"
            f" that was taken for the header (“{cut(' '.join(found.headings), 60)}”);"
            f" {noun(len(lost), 'it was', 'they were')} not read as records.",
        )  # fmt: skip


class RowReader:
    """Reads the rows under one header; `first` are some of them, which tell how authors are joined.

    When a person has said what the columns are, that counts more than who wrote the table.
    """

    def __init__(self, found: Mapping, first: Iterable[Sequence[str]]) -> None:
        self._headings = list(found.headings)
        self._found = found
        self._multiplied = Multiplied("The headings of this table stand", _TIMES)
        self._program = next((read for known, read in _PROGRAMS if known(self._headings)), None)
        if self._program is not None and found.columns != assign(self._headings):
            self._program = None
        self._places = places(self._headings, found.columns)
        self._numbers = [(n, name) for name in NUMBERS for n in self._places.get(name, ())]
        self._cited = not have_title(found.columns) and "citation" in self._places
        authors = self._places.get("authors", ())
        self._joint = joint_of(row[n] for row in first for n in authors if n < len(row))

    def entry(self, row: list[str], line: int, remark: str = "") -> Iterator[Entry | Skipped]:
        """Yield the record of one row, or say why there is none."""
        if not any(cell.strip() for cell in row):
            return
        remarks = [remark] if remark else []
        fields = self._fields(self._sound(row, line, remarks))
        if fields is None:
            text = (self._found.delimiter or "\t").join(row)
            yield Skipped(
                line=line, text=cut(text), why="This row holds no title, author or identifier."
            )
            return
        width = len(self._headings)
        if any(cell.strip() for cell in row[width:]):
            remarks.append(
                f"The row at line {line} has more cells than the header; kept in the source text."
            )
        elif len(row) < width:
            remarks.append(f"The row at line {line} has fewer cells than the header.")
        if self._program is None:
            remarks += self._not_apart(row, fields, line)
        raw = [(self._headings[n] if n < width else "", cell) for n, cell in enumerate(row) if cell]
        self._multiplied.count(sum(map(len, row)), sum(len(heading) for heading, _ in raw))
        yield Entry(fields=fields, raw=tuple(raw), line=line, remarks=tuple(remarks))

    def _sound(self, row: list[str], line: int, remarks: list[str]) -> list[str]:
        """Return the row without what a spreadsheet put in place of values, and say so."""
        said = {
            n: cell for n, cell in enumerate(row) if is_error(cell) and n in self._found.columns
        }
        lost = {n: row[n] for n, _ in self._numbers if n < len(row) and has_lost_digits(row[n])}
        for n, cell in said.items():
            remarks.append(
                f"“{self._headings[n]}” at line {line} holds {cell}, the sign of a spreadsheet for"
                " an error, and no value."
            )
        for n, cell in lost.items():
            remarks.append(
                f"“{self._headings[n]}” at line {line} was rounded by a spreadsheet to {cell}; it"
                " was not taken."
            )
        gone = said | lost
        return ["" if n in gone else cell for n, cell in enumerate(row)] if gone else row

    def _fields(self, row: list[str]) -> Fields | None:
        if self._program is not None:
            fields = self._program(self._headings, row)
            own = self._program is csv_table.from_cells
            return fields if own or any(getattr(fields, name) for name in _ENOUGH) else None
        got = values(row, self._places)
        if self._cited and got.get("citation"):
            return _of_citation(got["citation"][0], of_row(got, joint=self._joint))
        return of_row(got, joint=self._joint) if got.keys() & {*_ENOUGH} else None

    def _not_apart(self, row: list[str], fields: Fields, line: int) -> Iterator[str]:
        """Say which cell that holds several things was kept as one."""
        got = values(row, {name: self._places.get(name, ()) for name in ("citation", "source")})
        cited, source = (got.get(name, [""])[0] for name in ("citation", "source"))
        if cited and not (_citation("", cited) or (fields.journal and fields.year)):
            yield f"The citation at line {line} could not be taken apart; kept in the source text."
        if source == fields.journal and _YEAR_AND_MORE.search(source):
            yield f"The source at line {line} could not be taken apart; it is the journal as it is."


_YEAR_AND_MORE = re.compile(r"\S\D*(?:19|20)\d\d\s?[,;:(.)].*\d|\d[,;:(]\s?\d")


def _of_citation(text: str, own: Fields) -> Fields:
    """Return what the columns say of a record, and what else its citation does."""
    cited = read_citation(text)
    more = {
        one.name: getattr(cited, one.name)
        for one in dataclasses.fields(Fields)
        if not getattr(own, one.name)
    }
    return dataclasses.replace(own, **more)


def of_fields(
    rows: Iterable[tuple[Sequence[str], int]], found: FirstRows, name: str
) -> Iterator[Entry | Skipped]:
    """Yield the records of a table whose rows are fields.

    `UserError` when none of the fields is known to be the title, or they are only explained.
    """
    how = shape(found.rows)
    if how is None:
        return
    if not how.told:
        raise UserError(
            f"“{name}” is a list of fields ({listed(first_of(how.names))}) and not of records: none"
            " holds a year, a number or an identifier."
        )
    if not how.titled:
        raise UserError(
            f"The rows of “{name}” are fields ({listed(first_of(how.names))}), and none is known to"
            " be the title; write “Title” for its name and read the file again."
        )
    for one in records(rows, how):
        mapping = Mapping(
            delimiter=found.delimiter, header=0, headings=tuple(one.names),
            columns=assign(one.names),
        )  # fmt: skip
        reader = RowReader(mapping, [one.cells])
        yield from reader.entry([armed(cell) for cell in one.cells], one.line)
