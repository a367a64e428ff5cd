"""What programs other than the usual databases write: small files of invented records."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.model import Entry, Fields, Skipped
from screener.sources.reading import read, read_text

DATA = Path(__file__).parent / "exports"


def _fields(name: str) -> list[Fields]:
    return [found.fields for found in read(DATA / name) if isinstance(found, Entry)]


EXPECTED: dict[str, tuple[str, dict[str, object]]] = {
    # tables
    "web_of_science_tab.txt": ("csv", {
        "type": "article", "authors": ("Field, Anna B.", "Hill, Carl"), "pages": "5-9",
        "date": "2019-09", "keywords": ("peers", "text", "SUPPORT"), "database": "Web of Science"}),
    "web_of_science_utf16.xls": ("csv", {
        "title": "An invented trial", "accession": "WOS:000400000000001", "doi": "10.5555/w.1"}),
    "web_of_science_table.csv": ("csv", {
        "type": "article", "authors": ("Field, Anna B.", "Hill, Carl"), "date": "2019-09",
        "journal_abbreviation": "Invent. J.", "publication_type": ("Article",)}),
    "scopus.csv": ("csv", {
        "authors": ("Field, Anna Beth", "Hill, Carl"), "article_number": "e123", "pages": "",
        "journal": "Invented Journal", "keywords": ("peer support", "text", "adult", "human")}),
    "proquest.csv": ("csv", {
        "journal": "Invented Journal", "pages": "11-22", "date": "2020-03",
        "accession": "2020-12345-001", "url": "https://www.proquest.com/docview/123?accountid=1"}),
    "embase_pui.csv": ("csv", {
        "pmid": "31000004", "accession": "L2000000001", "registration": "NCT01234567",
        "type": "article", "database": "Embase"}),
    "pubmed_citations.csv": ("csv", {
        "authors": ("Field, AB", "Hill, C", "Invented Study Group"), "pages": "11-19",
        "date": "2021-01-05"}),
    "clinicaltrials_old.csv": ("csv", {
        "type": "registry-entry", "authors": ("University of Nowhere",), "date": "2015-03-01"}),
    "ictrp.csv": ("csv", {
        "title": "A scientific title", "authors": ("Field, Anna",), "date": "2015-02-03",
        "abstract": "Condition: Loneliness Intervention: Peers Study type: Interventional"}),
    "citavi.csv": ("csv", {
        "type": "article", "year": 2020, "journal": "Zeitschrift für Nichts", "pages": "11-22"}),
    "zotero_french.csv": ("csv", {
        "title": "Un essai inventé", "year": 2020, "journal": "Revue de Rien", "issue": "3"}),
    "zotero.csv": ("csv", {
        "pmid": "31000007", "pmcid": "PMC7000007", "database": "PubMed", "accession": "ABCD1234"}),
    "pop.csv": ("csv", {
        "authors": ("Field, A", "Hill, CD", "van der Berg, JK"),
        "url": "https://onlinelibrary.wiley.com/doi/abs/10.5555/pop.1"}),
    "dimensions.csv": ("csv", {
        "accession": "pub.1100000001", "database": "Dimensions", "pages": "11-22"}),
    "openalex.csv": ("csv", {
        "authors": ("Anna Field", "Carl Hill"), "journal": "Invented Journal", "pages": "11-22",
        "pmid": "31000010"}),
    "core.csv": ("csv", {"authors": ("Field, Anna", "Hill, Carl"), "date": "2020-03-01"}),
    # tagged text
    "biosis.ciw": ("ciw", {
        "authors": ("Brook, Greg", "Dale, Hal"), "database": "BIOSIS", "pages": "101-109"}),
    "derwent.ciw": ("ciw", {
        "type": "patent", "authors": ("SMITH J", "VAN DER BERG J A"), "year": 2015,
        "database": "Derwent Innovations Index"}),
    "scielo.ciw": ("ciw", {
        "title": "Invented soil", "translated_title": "Suelo inventado",
        "keywords": ("soil", "suelo")}),
    "ovid_full_stops.txt": ("ovid", {
        "authors": ("Field, Anna B", "Hill, Carl"),
        "publication_type": ("Journal Article", "Randomized Controlled Trial")}),
    "ovid_databases.txt": ("ovid", {"pmid": "31000037", "date": "2020-03", "database": "Embase"}),
    "ovid_embase.txt": ("ovid", {
        "article_number": "123", "date": "2020-03-01", "keywords": ("peer group", "adult"),
        "pmid": "31000039"}),
    "pubmed_not_available.nbib": ("nbib", {
        "title": "Ein erfundener Versuch.", "translated_title": ""}),
    # XML
    "pubmed_books.xml": ("pubmed-xml", {
        "title": "[An invented trial of H2O <18 y & more].", "doi": "10.5555/pm.1", "year": 1998,
        "authors": ("van der Field, Anna B, Jr", "Hill, C", "Invented Group, Study Team,", "Mono"),
        "abstract": "BACKGROUND: Back2 ground. RESULTS: P < 0.05."}),
    "medline_citations.xml": ("pubmed-xml", {
        "title": "Nur deutsch", "authors": ("Old, Ora P",), "pages": "e123", "year": 1999}),
    "ebsco.xml": ("ebsco-xml", {
        "type": "article", "title": "An invented nursing trial.", "date": "2019-03-01",
        "authors": ("Field, Anna", "Hill, Carl"), "journal": "Journal of Invented Nursing",
        "volume": "12", "issue": "3", "pages": "101-109", "doi": "10.5555/eb.1",
        "pmid": "31000025", "issn": "1234-5679", "accession": "140000001",
        "database": "CINAHL Complete", "keywords": ("Peers", "Support")}),
    "endnote_7.xml": ("endnote-xml", {
        "type": "article", "authors": ("Field, A. B.", "Hill, C."), "date": "2001-03",
        "journal": "Invented Journal", "pages": "11-19", "keywords": ("a", "b")}),
    "endnote_programs.xml": ("endnote-xml", {
        "authors": ("Field, Anna", "Hill, Carl"), "doi": "10.5555/jr.1", "date": "2020-03"}),
    "mods_library.xml": ("mods", {
        "type": "book", "title": "The sound of nothing: a guide", "isbn": "0801486394",
        "authors": ("Field, Anna", "Hill, Carl", "Invented Society, Nowhere,")}),
    "clinicaltrials.xml": ("clinicaltrials-xml", {
        "type": "registry-entry", "title": "Official invented title", "abstract": "Summary.",
        "registration": "NCT01234569", "date": "2015-03",
        "keywords": ("Schizophrenia", "peers")}),
    # JSON
    "crossref.json": ("csl-json", {
        "title": "A Crossref record: Sub", "authors": ("Field, Anna",),
        "journal": "Invented Journal"}),
    "csl_under_keys.json": ("csl-json", {"title": "Keyed object", "year": 2020}),
    "openalex.json": ("json", {
        "authors": ("Anna Field", "Carl Hill"), "journal": "Invented Journal", "volume": "5",
        "pages": "11-22", "pmid": "31000053", "abstract": "An abstract of nothing"}),
    "semantic_scholar.json": ("json", {
        "doi": "10.5555/s2", "pmid": "31000055", "volume": "5", "pages": "11-22"}),
    "zotero.json": ("json", {
        "authors": ("Field, Anna", "Group X"), "keywords": ("a", "b"), "pmid": "31000052",
        "journal": "Invented Journal"}),
    "lines.jsonl": ("json", {"title": "JSON line 1", "authors": ("Field, A.",), "year": 2020}),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_the_first_record_is_read(name: str) -> None:
    format_, expected = EXPECTED[name]
    found = _fields(name)[0]
    assert read(DATA / name).format == format_
    assert {field: getattr(found, field) for field in expected} == expected


def test_every_file_has_its_expectation() -> None:
    assert {path.name for path in DATA.iterdir()} == set(EXPECTED)


def test_a_group_alone_and_an_early_date_are_read_from_a_table() -> None:
    second = _fields("web_of_science_table.csv")[1]
    assert (second.authors, second.date, second.type) == (
        ("Invented Society",),
        "2020-03",
        "conference",
    )


def test_supplements_are_read_from_a_citation() -> None:
    second = _fields("pubmed_citations.csv")[1]
    assert (second.volume, second.pages, second.date) == ("12 Suppl 1", "S3-S9", "2022-02")


def test_what_stands_for_nobody_is_no_author() -> None:
    cells = "Title,Authors,Abstract\nA,[No author name available],[No abstract available]\n"
    found = [item.fields for item in read_text(cells) if isinstance(item, Entry)]
    assert (found[0].authors, found[0].abstract) == ((), "")


@pytest.mark.parametrize(
    ("cell", "authors"),
    [
        ("Field A, Hill C and Moor E", ("Field, A", "Hill, C", "Moor, E")),
        ("Field, A. B., Hill, C., & Moor, E.", ("Field, A. B.", "Hill, C.", "Moor, E.")),
        ("Anna Field and Carl Hill", ("Anna Field", "Carl Hill")),
        ("Department of Health and Social Care", ("Department of Health and Social Care",)),
        ("van der Berg, Jan Piet and Hill, Carl", ("van der Berg, Jan Piet", "Hill, Carl")),
        ("Field, Anna; Hill, Carl; et al.", ("Field, Anna", "Hill, Carl")),
    ],
)
def test_authors_in_one_cell(cell: str, authors: tuple[str, ...]) -> None:
    table = f'Title,Authors,Year\nA,"{cell}",2020\n'
    assert next(i for i in read_text(table) if isinstance(i, Entry)).fields.authors == authors


def test_a_chapter_and_a_book_in_pubmed_xml() -> None:
    chapter, book = _fields("pubmed_books.xml")[1:]
    assert (chapter.type, chapter.authors, chapter.journal) == (
        "chapter",
        ("Chap, Cora",),
        "InventReviews®",
    )
    assert (book.type, book.title, book.date) == ("book", "A whole book on nothing", "2012-03")


def test_documents_one_after_another_in_one_file_are_all_read() -> None:
    one = (DATA / "pubmed_books.xml").read_text("utf-8")
    found = list(read_text(one + one))
    assert [item.line for item in found] == [4, 5, 6, 12, 13, 14]
    assert all(isinstance(item, Entry) for item in found)


def test_what_follows_the_last_document_is_reported() -> None:
    found = list(read_text((DATA / "endnote_7.xml").read_text("utf-8") + "and more"))
    assert [type(item) for item in found] == [Entry, Entry, Skipped]


def test_other_programs_in_endnote_xml() -> None:
    found = _fields("endnote_programs.xml")
    assert found[1].authors == ("Field, Anna", "Hill, Carl")
    assert found[2].doi == "10.5555/note"
    assert found[4].authors == ("Moor, Ed",)
