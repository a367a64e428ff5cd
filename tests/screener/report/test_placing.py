"""In which boxes of the diagram a unit stands while its report is not assessed by all."""

import pytest

from screener.model import DiscrepancyKind, Found, Outcome, Status
from screener.report.placing import boxes
from screener.screening.retrieval import Retrieval

INCLUDED = Found(Status.AGREED, Outcome.INCLUDE)
LACKING = Found(Status.MISSING, None, DiscrepancyKind.MISSING)


@pytest.mark.parametrize(
    "found", [Found(Status.NOT_STARTED), Found(Status.PENDING), Found(Status.HIDDEN), LACKING]
)
def test_a_report_that_is_still_sought_is_assessed_when_all_have_decided_it(found):
    """One of two who decides on it, as without having it, does not make it an assessed one."""
    assert boxes(INCLUDED, found, Retrieval.SOUGHT) == ("screened", "sought", "retrieval_pending")


def test_a_report_that_was_retrieved_waits_for_the_second_decision_as_assessed():
    assert boxes(INCLUDED, LACKING, Retrieval.RETRIEVED) == (
        *("screened", "sought", "assessed", "waits missing full-text", "assessment_pending"),
    )


@pytest.mark.parametrize("retrieval", [Retrieval.SOUGHT, Retrieval.RETRIEVED])
def test_a_report_that_all_have_decided_was_read(retrieval):
    excluded = Found(Status.AGREED, Outcome.EXCLUDE, reason="study-design")
    assert boxes(INCLUDED, excluded, retrieval) == (
        *("screened", "sought", "assessed", "not_eligible", "reason study-design"),
    )
