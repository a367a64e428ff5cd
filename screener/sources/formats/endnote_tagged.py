"""EndNote's tagged format (.enw), also called refer or BibIX."""

from __future__ import annotations

import re

from screener.model import Fields
from screener.sources.decoding import Content
from screener.sources.fields import first, make_fields
from screener.sources.formats.format import Format
from screener.sources.formats.ris_fields import record_type
from screener.sources.formats.tagged import Raw, Shape, TaggedRecord, reader
from screener.sources.page_numbers import pages

_TAG = re.compile(r"(%[0-9A-Za-z@!$()*+\[\]&~#=?<>^'|,.:;/_-])(?:[ \t](.*)|\s*)$", re.S)
_FIRST = ("%0", "%T", "%A")


def recognise(content: Content) -> float:
    """Look for %0 or %T at the margin; an author alone is no record."""
    if not re.search(r"^\ufeff?%[0T] \S", content.sample, re.M):
        return 0.0
    return 0.9 if len(re.findall(r"^%[0-9A-Z@] ", content.sample, re.M)) > 1 else 0.5


def _begins(tag: str, raw: Raw, blank: bool) -> bool:
    had = {name for name, _ in raw}
    if tag == "%0":
        return "%0" in had or blank
    return blank and tag in _FIRST and (tag != "%A" or "%T" in had) and bool(had - {"%0"})


def _fields(record: TaggedRecord) -> Fields:
    one, every = record.one, record.all
    named = "" if one("%0").lower() == "generic" else one("%0")
    kind = record_type(named) or ("article" if one("%J") else "")
    serial = " ".join(every("%@"))
    return make_fields(
        type=kind,
        title=first(one("%T"), one("%B") if kind == "book" else ""),
        translated_title=one("%Q"),
        authors=every("%A") or every("%E") or every("%?"),
        year=first(one("%D"), one("%8")),
        date=f"{one('%8')} {one('%D')}" if one("%8") else "",
        journal=one("%J", "%B", "%S") if kind != "book" else "",
        volume=one("%V"),
        issue=one("%N"),
        pages=pages(one("%P")),
        doi=first(one("%R"), one("%3"), next((u for u in every("%U") if "doi.org/" in u), "")),
        pmid=one("%M") if "pubmed" in one("%~", "%W").lower() else "",
        pmcid=next((v for v in every("%2", "%U") if "PMC" in v), ""),
        issn=serial,
        isbn=serial,
        accession=one("%M"),
        database=one("%~", "%W"),
        abstracts=every("%X"),
        keywords=[word for text in every("%K") for word in text.split(";")],
        language=one("%G"),
        url=one("%U"),
        publication_type=every("%9"),
        publisher=one("%I"),
        notes=every("%Z", "%1", "%3", "%4", "%L"),
    )


_SHAPE = Shape(tag=_TAG, begins=_begins, lists=frozenset(("%K",)))
FORMAT = Format(
    name="enw",
    label="EndNote tagged text (ENW)",
    recognise=recognise,
    read=reader(_SHAPE, _fields),
    begins=r"%0 \S",
)
