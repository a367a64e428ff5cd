"""Records made ready: whatever stands in a field, nothing breaks and nothing takes long."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener.duplicates.finder import find
from screener.duplicates.prepared import prepare
from screener.units.candidate import Candidate

FIELDS = (
    "title", "translated_title", "authors", "year", "journal", "journal_abbreviation", "volume",
    "issue", "pages", "article_number", "doi", "pmid", "registration", "abstract",
)  # fmt: skip
TEXT = st.one_of(st.text(max_size=60), st.text("0123456789-–., ()[]<>&;:xvi", max_size=40))


@given(st.fixed_dictionaries(dict.fromkeys(FIELDS, TEXT)))
def test_any_text_can_be_prepared(fields):
    ready = prepare(Candidate(id="1", **fields))
    assert ready.id == "1"
    find([Candidate(id="1", **fields), Candidate(id="2", **fields)])


@pytest.mark.parametrize(
    "piece", [".", " ", "[", "(", "part 1 ", "a. ", "10.5555/", "1-2, ", "&lt;"]
)
def test_very_long_fields(piece):
    long = piece * (200_000 // len(piece))
    for name in FIELDS:
        prepare(Candidate(id="1", **{name: long}))


def test_what_is_ready(record):
    ready = prepare(record(journal="Invented Mind. Conference: 9th School", volume="12 (Suppl 3)"))
    assert ready.titles[0].words.startswith("peer led text messaging")
    assert (ready.volume, ready.pages.first, ready.year) == ("12", "244", 2018)
    assert ready.authors == {"brandvik", "maren", "oyelaran", "tunde", "castellanos", "ines"}
    assert ready.first_author == ("brandvik", "maren")
    assert ready.abstract_head == ready.abstract_head.lower().replace(" ", "")
    assert len(ready.abstract_head) == 60
    assert ready.meeting
    assert ready.supplement
    assert not ready.generic
    assert ready.kind == ""


def test_a_doi_among_the_pages(record):
    ready = prepare(record(doi="", pages="ARTN 32 10.5555/s12888-015-0001-1"))
    assert ready.doi == "10.5555/s12888-015-0001-1"
    assert ready.pages.first == ""


@pytest.mark.parametrize("nothing", ["nan", "NaN", "None", "NULL", " n/a ", "-", "<NA>"])
def test_what_programs_write_where_they_have_nothing(nothing):
    empty = Candidate(id="1")
    fields = dict.fromkeys((name for name in FIELDS if name != "registration"), nothing)
    assert prepare(Candidate(id="1", **fields)) == prepare(empty)


def test_records_with_nothing_in_common_but_placeholders(bare):
    fields = {"authors": "nan", "journal": "None", "year": "2018.0", "pages": "nan", "doi": "nan"}
    title = "Letters from peers in lonely valleys, written on long evenings"
    found = find([bare("1", title=title, **fields), bare("2", title=title, **fields)])
    assert found.certain == ()


def test_what_was_presented_at_a_meeting(record):
    assert prepare(record(publication_type=("Article", "Meeting Abstract"))).presented
    assert prepare(record(type="conference")).presented
    assert prepare(record(issue="Suppl 1")).presented
    assert not prepare(record(publication_type=("Journal Article",))).presented
