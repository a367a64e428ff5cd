"""EndNote XML, which EndNote, Zotero, Citavi and others write, and the older one of EndNote 7."""

from __future__ import annotations

import re

from screener.model import Fields
from screener.sources.decoding import Content
from screener.sources.drafting import unlisted
from screener.sources.fields import first, make_fields
from screener.sources.formats.format import Format, Found
from screener.sources.formats.ris_fields import record_type
from screener.sources.formats.xml_records import XmlRecord, xml_entries
from screener.sources.identifiers import pmcid, pmid_named
from screener.sources.page_numbers import pages
from screener.sources.plain_text import WHOLE

_BREAKS = re.compile(r"[\r\n]+")


def recognise(content: Content) -> float:
    """Look for the outline of an EndNote export."""
    if re.search(
        r"<records>\s*<record>|<record>\s*<(?:database|source-app|ref-type|rec-number)\b|"
        r"<RECORDS>\s*<RECORD>|<RECORD>\s*<REFERENCE_TYPE\b",
        content.sample,
    ):
        return 0.95
    return 0.5 if "<records>" in content.sample and "<xml>" in content.sample else 0.0


def read(content: Content) -> Found:
    """Yield the records of an EndNote XML file."""
    return xml_entries(
        content,
        frozenset(("record", "RECORD")),
        lambda found: _fields(found) if found.element.tag == "record" else _old_fields(found),
    )


def _fields(record: XmlRecord) -> Fields:
    text, texts = record.text, record.texts
    kind = _type(record)
    short = text("periodical/abbr-1", "alt-periodical/abbr-1", "titles/alt-title")
    full = text("periodical/full-title", "titles/secondary-title", "titles/alt-title")
    serial = text("isbn") + " " + text("issn")
    place = text("remote-database-name", "remote-database-provider")
    return make_fields(
        type=kind,
        title=first(text("titles/title"), text("titles/short-title")),
        translated_title=text("titles/translated-title"),
        authors=texts("contributors/authors/author")
        or texts("contributors/secondary-authors/author")
        or texts("contributors/tertiary-authors/author"),
        year=first(text("dates/year"), text("dates/pub-dates/date")),
        date=f"{text('dates/pub-dates/date')} {text('dates/year')}".strip(),
        journal=text("titles/secondary-title", "periodical/full-title", "titles/alt-title")
        if kind in ("chapter", "conference") else full,
        journal_abbreviation=short if short.casefold() != full.casefold() else "",
        volume=text("volume"),
        issue=text("number", "issue"),
        pages=pages(text("pages")),
        article_number=text("custom7"),
        doi=_doi(record),
        pmid=_pmid(record, place),
        pmcid=pmcid(text("custom2")) or pmcid(text("accession-num")),
        issn=serial,
        isbn=serial,
        accession=text("accession-num"),
        database=place,
        registration=" ".join((text("accession-num"), text("custom4"))),
        abstracts=texts("abstract"),
        keywords=_keywords(texts("keywords/keyword")),
        language=text("language"),
        url=next((u for p in _URLS for u in texts(p) if not u.startswith("internal")), ""),
        publication_type=[kind for one in texts("work-type") for kind in unlisted(one)],
        publisher=text("publisher"),
        notes=[v for path in _NOTES for v in texts(path)],
    )  # fmt: skip


_NOTES = ("notes", "research-notes", "label", "custom1", "custom3", "custom4")
_URLS = ("urls/related-urls/url", "urls/web-urls/url", "urls/text-urls/url")


_NUMBERS = {
    "17": "article", "19": "article", "23": "article", "43": "article", "6": "book",
    "28": "book", "44": "book", "5": "chapter", "60": "chapter", "10": "conference",
    "47": "conference", "32": "thesis", "27": "report", "46": "report", "58": "report",
    "12": "webpage", "16": "webpage", "56": "webpage", "25": "patent", "59": "dataset",
}  # fmt: skip
# EndNote up to version 7 counted otherwise.
_OLD_NUMBERS = {
    "0": "article", "5": "article", "8": "article", "1": "book", "9": "book", "7": "chapter",
    "3": "conference", "2": "thesis", "10": "report", "16": "webpage", "15": "patent",
}  # fmt: skip


def _type(record: XmlRecord) -> str:
    element = record.element.find("ref-type")
    name = element.get("name", "") if element is not None else ""
    if not name:
        given = record.text("ref-type")
        return _NUMBERS.get(given, "") if given.isdecimal() else _named(given)
    return _named(name)


def _named(name: str) -> str:
    return record_type(name) if name.lower() != "generic" else ""


def _old_fields(record: XmlRecord) -> Fields:
    """Read a record of EndNote up to version 7, whose tags are in upper case."""
    text, texts = record.text, record.texts
    given = text("REFERENCE_TYPE")
    kind = _OLD_NUMBERS.get(given, "") if given.isdecimal() else _named(given)
    return make_fields(
        type=kind,
        title=text("TITLE", "SHORT_TITLE"),
        translated_title=text("TRANSLATED_TITLE"),
        authors=texts("AUTHORS/AUTHOR") or texts("SECONDARY_AUTHORS/SECONDARY_AUTHOR"),
        year=first(text("YEAR"), text("DATE")),
        date=f"{text('DATE')} {text('YEAR')}" if text("DATE") else "",
        journal=text("SECONDARY_TITLE", "ALTERNATE_TITLE") if kind != "book" else "",
        journal_abbreviation=text("ALTERNATE_TITLE"),
        volume=text("VOLUME"),
        issue=text("NUMBER"),
        pages=pages(text("PAGES")),
        doi=first(text("ELECTRONIC_RESOURCE_NUMBER"),
                  next((url for url in texts("URL") if "doi" in url.lower()), "")),
        pmid=pmid_named(text("NOTES")),
        issn=text("ISBN"),
        isbn=text("ISBN"),
        accession=text("ACCESSION_NUMBER"),
        database=text("NAME_OF_DATABASE"),
        abstracts=texts("ABSTRACT"),
        keywords=_keywords(texts("KEYWORDS/KEYWORD")),
        language=text("LANGUAGE"),
        url=text("URL"),
        publication_type=texts("TYPE_OF_WORK"),
        publisher=text("PUBLISHER"),
    )  # fmt: skip


def _keywords(texts: list[str]) -> list[str]:
    words = [word for text in texts for word in _BREAKS.split(text)]
    return words[0].split(";") if len(words) == 1 and not words[0].endswith(WHOLE) else words


def _doi(record: XmlRecord) -> str:
    given = record.text("electronic-resource-num", "doi")
    if "10." in given:
        return given
    links = (url for path in _URLS for url in record.texts(path) if "doi" in url.lower())
    return first(
        next(links, ""), *(n for n in record.texts("notes") if n.lower().startswith("doi"))
    )


def _pmid(record: XmlRecord, place: str) -> str:
    given = record.text("accession-num")
    if given.isdigit() and re.search(r"pubmed|medline|\bnlm\b", place, re.I):
        return given
    texts = [v for path in ("custom3", "notes", "custom2", *_URLS) for v in record.texts(path)]
    return pmid_named(next((v for v in texts if "pubmed" in v.lower() or "pmid" in v.lower()), ""))


FORMAT = Format(name="endnote-xml", label="EndNote XML", recognise=recognise, read=read)
