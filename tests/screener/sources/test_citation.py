"""Printed citations give authors, title, journal and numbers in the usual styles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.sources import citation

WHOLE = {
    "authors": ("Okafor, N", "Brandt, SB", "van der Haver, T"),
    "title": "Peer support by smartphone: a pilot",
    "journal": "J Invent Psychiatry",
    "year": 2017,
    "volume": "12",
    "issue": "3",
    "pages": "45-50",
    "doi": "10.5555/inv.2017.3",
}
VANCOUVER = (
    "Okafor N, Brandt SB, van der Haver T. Peer support by smartphone: a pilot. J Invent "
    "Psychiatry. 2017;12(3):45-50. doi:10.5555/inv.2017.3"
)
STYLES = {
    "vancouver": (VANCOUVER, WHOLE),
    "numbered": (f"[12] {VANCOUVER}", WHOLE),
    "pubmed": (
        (
            "Okafor N, Brandt SB, van der Haver T. Peer support by smartphone: a pilot. J Invent "
            "Psychiatry. 2017 Mar 4;12(3):45-50. doi: 10.5555/inv.2017.3. Epub 2017 Jan 2. "
            "PMID: 12345678; PMCID: PMC1234567."
        ),
        WHOLE | {"date": "2017-03-04", "pmid": "12345678", "pmcid": "PMC1234567"},
    ),
    "stops in the journal": (
        "Okafor N, Brandt SB. Does it help? A pilot. J. Invent. Psychiatry. 2017;12:45-50.",
        {
            "authors": ("Okafor, N", "Brandt, SB"),
            "title": "Does it help? A pilot",
            "journal": "J. Invent. Psychiatry",
            "pages": "45-50",
        },
    ),
    "no issue, an article number": (
        "Okafor N, et al. Peer support. PLoS Invent. 2017;12:e1045.",
        {"authors": ("Okafor, N",), "journal": "PLoS Invent", "pages": "e1045", "issue": ""},
    ),
    "apa": (
        (
            "Okafor, N., Brandt, S. B., & Haver, T. (2017). Peer support by smartphone: a pilot. "
            "Journal of Invented Psychiatry, 12(3), 45–50. https://doi.org/10.5555/inv.2017.3"
        ),
        WHOLE
        | {
            "authors": ("Okafor, N.", "Brandt, S. B.", "Haver, T."),
            "journal": "Journal of Invented Psychiatry",
        },
    ),
    "apa, one author": (
        "Okafor, N. (2017). Does it help? Journal of Invented Psychiatry, 12, 45-50.",
        {
            "authors": ("Okafor, N.",),
            "title": "Does it help?",
            "journal": "Journal of Invented Psychiatry",
            "volume": "12",
        },
    ),
    "apa, a report": (
        "Okafor, N. (2017, March 4). Peer support in numbers. Invented Institute.",
        {
            "authors": ("Okafor, N.",),
            "title": "Peer support in numbers",
            "journal": "Invented Institute",
            "year": 2017,
        },
    ),
    "harvard": (
        (
            "Okafor, N. and Brandt, S.B., 2017. Peer support by smartphone: a pilot. Journal of "
            "Invented Psychiatry, 12(3), pp.45-50."
        ),
        {
            "authors": ("Okafor, N.", "Brandt, S.B."),
            "title": "Peer support by smartphone: a pilot",
            "journal": "Journal of Invented Psychiatry",
            "year": 2017,
            "volume": "12",
            "issue": "3",
            "pages": "45-50",
        },
    ),
    "harvard, quoted": (
        (
            "Okafor, N. and Brandt, S.B. (2017) ‘Peer support by smartphone: a pilot’, Journal of "
            "Invented Psychiatry, 12(3), pp. 45–50."
        ),
        {
            "authors": ("Okafor, N.", "Brandt, S.B."),
            "title": "Peer support by smartphone: a pilot",
            "journal": "Journal of Invented Psychiatry",
            "volume": "12",
            "pages": "45-50",
        },
    ),
    "a book of an institution": (
        "Invented Health Institute. Peer support in numbers. Geneva: Institute; 2018.",
        {"authors": (), "title": "Invented Health Institute", "year": 2018},
    ),
    "chicago": (
        (
            "Okafor, Ngozi, and Sofia Brandt. “Peer support by smartphone: a pilot.” Journal of "
            "Invented Psychiatry 12, no. 3 (2017): 45–50."
        ),
        {
            "authors": ("Okafor, Ngozi", "Brandt, Sofia"),
            "title": "Peer support by smartphone: a pilot",
            "journal": "Journal of Invented Psychiatry",
            "year": 2017,
            "volume": "12",
            "issue": "3",
            "pages": "45-50",
        },
    ),
    "ieee": (
        (
            'N. Okafor and S. B. Brandt, "Peer support by smartphone: a pilot," J. Invent. '
            "Psychiatry, vol. 12, no. 3, pp. 45-50, 2017."
        ),
        {
            "title": "Peer support by smartphone: a pilot",
            "journal": "J. Invent. Psychiatry",
            "year": 2017,
            "volume": "12",
            "issue": "3",
            "pages": "45-50",
        },
    ),
    "elsevier": (
        (
            "N. Okafor, S.B. Brandt, Peer support by smartphone, a pilot, J. Invent. Psychiatry 12 "
            "(2017) 45–50."
        ),
        {
            "authors": ("Okafor, N.", "Brandt, S.B."),
            "title": "Peer support by smartphone, a pilot",
            "journal": "J. Invent. Psychiatry",
            "volume": "12",
            "pages": "45-50",
        },
    ),
    "a title alone": ("Peer support by smartphone", {"title": "Peer support by smartphone"}),
}


@pytest.mark.parametrize("style", STYLES)
def test_a_citation_is_taken_apart(style):
    text, wanted = STYLES[style]
    fields = citation.read(text)
    assert {name: getattr(fields, name) for name in wanted} == wanted


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("10.5555/Inv.2017.3", "doi", "10.5555/inv.2017.3"),
        ("https://doi.org/10.5555/inv.2017.3", "doi", "10.5555/inv.2017.3"),
        ("PMID: 12345678", "pmid", "12345678"),
        ("12345678", "pmid", "12345678"),
        ("PMC1234567", "pmcid", "PMC1234567"),
    ],
)
def test_an_identifier_alone_gives_nothing_else(text, name, value):
    fields = citation.read(text)
    assert getattr(fields, name) == value
    assert (fields.title, fields.year, fields.authors) == ("", None, ())


def test_a_reference_list_is_taken_apart():
    other = "Brandt S. Letters. J Invent. 2016;1:1-2."
    numbered = f"1. {VANCOUVER}\n2. {other.replace(' J ', chr(10) + '   J ')}\n"
    assert citation.separate(numbered) == [VANCOUVER, other]
    assert citation.separate(f"{VANCOUVER}\n\n{other}") == [VANCOUVER, other]
    assert citation.separate("10.5555/a.1\n10.5555/a.2\n") == ["10.5555/a.1", "10.5555/a.2"]


def test_a_citation_over_several_lines_is_one():
    folded = VANCOUVER.replace(". ", ".\n")
    assert citation.separate(folded) == [VANCOUVER]


@given(st.text(max_size=300))
def test_any_text_is_read_without_an_error(text):
    for one in citation.separate(text):
        citation.read(one)
