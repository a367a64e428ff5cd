from __future__ import annotations

import pytest

from screener.model import Fields
from screener.sources.formats.row_fields import authors, of_row


def _fields(**cells: str) -> Fields:
    return of_row({name: [cell] for name, cell in cells.items()})


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Okonedo, Chidi / Lind, Maria", ["Okonedo, Chidi", "Lind, Maria"]),
        ("Field, A.//Hill, C.", ["Field, A.", "Hill, C."]),  # EndNote's tables
        ("Field AB|Hill C", ["Field AB", "Hill C"]),
        ("A Field, CD Hill…", ["Field, A", "Hill, CD"]),  # Publish or Perish
        ("[{'name': 'Anna Field'}, {'name': \"Carl O'Hill\"}]", ["Anna Field", "Carl O'Hill"]),
        ("['Field, A.', 'Hill, C.']", ["Field, A.", "Hill, C."]),
        ("Field, A.", ["Field, A."]),
        ("Field AB, Hill C.", ["Field AB", "Hill C"]),
        ("…", []),
    ],
)
def test_authors_are_taken_apart(cell: str, names: list[str]) -> None:
    assert authors(cell) == names


@pytest.mark.parametrize(
    ("citation", "volume", "issue", "pages", "date"),
    [
        ("J X. 2022 Feb;12 Suppl 1:S3-S9. doi: 10.5555/a.", "12 Suppl 1", "", "S3-S9", "2022-02"),
        ("J X. 2021 Jan 5;10(2 Pt 1):101-9; quiz 110. doi: x.", "10", "2 Pt 1", "101-9; quiz 110",
         "2021-01-05"),
        ("J X. 1998 Dec-1999 Jan;5(3):1-9.", "5", "3", "1-9", "1998-12"),
        ("J X. 2021 Jan 5:S0140-6736(21)00123-4. doi: x.", "", "", "", "2021-01-05"),
        ("J X. 2021 Jan 5;2021:123456. doi: x.", "2021", "", "123456", "2021-01-05"),
    ],
)  # fmt: skip
def test_a_citation_of_pubmed(
    citation: str, volume: str, issue: str, pages: str, date: str
) -> None:
    found = _fields(title="A", citation=citation)
    assert (found.journal, found.volume, found.issue) == ("J X", volume, issue)
    assert (found.pages, found.date) == (pages, date)


@pytest.mark.parametrize(
    ("cells", "date"),
    [
        ({"year": "2020", "month": "3", "day": "7"}, "2020-03-07"),
        ({"year": "2020", "month": "March"}, "2020-03"),
        ({"year": "2019", "date": "SEP 22"}, "2019-09-22"),
        ({"date": "43891"}, "2020-03-01"),
        ({"year": "2020"}, ""),
    ],
)
def test_dates(cells: dict[str, str], date: str) -> None:
    assert _fields(title="A", **cells).date == date


@pytest.mark.parametrize(
    ("written", "pages"),
    [("9-May", "5-9"), ("May-09", "5-9"), ("2024-05-09", "5-9"), ("e12-May", "e12-May")],
)
def test_pages_that_a_spreadsheet_took_for_a_date(written: str, pages: str) -> None:
    assert _fields(title="A", pages=written).pages == pages


def test_the_first_of_several_addresses_is_taken() -> None:
    two = "https://doi.org/10.5555/u.1;http://dx.doi.org/10.5555/u.1"
    assert _fields(title="A", url=two).url == "https://doi.org/10.5555/u.1"


@pytest.mark.parametrize(
    ("cells", "type_"),
    [
        ({"type": "journalArticle"}, "article"),
        ({"type": "Zeitschriftenaufsatz"}, "article"),
        ({"type": "J", "publication_type": "Proceedings Paper"}, "conference"),
        ({"type": "C"}, "conference"),
        ({"type": "Interventional", "registration": "NCT01234567"}, "registry-entry"),
        ({"type": "Article", "registration": "NCT01234567"}, "article"),
    ],
)
def test_what_a_row_is(cells: dict[str, str], type_: str) -> None:
    assert _fields(title="A", **cells).type == type_


def test_a_title_is_never_taken_for_a_word_that_says_there_is_none() -> None:
    found = _fields(title="No evidence", abstract="No abstract", keywords="n/a", doi="nan")
    assert (found.title, found.abstract, found.keywords, found.doi) == ("No evidence", "", (), "")


def test_in_medline_the_accession_number_is_the_pmid() -> None:
    assert _fields(title="A", accession="31000001", database="Ovid MEDLINE(R)").pmid == "31000001"
    assert _fields(title="A", accession="31000001", database="CINAHL").pmid == ""
