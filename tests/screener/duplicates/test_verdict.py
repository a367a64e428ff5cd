"""Explanations in words."""

from __future__ import annotations

from screener.duplicates.verdict import explain


def test_what_agrees(record):
    words = explain(record("1"), record("2"))
    assert words == "same DOI, title, authors, year, journal, volume, pages, abstract"


def test_what_does_not(record):
    changed = record("2", year="2012", doi="", pages="501-509", abstract="")
    assert explain(record("1"), changed) == (
        "same title, authors, journal, volume; "
        "but the years are far apart, the first pages differ"
    )  # fmt: skip


def test_a_similar_title(record):
    title = record().title.replace("adults", "adolescents")
    assert "a similar title (9" in explain(record("1"), record("2", title=title, pages="S12"))


def test_nothing_in_common(record, bare):
    assert explain(record("1"), bare("2", title="Tidal mills")) == "nothing in common"
