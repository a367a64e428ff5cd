"""The fields of a record out of the raw text of any format, cleaned in the same way for all."""

from __future__ import annotations

from collections.abc import Sequence

from screener.model import Fields
from screener.sources import dates, drafting, identifiers, names
from screener.sources.plain_text import NOTHING, clean
from screener.sources.writers.writer import OWN_NOTE


def make_fields(  # noqa: PLR0913 - a record has that many fields
    *, type: str = "", title: str = "", translated_title: str = "",  # noqa: A002 - a field's name
    authors: Sequence[str] = (), year: str = "", date: str = "", journal: str = "",
    journal_abbreviation: str = "", volume: str = "", issue: str = "", pages: str = "",
    article_number: str = "", doi: str = "", pmid: str = "", pmcid: str = "", issn: str = "",
    isbn: str = "", accession: str = "", database: str = "", registration: str = "",
    abstracts: Sequence[str] = (), keywords: Sequence[str] = (), language: str = "",
    url: str = "", publication_type: Sequence[str] = (), publisher: str = "",
    notes: Sequence[str] = (),
) -> Fields:  # fmt: skip
    """Return the finished record: texts are cleaned, and identifiers are looked for in them.

    What programs write for "nothing" is none, but for titles: "None" may be one. `notes` are
    looked at for identifiers that they call by name; the notes of own exports name those of
    decisions and are left out.
    """
    noted = " | ".join(note for note in notes if note and not OWN_NOTE.match(note))
    year, date, doi, pmid, url = map(told, (year, date, doi, pmid, url))
    return Fields(
        type=type,
        title=clean(title),
        translated_title=clean(told(translated_title)),
        authors=names.authors([one for one in authors if told(one)]),
        year=dates.year(year) or dates.year(date),
        date=dates.date(date) or dates.date(year),
        journal=clean(told(journal)),
        journal_abbreviation=clean(told(journal_abbreviation)),
        volume=clean(number(volume)),
        issue=clean(number(issue)),
        pages=clean(number(pages)),
        article_number=clean(told(article_number)),
        doi=identifiers.doi(doi) or identifiers.doi_of_url(url) or identifiers.doi_named(noted),
        pmid=identifiers.pmid(pmid) or identifiers.pmid_named(f"{url} {noted}"),
        pmcid=identifiers.pmcid(pmcid) or identifiers.pmcid(f"{url} {noted}"),
        issn=identifiers.issn(issn),
        isbn=identifiers.isbn(isbn),
        accession=clean(told(accession)),
        database=clean(told(database)),
        registration=identifiers.registration((registration,)),
        abstract=drafting.abstract(filter(told, abstracts)),
        keywords=drafting.keywords(filter(told, keywords)),
        language=clean(told(language)),
        url=url,
        publication_type=drafting.keywords(filter(told, publication_type)),
        publisher=clean(told(publisher)),
    )


def told(text: str) -> str:
    """Return a value of a source; nothing where it is a program's word for that."""
    text = text.strip()
    return "" if text in NOTHING else text


def number(text: str) -> str:
    """Return a volume, an issue or pages; programs write 0 where they have none."""
    text = told(text)
    return "" if not text.strip("0-–") else text


def first(*texts: str) -> str:
    """Return the first text that is not empty."""
    return next((text for text in texts if text), "")
