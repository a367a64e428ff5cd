"""The numbers of the flow and their sums."""

from __future__ import annotations

import importlib.util
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from screener.report.flow import FIELDS, Flow, Pending, check
from screener.report.remarks import no_exclusions, remarks

small = st.integers(0, 30)


@st.composite
def flows(draw) -> Flow:
    """A flow built from its last boxes up, so that it adds up whatever is drawn."""
    pending = [draw(small) for _ in range(6)]
    left_open, right_open = pending[:3], pending[3:]
    reasons = st.lists(st.tuples(st.text(max_size=5), small), max_size=3).map(tuple)
    excluded, other_excluded = draw(reasons), draw(reasons)
    awaiting, other_awaiting, included, other_included = (draw(small) for _ in range(4))
    assessed = sum(n for _, n in excluded) + awaiting + included + left_open[2]
    other = sum(n for _, n in other_excluded) + other_awaiting + other_included + right_open[2]
    lost, other_lost = draw(small), draw(small)
    sought = assessed + lost + left_open[1]
    other_sought = other + other_lost + right_open[1]
    records_excluded, duplicates, automatic, by_others = (draw(small) for _ in range(4))
    screened = records_excluded + sought + left_open[0]
    registers = draw(st.integers(0, screened))
    return Flow(
        database_results=screened + duplicates + automatic + by_others - registers,
        register_results=registers,
        register_specific_results=(("CENTRAL", registers),),
        duplicates=duplicates,
        excluded_automatic=automatic,
        excluded_other=by_others,
        records_screened=screened,
        records_excluded=records_excluded,
        dbr_sought_reports=sought,
        dbr_notretrieved_reports=lost,
        dbr_assessed=assessed,
        dbr_excluded=excluded,
        dbr_awaiting=awaiting,
        website_results=other_sought + right_open[0],
        citations_results=draw(st.none() | small),
        other_sought_reports=other_sought,
        other_notretrieved_reports=other_lost,
        other_assessed=other,
        other_excluded=other_excluded,
        other_awaiting=other_awaiting,
        new_studies=draw(st.integers(0, included + other_included)),
        new_reports=included + other_included,
        draft=any(pending),
        pending=Pending(
            title_abstract=left_open[0] + right_open[0],
            retrieval=left_open[1] + right_open[1],
            full_text=left_open[2] + right_open[2],
        ),
        other_pending=Pending(
            title_abstract=right_open[0], retrieval=right_open[1], full_text=right_open[2]
        ),
    )


# --- sums ------------------------------------------------------------------------------------


def test_what_adds_up(finished, draft, databases_only):
    assert check(finished) == check(draft) == check(databases_only) == check(Flow()) == ()


@settings(deadline=None)
@given(flows())
def test_a_flow_that_was_built_to_add_up_does(flow):
    assert check(flow) == ()


MOVABLE = [
    "database_results",
    "register_results",
    "duplicates",
    "excluded_automatic",
    "excluded_other",
    "records_screened",
    "dbr_sought_reports",
    "dbr_notretrieved_reports",
    "dbr_assessed",
    "dbr_awaiting",
    "other_sought_reports",
    "other_notretrieved_reports",
    "other_assessed",
    "other_awaiting",
    "new_reports",
]


@settings(deadline=None)
@given(flow=flows(), name=st.sampled_from(MOVABLE))
def test_one_number_that_is_off_is_noticed(flow, name):
    assert check(replace(flow, **{name: getattr(flow, name) + 1}))


@settings(deadline=None)
@given(flow=flows(), stage=st.sampled_from(["retrieval", "full_text"]))
def test_what_is_pending_is_part_of_the_sums(flow, stage):
    more = replace(flow.pending, **{stage: getattr(flow.pending, stage) + 1})
    assert check(replace(flow, draft=True, pending=more))


