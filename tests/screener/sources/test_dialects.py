"""Every export format and dialect, in small files of invented records."""

from __future__ import annotations

from pathlib import Path

import pytest

from screener.model import Entry, Fields, Skipped, SourceKind
from screener.sources.reading import read, read_text

DATA = Path(__file__).parent / "data"


def _all(name: str) -> list[Entry | Skipped]:
    return list(read(DATA / name))


def _fields(name: str, number: int = 0) -> Fields:
    return [found.fields for found in _all(name) if isinstance(found, Entry)][number]


EXPECTED: dict[str, tuple[str, dict[str, object]]] = {
    "embase.ris": ("ris", {
        "title": "An invented trial of peer support by text message",
        "authors": ("Meadow, R.", "Brook-Lane, T."), "year": 2021, "volume": "12", "issue": "3",
        "journal": "Journal of Invented Peer Studies", "journal_abbreviation": "J. Inv. Peer Stud.",
        "pages": "101-110", "doi": "10.5555/inv.2021.0001", "pmid": "31234567",
        "accession": "L2000000001", "keywords": ("peer group", "text messaging"),
        "abstract": "Background: Adults <65 y were invented. Results: P < 0.05."}),
    "ovid.ris": ("ris", {
        "title": "Invented online groups for early psychosis.", "pages": "", "year": 2021,
        "authors": ("Hill, Ada", "Vale, Bo R"), "doi": "10.5555/inv.2021.0002",
        "keywords": ("Peer Relations", "Psychosis"), "publisher": "Invented Press"}),
    "ebsco.ris": ("ris", {
        "doi": "10.5555/inv.2020.0003", "abstract": "An invented abstract.", "year": 2020,
        "date": "2020-11", "accession": "140000001", "database": "CINAHL"}),
    "web_of_science.ris": ("ris", {
        "abstract": "The first line of an invented abstract and its second line.",
        "journal": "INVENTED SOCIAL SCIENCE", "journal_abbreviation": "Inv. Soc. Sci.", "pmid": "",
        "date": "2019-09-22", "year": 2019}),
    "central.ris": ("ris", {
        "title": "A trial that was not run", "journal": "Trials of Nothing", "pmid": "30000005",
        "accession": "CN-00000005",
        "keywords": ("Conduct Disorder [*prevention & control]",)}),
    "endnote.ris": ("ris", {
        "keywords": ("Humans", "Peer Group", "Schizophrenia/*therapy"), "pmid": "30000006",
        "date": "2017-06", "issn": "1234-5676", "pages": "349-69"}),
    "psycnet.ris": ("ris", {
        "pmid": "30000007", "doi": "10.5555/inv.2020.0007", "publication_type": ()}),
    "pubmed.nbib": ("nbib", {
        "title": "An invented review of things that were not studied.", "year": 2020,
        "authors": ("Lea, Kim K", "Moor, Lou", "Study Group of Nowhere"), "date": "2020-02-03",
        "doi": "10.5555/inv.2020.0008", "pmid": "30000008", "pmcid": "PMC7000008",
        "registration": "NCT00000008", "abstract": "BACKGROUND: This abstract is invented.",
        "keywords": ("Peer Group", "Schizophrenia/therapy", "digital support")}),
    "eric.nbib": ("nbib", {
        "authors": ("Orchard, Pat",), "doi": "10.5555/inv.2016.0010", "database": "ERIC",
        "accession": "EJ0000010", "pages": "1-9"}),
    "web_of_science.ciw": ("ciw", {
        "title": "Invented networks of mutual aid", "authors": ("Park, Quinn R.", "Quay, Sam"),
        "keywords": ("mutual aid", "networks", "recovery", "SUPPORT"), "pages": "7005-7014",
        "abstract": "First line second line.", "pmid": "30000011", "date": "2015-03"}),
    "endnote.enw": ("enw", {
        "title": "How invented trust works", "journal": "Invented Quarterly",
        "pages": "1309-1348", "doi": "10.5555/inv.2014.0012", "date": "2014-09-01"}),
    "ovid_words.txt": ("ovid", {
        "title": "An invented instrument", "authors": ("Tarn, Val", "Wold, W."),
        "journal": "Invented Nursing Quarterly", "volume": "28", "issue": "2", "year": 2015,
        "pages": "103-106", "abstract": "An invented abstract of two lines.",
        "keywords": ("instrument", "nothing")}),
    "ovid_tags.txt": ("ovid", {
        "journal": "Invented Letters", "volume": "12", "issue": "1", "pages": "5-9",
        "pmid": "30000014", "doi": "10.5555/inv.2013.0014", "year": 2013}),
    "refworks.txt": ("refworks", {
        "title": "Invented cards and their boxes", "authors": ("Yard, Zoe", "Zeal, Abe"),
        "abstract": "IT IS an abstract that begins with two capitals.", "pages": "55-60",
        "keywords": ("cards", "boxes")}),
    "endnote.xml": ("endnote-xml", {
        "title": "Invented styles of H2O", "abstract": "Bay & Cove invented this abstract.",
        "pmid": "30000016", "pmcid": "PMC7000016", "issn": "1234-5678"}),
    "pubmed.xml": ("pubmed-xml", {
        "title": "Elements of nothing.", "authors": ("Dell, Eve", "Group of None"),
        "doi": "10.5555/inv.2009.0017", "date": "2009-05-07", "registration": "NCT00000017",
        "abstract": "BACKGROUND: None <18 y. RESULTS: None."}),
    "mods.xml": ("mods", {
        "title": "The invented deposit: a tale", "journal": "Invented Archives", "volume": "30",
        "pages": "197-205", "year": 2008}),
    "zotero.rdf": ("zotero-rdf", {
        "title": "An invented graph", "journal": "Invented Graphs", "volume": "4", "issue": "2",
        "doi": "10.5555/inv.2007.0019", "issn": "1234-5678", "authors": ("Fir, Gus",)}),
    "ictrp.xml": ("ictrp-xml", {
        "type": "registry-entry", "registration": "ISRCTN00000020", "date": "2006-02-03",
        "title": "A trial of nothing at all", "keywords": ("Loneliness", "Boredom")}),
    "library.bib": ("bibtex", {
        "title": "An Invented naïve study: 10% of nothing", "pages": "11-19", "date": "2005-03",
        "authors": ("Gül, Hašim", "World Society of Nothing", "van der Heide, Jan"),
        "journal": "Journal of Invented Notes B", "doi": "10.5555/inv_2005.0021"}),
    "csl.json": ("csl-json", {
        "title": "An invented item", "authors": ("van Beech, J. K.", "Society, of Items,"),
        "date": "2003-04-05", "pmid": "30000022", "issue": "4"}),
    "embase.csv": ("csv", {
        "title": "Invented, with a comma", "authors": ("Yew, Z.", "Larch, B."),
        "abstract": 'Two lines of "nothing"', "pages": "10-12", "keywords": ("a", "b")}),
    "german.csv": ("csv", {
        "title": "Erfundene; Größe", "authors": ("Müller, A.", "Weiß, B."), "year": 2001,
        "journal": "Zeitschrift für Nichts"}),
    "pubmed.csv": ("csv", {
        "authors": ("Oak, A", "Pine, BC"), "volume": "1", "issue": "2", "pages": "10-11",
        "journal": "Inv Col", "pmid": "30000025"}),
    "ebsco.csv": ("csv", {"issn": "1234-5678", "year": 1999, "keywords": ("CELLS", "SHEETS")}),
    "clinicaltrials.csv": ("csv", {
        "type": "registry-entry", "registration": "NCT00000027", "year": 1998,
        "authors": ("University of Nowhere",), "keywords": ("Loneliness", "Boredom")}),
    "publish_or_perish.csv": ("csv", {
        "journal": "Invented Journal", "authors": ("Thyme, T", "Sage, S")}),
    "scopus.tsv": ("csv", {
        "authors": ("Fern, A.B.", "Moss, C."), "article_number": "e77", "pages": ""}),
}  # fmt: skip


