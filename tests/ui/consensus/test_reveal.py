"""Reveal levels: what each hides, in marks, columns, headings and highlights."""

import pytest

from screener.consensus.reveal import KIND_WORDS, Level
from screener.model import (
    Consensus,
    Criterion,
    Decision,
    Discrepancy,
    DiscrepancyKind,
    Element,
    Fields,
    Judgement,
    Outcome,
    Protocol,
    Stage,
    Unit,
    Verdict,
)
from ui.consensus.decision_painter import DecisionPainter

NAMES = {"m": "Maya Lindqvist", "j": "Jonas Roth"}
PROTOCOL = Protocol(
    title="Peers",
    criteria=tuple(Criterion(id=str(e), element=e) for e in list(Element)[:5]),
    further_reasons=(("no-report", "No report"),),
)

PAINTER = DecisionPainter(Stage.TITLE_ABSTRACT, PROTOCOL, NAMES)
SECRETS = ("Maya", "Jonas", "comparisons", "Comparisons", "a note", "21 May", "2024-05")


def decision(reviewer, verdict, reason="", note="", **judgements):
    return Decision(
        unit="u",
        stage=Stage.TITLE_ABSTRACT,
        reviewer=reviewer,
        verdict=Verdict(verdict),
        reason=reason,
        note=note,
        judgements={k: Judgement(v) for k, v in judgements.items()},
        protocol=3,
        time="2024-05-21T20:14:00+02:00",
        event=f"{reviewer}-{verdict}",
    )


def discrepancy(*decisions, kind=DiscrepancyKind.CONFLICT, settled=False):
    agreed = Consensus(
        subject="u",
        step=Stage.TITLE_ABSTRACT,
        value=Outcome.INCLUDE,
        why="a note on why",
        by=("Maya Lindqvist",),
        time="2024-05-22T10:00:00+02:00",
    )
    return Discrepancy(
        subject="u",
        unit=Unit(id="u", number=1, fields=Fields(title="T"), members=(1,), records=("u",)),
        step=Stage.TITLE_ABSTRACT,
        kind=kind,
        elements=("comparisons",),
        decisions=decisions,
        consensus=(agreed,) if settled else (),
        state="resolved" if settled else "open",
    )


# Jonas stands first, so that an order of persons would show.
CONFLICT = discrepancy(
    decision("j", "exclude", "comparisons", "a note", comparisons="not-met"),
    decision("m", "include", comparisons="met"),
)


def test_every_kind_has_words():
    assert set(KIND_WORDS) == set(DiscrepancyKind)


def test_level_0_shows_no_decision_at_all():
    assert PAINTER.columns(CONFLICT, Level.RECORD) == []
    assert PAINTER.signs(CONFLICT, Level.RECORD) == ()


@pytest.mark.parametrize("level", [Level.RECORD, Level.DECISIONS])
def test_below_names_nothing_tells_who_it_was(level):
    shown = repr(PAINTER.columns(CONFLICT, level)) + repr(PAINTER.signs(CONFLICT, level))
    shown = shown.replace("j-exclude", "").replace("m-include", "")
    assert not any(secret in shown for secret in SECRETS)


def test_without_names_the_order_is_include_maybe_exclude():
    found = discrepancy(decision("j", "exclude"), decision("m", "maybe"), decision("k", "include"))
    shown = PAINTER.columns(found, Level.DECISIONS)
    assert [c.value for c in shown] == ["include", "maybe", "exclude"]
    assert [c.title for c in shown] == ["One reviewer", "The other", "A third"]
    assert PAINTER.signs(found, Level.DECISIONS) == ("include", "maybe", "exclude")


def test_the_order_without_names_does_not_depend_on_who_decided():
    one = discrepancy(decision("j", "include"), decision("m", "exclude"))
    two = discrepancy(decision("j", "exclude"), decision("m", "include"))
    assert PAINTER.signs(one, Level.DECISIONS) == PAINTER.signs(two, Level.DECISIONS)
    shown = [[(c.title, c.value) for c in PAINTER.columns(d, Level.DECISIONS)] for d in (one, two)]
    assert shown[0] == shown[1]


