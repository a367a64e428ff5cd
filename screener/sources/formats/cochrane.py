"""The plain text that the Cochrane Library exports beside RIS: `ID: CN-01234567`, `AU: ...`."""

from __future__ import annotations

import re

from screener.model import Fields
from screener.sources.decoding import Content
from screener.sources.fields import make_fields
from screener.sources.formats.format import Format, Found
from screener.sources.formats.tagged import Raw, Shape, TaggedRecord, entries, records
from screener.sources.page_numbers import pages

_TAG = re.compile(
    r"\s*(Record(?= #\d)|ID|AU|TI|SO|YR|VL|NO|PG|PM|XR|PT|KY|DOI|AB|US|CC|SR|PB|SN|LA)"
    r"(?::| #\d)(?:\s*(.*)|)$",
    re.S,
)


def recognise(content: Content) -> float:
    """Look for the line that counts the records, and the number of the first."""
    found = re.search(r"^\ufeff?Record #\d+ of \d+\s+ID: \S", content.sample, re.M)
    return 0.97 if found else 0.0


def read(content: Content) -> Found:
    """Yield the records of such a file."""
    shape = Shape(tag=_TAG, begins=_begins, around=frozenset(("Record",)))
    return entries(records(content.lines(), shape), _fields)


def _begins(tag: str, raw: Raw, blank: bool) -> bool:
    return tag == "ID"


def _fields(record: TaggedRecord) -> Fields:
    one, every = record.one, record.all
    words = every("KY")
    registered = "registry" in one("PT").lower()
    return make_fields(
        type="registry-entry" if registered else "article",
        title=one("TI"),
        authors=[name for text in every("AU") for name in re.split(r";\s*", text)],
        year=one("YR"),
        journal=one("SO"),
        volume=one("VL"),
        issue=one("NO"),
        pages=pages(one("PG")),
        doi=one("DOI"),
        pmid=one("PM"),
        accession=one("ID"),
        database="Cochrane CENTRAL" if one("ID").startswith("CN-") else "",
        registration=" ".join((*every("XR"), *every("AU"), one("SO"))) if registered else "",
        abstracts=every("AB"),
        keywords=words[0].split(";") if len(words) == 1 else words,
        url=one("US"),
        publication_type=one("PT").split(";"),
    )


FORMAT = Format(name="cochrane", label="Cochrane plain text", recognise=recognise, read=read)
