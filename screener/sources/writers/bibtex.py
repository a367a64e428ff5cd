"""BibTeX in UTF-8, special characters escaped, names that are no person's in braces."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO

from screener.model import Fields
from screener.sources.drafting import escaped_keyword, guarded
from screener.sources.latex import encode
from screener.sources.plain_text import escape
from screener.sources.writers.writer import Row, Writer

TYPES = {
    "article": "article", "conference": "inproceedings", "book": "book", "chapter": "incollection",
    "thesis": "phdthesis", "report": "techreport", "preprint": "unpublished", "webpage": "online",
    "patent": "patent", "dataset": "dataset", "": "misc",
}  # fmt: skip
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
    return re.sub(r"(?<=\s)(and)(?=\s)", r"{\1}", text, flags=re.I)


def _joined(words: tuple[str, ...]) -> str:
    # The semicolon at the end says that commas are no joints.
    written = (encode(escaped_keyword(word)).replace(";", "\\textsemicolon{}") for word in words)
    return "".join(word + "; " for word in written).rstrip()


def _verbatim(address: str) -> str:
    return re.sub(r"([_%&#~{}])", r"\\\1", address)


def _key(fields: Fields, number: int) -> str:
    family = re.sub(r"[^A-Za-z0-9]", "", fields.authors[0].split(",")[0]) if fields.authors else ""
    return f"{family or 'record'}{fields.year or ''}-{number}"


WRITER = Writer(name="bibtex", label="BibTeX", ending=".bib", write=write)
