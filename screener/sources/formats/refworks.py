"""RefWorks tagged format: two letters, a space, the value; records begin with RT."""

from __future__ import annotations

import re

from screener.model import Fields, Skipped
from screener.sources.decoding import Content
from screener.sources.fields import first, make_fields
from screener.sources.formats.format import Format, Found
from screener.sources.formats.ris_fields import record_type
from screener.sources.formats.tagged import Shape, TaggedRecord, begins_with, entries, records
from screener.sources.page_numbers import pages

# The tags are listed, because an abstract's line may well begin with two capitals and a space.
_TAGS = (
    "RT SR ID A1 T1 JF JO YR FD VO IS SP OP K1 AB NO A2 T2 ED PB PP A3 A4 A5 T3 SN AV AD AN LA CL "
    "SF OT LK DO CN DB DS IP RD ST U1 U2 U3 U4 U5 U6 U7 U8 U9 U10 U11 U12 U13 U14 U15 UL SL LL CR "
    "WT A6 WV WP OL PMID PMCID"
)
_TAG = re.compile(rf"({_TAGS.replace(' ', '|')})(?:[ \t](.*)|\s*)$", re.S)


def recognise(content: Content) -> float:
    """Look for RT and a reference type."""
    found = re.search(r"^\ufeff?RT [A-Z][a-z]", content.sample, re.M)
    return 0.9 if found and re.search(r"^(?:T1|A1) \S", content.sample, re.M) else 0.0


def read(content: Content) -> Found:
    """Yield the records of a RefWorks file; the legend before the first is passed over."""
    found = records(content.lines(), Shape(tag=_TAG, begins=begins_with("RT")))
    return entries((r for r in found if isinstance(r, Skipped) or r.one("RT", "T1")), _fields)


def _fields(record: TaggedRecord) -> Fields:
    one, every = record.one, record.all
    kind = record_type(one("RT"))
    words = every("K1")
    return make_fields(
        type=kind,
        title=first(one("T1"), one("T2") if kind == "book" else ""),
        translated_title=one("OT") if one("OT") != one("T1") else "",
        authors=every("A1") or every("A2"),
        year=first(one("YR"), one("FD")),
        date=f"{one('FD')} {one('YR')}" if one("FD") else "",
        journal=one("JF", "T2", "JO") if kind != "book" else one("JF"),
        journal_abbreviation=one("JO"),
        volume=one("VO"),
        issue=one("IS"),
        pages=pages(one("SP"), one("OP")),
        doi=first(one("DO"), *every("LK", "UL", "NO")),
        pmid=_pmid(record),
        pmcid=one("PMCID"),
        issn=one("SN"),
        isbn=one("SN"),
        accession=one("AN"),
        database=one("DB", "DS"),
        abstracts=every("AB"),
        keywords=words[0].split(";") if len(words) == 1 else words,
        language=one("LA"),
        url=one("UL", "LK"),
        publisher=one("PB"),
        notes=every("NO", "U1", "U2", "U5"),
    )


def _pmid(record: TaggedRecord) -> str:
    named = next((v for v in record.all("NO", "AN", "U5") if "pmid" in v.lower()), "")
    place = record.one("DB", "DS").lower()
    return first(record.one("PMID"), named, record.one("AN") if "pubmed" in place else "")


FORMAT = Format(
    name="refworks",
    label="RefWorks tagged text",
    recognise=recognise,
    read=read,
    begins=r"RT [A-Z][a-z]",
)
