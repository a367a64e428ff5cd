from __future__ import annotations

import pytest

from screener.model import Entry, Fields
from screener.sources.reading import read_text


def _read(text: str) -> Fields:
    return next(item.fields for item in read_text(text) if isinstance(item, Entry))


@pytest.mark.parametrize(
    ("place", "number"),
    [
        ("e12345 [pii]", "e12345"),
        ("12345", "12345"),
        ("S0140-6736(20)30183-5 [pii]", ""),
        ("10.5555/nb.1 [doi]", ""),
    ],
)
def test_an_article_without_pages_has_a_number(place: str, number: str) -> None:
    found = _read(f"PMID- 31000001\nOWN - NLM\nTI  - A\nLID - {place}\n")
    assert (found.article_number, found.pages) == (number, "")


def test_pages_need_no_number_beside_them() -> None:
    found = _read("PMID- 31000001\nOWN - NLM\nTI  - A\nPG  - e12345\nLID - e12345 [pii]\n")
    assert (found.article_number, found.pages) == ("", "e12345")


def test_xml_says_the_same() -> None:
    article = (
        "<PubmedArticle><MedlineCitation><PMID>31000001</PMID><Article>"
        '<ArticleTitle>A</ArticleTitle><ELocationID EIdType="pii">e12345</ELocationID>'
        "</Article></MedlineCitation></PubmedArticle>"
    )
    assert _read(f"<PubmedArticleSet>{article}</PubmedArticleSet>").article_number == "e12345"


def test_erics_issn_has_its_name_before_it() -> None:
    assert _read("OWN - ERIC\nTI  - A\nISSN- ISSN-1234-567X\n").issn == "1234-567X"
