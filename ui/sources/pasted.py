"""Records out of what a person pasted: RIS, BibTeX, a DOI, or citations as they are printed."""

from __future__ import annotations

import hashlib

from screener.model import Entry, Fields, Search, SourceKind, UserError
from screener.sources import citation, reading
from screener.sources.fields import make_fields
from screener.sources.parsed import Entries, Parsed
from ui.sources.record import MAIN

NOTHING = Fields()
"""A record of which nothing is known yet."""


def entries(text: str) -> tuple[Entry, ...]:
    """Return the records in pasted text; `UserError` when it is empty."""
    if not text.strip():
        raise UserError("Paste a citation, a DOI, a PMID, BibTeX or RIS first.")
    try:
        found = tuple(reading.entries(reading.read_text(text)))
    except UserError:
        found = ()
    return found or tuple(
        Entry(fields=citation.read(one), raw=(("pasted", one),)) for one in citation.separate(text)
    )


def by_hand(found: tuple[Entry, ...], *, name: str) -> Parsed:
    """Return records written by hand as if they had been read from a file of this name."""
    told = "\n".join(repr(entry.fields) for entry in found)
    return Parsed(
        file=name,
        format="by-hand",
        dialect="written by hand",
        guess=Search(source="", kind=SourceKind.WEBSITE),
        digest=hashlib.sha256(told.encode("utf-8", "replace")).hexdigest(),
        entries=Entries(found),
        skipped=(),
    )


def entry(texts: dict[str, str]) -> Entry:
    """Return a record out of the texts of a form; `UserError` when it has no title."""
    said = {name: texts.get(name, "") for name in MAIN}
    if not said["title"]:
        raise UserError("Give the record a title.")
    fields = make_fields(
        title=said["title"],
        authors=_split(said["authors"]),
        year=said["year"],
        journal=said["journal"],
        volume=said["volume"],
        issue=said["issue"],
        pages=said["pages"],
        doi=said["doi"],
        pmid=said["pmid"],
        abstracts=[said["abstract"]],
        keywords=_split(said["keywords"]),
        url=said["url"],
    )
    return Entry(fields=fields)


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