def test_names_come_at_level_2_and_nothing_else():
    shown = PAINTER.columns(CONFLICT, Level.NAMES)
    assert [c.title for c in shown] == ["Jonas Roth", "Maya Lindqvist"]
    assert not any(c.reason or c.note or c.judgements or c.time or c.version for c in shown)


def test_level_3_shows_everything_recorded():
    jonas, maya = PAINTER.columns(CONFLICT, Level.EVERYTHING)
    assert (jonas.reason, jonas.note, jonas.version) == ("comparisons", "a note", 3)
    assert jonas.judgements == {"comparisons": "not-met"}
    assert maya.judgements == {"comparisons": "met"}


@pytest.mark.parametrize("level", list(Level)[:3])
def test_no_element_below_level_3(level):
    assert PAINTER.disputed(CONFLICT, level) == ()
    assert PAINTER.elements(CONFLICT, level) is None
    assert "Comparisons" not in PAINTER.beside(CONFLICT, level, third=False)


def test_level_3_names_the_element_and_narrows_the_highlights():
    assert PAINTER.disputed(CONFLICT, Level.EVERYTHING) == ("Comparisons",)
    assert PAINTER.elements(CONFLICT, Level.EVERYTHING) == {"comparisons"}
    words = PAINTER.beside(CONFLICT, Level.EVERYTHING, third=False)
    assert words == "they differ on Comparisons"


def test_several_elements_name_the_first():
    found = discrepancy(decision("m", "include"), decision("j", "exclude"))
    several = Discrepancy(
        subject="u",
        unit=found.unit,
        step=found.step,
        kind=found.kind,
        elements=("participants", "outcomes", "no-report"),
        decisions=found.decisions,
    )
    words = PAINTER.beside(several, Level.EVERYTHING, third=False)
    assert words == "they differ on Participants and 2 more"
    assert PAINTER.elements(several, Level.EVERYTHING) == {"participants", "outcomes"}


def test_a_reason_that_is_no_criterion_narrows_no_highlights():
    found = discrepancy(decision("m", "exclude"), decision("j", "exclude"))
    only = Discrepancy(
        subject="u",
        unit=found.unit,
        step=found.step,
        kind=found.kind,
        elements=("no-report",),
        decisions=found.decisions,
    )
    assert PAINTER.elements(only, Level.EVERYTHING) is None


def test_a_third_person_is_told_it_is_an_adjudication():
    words = PAINTER.beside(CONFLICT, Level.DECISIONS, third=True)
    assert words == "adjudication, without names"


def test_who_has_not_decided_has_a_column_of_no_decision():
    found = discrepancy(decision("m", "include"), kind=DiscrepancyKind.MISSING)
    shown = PAINTER.columns(found, Level.NAMES, ["j"])
    assert [(c.title, c.value) for c in shown] == [
        ("Maya Lindqvist", "include"),
        ("Jonas Roth", "none"),
    ]
    assert PAINTER.signs(found, Level.DECISIONS) == ("include", "none")


def test_one_reviewers_two_decisions_are_not_called_two_reviewers():
    found = discrepancy(
        decision("m", "include"), decision("m", "exclude"), kind=DiscrepancyKind.SELF
    )
    assert [c.title for c in PAINTER.columns(found, Level.DECISIONS)] == ["One decision", "Another"]


def test_what_was_settled_stands_beside_the_decisions():
    found = discrepancy(*CONFLICT.decisions, settled=True)
    *decided, agreed = PAINTER.columns(found, Level.EVERYTHING)
    assert [c.value for c in decided] == ["exclude", "include"]
    assert (agreed.title, agreed.value, agreed.note) == ("Settled", "include", "a note on why")
    assert agreed.settled
    blind = PAINTER.columns(found, Level.NAMES)[-1]
    assert (blind.value, blind.note, blind.time) == ("include", "", "")


def test_what_two_meetings_settled_is_no_column():
    kind = DiscrepancyKind.CONSENSUS_CONFLICT
    found = discrepancy(*CONFLICT.decisions, kind=kind, settled=True)
    assert not any(c.settled for c in PAINTER.columns(found, Level.EVERYTHING))
