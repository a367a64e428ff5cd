"""The MEDLINE format of PubMed and PubMed Central (.nbib, .txt), and ERIC's version of it."""

from __future__ import annotations

import re

from screener.model import Fields
from screener.sources import identifiers
from screener.sources.decoding import Content
from screener.sources.fields import first, make_fields
from screener.sources.formats.format import Format
from screener.sources.formats.tagged import Raw, Shape, TaggedRecord, reader
from screener.sources.names import collective
from screener.sources.page_numbers import is_article_number, pages

_TAG = re.compile(r"([A-Z][A-Z0-9]{1,4}) {0,3}-(?: ?(.*))?$", re.S)
_FIRST = ("PMID", "PMC", "OWN", "STAT", "UI", "OID")
_TYPES = (
    ("preprint", "preprint"), ("dissertation", "thesis"), ("journal article", "article"),
    ("book chapter", "chapter"), ("meeting paper", "conference"), ("conference", "conference"),
    ("congress", "conference"), ("collected work", "book"), ("book", "book"),
    ("dataset", "dataset"), ("reports - ", "report"), ("technical report", "report"),
)  # fmt: skip


def recognise(content: Content) -> float:
    """Look for PMID or OWN at the margin, with its hyphen in the fifth column."""
    sample = content.sample
    if re.search(r"^(?:PMID|PMC |OWN )- ?\S", sample, re.M):
        return 0.9 if len(re.findall(r"^[A-Z][A-Z0-9 ]{1,3}-", sample, re.M)) > 2 else 0.6
    return 0.0


def _begins(tag: str, raw: Raw, blank: bool) -> bool:
    had = {name for name, _ in raw}
    if tag == "PMID" and "PMID" in had:
        return True
    return blank and ((tag in _FIRST and bool(had - set(_FIRST))) or (tag in had and tag == "TI"))


def _fields(record: TaggedRecord) -> Fields:
    one, every = record.one, record.all
    eric = one("OWN") == "ERIC"
    kinds = every("PT")
    # PubMed writes "[Not Available]." when there is only a title in another language.
    title = one("TI") if one("TI").strip("[]. ").lower() != "not available" else ""
    places = (value.removesuffix("[pii]").strip() for value in every("LID"))
    number = next(filter(is_article_number, places), "")
    return make_fields(
        type=_type(kinds, one("JT", "TA")),
        title=first(title, one("TT"), one("BTI", "CTI")),
        translated_title=one("TT") if title else "",
        authors=_authors(record),
        year=first(one("DP"), one("DEP")),
        date=one("DP"),
        journal=one("JT", "TA", "BTI") if one("TI") else one("JT", "TA"),
        journal_abbreviation=one("TA"),
        volume=one("VI"),
        issue=one("IP"),
        pages=pages(one("PG")),
        article_number=number if number != one("PG") and not eric else "",
        doi=_doi(record),
        pmid=one("PMID"),
        pmcid=next((v for v in every("PMC", "OID", "AID") if "PMC" in v), ""),
        issn=one("IS", "ISSN"),
        isbn=one("ISBN"),
        accession=one("OID") if eric else "",
        database="ERIC" if eric else "PubMed" if one("PMID") else "",
        registration=" ".join(every("SI")).replace("/", " "),
        abstracts=every("AB") or [v for v in every("OAB") if "Abstract available from" not in v],
        keywords=[*(v.replace("*", "") for v in every("MH")), *every("OT", "KW")],
        language=one("LA"),
        url=next((v for v in every("LID", "UR") if v.startswith("http")), ""),
        publication_type=kinds,
        publisher=one("PB"),
    )


def _type(kinds: list[str], journal: str) -> str:
    lowered = "; ".join(kinds).lower()
    found = next((kind for word, kind in _TYPES if word in lowered), "")
    return found or ("article" if journal else "")


def _authors(record: TaggedRecord) -> list[str]:
    """Take the full name where there is one; AU follows its FAU and says the same shorter."""
    names: list[str] = []
    previous = ""
    for tag, value in record.raw:
        if tag in ("FAU", "CN") or (tag == "AU" and previous != "FAU"):
            # A corporate name that holds a comma would pass for a person.
            names.append(collective(value) if tag == "CN" else value)
        previous = tag if tag in ("FAU", "AU", "CN") else previous
    return [name for name in names if name] or record.all("FED", "ED")


def _doi(record: TaggedRecord) -> str:
    for value in record.all("LID", "AID", "DOI"):
        if "[doi]" in value and (found := identifiers.doi(value)):
            return found
    for value in record.all("AID", "LID", "DOI", "SO"):
        if found := identifiers.doi(value):
            return found
    return ""


FORMAT = Format(
    name="nbib",
    label="MEDLINE (NBIB)",
    recognise=recognise,
    read=reader(Shape(tag=_TAG, begins=_begins), _fields),
    begins=r"PMID-\s*\d",
)
