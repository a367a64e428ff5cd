"""EBSCOhost's XML: one `rec` for each record, with what it is in `controlInfo`."""

from __future__ import annotations

from screener.model import Fields
from screener.sources.fields import first, make_fields
from screener.sources.formats.format import Format, marked
from screener.sources.formats.ris_fields import record_type
from screener.sources.formats.xml_records import XmlRecord, xml_reader
from screener.sources.page_numbers import pages

_LONGEST = 16  # digits of a page number that is counted with


def _fields(record: XmlRecord) -> Fields:
    text, texts = record.text, record.texts
    kinds = [*texts(".//artinfo/doctype"), *texts(".//artinfo/pubtype"), *texts(".//pubtype")]
    part, book = text(".//artinfo/tig/atl"), text(".//bkinfo/btl")
    numbers = _numbers(record)
    date = _date(record)
    return make_fields(
        type=_type(kinds, part, book),
        title=first(part, book, text(".//dissinfo/disstl")),
        authors=texts(".//artinfo/aug/au") or texts(".//bkinfo/aug/au")
        or texts(".//dissinfo/aug/au"),
        year=date,
        date=date,
        journal=first(text(".//jinfo/jtl"), book if part else ""),
        journal_abbreviation=text(".//jinfo/jabbrev"),
        volume=text(".//pubinfo/vid"),
        issue=text(".//pubinfo/iid"),
        pages=_pages(text(".//artinfo/ppf"), text(".//artinfo/ppl"), text(".//artinfo/ppct")),
        doi=numbers.get("doi", ""),
        pmid=numbers.get("pmid", ""),
        pmcid=numbers.get("pmcid", ""),
        issn=text(".//jinfo/issn"),
        isbn=text(".//bkinfo/isbn"),
        accession=_header(record, "uiTerm"),
        database=first(_header(record, "longDbName"), _header(record, "shortDbName")),
        abstracts=texts(".//artinfo/ab") or texts(".//ab"),
        keywords=[*texts(".//artinfo/sug/subj"), *texts(".//artinfo/keyword")],
        language=text(".//language"),
        url=text(".//pLink/url", ".//plink", ".//displayInfo//url"),
        publication_type=kinds,
        publisher=text(".//pubinfo/pub", ".//dissinfo/dissinst"),
    )  # fmt: skip


def _type(kinds: list[str], part: str, book: str) -> str:
    found = (record_type(kind) for kind in kinds)
    said = next((kind for kind in found if kind not in ("", "other")), "")
    if part and book:
        return "chapter"
    return said or ("book" if book else "article" if part else "")


def _numbers(record: XmlRecord) -> dict[str, str]:
    elements = record.element.iterfind(".//artinfo/ui")
    return {element.get("type", "").lower(): (element.text or "").strip() for element in elements}


def _header(record: XmlRecord, name: str) -> str:
    header = record.element.find("header")
    return header.get(name, "").strip() if header is not None else ""


def _date(record: XmlRecord) -> str:
    element = record.element.find(".//pubinfo/dt")
    if element is None:
        return ""
    parts = [element.get(name, "").strip() for name in ("year", "month", "day")]
    return "-".join(part for part in parts if part) or (element.text or "")


def _pages(start: str, end: str, count: str) -> str:
    """Return the pages; EBSCO gives the first one and how many there are."""
    known = all(part.isdecimal() and len(part) < _LONGEST for part in (start, count))
    if end or not known or int(count) <= 1:
        return pages(start, end)
    return pages(start, str(int(start) + int(count) - 1))


FORMAT = Format(
    name="ebsco-xml",
    label="EBSCO XML",
    recognise=marked(r"<rec\b[^>]*>\s*(?:<header\b|<controlInfo\b)", 0.97),
    read=xml_reader("rec", fields=_fields),
)
