"""Verdicts on reports that look alike, and explanations in words."""

from __future__ import annotations

import pytest

from screener.duplicates.verdict import explain

TITLE = "Peer-led text messaging for adults with bipolar disorder in remote clinics: a trial"
NO_TEXT = {"abstract": ""}
NO_DOI = {"doi": ""}
NO_PLACE = {"volume": "", "issue": "", "pages": "", "doi": ""}

ELSEWHERE = [
    # an abstract and the article after it: another journal, volume and page
    (
        {},
        {
            "journal": "Annals of Invented Medicine. Conference: 7th Invented Congress",
            "volume": "40",
            "issue": "Suppl 1",
            "pages": "S12",
            "doi": "",
        },
    ),
    # the same abstract at two meetings, journal and volume glued
    (
        {**NO_PLACE, "journal": "Invented Brain. Conference: 3rd Winter School", "volume": "8"},
        {**NO_PLACE, "journal": "Invented Mind. Conference: 9th Summer School", "volume": "31"},
    ),
]
SERIES = [
    # two numbers of one series of trials in one supplement with one DOI
    (
        {"title": "FOCUS 1: " + TITLE, "pages": "S12"},
        {"title": "FOCUS 2: " + TITLE, "pages": "S13"},
    ),
]


@pytest.mark.parametrize(
    ("left", "right"), [*(({**a, **NO_TEXT}, b) for a, b in ELSEWHERE), *SERIES]
)
def test_two_contradictions_are_another_report(judged, left, right):
    assert judged(left, right).outcome == "no"


@pytest.mark.parametrize(("left", "right"), ELSEWHERE)
def test_one_text_under_one_title_is_asked_wherever_it_stands(judged, left, right):
    assert judged(left, right).outcome == "ask"
    assert judged(left, {**right, "title": "Erratum: " + TITLE}).outcome == "no"


def test_pages_that_other_reports_may_give_too_settle_nothing(judged):
    # counted from 1 in every article, or those of all the abstracts of a meeting
    for pages in ("1-15", "499-711"):
        left = {**NO_DOI, **NO_TEXT, "pages": pages}
        other = judged(left, {**left, "title": TITLE.replace("remote", "rural")})
        longer = judged(left, {**left, "title": TITLE + ": case report"})
        assert (other.outcome, longer.outcome) == ("ask", "ask")


def test_the_chapters_of_a_book_are_not_merged(judged):
    # its DOI, its editors and its blurb stand on each
    left = {**NO_PLACE, "doi": "10.5555/book", "title": "Rivers, valleys and the people there"}
    right = {**left, "title": "What the people of the valleys eat in winter"}
    assert judged(left, right).outcome != "certain"


def test_one_abstract_in_two_supplements_is_asked(judged):
    left = {**NO_DOI, "volume": "12 Suppl 1", "issue": "", "pages": "S12"}
    right = {**left, "volume": "12 (SUPPL. 3)", "pages": "S300"}
    assert judged(left, right).outcome == "ask"
    assert judged({**left, "volume": "12"}, {**right, "volume": "12"}).outcome == "ask"


def test_one_abstract_in_two_languages_is_asked(judged):
    assert judged(NO_DOI, {"doi": "", "pages": "259-270"}).outcome == "ask"


def test_a_column_on_one_page_of_every_issue_is_another_report(judged):
    left = {**NO_TEXT, "pages": "5-6", "issue": "3"}
    right = {**left, "issue": "4", "doi": "10.5555/ijp.2018.4.5"}
    assert judged(left, right).outcome == "no"


def test_a_column_in_the_next_year_is_asked(judged):
    left = {**NO_DOI, **NO_TEXT, "pages": ""}
    assert judged(left, left).outcome == "certain"
    assert judged(left, {**left, "year": "2017"}).outcome == "ask"


def test_an_abstract_and_its_article_in_one_volume_are_not_merged(judged):
    left = {**NO_DOI, **NO_TEXT, "volume": "12 (Supplement 1)", "issue": "", "pages": ""}
    assert judged(left, NO_DOI).outcome == "ask"


def test_what_is_left_of_a_supplement_is_no_volume(judged):
    # "36 (Supplement 1)" was cut to "1)", and that cleaned to "1"
    left = {**NO_DOI, "volume": "36 (Supplement 1)", "pages": "S12"}
    assert judged(left, {**left, "volume": "1", "issue": ""}).outcome == "certain"


def test_two_abstracts_of_one_page_with_nested_titles_are_asked(judged, other_text):
    left = {"pages": "S29-S30", "doi": "10.5555/supplement"}
    right = {**left, "title": TITLE + ": the second year", "abstract": other_text}
    assert judged(left, right).outcome == "ask"


def test_a_first_page_alone_is_little_where_the_last_differs(judged):
    book = {**NO_PLACE, "journal": "", "pages": "1-30", "year": ""}
    assert judged(book, book).outcome == "certain"
    assert judged(book, {**book, "pages": "1-42"}).outcome != "certain"


def test_a_slip_on_a_page_of_abstracts_is_asked(judged):
    left = {**NO_DOI, **NO_TEXT, "pages": "S29", "title": "Dapagliflozin calms restless adults"}
    right = {**left, "title": "Canagliflozin calms restless adults"}
    assert judged(left, right).outcome != "certain"


def test_an_abstract_and_its_article_in_one_journal_and_year_are_not_merged(judged, other_text):
    abstract = {
        "journal": "Invented Journal of Psychiatry. Conference: 7th Invented Congress",
        **NO_PLACE,
        "abstract": other_text,
    }
    assert judged(abstract, {"doi": ""}).outcome != "certain"
    assert judged({**abstract, **NO_TEXT}, {"doi": ""}).outcome != "certain"


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
