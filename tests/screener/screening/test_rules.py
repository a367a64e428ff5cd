"""What judgements suggest, which reason an exclusion has, and what a decision needs."""

import itertools
from dataclasses import replace

import pytest

from screener.model import Criterion, Decision, Judgement, Protocol, Stage, UserError, Verdict
from screener.model.words import is_blank
from screener.screening.rules import check, likely_reason, suggestion

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
MET, NOT_MET, UNCLEAR = Judgement.MET, Judgement.NOT_MET, Judgement.UNCLEAR
UNSEEN = (
    "", " ", "\t\n", "\u00a0", "\u2003", "\u200b", "\ufeff", "\u2060", "\u00ad", "\u3164", "\u2800",
    "\ufe0f", "\u202e", " \u200b\u00a0",
)  # fmt: skip
"""Texts in which there is nothing to see."""


def protocol(*required, optional=()):
    """A protocol whose criteria are required at title and abstract, or not."""
    return Protocol(
        title="R",
        criteria=(
            *(Criterion(id=id_, required_at=frozenset({TA})) for id_ in required),
            *(Criterion(id=id_) for id_ in optional),
        ),
    )


def test_the_roll_up_of_judgements(making):
    """Every table of judgements there is, where all criteria are required."""
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


@pytest.mark.parametrize(
    ("judged", "verdict"),
    [
        ({"participants": MET}, Verdict.INCLUDE),
        ({"participants": MET, "outcomes": UNCLEAR}, Verdict.INCLUDE),
        ({"participants": UNCLEAR, "outcomes": MET}, Verdict.MAYBE),
        ({"participants": MET, "outcomes": NOT_MET}, Verdict.EXCLUDE),
    ],
)
def test_an_optional_criterion_that_is_unclear_keeps_nobody_from_including(judged, verdict):
    """Saying that the abstract does not tell is worth as much as leaving it blank."""
    found = suggestion(judged, protocol("participants", optional=["outcomes"]), TA)
    assert found.verdict is verdict


def test_where_none_is_required_all_are():
    found = protocol(optional=["participants", "outcomes"])
    assert suggestion({"participants": MET}, found, TA) is None
    assert suggestion({"participants": MET, "outcomes": UNCLEAR}, found, TA).verdict == "maybe"


@pytest.mark.parametrize(
    ("reason", "then", "now", "wanted"),
    [
        ("participants", {"participants": NOT_MET}, {"participants": NOT_MET}, "participants"),
        ("participants", {"participants": NOT_MET}, {"outcomes": NOT_MET}, "outcomes"),
        ("participants", {"participants": NOT_MET}, {"participants": MET}, ""),
        ("participants", {"participants": NOT_MET}, {"participants": UNCLEAR}, ""),
        ("participants", {"participants": NOT_MET}, {}, ""),
        ("participants", {}, {}, "participants"),
        ("participants", {}, {"participants": MET}, ""),
        ("participants", {}, {"outcomes": MET}, "participants"),
        ("other", {"participants": NOT_MET}, {"participants": MET}, "other"),
        ("", {}, {"participants": MET}, ""),
    ],
)
def test_a_reason_that_was_suggested_goes_with_its_suggestion(reason, then, now, wanted):
    before = Decision(
        unit="u", stage=TA, reviewer="r", verdict=Verdict.EXCLUDE, reason=reason, judgements=then
    )
    assert likely_reason(now, before, protocol("participants", "outcomes"), TA) == wanted


def test_a_first_exclusion_has_the_reason_that_is_suggested():
    found = protocol("participants", "outcomes")
    assert likely_reason({"outcomes": NOT_MET}, None, found, TA) == "outcomes"
    assert likely_reason({"outcomes": UNCLEAR}, None, found, TA) == ""


@pytest.mark.parametrize("note", UNSEEN)
def test_another_reason_needs_a_note_that_can_be_read(note):
    with pytest.raises(UserError, match="Write a note that says what the other reason is"):
        check(Verdict.EXCLUDE, "other", note, TA, protocol("participants"))


@pytest.mark.parametrize("text", ["x", "-", "\u200bx", "\u05d0", "\u65e5", "1", "\U0001f600"])
def test_one_sign_that_is_seen_is_a_note(text):
    assert not is_blank(text)
    check(Verdict.EXCLUDE, "other", text, TA, protocol("participants"))


@pytest.mark.parametrize("stage", Stage)
@pytest.mark.parametrize("needed", [True, False])
def test_an_exclusion_needs_a_reason_where_the_protocol_says_so(stage, needed):
    found = replace(protocol("participants"), reason_required={stage: needed})
    if needed:
        with pytest.raises(UserError, match="Choose the reason"):
            check(Verdict.EXCLUDE, "", "", stage, found)
    else:
        check(Verdict.EXCLUDE, "", "", stage, found)


def test_where_a_protocol_says_nothing_full_text_needs_a_reason():
    silent = replace(protocol("participants"), reason_required={})
    check(Verdict.EXCLUDE, "", "", TA, silent)
    with pytest.raises(UserError, match="reason for excluding this report"):
        check(Verdict.EXCLUDE, "", "", FT, silent)