@pytest.mark.parametrize("name", EXPECTED)
def test_the_first_record_is_read(name: str) -> None:
    format_, expected = EXPECTED[name]
    reading = read(DATA / name)
    found = _fields(name)
    assert reading.format == format_
    assert {field: getattr(found, field) for field in expected} == expected


def test_every_file_has_its_expectation() -> None:
    assert {path.name for path in DATA.iterdir()} == set(EXPECTED)


@pytest.mark.parametrize(
    ("name", "source", "kind", "platform"),
    [
        ("embase.ris", "Embase", SourceKind.DATABASE, "Embase.com"),
        ("ovid.ris", "APA PsycInfo", SourceKind.DATABASE, "Ovid"),
        ("ebsco.ris", "CINAHL", SourceKind.DATABASE, "EBSCOhost"),
        ("central.ris", "Cochrane CENTRAL", SourceKind.DATABASE, "Cochrane Library"),
        ("pubmed.nbib", "PubMed", SourceKind.DATABASE, "PubMed"),
        ("clinicaltrials.csv", "ClinicalTrials.gov", SourceKind.REGISTER, "ClinicalTrials.gov"),
        ("ictrp.xml", "WHO ICTRP", SourceKind.REGISTER, "WHO ICTRP"),
        ("german.csv", "", SourceKind.DATABASE, ""),
    ],
)
def test_the_source_is_guessed(name: str, source: str, kind: SourceKind, platform: str) -> None:
    guess = read(DATA / name).guess
    assert (guess.source, guess.kind, guess.platform) == (source, kind, platform)


