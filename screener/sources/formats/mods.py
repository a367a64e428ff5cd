"""MODS, the metadata format of libraries and repositories."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from screener.model import Fields
from screener.sources.fields import first, make_fields
from screener.sources.formats.format import Format, marked
from screener.sources.formats.ris_fields import record_type
from screener.sources.formats.xml_records import XmlRecord, content, xml_reader
from screener.sources.names import collective, person
from screener.sources.page_numbers import pages

_END_OF_NAME = re.compile(r"(?:\s*,\s*|(?<=[^\W\d_]{3})\.)$")
_BOOKS = frozenset(("monographic", "single unit", "multipart monograph"))


def _fields(record: XmlRecord) -> Fields:
    text, texts = record.text, record.texts
    host = _host(record.element)
    inside = XmlRecord(element=host, line=record.line)
    part = host if host.find("part") is not None else record.element
    return make_fields(
        type=_type(record, inside),
        title=_title(record.element),
        translated_title=text("titleInfo[@type='translated']/title"),
        authors=_names(record.element),
        year=first(_issued(record.element), _issued(host), inside.text("part/date"),
                   text("originInfo/dateCreated", "part/date", "originInfo/copyrightDate")),
        date=first(_issued(record.element), inside.text("part/date"), _issued(host),
                   text("originInfo/dateCreated")),
        journal=_title(inside.element),
        journal_abbreviation=inside.text("titleInfo[@type='abbreviated']/title"),
        volume=_detail(part, "volume"),
        issue=first(_detail(part, "issue"), _detail(part, "number")),
        pages=_pages(part),
        doi=first(*texts("identifier[@type='doi']"),
                  *(url for url in texts("location/url") if "doi" in url)),
        pmid=first(*texts("identifier[@type='pmid']"), *texts("identifier[@type='pubmed']")),
        issn=first(inside.text("identifier[@type='issn']"), text("identifier[@type='issn']")),
        isbn=first(text("identifier[@type='isbn']"), inside.text("identifier[@type='isbn']")),
        abstracts=texts("abstract"),
        keywords=texts("subject/topic"),
        language=text("language/languageTerm", "language"),
        url=text("location/url", "identifier[@type='uri']"),
        publication_type=texts("genre"),
        publisher=first(text("originInfo/publisher"), inside.text("originInfo/publisher")),
    )  # fmt: skip


def _host(element: Element) -> Element:
    """Return what the record is part of; some exporters do not say that the item is related so."""
    items = element.findall("relatedItem[@type='host']") or [
        item for item in element.iterfind("relatedItem") if not item.get("type")
    ]
    return items[0] if items else Element("none")


def _title(element: Element) -> str:
    plain = [info for info in element.iterfind("titleInfo") if not info.get("type")]
    for info in plain or element.findall("titleInfo"):
        main = " ".join(content(info.find(name)) for name in ("nonSort", "title")).strip()
        rest = content(info.find("subTitle"))
        if main:
            # The number and the name of a part tell the volumes of a work apart.
            parts = [content(part) for part in info if part.tag in ("partNumber", "partName")]
            whole = f"{main}: {rest}" if rest else main
            return ". ".join([whole.rstrip(".") if parts else whole, *filter(None, parts)])
    return ""


def _issued(element: Element) -> str:
    """Return when it was issued; of a range, when that began."""
    every = element.findall("originInfo/dateIssued")
    begun = [one for one in every if one.get("point") == "start" or one.get("keyDate") == "yes"]
    single = [one for one in every if one.get("point") != "end"]
    texts = [text for one in (*begun, *single, *every) if (text := content(one))]
    return next((text for text in texts if text[0] not in "-–"), texts[0] if texts else "")


def _names(element: Element) -> list[str]:
    """Take the authors; others, editors for example, only when there are none."""
    every = [(_role(name), _name(name)) for name in element.iterfind("name")]
    authors = [name for role, name in every if role in ("", "author", "aut", "creator", "cre")]
    return authors or [name for _, name in every]


def _role(name: Element) -> str:
    return content(name.find("role/roleTerm")).lower()


def _name(name: Element) -> str:
    parts: dict[str, list[str]] = {}
    for part in name.iterfind("namePart"):
        parts.setdefault(part.get("type", ""), []).append(content(part))
    given = " ".join(parts.get("given", []))
    if parts.get("family"):
        return person(" ".join(parts["family"]), given, " ".join(parts.get("termsOfAddress", [])))
    whole = first(" ".join(parts.get("", [])), content(name.find("displayForm")), given)
    if name.get("type") in ("corporate", "conference"):
        return collective(whole)
    # Libraries end a name as a sentence: "Field, Anna," and "Hill, Carl." but "Field, A. B."
    return _END_OF_NAME.sub("", whole)


def _detail(element: Element, kind: str) -> str:
    found = element.find(f"part/detail[@type='{kind}']")
    return (
        ""
        if found is None
        else first(content(found.find("number")), content(found.find("caption")))
    )


def _pages(element: Element) -> str:
    extent = element.find("part/extent")
    if extent is None:
        return ""
    start, end, listed, total = (content(extent.find(n)) for n in ("start", "end", "list", "total"))
    return pages(start, end) or pages(listed) or total


def _type(record: XmlRecord, host: XmlRecord) -> str:
    genres = " ".join(record.texts("genre")).lower()
    around = host.text("genre").lower()
    if "article" in genres or around in ("periodical", "journal", "academic journal"):
        return "article"
    found = record_type(genres) if genres else ""
    if found == "book" and _title(host.element):
        return "chapter"
    if found in ("", "other") and record.text("originInfo/issuance") in _BOOKS:
        return "chapter" if _title(host.element) else "book"
    if found in ("", "other"):
        found = {"book": "chapter", "conference": "conference"}.get(record_type(around), "")
    return found


FORMAT = Format(
    name="mods",
    label="MODS",
    recognise=marked(r"<(?:\w+:)?mods(?:Collection)?[\s>]", 0.95),
    read=xml_reader("mods", fields=_fields),
)
