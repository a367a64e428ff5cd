"""RIS, through rispy's writer; reading it again gives the same fields."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from rispy.writer import RisWriter

from screener.sources.drafting import escaped_keyword, guarded
from screener.sources.names import literal_authors
from screener.sources.plain_text import WHOLE, escape
from screener.sources.writers.writer import Row, Writer

TYPES = {
    "article": "JOUR", "conference": "CPAPER", "book": "BOOK", "chapter": "CHAP", "thesis": "THES",
    "report": "RPRT", "preprint": "UNPB", "registry-entry": "DBASE", "webpage": "ELEC",
    "patent": "PAT", "dataset": "DATA", "other": "PAMP", "": "GEN",
}  # fmt: skip

# The label is the field's name, so that rispy's table is the whole mapping.
_LABELS = {
    "TY": "type_of_reference", "TI": "title", "TT": "translated_title", "AU": "authors",
    "PY": "year", "DA": "date", "T2": "journal", "JF": "whole", "J2": "journal_abbreviation",
    "VL": "volume",
    "IS": "issue", "SP": "pages", "C7": "article_number", "DO": "doi", "U1": "pmid", "U2": "pmcid",
    "SN": "serials", "AN": "accession", "DB": "database", "U3": "registration", "AB": "abstract",
    "KW": "keywords", "LA": "language", "UR": "url", "M3": "publication_type", "PB": "publisher",
    "N1": "notes", "ER": "end_of_reference", "UK": "unknown_tag",
}  # fmt: skip


_LISTS = ["AU", "KW", "SN", "M3", "N1"]


def _writer() -> RisWriter:
    writer = RisWriter(mapping=_LABELS, list_tags=_LISTS, delimiter_tags_mapping={})
    # rispy writes a number above each record, which some programs take for text.
    writer.set_header = _no_header
    return writer


def _no_header(count: int) -> str:
    return ""


def write(rows: Iterable[Row], columns: Sequence[str], stream: BinaryIO) -> None:
    """Write the records one by one; further values are notes, `Name: value`."""
    writer = _writer()
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="\r\n")
    for row in rows:
        writer.format_lines(text, [_reference(row, columns)])
        text.write("\n")
    text.flush()
    text.detach()


def _reference(row: Row, columns: Sequence[str]) -> dict[str, object]:
    f = row.fields
    special: dict[str, object] = {
        "type_of_reference": TYPES.get(f.type, "GEN"),
        "authors": literal_authors(f.authors),
        "keywords": _whole([escaped_keyword(word) for word in f.keywords], ";", "；"),
        "abstract": guarded(f.abstract),
        "serials": [value for value in (f.issn, f.isbn) if value],
        "pmid": f"{f.pmid}[pmid]" if f.pmid else "",
        "pmcid": f"{f.pmcid}[pmcid]" if f.pmcid else "",
        "date": f.date.replace("-", "/"),
        "url": f.url,
        "notes": [escape(note) for note in row.notes(columns)],
    }
    values = {
        name: special[name] if name in special else _written(getattr(f, name, ""))
        for name in _LABELS.values()
    }
    if f.type == "book":  # its T2 is the series: what it appeared in is then better called JF
        values |= {"journal": "", "whole": values["journal"]}
    return {name: value for name, value in values.items() if value}


def _written(value: object) -> object:
    if isinstance(value, tuple):
        return [escape(item) for item in value]
    return escape(str(value)) if value else ""


def _whole(written: list[str], *joints: str) -> list[str]:
    """Say of a list with one item that it is one, whatever joints it may hold."""
    if len(written) == 1 and any(joint in written[0] for joint in joints):
        return [written[0] + WHOLE]
    return written


WRITER = Writer(name="ris", label="RIS", ending=".ris", write=write)
