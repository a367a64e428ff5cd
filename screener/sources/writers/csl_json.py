"""CSL-JSON, which Zotero, Pandoc and citeproc read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import BinaryIO

from screener.model import Fields
from screener.sources.drafting import guarded, listed
from screener.sources.plain_text import escape
from screener.sources.writers.json_list import write_list
from screener.sources.writers.writer import Row, Writer, with_suffix

TYPES = {
    "article": "article-journal", "conference": "paper-conference", "book": "book",
    "chapter": "chapter", "thesis": "thesis", "report": "report", "preprint": "article",
    "registry-entry": "entry", "webpage": "webpage", "patent": "patent", "dataset": "dataset",
    "other": "pamphlet", "": "document",
}  # fmt: skip
UNKNOWN = "unknown"
"""What `custom` says of the type of a record that has none."""
_NAMES = {
    "title": "title", "translated_title": "original-title", "journal": "container-title",
    "journal_abbreviation": "container-title-short", "volume": "volume", "issue": "issue",
    "pages": "page", "article_number": "number", "doi": "DOI", "pmid": "PMID",
    "pmcid": "PMCID", "issn": "ISSN", "isbn": "ISBN", "accession": "archive_location",
    "database": "source", "language": "language", "publisher": "publisher",
}  # fmt: skip


def write(rows: Iterable[Row], columns: Sequence[str], stream: BinaryIO) -> None:
    """Write the list, one item a line; further values go to `custom`."""
    write_list(stream, (_item(row, number) for number, row in enumerate(rows, 1)))


def _item(row: Row, number: int) -> dict[str, object]:
    fields = row.fields
    item: dict[str, object] = {"id": f"record-{number}", "type": TYPES.get(fields.type, TYPES[""])}
    item["author"] = [_name(name) for name in fields.authors]
    for name, written in _NAMES.items():
        value = getattr(fields, name)
        if value:
            item[written] = escape(value)
    issued = _issued(fields)
    if issued:
        item["issued"] = {"date-parts": [issued]}
    if fields.url:
        item["URL"] = fields.url
    if fields.abstract:
        item["abstract"] = guarded(fields.abstract)
    if fields.keywords:
        item["keyword"] = listed(fields.keywords)
    if fields.publication_type:
        item["genre"] = listed(fields.publication_type)
    if fields.registration:  # CSL has no variable for it; this is how Zotero writes such
        item["note"] = f"registration: {fields.registration}"
    custom = {name: value for name, value in row.columns.items() if value}
    if not fields.type:  # CSL wants one
        custom["type"] = UNKNOWN
    return item | ({"custom": custom} if custom else {})


def _name(name: str) -> dict[str, str]:
    family, comma, given = name.partition(", ")
    if comma and not name.endswith(","):
        given, suffix = with_suffix(given)
        if suffix:
            return {"family": escape(family), "given": escape(given), "suffix": suffix}
        return {"family": escape(family), "given": escape(given)}
    return {"literal": escape(name.rstrip(","))}


def _issued(fields: Fields) -> list[int]:
    if fields.date:
        return [int(part) for part in fields.date.split("-")]
    return [fields.year] if fields.year else []


WRITER = Writer(name="csl-json", label="CSL-JSON", ending=".json", write=write)
