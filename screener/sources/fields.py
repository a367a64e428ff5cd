"""The fields of a record out of the raw text of any format, cleaned in the same way for all."""

from __future__ import annotations

from collections.abc import Sequence

from screener.model import Fields
from screener.sources import dates, drafting, identifiers, names
from screener.sources.plain_text import clean


def make_fields(  # noqa: PLR0913 - a record has that many fields
    *, type: str = "", title: str = "", translated_title: str = "",  # noqa: A002 - a field's name
    authors: Sequence[str] = (), year: str = "", date: str = "", journal: str = "",
    journal_abbreviation: str = "", volume: str = "", issue: str = "", pages: str = "",
    article_number: str = "", doi: str = "", pmid: str = "", pmcid: str = "", issn: str = "",
    isbn: str = "", accession: str = "", database: str = "", registration: str = "",
    abstracts: Sequence[str] = (), keywords: Sequence[str] = (), language: str = "",
    url: str = "", publication_type: Sequence[str] = (), publisher: str = "",
) -> Fields:  # fmt: skip
    """Return the finished record: texts are cleaned, and identifiers are looked for in them."""
    return Fields(
        type=type,
        title=clean(title),
        translated_title=clean(translated_title),
        authors=names.authors(list(authors)),
        year=dates.year(year) or dates.year(date),
        date=dates.date(date) or dates.date(year),
        journal=clean(journal),
        journal_abbreviation=clean(journal_abbreviation),
        volume=clean(volume),
        issue=clean(issue),
        pages=clean(pages),
        article_number=clean(article_number),
        doi=identifiers.doi(doi) or identifiers.doi_of_url(url),
        pmid=identifiers.pmid(pmid) or identifiers.pmid_named(url),
        pmcid=identifiers.pmcid(pmcid) or identifiers.pmcid(url),
        issn=identifiers.issn(issn),
        isbn=identifiers.isbn(isbn),
        accession=clean(accession),
        database=clean(database),
        registration=identifiers.registration((registration,)),
        abstract=drafting.abstract(abstracts),
        keywords=drafting.keywords(keywords),
        language=clean(language),
        url=url.strip(),
        publication_type=drafting.keywords(publication_type),
        publisher=clean(publisher),
    )


def first(*texts: str) -> str:
    """Return the first text that is not empty."""
    return next((text for text in texts if text), "")
