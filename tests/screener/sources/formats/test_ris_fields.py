"""Which tag holds what, in the dialects that differ: one invented record each."""

from __future__ import annotations

import pytest

from screener.model import Entry, Fields
from screener.sources.reading import read_text


def _fields(*lines: str) -> Fields:
    text = "\n".join(("TY  - JOUR", *lines, "ER  - ", "")).replace("TY  - JOUR\nTY", "TY")
    (entry,) = read_text(text)
    assert isinstance(entry, Entry)
    return entry.fields


CASES: dict[str, tuple[tuple[str, ...], dict[str, object]]] = {
    "Publish or Perish writes initials first": (
        ("A1  - J Meadow", "A1  - AB Brook", "A1  - R van der Vale", "T1  - Counted"),
        {"authors": ("Meadow, J", "Brook, AB", "van der Vale, R")}),
    "groups with short names are not people": (
        ("AU  - UK Biobank", "AU  - EU Kids", "TI  - Grouped"),
        {"authors": ("UK Biobank", "EU Kids")}),
    "IEEE writes initials with full stops, and volume twice": (
        ("TY  - CONF", "TI  - Classified", "T2  - Conference on Nothing", "SP  - 1", "EP  - 6",
         "AU  - J. Meadow", "AU  - A. B. Brook", "IS  - ", "VO  - 7", "VL  - 7", "PY  - 2019",
         "Y1  - 9-12 June 2019"),
        {"type": "conference", "authors": ("Meadow, J.", "Brook, A. B."), "volume": "7",
         "issue": "", "journal": "Conference on Nothing", "date": "2019-06", "pages": "1-6"}),
    "HighWire calls the last page LP": (
        ("T1  - Wired", "SP  - 4321", "LP  - 4333"), {"pages": "4321-4333"}),
    "the range may stand in either tag, or in both": (
        ("TI  - Ranged", "SP  - 123", "EP  - 123-130"), {"pages": "123-130"}),
    "the last page alone is what is known": (
        ("TI  - Ended", "EP  - 130"), {"pages": "130"}),
    "the Virtual Health Library names MEDLINE's records after their PMID": (
        ("ID  - mdl-31234567", "TI  - Cuidado", "DB  - MEDLINE",
         "UR  - https://pesquisa.bvsalud.org/portal/resource/pt/mdl-31234567"),
        {"pmid": "31234567", "accession": "mdl-31234567"}),
    "Ovid's address says that the number is MEDLINE's": (
        ("ID  - 31234567", "T1  - Shamed",
         "UR  - http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=reference&D=med16&NEWS=N&AN=31234567"),
        {"pmid": "31234567"}),
    "Ovid's other numbers are no PMIDs": (
        ("ID  - 2001234567", "T1  - Shamed",
         "UR  - http://ovidsp.ovid.com/ovidweb.cgi?T=JS&PAGE=reference&D=emed20&NEWS=N&AN=20012345"),
        {"pmid": ""}),
    "ProQuest writes its own number before MEDLINE's": (
        ("T1  - Quested", "AN  - 2214991469; 31234567", "DB  - MEDLINE®"),
        {"pmid": "31234567", "accession": "2214991469; 31234567"}),
    "CINAHL names the PMID in its note": (
        ("TI  - Nursed", "N1  - Accession Number: 140000001. NLM UID: 7609811. PMID: NLM31234567."),
        {"pmid": "31234567", "accession": "140000001"}),
    "EBSCO calls MEDLINE by letters": (
        ("TI  - Nursed", "ID  - 31234567", "DP  - EBSCOhost", "DB  - cmedm"),
        {"pmid": "31234567"}),
    "EPPI-Reviewer's own number is no PMID": (
        ("T1  - Reviewed", "U1  - 12345678"), {"pmid": ""}),
    "names and keywords in one line, with Chinese joints": (
        ("T1  - 同伴支持", "A1  - 王伟；李娜", "KW  - 抑郁；焦虑"),
        {"authors": ("王伟", "李娜"), "keywords": ("抑郁", "焦虑")}),
    "names and keywords in one line, with empty places": (
        ("T1  - 同伴支持", "AU  - 王伟;李娜;", "KW  - 抑郁;;焦虑"),
        {"authors": ("王伟", "李娜"), "keywords": ("抑郁", "焦虑")}),
    "names in one line, initials after each": (
        ("TI  - Listed", "AU  - Meadow R, van der Vale AB, Brook C."),
        {"authors": ("Meadow, R", "van der Vale, AB", "Brook, C")}),
    "names in one line, joined by words": (
        ("TI  - Listed", "AU  - Meadow, R. and Vale, B."),
        {"authors": ("Meadow, R.", "Vale, B.")}),
    "the same names under two tags are not twice as many": (
        ("TI  - Doubled", "AU  - Meadow, R", "AU  - Brook, A", "A1  - Meadow, R", "A1  - Brook, A"),
        {"authors": ("Meadow, R", "Brook, A")}),
    "different names under two tags are all authors": (
        ("TI  - Shared", "AU  - Meadow, R", "A1  - Brook, A"),
        {"authors": ("Meadow, R", "Brook, A")}),
    "a registry's address names the trial": (
        ("TY  - ELEC", "T1  - Tried", "UR  - https://clinicaltrials.gov/ct2/show/NCT01234567"),
        {"type": "webpage", "registration": "NCT01234567"}),
    "ClinicalTrials.gov says what documents there are where others have an article number": (
        ("TY  - DBASE", "ID  - NCT01234567", "TI  - Tried", "C7  - Protocol, SAP"),
        {"type": "registry-entry", "registration": "NCT01234567", "article_number": ""}),
    "CENTRAL names the trial beside the PMID; its page has no DOI of the report": (
        ("AN  - CN-02345679", "TI  - Registered", "C3  - CTgov NCT01234567",
         "UR  - https://www.cochranelibrary.com/central/doi/10.1002/central/CN-02345679/full"),
        {"registration": "NCT01234567", "doi": "", "accession": "CN-02345679"}),
    "ISSN and ISBN may share a tag": (
        ("TY  - BOOK", "TI  - Numbered", "SN  - 1234-5679; 978-3-86490-311-3"),
        {"issn": "1234-5679", "isbn": "9783864903113"}),
    "two ISSN are no ISBN": (
        ("TI  - Numbered", "SN  - 1234-5679 (Electronic) 0000-0019 (Linking)"),
        {"issn": "1234-5679", "isbn": ""}),
    "a chapter appeared in its book, not in the series; editors are no authors": (
        ("TY  - CHAP", "TI  - Part", "AU  - Meadow, R", "A2  - Vale, B", "T2  - Whole",
         "T3  - Series", "SP  - 1", "EP  - 12"),
        {"type": "chapter", "title": "Part", "authors": ("Meadow, R",), "journal": "Whole"}),
    "a chapter of Springer's": (
        ("TY  - CHAP", "AU  - Meadow, R", "ED  - Vale, B", "TI  - Part", "BT  - Whole",
         "DA  - 2019// "),
        {"authors": ("Meadow, R",), "title": "Part", "journal": "Whole", "year": 2019, "date": ""}),
    "an edited book has its editors": (
        ("TY  - EDBOOK", "BT  - Whole", "A2  - Vale, B"),
        {"type": "book", "title": "Whole", "authors": ("Vale, B",)}),
    "the platform of journals writes markup as entities": (
        ("TI  - Marked", "AB  - &lt;p&gt;&lt;strong&gt;Aim&lt;/strong&gt;: none.&lt;/p&gt;",
         "PY  - 2019/05/03", "SP  - 123-130"),
        {"abstract": "Aim: none.", "date": "2019-05-03", "pages": "123-130"}),
    "white space after a value is none of it": (
        ("TI  - Spaced \t", "C5  - 31234567 ", "UR  - https://example.org/a "),
        {"title": "Spaced", "pmid": "31234567", "url": "https://example.org/a"}),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_tags_say(name: str) -> None:
    lines, expected = CASES[name]
    found = _fields(*lines)
    assert {field: getattr(found, field) for field in expected} == expected
