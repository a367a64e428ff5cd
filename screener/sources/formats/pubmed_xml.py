"""PubMed XML: articles and books."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

from screener.model import Fields
from screener.sources import dates
from screener.sources.decoding import Content
from screener.sources.fields import first, make_fields
from screener.sources.formats.format import Format, Found, marked
from screener.sources.formats.xml_records import XmlRecord, content, xml_entries
from screener.sources.names import collective, person
from screener.sources.page_numbers import is_article_number, pages


def read(source: Content) -> Found:
    """Yield the articles and books of a PubMed XML file."""
    tags = frozenset(("PubmedArticle", "PubmedBookArticle"))
    if not re.search(r"<Pubmed(?:Book)?Article\b", source.sample):
        tags = frozenset(("MedlineCitation",))
    return xml_entries(source, tags, _fields)


def _fields(record: XmlRecord) -> Fields:
    text, texts = record.text, record.texts
    article = _article(record.element)
    book = record.element.find(".//BookDocument")
    inside = XmlRecord(element=article, line=record.line)
    kinds = inside.texts(".//PublicationType")
    title = inside.text("ArticleTitle")
    vernacular = inside.text("VernacularTitle")
    # PubMed writes "[Not Available]." when there is only a title in another language.
    given = title.strip("[]. ").lower() != "not available"
    return make_fields(
        type=_type(kinds, "article" if book is None else "chapter" if title else "book"),
        title=first(title if given else vernacular, inside.text("Book/BookTitle"), vernacular),
        translated_title=vernacular if title and given else "",
        authors=_authors(article),
        year=_date(article, ("Journal/JournalIssue/PubDate", "Book/PubDate", "ArticleDate")),
        date=_date(article, ("Journal/JournalIssue/PubDate", "ArticleDate", "Book/PubDate")),
        journal=first(inside.text("Journal/Title"), text(".//MedlineJournalInfo/MedlineTA"),
                      inside.text("Book/BookTitle") if title else ""),
        journal_abbreviation=first(inside.text("Journal/ISOAbbreviation"), text(".//MedlineTA")),
        volume=inside.text("Journal/JournalIssue/Volume", "Book/Volume"),
        issue=inside.text("Journal/JournalIssue/Issue"),
        pages=pages(inside.text("Pagination/MedlinePgn"))
        or pages(inside.text("Pagination/StartPage"), inside.text("Pagination/EndPage")),
        article_number=_article_number(inside),
        doi=_identifier(record, "doi"),
        pmid=text("MedlineCitation/PMID", "BookDocument/PMID", "PMID"),
        pmcid=_identifier(record, "pmc"),
        issn=inside.text("Journal/ISSN"),
        isbn=inside.text("Book/Isbn"),
        database="PubMed",
        registration=" ".join(inside.texts(".//AccessionNumber")),
        abstracts=_abstract(article, "Abstract") or _abstract(record.element, ".//OtherAbstract"),
        keywords=[*_headings(record.element), *texts(".//KeywordList/Keyword")],
        language=inside.text("Language"),
        publication_type=kinds,
        publisher=inside.text("Book/Publisher/PublisherName"),
    )  # fmt: skip


def _article(element: Element) -> Element:
    for path in (".//Article", ".//BookDocument"):
        found = element.find(path)
        if found is not None:
            return found
    return element


def _type(kinds: list[str], usual: str) -> str:
    lowered = "; ".join(kinds).lower()
    if "preprint" in lowered:
        return "preprint"
    return "conference" if "congress" in lowered else usual


def _authors(article: Element) -> list[str]:
    """Take the list of authors; a book's editors only when it has no authors."""
    lists = article.findall("AuthorList") or article.findall("Book/AuthorList")
    wanted = [names for names in lists if names.get("Type") != "editors"] or lists
    return [_author(element) for names in wanted for element in names.iterfind("Author")]


def _author(element: Element) -> str:
    group = content(element.find("CollectiveName"))
    if group:
        return collective(group)
    older = " ".join(content(element.find(name)) for name in ("FirstName", "MiddleName")).strip()
    given = first(content(element.find("ForeName")), older, content(element.find("Initials")))
    return person(content(element.find("LastName")), given, content(element.find("Suffix")))


def _date(article: Element, paths: tuple[str, ...]) -> str:
    for path in paths:
        found = article.find(path)
        if found is not None and (
            text := " ".join(t.strip() for t in found.itertext() if t.strip())
        ):
            year, month, day = (content(found.find(name)) for name in ("Year", "Month", "Day"))
            return dates.joined(year, month, day) or text
    return ""


def _identifier(record: XmlRecord, kind: str) -> str:
    paths = (
        f".//Article/ELocationID[@EIdType='{kind}'][@ValidYN='Y']",
        f"PubmedData/ArticleIdList/ArticleId[@IdType='{kind}']",
        f".//BookDocument/ArticleIdList/ArticleId[@IdType='{kind}']",
        f"PubmedBookData/ArticleIdList/ArticleId[@IdType='{kind}']",
        f".//Article/ELocationID[@EIdType='{kind}']",
        f"ELocationID[@EIdType='{kind}']",
        f".//BookDocument//ELocationID[@EIdType='{kind}']",
        f".//Book//ArticleId[@IdType='{kind}']",
    )
    return record.text(*paths)


def _article_number(article: XmlRecord) -> str:
    """Return the number that an article without pages has instead of them."""
    number = article.text("ELocationID[@EIdType='pii']")
    return number if is_article_number(number) and not article.text("Pagination") else ""


def _abstract(article: Element, path: str) -> list[str]:
    parts = []
    for element in article.iterfind(f"{path}/AbstractText"):
        label, text = element.get("Label", ""), content(element)
        if text:
            parts.append(f"{label}: {text}" if label and label != "UNLABELLED" else text)
    return parts


def _headings(element: Element) -> list[str]:
    found = []
    for heading in element.iterfind(".//MeshHeadingList/MeshHeading"):
        words = [content(child) for child in heading]
        found.append("/".join(word for word in words if word))
    return found


FORMAT = Format(
    name="pubmed-xml",
    label="PubMed XML",
    recognise=marked(
        r"<(?:PubmedArticle|PubmedBookArticle|PubmedArticleSet|MedlineCitation)\b", 0.95
    ),
    read=read,
)
