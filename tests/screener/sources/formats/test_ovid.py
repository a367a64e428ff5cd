from __future__ import annotations

import pytest

from screener.model import Entry, Fields
from screener.sources.reading import read_text


def _read(text: str) -> Fields:
    return next(item.fields for item in read_text(text) if isinstance(item, Entry))


@pytest.mark.parametrize(
    ("written", "authors"),
    [
        ("Field AB. Hill C.", ("Field, AB", "Hill, C")),
        ("Field A.B. Hill C.", ("Field, A.B", "Hill, C")),
        ("Field, Anna B. Hill, Carl.", ("Field, Anna B", "Hill, Carl")),
        ("Field A.B.; Hill C.", ("Field, A.B.", "Hill, C.")),
        ("St. Field, Anna", ("St. Field, Anna",)),
    ],
)
def test_authors_in_words(written: str, authors: tuple[str, ...]) -> None:
    assert _read(f"<1>\nAuthors\n  {written}\nTitle\n  A title.\n").authors == authors


def test_full_names_count_where_each_author_has_one() -> None:
    text = "<1>\nTI  - A\nAU  - Field AB\nAU  - Hill C\nFA  - Field, Anna B\n"
    assert _read(text).authors == ("Field, AB", "Hill, C")
    assert _read(text + "FA  - Hill, Carl\n").authors == ("Field, Anna B", "Hill, Carl")


def test_identifiers_among_the_keywords_of_medline() -> None:
    found = _read(
        "<1>\nTI  - A\nMH  - *Peer Group\nID  - 10.5555/br.1 [doi]\nID  - PMC7000092 [pmc]\n"
    )
    assert (found.doi, found.pmcid) == ("10.5555/br.1", "PMC7000092")
    assert found.keywords == ("Peer Group",)


def test_what_the_source_says_besides_the_journal() -> None:
    found = _read(
        "<1>\nTI  - A\nSO  - Invented Journal. 5(3) (pp 11-22), 2020. Article Number: e12."
        " Date of Publication: 01 Mar 2020.\nAN  - Peer Reviewed Journal: 2020-12345-001\n"
    )
    assert (found.volume, found.issue, found.pages) == ("5", "3", "11-22")
    assert (found.article_number, found.date) == ("e12", "2020-03-01")
    assert found.accession == "2020-12345-001"
