"""Candidates from records and from rows."""

from __future__ import annotations

from screener.model import Fields
from screener.units.candidate import Candidate


def test_from_fields():
    fields = Fields(
        title="Letters", authors=("Brandvik, Maren", "Peer Consortium"), year=2018, issue="3",
        article_number="e12", database="PubMed", publication_type=("Letter",),
    )  # fmt: skip
    candidate = Candidate.of("r1", fields, source_order=2)
    assert candidate == Candidate(
        id="r1", title="Letters", authors="Brandvik, Maren; Peer Consortium", year="2018",
        issue="3", article_number="e12", database="PubMed", publication_type=("Letter",),
        source_order=2,
    )  # fmt: skip
    assert Candidate.of("r2", Fields()).year == ""


def test_from_row():
    row = {"record_id": "7", "title": "Letters", "number": "3", "pages": None, "other": "x"}
    assert Candidate.from_row(row) == Candidate(id="7", title="Letters", issue="3")
