"""What judgements suggest, and which decisions are complete."""

import itertools
from dataclasses import replace

import pytest

from screener.model import Judgement, Stage, UserError, Verdict
from screener.screening.rules import check, check_judgements, suggestion

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
INCLUDE, EXCLUDE = Verdict.INCLUDE, Verdict.EXCLUDE
MET, UNCLEAR = Judgement.MET, Judgement.UNCLEAR


def required(protocol, *stages):
    """The protocol with the stages at which each of its three criteria is required."""
    criteria = zip(protocol.criteria, stages, strict=True)
    return replace(
        protocol, criteria=tuple(replace(c, required_at=frozenset(at)) for c, at in criteria)
    )


def test_the_roll_up_of_judgements(making):
    """domain.md 6.1, rule by rule, on every table of judgements there is."""
    order = [c.id for c in making.protocol.criteria]
    for judged in itertools.product((None, "met", "not-met", "unclear"), repeat=3):
        given = {c: Judgement(j) for c, j in zip(order, judged, strict=True) if j}
        found = suggestion(given, making.protocol, TA)
        if "not-met" in judged:
            wanted = ("exclude", order[judged.index("not-met")])
        elif None in judged:
            wanted = None
        else:
            wanted = ("maybe" if "unclear" in judged else "include", "")
        assert (found and (str(found.verdict), found.reason)) == wanted


def test_only_the_criteria_required_at_the_stage_are_waited_for(making):
    protocol = required(making.protocol, [TA, FT], [FT], [])
    first, second, _ = (c.id for c in protocol.criteria)
    assert suggestion({}, protocol, TA) is None
    assert suggestion({first: MET}, protocol, TA).verdict is INCLUDE
    assert suggestion({first: MET}, protocol, FT) is None
    assert suggestion({first: MET, second: MET}, protocol, FT).verdict is INCLUDE


def test_an_optional_criterion_that_is_judged_counts(making):
    protocol = required(making.protocol, [TA], [], [])
    first, _, third = (c.id for c in protocol.criteria)
    assert suggestion({first: MET, third: UNCLEAR}, protocol, TA).verdict is INCLUDE
    found = suggestion({third: Judgement.NOT_MET}, protocol, TA)
    assert (found.verdict, found.reason) == (EXCLUDE, third)


def test_where_none_is_required_all_are_waited_for(making):
    protocol = required(making.protocol, [], [], [])
    first, second, third = (c.id for c in protocol.criteria)
    assert suggestion({first: MET, second: MET}, protocol, TA) is None
    assert suggestion({first: MET, second: MET, third: MET}, protocol, TA).verdict is INCLUDE


def test_without_criteria_nothing_is_suggested(making):
    assert suggestion({}, replace(making.protocol, criteria=()), TA) is None


def test_an_exclusion_needs_a_reason_at_full_text(making):
    check(EXCLUDE, "", "", TA, making.protocol)
    check(EXCLUDE, "participants", "", FT, making.protocol)
    with pytest.raises(UserError, match=r"^Choose the reason for excluding this report\.$"):
        check(EXCLUDE, "", "", FT, making.protocol)
    check(INCLUDE, "", "", FT, making.protocol)


def test_the_protocol_says_where_an_exclusion_needs_a_reason(making):
    turned = replace(making.protocol, reason_required={TA: True, FT: False})
    check(EXCLUDE, "", "", FT, turned)
    with pytest.raises(UserError, match=r"^Choose the reason for excluding this record\.$"):
        check(EXCLUDE, "", "", TA, turned)


@pytest.mark.parametrize("verdict", [INCLUDE, Verdict.MAYBE])
def test_only_an_exclusion_has_a_reason(making, verdict):
    with pytest.raises(UserError, match="Only an exclusion has a reason"):
        check(verdict, "participants", "", TA, making.protocol)


def test_the_other_reason_needs_words(making):
    check(EXCLUDE, "other", "Retracted", FT, making.protocol)
    for note in ("", " \n"):
        with pytest.raises(UserError, match="Write a note"):
            check(EXCLUDE, "other", note, FT, making.protocol)


def test_a_reason_is_one_of_the_protocol(making):
    check(EXCLUDE, "no-full-report", "", FT, making.protocol)
    with pytest.raises(UserError) as told:
        check(EXCLUDE, "weather", "", FT, making.protocol)
    assert str(told.value) == (
        "“weather” is no reason of this protocol; it has participants, interventions, "
        "study-design, no-full-report, other."
    )


def test_judgements_become_values(making):
    given = {"participants": "met", "study-design": "not-met", "interventions": "unclear"}
    assert check_judgements(given, making.protocol) == {
        "participants": MET,
        "study-design": Judgement.NOT_MET,
        "interventions": UNCLEAR,
    }


def test_judgements_that_are_none_are_refused(making):
    with pytest.raises(UserError) as told:
        check_judgements({"no-full-report": "met"}, making.protocol)
    assert str(told.value) == (
        "“no-full-report” is no criterion of this protocol; it has participants, "
        "interventions, study-design."
    )
    with pytest.raises(UserError, match="met, not-met or unclear, not “perhaps”"):
        check_judgements({"participants": "perhaps"}, making.protocol)