def test_text_between_records_is_reported_with_its_line() -> None:
    found = _all("ovid.ris")
    skipped = [item for item in found if isinstance(item, Skipped)]
    assert [item.line for item in skipped] == [25]
    assert "TYPE 2 of nothing/" in skipped[0].text
    assert sum(isinstance(item, Entry) for item in found) == 2


def test_the_raw_tags_are_kept_in_order() -> None:
    entry = next(item for item in _all("embase.ris") if isinstance(item, Entry))
    assert entry.raw[:2] == (("TY", "JOUR"), ("M3", "Article"))
    assert [tag for tag, _ in entry.raw].count("DB") == 2


def test_lines_count_from_one() -> None:
    assert [item.line for item in _all("pubmed.nbib")] == [2, 33]


def test_equal_bibtex_keys_are_both_kept() -> None:
    found = [item for item in _all("library.bib") if isinstance(item, Entry)]
    titles = [item.fields.title for item in found]
    assert titles[1:] == ["First of two", "Second with the same key"]


def test_a_second_record_without_type_is_kept() -> None:
    assert _fields("endnote.enw", 1).title == "Subject index of nothing"
    assert _fields("refworks.txt", 1).type == "book"


@pytest.mark.parametrize("blanks", [" ", "    "])
@pytest.mark.parametrize(
    "name", ["embase.ris", "pubmed.nbib", "ovid_tags.txt", "web_of_science.ciw", "library.bib"]
)
def test_a_text_that_is_indented_as_a_whole_is_read_as_if_it_were_not(name, blanks):
    text = (DATA / name).read_text(encoding="utf-8-sig")
    indented = "".join(blanks + line for line in text.splitlines(keepends=True))
    assert [e.fields for e in read_text(indented) if isinstance(e, Entry)] == [
        e.fields for e in read_text(text) if isinstance(e, Entry)
    ]


NOTED = {
    "ris": "TY  - JOUR\nTI  - A\nN1  - PMID: 31000001. doi: 10.5555/n.1\nER  - \n",
    "bibtex": "@article{a, title={A}, note={{PMID:} 31000001; {DOI:} 10.5555/n.1}}",
    "enw": "%0 Journal Article\n%T A\n%Z PMID: 31000001 doi:10.5555/n.1\n",
    "endnote-xml": "<xml><records><record><titles><title>A</title></titles><research-notes>"
    "PMID: 31000001, https://doi.org/10.5555/n.1</research-notes></record></records></xml>",
    "refworks": "RT Journal Article\nT1 A\nNO PMID: 31000001 DOI: 10.5555/n.1\n",
    "csl-json": '[{"id":"1","type":"article-journal","title":"A","issued":{"raw":"2020"},'
    '"note":"PMID: 31000001\\nDOI: 10.5555/n.1"}]',
}


@pytest.mark.parametrize("name", NOTED)
def test_a_note_names_identifiers(name):
    (found,) = (e.fields for e in read_text(NOTED[name], format=name) if isinstance(e, Entry))
    assert (found.pmid, found.doi) == ("31000001", "10.5555/n.1")
