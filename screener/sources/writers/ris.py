"""RIS, through rispy's writer; reading it again gives the same fields."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from typing import BinaryIO

from rispy.writer import RisWriter

from screener.model import Fields
from screener.sources.drafting import guarded
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
    fields = row.fields
    values: dict[str, object] = {"type_of_reference": TYPES.get(fields.type, "GEN")}
    for name in _LABELS.values():
        value = _value(fields, name)
        if value:
            # Of a book, T2 is the series: what it appeared in is then better called JF.
            values["whole" if name == "journal" and fields.type == "book" else name] = value
    notes = [f"{name}: {row.columns[name]}" for name in columns if row.columns.get(name)]
    if notes:
        values["notes"] = [escape(note) for note in notes]
    return values


def _value(fields: Fields, name: str) -> object:
    if name == "authors":
        return _authors(fields.authors)
    if name == "keywords":
        return _keywords(fields.keywords)
    if name == "abstract":
        return guarded(fields.abstract)
    if name == "serials":
        return [value for value in (fields.issn, fields.isbn) if value]
    if name == "pmid":
        return f"{fields.pmid}[pmid]" if fields.pmid else ""
    if name == "pmcid":
        return f"{fields.pmcid}[pmcid]" if fields.pmcid else ""
    if name == "date":
        return fields.date.replace("-", "/")
    if name == "url":
        return fields.url
    value = getattr(fields, name, "")
    if isinstance(value, tuple):
        return [escape(item) for item in value]
    return escape(str(value)) if value else ""


def _authors(names: tuple[str, ...]) -> list[str]:
    written = [escape(name) for name in literal_authors(names)]
    if len(written) == 1 and any(joint in written[0] for joint in (";", "；", " and ")):
        return [written[0] + WHOLE]
    return written


def _keywords(words: tuple[str, ...]) -> list[str]:
    written = [escape("*" + word if word.startswith("*") else word) for word in words]
    if len(written) == 1 and (";" in written[0] or "；" in written[0]):
        return [written[0] + WHOLE]
    return written


WRITER = Writer(name="ris", label="RIS", ending=".ris", write=write)
