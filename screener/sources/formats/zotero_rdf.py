"""Zotero RDF: items, with their journals inside them or beside them."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from screener.model import Entry, Fields, Skipped
from screener.sources.decoding import Content
from screener.sources.fields import first, make_fields
from screener.sources.formats.format import Format, Found
from screener.sources.formats.ris_fields import record_type
from screener.sources.formats.xml_records import XmlRecord, content, xml_records
from screener.sources.names import person
from screener.sources.page_numbers import pages

_ITEMS = frozenset((
    "Article", "Book", "BookSection", "Description", "Document", "Thesis", "Report", "Patent",
    "Manuscript", "Legislation", "Letter", "Image", "Interview", "Recording", "MotionPicture",
    "ConferenceProceedings", "CourtReporter",
))  # fmt: skip
_HOSTS = frozenset(("Journal", "Periodical", "Series", "Website"))
_TYPES = {
    "journalArticle": "article", "magazineArticle": "article", "newspaperArticle": "article",
    "conferencePaper": "conference", "bookSection": "chapter", "encyclopediaArticle": "chapter",
    "thesis": "thesis", "report": "report", "preprint": "preprint", "webpage": "webpage",
    "blogPost": "webpage", "patent": "patent", "dataset": "dataset", "book": "book",
}  # fmt: skip


def recognise(content: Content) -> float:
    """Look for RDF with bibliographic elements."""
    sample = content.sample
    return 0.9 if "<rdf:RDF" in sample and re.search(r"<bib:|xmlns:z=|<z:itemType", sample) else 0.0


def read(source: Content) -> Found:
    """Yield the items; journals are looked up in the whole file first."""
    hosts = {
        found.element.get("about", ""): found.element
        for found in xml_records(source, _HOSTS | _ITEMS)
        if isinstance(found, XmlRecord) and found.element.get("about")
        and (found.element.tag in _HOSTS or found.element.find("itemType") is None)
    }  # fmt: skip
    for found in xml_records(source, _ITEMS):
        if isinstance(found, Skipped):
            yield found
        elif found.text("itemType") in ("attachment", "note") or not _is_item(found):
            continue
        else:
            yield Entry(fields=_fields(found, hosts), raw=found.raw, line=found.line)


def _is_item(record: XmlRecord) -> bool:
    # A Description is an item only when Zotero says its type; a bare Document may be a container.
    return record.element.tag != "Description" or record.element.find("itemType") is not None


def _fields(record: XmlRecord, hosts: dict[str, Element]) -> Fields:
    text = record.text
    host = _host(record.element, hosts)
    inside = XmlRecord(element=host, line=record.line)
    identifiers = [*_identifiers(record.element), *_identifiers(host)]
    kind = _TYPES.get(text("itemType"), "") or record_type(str(record.element.tag))
    return make_fields(
        type="article" if kind == "other" and inside.text("title") else kind,
        title=text("title"),
        authors=_authors(record.element, "authors") or _authors(record.element, "editors"),
        year=text("date"),
        date=text("date"),
        journal=inside.text("title"),
        journal_abbreviation=inside.text("alternative"),
        volume=first(text("volume"), inside.text("volume")),
        issue=first(text("number"), inside.text("number")),
        pages=pages(text("pages")),
        doi=_named(identifiers, "DOI"),
        pmid=_extra(text("description"), "PMID"),
        pmcid=_extra(text("description"), "PMCID"),
        issn=_named(identifiers, "ISSN"),
        isbn=_named(identifiers, "ISBN"),
        database=text("libraryCatalog"),
        abstracts=[text("abstract")],
        keywords=[content(subject) for subject in record.element.iterfind("subject")],
        language=text("language"),
        url=next((i for i in identifiers if i.startswith("http")), ""),
        publisher=text("publisher/Organization/name", "publisher"),
        notes=record.texts("description"),
    )


def _host(element: Element, hosts: dict[str, Element]) -> Element:
    for part in element.iterfind("isPartOf"):
        inside = next(iter(part), None)
        found = inside if inside is not None else hosts.get(part.get("resource", ""))
        if found is not None and found.find("title") is not None:
            return found
    return Element("none")


def _authors(element: Element, role: str) -> list[str]:
    people = element.iterfind(f"{role}/Seq/li/Person")
    return [
        person(
            content(p.find("surname")), content(p.find("givenName")) or content(p.find("givenname"))
        )
        for p in people
    ]


def _identifiers(element: Element) -> list[str]:
    return [content(found) for found in element.iterfind("identifier")]


def _named(identifiers: list[str], name: str) -> str:
    return next((text for text in identifiers if text.upper().startswith(name)), "")


def _extra(text: str, name: str) -> str:
    match = re.search(rf"^{name}:\s*(\S+)", text, re.M)
    return match[1] if match else ""


FORMAT = Format(name="zotero-rdf", label="Zotero RDF", recognise=recognise, read=read)
