"""BibTeX in UTF-8, special characters escaped, names that are no person's in braces."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from screener.model import Fields
from screener.sources.drafting import escaped_keyword, guarded
from screener.sources.latex import encode
from screener.sources.plain_text import escape
from screener.sources.writers.writer import Row, Writer, with_suffix

TYPES = {
    "article": "article", "conference": "inproceedings", "book": "book", "chapter": "incollection",
    "thesis": "phdthesis", "report": "techreport", "preprint": "unpublished", "": "misc",
}  # fmt: skip
"""Only what classic BibTeX knows; the others are `misc`, and `record_type` says what they are."""
_NAMES = {
    "title": "title", "translated_title": "translated_title",
    "journal_abbreviation": "shortjournal", "volume": "volume", "issue": "number",
    "article_number": "eid", "pmid": "pmid", "pmcid": "pmcid", "issn": "issn",
    "isbn": "isbn", "accession": "accession", "database": "database",
    "registration": "registration", "language": "language", "publisher": "publisher",
}  # fmt: skip


def write(rows: Iterable[Row], columns: Sequence[str], stream: BinaryIO) -> None:
    """Write one entry per record; further values are lines of its note, `Name: value`."""
    text = io.TextIOWrapper(stream, encoding="utf-8", errors="replace", newline="\n")
    for number, row in enumerate(rows, 1):
        lines = [f"  {name} = {{{value}}},\n" for name, value in _values(row, columns)]
        kind = TYPES.get(row.fields.type, "misc")
        text.write(f"@{kind}{{{_key(row.fields, number)},\n{''.join(lines)}}}\n\n")
    text.flush()
    text.detach()


def _values(row: Row, columns: Sequence[str]) -> Iterator[tuple[str, str]]:
    fields = row.fields
    journal = "booktitle" if fields.type in ("conference", "chapter") else "journal"
    texts = [(written, getattr(fields, name)) for name, written in _NAMES.items()]
    written = [
        ("record_type", fields.type if fields.type not in TYPES else ""),
        ("author", " and ".join(_author(name) for name in fields.authors)),
        *((name, encode(escape(text))) for name, text in (*texts, (journal, fields.journal))),
        ("year", str(fields.year or "")),
        ("date", fields.date),
        ("pages", encode(fields.pages).replace("-", "--")),
        ("doi", _verbatim(fields.doi)),
        ("url", _verbatim(fields.url)),
        ("abstract", encode(guarded(fields.abstract))),
        ("keywords", _joined(fields.keywords)),
        ("publication_type", _joined(fields.publication_type)),
        # One note, because programs keep only one of several.
        ("note", ";\n    ".join(encode(escape(note)) for note in row.notes(columns))),
    ]  # fmt: skip
    yield from (pair for pair in written if pair[1])


def _author(name: str) -> str:
    text = encode(escape(name.rstrip(",") if name.endswith(",") else name))
    if ", " not in name or name.endswith(","):
        return f"{{{text}}}"
    family, given = (part.strip() for part in text.split(",", 1))
    given, suffix = with_suffix(given)
    if "," in given:  # a third part would be the given name, the second a suffix
        given = f"{{{given}}}"
    text = ", ".join(part for part in (family, suffix, given) if part)
    return re.sub(r"(?<=\s)(and)(?=\s)", r"{\1}", text, flags=re.I)


def _joined(words: tuple[str, ...]) -> str:
    written = [encode(escaped_keyword(word)).replace(";", "{;}") for word in words]
    # A semicolon at the end of a single one says that its commas are no joints.
    return "; ".join(written) + (";" if len(written) == 1 and "," in written[0] else "")


def _verbatim(address: str) -> str:
    # BibTeX programs take links as they are; only braces would be counted, backslashes undone.
    return re.sub(r"[{}\\]", lambda sign: f"%{ord(sign[0]):02X}", address)


def _key(fields: Fields, number: int) -> str:
    family = fields.authors[0].split(",")[0] if fields.authors else ""
    family = re.sub(r"[^A-Za-z0-9]", "", unicodedata.normalize("NFKD", family))
    return f"{family or 'record'}{fields.year or ''}-{number}"


WRITER = Writer(name="bibtex", label="BibTeX", ending=".bib", write=write)
