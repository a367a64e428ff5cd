"""Everything that was asked for "for the report" is in the report: planted once, found in each."""

from __future__ import annotations

import io

import openpyxl
import pytest

from screener import open_project
from screener.printing.writing import encoded

TOLD = {
    "why an import was taken back": "It was the search of another review",
    "why a record was removed": "Published before 1995",
    "why a rule removed one": "Not in English, by the language filter",
    "when was searched": "2026-02-03",
    "the platform": "Embase.com",
    "the limits": "humans only",
    "the filters": "the Cochrane filter for trials",
    "what a new version of the protocol changed": "adults of 18 years or more",
    "why": "The panel asked for an age",
    "who left and why": "Lena has a new post",
    "who joined late": "Omar",
    "who settled by adjudication": "Ruth Amsler",
    "why a report was not retrieved": "No library has it",
    "why a report awaits classification": "Authors were asked",
    "why a form was changed": "The country was forgotten",
    "what changed in it": "field added: Country of the study",
    "an earlier version": "DRAFT",
}
"""What stands in tables, so that a workbook has it too."""
IN_WORDS = {
    "why a stage was opened again": "Maya opened title and abstract again after closing it:"
    " Record 13 was misread.",
    "why it was opened early": "Full text was shown before everybody had closed it: The conference"
    " was near.",
    "that somebody left": "Lena left title and abstract: Lena has a new post.",
    "that somebody came late": "Omar joined full text late, and was not waited for in all of it.",
    "what was overturned": "Title and abstract: 1 item was settled otherwise than it was agreed"
    " before.",
    "what was decided under an older version": "of the 20 decisions that stand, 10 decisions under"
    " version 1 and 10 decisions under version 2 of the protocol.",
    "how many were settled by discussion": "2 items were settled by discussion (Maya and Jonas).",
    "how many by adjudication": "1 item was settled by adjudication (Ruth Amsler).",
    "announced and parsed": "9 records announced; 8 records read from the file.",
    "the strategy, with its lines": "peer*[tiab] AND digital[tiab]",
    "what the meeting saw": "At the meeting was shown, in this order: the decisions with names.",
    "how many decided each": "10 records were decided by two reviewers.",
    "the rule for maybe": "By the protocol a record that one reviewer includes and another marks"
    " as maybe",
    "how duplicates were found": "Joined without asking: same DOI and title (1 join)",
    "an earlier version": "an earlier version of itself, which included 12 studies in 14 reports",
    "the totals": "the review includes 15 studies in 17 reports.",
    "that a source was corrected": "Fields of 1 record were corrected",
    "what is still open": "Draft while 1 report is being sought.",
    "what is open in a form": "Where and how long: 2 items to settle: different values (2).",
    "who sat there is not known": "the program cannot check who worked under it",
}


@pytest.mark.parametrize("ending", [".docx", ".html", ".xlsx"])
@pytest.mark.parametrize("fact", TOLD)
def test_what_was_asked_for_is_in_every_format(said, ending, fact):
    assert TOLD[fact] in said[ending]


@pytest.mark.parametrize("ending", [".docx", ".html"])
@pytest.mark.parametrize("fact", IN_WORDS)
def test_what_happened_is_told_in_words(said, ending, fact):
    assert IN_WORDS[fact] in said[ending]


@pytest.mark.parametrize("ending", [".docx", ".html", ".xlsx"])
def test_every_closing_code_is_told(plants, said, ending):
    assert [code for code in plants[0].codes if code not in said[ending]] == []


def test_every_remark_and_problem_of_the_flow_is_told(copied, said):
    with open_project(copied, write=False) as review:
        sentences = (*review.report.remarks(), *review.report.flow().problems)
    assert len(sentences) > 8
    for ending in (".docx", ".html"):
        assert [one for one in sentences if one not in said[ending]] == []


def test_strategies_keep_their_lines(said):
    assert "peer*[tiab] AND digital[tiab]\nNOT 1950:1960[dp]" in said[".html"]


# --- numbers -------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def book(plants):
    made, computer = plants
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SCREENER_HOME", str(computer))
        with open_project(made.path, write=False) as review:
            document = review.manuscript.document(sheets=True)
    return openpyxl.load_workbook(io.BytesIO(encoded(document, ".xlsx")))


def rows(book, name):
    head, *found = book[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in found]


def test_the_figures_of_agreement_are_those_of_the_review(copied, book):
    with open_project(copied, write=False) as review:
        document = review.consensus.agreement("title-abstract").json()
    (pair,) = document["pairs"]
    named = {"binary": "include or exclude", "three_way": "include, maybe or exclude"}
    found = {row["On"]: row for row in rows(book, "Agreement title-abstract")}
    for key, words in named.items():
        figures, row = pair[key], found[words]
        assert row["n"] == figures["n"]
        for head, name in (
            ("Raw", "raw"),
            ("Kappa", "kappa"),
            ("PABAK", "pabak"),
            ("AC1", "ac1"),
            ("Positive", "positive_agreement"),
            ("Negative", "negative_agreement"),
        ):
            assert row[head] == pytest.approx(figures[name], abs=0.0005)


def test_the_lists_are_as_long_as_the_flow_says(copied, book):
    with open_project(copied, write=False) as review:
        flow = review.report.flow()
        settled = sum(len(v) for v in review.consensus.agreed("title-abstract").values())
    excluded = sum(n for _, n in (*flow.dbr_excluded, *flow.other_excluded))
    assert len(rows(book, "Reports excluded at full text")) == excluded
    lost = flow.dbr_notretrieved_reports + flow.other_notretrieved_reports
    assert len(rows(book, "Reports not retrieved")) == lost == 1
    assert len(rows(book, "Reports awaiting classification")) == flow.dbr_awaiting == 1
    removed = flow.excluded_automatic + flow.excluded_other
    assert len(rows(book, "Removed before screening")) == removed
    first = [row for row in rows(book, "Items settled") if row["Step"] == "Title and abstract"]
    assert sum(row["Items"] for row in first) == settled == 3
    read = [row["Read"] for row in rows(book, "Sources") if not row["Remark"]]
    assert sum(read) == flow.identified + flow.other_identified


def test_the_sentences_of_the_results_have_the_numbers_of_the_flow(copied, said):
    with open_project(copied, write=False) as review:
        flow = review.report.flow()
    text = said[".html"]
    for sentence in (
        f"{flow.identified} records were identified by searches of databases and registers",
        f"{flow.database_results} from databases",
        f"That left {flow.records_screened} records to be screened by title and abstract",
        f"of which {flow.records_excluded} were excluded.",
        f"{flow.dbr_sought_reports} reports were sought for retrieval",
        f"{flow.dbr_assessed} reports were assessed for eligibility in full text",
        f"{flow.new_studies} studies, of which there are {flow.new_reports} reports",
    ):
        assert sentence in text
