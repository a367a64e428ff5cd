"""EndNote XML, which EndNote imports without a filter."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import BinaryIO
from xml.sax.saxutils import escape as xml_escape

from screener.sources.drafting import escaped_keyword, guarded, listed
from screener.sources.names import literal_authors
from screener.sources.plain_text import WHOLE, escape
from screener.sources.writers.writer import Row, Writer

TYPES = {
    "article": ("Journal Article", 17), "conference": ("Conference Paper", 47), "book": ("Book", 6),
    "chapter": ("Book Section", 5), "thesis": ("Thesis", 32), "report": ("Report", 27),
    "preprint": ("Preprint", 17), "registry-entry": ("Trial registry entry", 13),
    "webpage": ("Web Page", 12), "patent": ("Patent", 25), "dataset": ("Dataset", 59),
    "other": ("Pamphlet", 24), "": ("Generic", 13),
}  # fmt: skip
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def write(rows: Iterable[Row], columns: Sequence[str], stream: BinaryIO) -> None:
    """Write one record element per record; further values are lines of the research notes."""
    stream.write(b'<?xml version="1.0" encoding="UTF-8"?>\n<xml><records>\n')
    for number, row in enumerate(rows, 1):
        stream.write(_record(row, number, columns).encode("utf-8", "replace"))
    stream.write(b"</records></xml>\n")


def _record(row: Row, number: int, columns: Sequence[str]) -> str:
    name, code = TYPES.get(row.fields.type, TYPES[""])
    inside = "".join(_elements(row, columns))
    return (
        '<record><source-app name="Screener">Screener</source-app>'
        f"<rec-number>{number}</rec-number>"
        f'<ref-type name="{name}">{code}</ref-type>{inside}</record>\n'
    )


def _elements(row: Row, columns: Sequence[str]) -> Iterator[str]:
    # In the order of EndNote's DTD (quoted in jgm/pandoc#7875), each at most once.
    f = row.fields
    authors = "".join(_written("author", name) for name in literal_authors(f.authors))
    yield f"<contributors><authors>{authors}</authors></contributors>" if authors else ""
    yield _group("titles", _one("title", f.title), _one("secondary-title", f.journal),
                 _one("translated-title", f.translated_title))  # fmt: skip
    yield _group(
        "periodical", _one("full-title", f.journal), _one("abbr-1", f.journal_abbreviation)
    )
    yield _one("pages", f.pages) + _one("volume", f.volume) + _one("number", f.issue)
    yield _group("keywords", *(_keyword(word, len(f.keywords)) for word in f.keywords))
    dated = _group("pub-dates", _one("date", f.date))
    yield _group("dates", _one("year", str(f.year) if f.year else ""), dated)
    yield _one("publisher", f.publisher)
    yield _one("isbn", "\r".join(text for text in (f.issn, f.isbn) if text))
    yield _one("accession-num", f.accession) + _one("electronic-resource-num", f.doi)
    yield _written("abstract", guarded(f.abstract))
    yield _one("research-notes", "\r".join(row.notes(columns)))
    yield _written("work-type", listed(f.publication_type))
    yield _one("remote-database-name", f.database) + _one("language", f.language)
    yield _group("urls", _group("related-urls", _element("url", f.url)))
    yield _one("custom2", f.pmcid) + _one("custom3", f"{f.pmid}[pmid]" if f.pmid else "")
    yield _one("custom4", f.registration) + _one("custom7", f.article_number)


def _group(tag: str, *inside: str) -> str:
    text = "".join(inside)
    return f"<{tag}>{text}</{tag}>" if text else ""


def _one(tag: str, text: str) -> str:
    return _written(tag, "\r".join(escape(line) for line in text.split("\r")) if text else "")


def _keyword(word: str, count: int) -> str:
    text = escaped_keyword(word)
    return _written("keyword", text + WHOLE if count == 1 and ";" in text else text)


def _written(tag: str, text: str) -> str:
    return f'<{tag}><style face="normal">{_xml(text)}</style></{tag}>' if text else ""


def _element(tag: str, text: str) -> str:
    return f"<{tag}>{_xml(text)}</{tag}>" if text else ""


def _xml(text: str) -> str:
    return xml_escape(_ILLEGAL.sub("", text), {"\r": "&#xD;"})


WRITER = Writer(name="endnote-xml", label="EndNote XML", ending=".xml", write=write)
