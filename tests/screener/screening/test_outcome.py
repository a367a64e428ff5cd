"""What the meeting may take from the decisions: the reason, the outcome, and what waits."""

from __future__ import annotations

import pytest

from screener.model import Criterion, Decision, Element, Outcome, Protocol, Stage, Verdict
from screener.screening.rules import outcome_of, outcome_of_doubt, proposed_reason

PROTOCOL = Protocol(
    title="Peers",
    criteria=tuple(Criterion(id=str(e), element=e) for e in list(Element)[:3]),
    further_reasons=(("no-report", "No report"),),
)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (["comparisons", "participants"], "participants"),
        (["no-report", "", "comparisons"], "comparisons"),
        (["gone-b", "gone-a"], "gone-a"),
        (["gone", "no-report"], "no-report"),
        (["", ""], ""),
        ([], ""),
    ],
)
def test_the_first_reason_in_the_order_of_the_protocol_is_proposed(given, reason):
    assert proposed_reason(given, PROTOCOL) == reason


@pytest.mark.parametrize(
    ("verdict", "outcome"),
    [("include", Outcome.INCLUDE), ("exclude", Outcome.EXCLUDE), ("maybe", None)],
)
def test_maybe_settles_nothing(verdict, outcome):
    decision = Decision(
        unit="u", stage=Stage.TITLE_ABSTRACT, reviewer="m", verdict=Verdict(verdict)
    )
    assert outcome_of(decision) is outcome


def test_what_cannot_be_judged_goes_on_and_at_full_text_waits():
    assert outcome_of_doubt(Stage.TITLE_ABSTRACT) is Outcome.INCLUDE
    assert outcome_of_doubt(Stage.FULL_TEXT) is Outcome.AWAITING
