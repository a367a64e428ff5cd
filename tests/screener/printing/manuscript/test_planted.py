"""Everything that was asked for "for the report" is in the report: planted once, found in each."""

from __future__ import annotations

import io

import openpyxl
import pytest

from screener import open_project
from screener.printing import document as d
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
    "what a removed record is counted as": "found by other methods",
    "why an agreement was overturned": "As we read it",
    "what a checklist has answered in part": "in part",
}
"""What stands in tables, so that a workbook has it too."""
IN_WORDS = {
    "why a stage was opened again": "closing it; the reason given was “Record 13 was misread”",
    "why it was opened early": "the coordinator had full text shown before everybody had closed it;"
    " the reason given was “The conference was near”.",
    "why somebody left": "(recorded by the coordinator); the reason given was “Lena has a new"
    " post”.",
    "that somebody came late": "when some of it had been seen already, and was not waited for"
    " there.",
    "what was overturned": "1 item was settled otherwise than had been agreed before (table"
    " “Agreements overturned”).",
    "what was decided under an older version": "Of the 20 decisions at title and abstract, 10 were"
    " made under version 1 and 10 under version 2 of the protocol.",
    "how many were settled by discussion": "2 items were settled by discussion (Maya and Jonas).",
    "how many by adjudication": "1 item was settled by adjudication (Ruth Amsler).",
    "announced and parsed": "9 records were announced, and 8 read.",
    "why they differ, as something missing": "Why PubMed announced 9 records and 8 were read.",
    "the strategy, with its lines": "peer*[tiab] AND digital[tiab]",
    "what the meeting saw": "The meeting was shown, in this order: the decisions with names.",
    "how many decided each": "10 records were decided by two reviewers.",
    "the rule for maybe": "By the protocol a record that one reviewer includes and another marks"
    " as maybe",
    "how duplicates were found": "Joined without asking a person: same DOI and title (1 join).",
    "an earlier version": "an earlier version of itself, which included 12 studies in 14 reports",
    "the totals": "the review includes 15 studies in 17 reports.",
    "that a source was corrected": "Fields of 1 record were corrected",
    "what is still open": "Draft while 1 report is being sought.",
    "what is open in a form": "Where and how long: 1 item to settle: 1 difference of values.",
    "who sat there is not known": "the program cannot check who worked with it",
    "which import was taken back": "The import from Wrong base (1 record) was taken back: It was"
    " the search of another review.",
    "rows that were paired": "2 rows of lists were settled by pairing: 1 paired with the row of"
    " another reviewer and 1 left out, as there is no such row.",
    "how far a form reaches": "The form was opened for 2 of the 3 included studies; every reviewer"
    " who was waited for had closed it for all of them.",
    "that it does not reach all": "Where and how long: 1 included study it was not opened for.",
    "how many records were removed": "2 records were removed before screening: 1 marked as"
    " ineligible by an automation tool and 1 removed for another reason.",
    "what other methods found and was removed": "1 record found by other methods was removed as"
    " well, for which the flow diagram has no box.",
    "what became of what other methods found": "Of these, 1 was removed before screening and 2"
    " passed the screening.",
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


def test_the_reason_of_every_remark_is_told(copied, said):
    with open_project(copied, write=False) as review:
        sentences = review.report.remarks()
    # What was overturned has no reason of its own there: it is counted, and listed in a table.
    told = [one for one in sentences if ": " in one and "agreed before" not in one]
    reasons = [one.partition(": ")[2].rstrip(".") for one in told]
    assert len(reasons) > 8
    for ending in (".docx", ".html"):
        assert [one for one in reasons if one not in said[ending]] == []


@pytest.mark.parametrize("ending", [".docx", ".html"])
def test_nothing_in_it_tells_the_author_what_to_do(said, ending):
    for order in ("explain it", "say in the text", "say so in the text", "write it"):
        assert order not in said[ending]


def test_what_happened_stands_in_the_table_of_the_reviewers_with_day_and_reason(book):
    told = [row["Remark"] or "" for row in rows(book, "Reviewers and closing codes")]
    for begin, end in (
        ("left on 20", ", recorded by the coordinator: Lena has a new post"),
        ("joined late on 20", ", recorded by the coordinator"),
        ("opened again on 20", ": Record 13 was misread"),
        ("shown early on 20", ": The conference was near"),
    ):
        assert [one for one in told if one.startswith(begin) and one.endswith(end)], begin


def test_each_overturned_agreement_is_listed(book, copied):
    with open_project(copied, write=False) as review:
        steps = [step.id for step in review.consensus.steps]
        number = sum(len(review.consensus.context.overturning(step)) for step in steps)
    found = rows(book, "Agreements overturned")
    assert len(found) == number == 2
    by_step = {row["Step"]: row for row in found}
    first = by_step["Title and abstract"]
    assert first["Record or study"].startswith("Record 5: ")
    assert (first["Agreed before"], first["Settled"]) == ("exclude", "include")
    assert first["By"].startswith("Maya and Jonas, by discussion, 20")
    second = by_step["Full text"]
    assert (second["Settled"], second["Why"]) == ("awaiting", "Authors were asked")


def test_removed_records_are_counted_as_the_flow_counts_them(copied, book):
    with open_project(copied, write=False) as review:
        flow = review.report.flow()
    counted = [row["Counted as"] for row in rows(book, "Removed before screening")]
    assert counted.count("marked as ineligible by an automation tool") == flow.excluded_automatic
    assert counted.count("removed for another reason") == flow.excluded_other
    assert counted.count("found by other methods") == flow.other_unsought == 1


def test_the_minutes_count_the_rows_that_were_paired(copied):
    with open_project(copied, write=False) as review:
        letters = list(d.texts(review.printing.minutes("setting")))
        others = list(d.texts(review.printing.minutes("full-text")))
    said = IN_WORDS["rows that were paired"]
    assert said in letters
    assert not [one for one in others if "settled by pairing" in one]


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
    removed = flow.excluded_automatic + flow.excluded_other + flow.other_unsought
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
        f"{flow.new_studies} studies ({flow.new_reports} reports) were included in the review",
    ):
        assert sentence in text