def test_each_sum_is_named_with_both_numbers(finished):
    assert check(replace(finished, records_screened=1004)) == (
        "Records screened: 1004, but 1005 follows from the rest.",
    )
    assert check(replace(finished, dbr_assessed=80)) == (
        "Reports assessed for eligibility: 80, but 81 follows from the rest.",
        "Reports of included studies: 31, but 30 follows from the rest.",
    )
    assert check(replace(finished, other_assessed=20))[0].startswith(
        "Reports assessed for eligibility, other methods: 20, but 21"
    )
    assert check(replace(finished, database_specific_results=(("PubMed", 1),))) == (
        "Records from databases: 1452, but 1 follows from the rest.",
    )
    assert check(replace(finished, register_specific_results=(("CENTRAL", 1),))) == (
        "Records from registers: 48, but 1 follows from the rest.",
    )
    assert check(replace(finished, duplicates_by_hand=10)) == (
        "Duplicate records removed: 489, but 490 follows from the rest.",
    )


def test_limits(finished, draft):
    assert check(replace(draft, draft=False)) == (
        "Something is not decided yet, so this flow is a draft.",
    )
    assert check(replace(finished, citations_results=8)) == (
        "More reports of other methods were sought than records identified.",
    )
    assert "A count is less than nothing." in check(replace(finished, records_excluded=-1))
    too_much = Pending(retrieval=1)
    assert "A count is less than nothing." in check(replace(finished, other_pending=too_much))


def test_remarks(finished):
    assert remarks(finished) == ()
    (said,) = remarks(replace(finished, records_excluded=920))
    assert "85 records passed the screening and 84 reports were sought" in said


@pytest.mark.parametrize(
    ("number", "begins"),
    [
        (1, "1 record found by other methods was removed before screening; it stays identified"),
        (3, "3 records found by other methods were removed before screening; they stay"),
    ],
)
def test_other_records_that_no_box_has_were_removed(finished, number, begins):
    (said,) = remarks(replace(finished, website_results=12 + number))
    assert said.startswith(begins)


def test_each_reason_why_other_records_are_not_sought_has_its_remark(finished):
    more = replace(finished, website_results=12 + 6, other_excluded_before=1, other_duplicates=2)
    excluded, duplicates, removed = remarks(more)
    assert excluded.startswith("1 record found by other methods was excluded by title and abstract")
    assert duplicates.startswith("2 records found by other methods are duplicates of others; they")
    assert removed.startswith("3 records found by other methods were removed before screening")
    assert check(more) == ()
    assert check(replace(more, other_excluded_before=5)) == (
        "More reports of other methods were sought than records identified.",
    )


@settings(deadline=None)
@given(flows())
def test_pending_records_are_no_remark(flow):
    assert not any("passed the screening" in said for said in remarks(flow))


# --- other methods, previous versions --------------------------------------------------------


def test_other_methods_were_searched_even_if_nothing_was_found(finished, databases_only):
    assert finished.other_methods
    assert not databases_only.other_methods
    assert replace(databases_only, organisation_results=0).other_methods
    assert finished.other_identified == 21
    assert databases_only.other_identified == 0


def test_totals_only_with_a_previous_version(finished):
    assert finished.total_studies is finished.total_reports is None
    updated = replace(finished, previous_studies=10, previous_reports=14)
    assert (updated.total_studies, updated.total_reports) == (38, 45)


# --- draft -----------------------------------------------------------------------------------


def test_a_finished_flow_says_nothing(finished):
    assert finished.draft_sentence == ""


