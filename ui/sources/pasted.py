"""Records out of what a person pasted: RIS, BibTeX, a DOI, or a citation as it is printed."""

from __future__ import annotations

import hashlib
import re

from screener.model import Entry, Fields, Search, SourceKind, UserError
from screener.sources import dates, identifiers, reading
from screener.sources.drafting import Draft
from screener.sources.parsed import Entries, Parsed
from ui.sources.record_form import MAIN

NOTHING = Fields()
"""A record of which nothing is known yet."""

_PARTS = re.compile(r"(?<=[^\W_]|[)\]?!])[.?!]\s+")
_YEAR_ALONE = re.compile(r"\W*(?:19|20)\d\d\w?\W*")
_MANY_AUTHORS = re.compile(r",|;|\bet al\b")


def entries(text: str) -> tuple[Entry, ...]:
    """Return the records in pasted text; `UserError` when it is empty."""
    if not text.strip():
        raise UserError("Paste a citation, a DOI, BibTeX or RIS first.")
    try:
        found = tuple(reading.entries(reading.read_text(text)))
    except UserError:
        found = ()
    return found or (Entry(fields=citation(text), raw=(("pasted", text.strip()),)),)


def citation(text: str) -> Fields:
    """Return what can be told of a printed citation; a person looks at it before it is kept."""
    whole = " ".join(text.split())
    doi = identifiers.doi(whole)
    draft = Draft(
        doi=whole, year=str(dates.year(whole.replace(doi, "")) or ""),
        pmid=identifiers.pmid_named(whole),
    )  # fmt: skip
    if doi and len(whole) < len(doi) + 24:
        draft.year = ""
        return draft.fields()
    parts = [part.strip(" .") for part in _PARTS.split(whole)]
    parts = [part for part in parts if part and not _YEAR_ALONE.fullmatch(part)]
    if len(parts) > 1 and _MANY_AUTHORS.search(parts[0]):
        draft.authors = _authors(parts[0])
        parts = parts[1:]
    titles = [part for part in parts if "10." not in part and not part.startswith("http")]
    draft.title = titles[0] if titles else ""
    if len(titles) > 1:
        draft.journal = re.split(r"[,;:]?\s*\(?\d", titles[1])[0].strip(" ,;(")
    return draft.fields()


def _authors(text: str) -> list[str]:
    """Part "Okafor N, Brandt S" at its commas; other ways of writing stay one name."""
    text = re.sub(r",?\s*\bet al\b.*", "", re.sub(r"\s*\(?(?:19|20)\d\d\)?.*", "", text))
    names = [name.strip(" .&") for name in re.split(r";|,", text)]
    if ";" not in text and not all(" " in name for name in names):
        return []
    return [re.sub(r"^(.+) ([A-Z]{1,3})$", r"\1, \2", name) for name in names if name]


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
    draft = Draft(
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
    return Entry(fields=draft.fields())


def _split(text: str) -> list[str]:
    return [part.strip() for part in text.split(";") if part.strip()]
