"""The plain text that the Cochrane Library exports beside RIS: `ID: CN-01234567`, `AU: ...`."""

from __future__ import annotations

import re

from screener.model import Fields
from screener.sources.fields import make_fields
from screener.sources.formats.format import Format, marked
from screener.sources.formats.tagged import Shape, TaggedRecord, begins_with, reader
from screener.sources.page_numbers import pages

_TAG = re.compile(
    r"\s*(Record(?= #\d)|ID|AU|TI|SO|YR|VL|NO|PG|PM|XR|PT|KY|DOI|AB|US|CC|SR|PB|SN|LA)"
    r"(?::| #\d)(?:\s*(.*)|)$",
    re.S,
)


_SHAPE = Shape(tag=_TAG, begins=begins_with("ID"), around=frozenset(("Record",)))


def _fields(record: TaggedRecord) -> Fields:
    one, every = record.one, record.all
    words = every("KY")
    registered = "registry" in one("PT").lower()
    return make_fields(
        type="registry-entry" if registered else "article",
        title=one("TI"),
        authors=every("AU"),
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


FORMAT = Format(
    name="cochrane",
    label="Cochrane plain text",
    recognise=marked(r"^\ufeff?Record #\d+ of \d+\s+ID: \S", 0.97),
    read=reader(_SHAPE, _fields),
    begins=r"Record #\d+ of \d+\s+ID: ",
)