@pytest.mark.parametrize(
    ("pending", "sentence"),
    [
        (Pending(), "Draft: the review is not finished."),
        (Pending(title_abstract=1), "Draft while 1 record is undecided."),
        (
            Pending(title_abstract=1200, title_abstract_open=(("in conflict", 3),)),
            "Draft while 1,200 records are undecided (3 in conflict).",
        ),
        (
            Pending(title_abstract=2, title_abstract_open=(("in conflict", 2),), full_text=46),
            "Draft while 2 records are in conflict and 46 reports are undecided.",
        ),
        (
            Pending(
                title_abstract=2, retrieval=1, full_text=1, full_text_open=(("in conflict", 1),)
            ),
            "Draft while 2 records are undecided, 1 report is being sought and 1 report is in conflict.",  # noqa: E501
        ),
        (Pending(retrieval=5), "Draft while 5 reports are being sought."),
        (Pending(full_text_reopened=2), "Draft while 2 settled reports are re-opened."),
        (
            Pending(
                title_abstract=2,
                title_abstract_open=(("in conflict", 1),),
                title_abstract_reopened=1,
            ),
            "Draft while 2 records are undecided (1 in conflict) and 1 settled record is re-opened.",  # noqa: E501
        ),
    ],
)
def test_draft_sentence(finished, pending, sentence):
    assert replace(finished, draft=True, pending=pending).draft_sentence == sentence


# --- JSON ------------------------------------------------------------------------------------


def test_json(draft):
    values = draft.json()
    assert json.loads(json.dumps(values)) == values
    assert tuple(values)[: len(FIELDS)] == FIELDS
    assert set(values) - set(FIELDS) == {
        "dbr_awaiting",
        "other_awaiting",
        "ongoing",
        "duplicates_automatic",
        "duplicates_by_hand",
        "draft",
        "pending",
        "other_pending",
        "problems",
    }
    assert values["database_results"] == 1452
    assert values["database_specific_results"][1] == ["Embase", 381]
    assert values["register_specific_results"] == []
    assert values["draft"] is True
    assert values["pending"] == {"title_abstract": 16, "retrieval": 4, "full_text": 34}
    assert values["other_pending"] == {"title_abstract": 2, "retrieval": 1, "full_text": 0}


def test_json_of_what_was_not_searched(databases_only):
    values = replace(databases_only, problems=("Say so.",)).json()
    absent = {name for name, value in values.items() if value is None}
    assert absent == {
        "website_results",
        "organisation_results",
        "citations_results",
        "previous_studies",
        "previous_reports",
        "total_studies_ma",
        "total_reports_ma",
    }
    assert values["problems"] == ["Say so."]


def test_awaiting_classification_is_a_line_among_the_reports_not_included(finished):
    assert finished.json()["dbr_excluded"][-1] == ["Awaiting classification", 2]
    assert finished.json()["other_excluded"] == [["Interventions", 17]]


def test_the_numbers_need_neither_fonts_nor_writers():
    """Who asks for numbers does not wait for what only drawing needs."""
    asked = (
        "import sys, screener.cli.report; print({'PIL', 'fpdf', 'fontTools'} & set(sys.modules))"
    )
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "set()"


# --- the shared reference calculation, where it is at hand -----------------------------------

REFERENCE = Path(__file__).parents[4] / "shared" / "tools" / "prisma_ref.py"


@pytest.mark.skipif(not REFERENCE.exists(), reason="the reference calculation is not here")
@settings(deadline=None)
@given(flow=flows())
def test_against_the_reference_calculation(flow):
    spec = importlib.util.spec_from_file_location("prisma_ref", REFERENCE)
    reference = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(reference)
    if not flow.draft:
        errors = [text for severity, text in reference.derive(flow.json()) if severity == "error"]
        assert errors == []


def test_what_awaits_classification_is_named_as_no_exclusion(finished):
    said = (
        "2 reports await classification and are not excluded; PRISMA has no box for that, so it is"
        " a line of its own among the reports not included: say so in the text."
    )
    assert no_exclusions(finished) == (said,)
    assert finished.json()["dbr_awaiting"] == 2
    one = replace(finished, dbr_awaiting=0, other_awaiting=1)
    assert no_exclusions(one)[0].startswith("1 report awaits classification and is not excluded")
    assert no_exclusions(replace(one, other_awaiting=0)) == ()
