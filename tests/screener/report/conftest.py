"""Flows with invented numbers that add up."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screener.report.flow import Flow, Pending


@pytest.fixture
def finished() -> Flow:
    """A review with both columns in which nothing is open."""
    return Flow(
        database_results=1452,
        register_results=48,
        database_specific_results=(
            ("PubMed", 402),
            ("Embase", 381),
            ("Web of Science", 298),
            ("CINAHL", 218),
            ("PsycINFO", 153),
        ),
        duplicates=489,
        duplicates_automatic=480,
        duplicates_by_hand=9,
        excluded_other=6,
        records_screened=1005,
        records_excluded=921,
        dbr_sought_reports=84,
        dbr_notretrieved_reports=3,
        dbr_assessed=81,
        dbr_excluded=(
            ("Participants, no diagnosis", 19),
            ("Interventions", 17),
            ("Study design; protocols", 14),
            ("Outcomes", 2),
        ),
        dbr_awaiting=2,
        website_results=12,
        organisation_results=0,
        citations_results=9,
        other_sought_reports=21,
        other_assessed=21,
        other_excluded=(("Interventions", 17),),
        new_studies=28,
        new_reports=31,
    )


@pytest.fixture
def draft(finished: Flow) -> Flow:
    """The same review before its meetings."""
    return replace(
        finished,
        records_excluded=907,
        dbr_notretrieved_reports=1,
        dbr_excluded=(("Participants, no diagnosis", 19),),
        dbr_assessed=80,
        citations_results=11,
        other_assessed=20,
        new_studies=27,
        new_reports=28,
        draft=True,
        pending=Pending(
            title_abstract=16,
            title_abstract_open=(("in conflict", 15),),
            retrieval=4,
            full_text=34,
        ),
        other_pending=Pending(
            title_abstract=2, title_abstract_open=(("in conflict", 1),), retrieval=1, full_text=0
        ),
    )


@pytest.fixture
def databases_only(finished: Flow) -> Flow:
    """A review that used databases and registers only."""
    return replace(
        finished,
        website_results=None,
        organisation_results=None,
        citations_results=None,
        other_sought_reports=0,
        other_assessed=0,
        other_excluded=(),
        new_studies=25,
        new_reports=27,
    )
