from dataclasses import replace

from screener.duplicates.notices import Notice
from screener.model import (
    Criterion,
    Decision,
    Fields,
    Protocol,
    RecordId,
    ReviewerId,
    Stage,
    Unit,
    UnitSource,
    Verdict,
)
from ui.screening import wording

UNIT = Unit(
    id=RecordId("a"),
    number=7,
    fields=Fields(title="Peers & phones", abstract="Words."),
    members=(7,),
    records=(RecordId("a"),),
)
PROTOCOL = Protocol(title="R", criteria=(Criterion(id="study-design"),))


def test_an_ordinary_record_has_no_remark():
    assert wording.remark(UNIT, []) == ""


def test_the_remark_names_what_is_true():
    sources = tuple(
        UnitSource(source=s, kind="database", batch=s) for s in ("PubMed", "Embase", "CENTRAL")
    )
    unit = replace(UNIT, sources=sources, members=(7, 9, 12))
    assert wording.remark(unit, ["Outcomes"], Notice.RETRACTED) == (
        "This report has been retracted  ·  Criteria changed since your decision: Outcomes  ·  "
        "Found in 3 sources: PubMed, Embase, CENTRAL"
    )
    twice = replace(UNIT, sources=sources[:1], members=(7, 9))
    assert wording.remark(twice, []) == "Found 2 times in one source"


def test_a_record_without_a_title_is_named_by_its_number():
    assert wording.quoted(replace(UNIT, fields=Fields())) == "record 7"


def test_a_decision_says_day_reason_and_how_to_change_it():
    decision = Decision(
        unit="a",
        stage=Stage.TITLE_ABSTRACT,
        reviewer=ReviewerId("r"),
        verdict=Verdict.EXCLUDE,
        reason="study-design",
        time="2026-05-21T20:14:00+02:00",
    )
    said = wording.own_decision(decision, PROTOCOL, rejudged=False, keys="I, M, E")
    assert said == "Your decision, 21 May: 1 Study design. I, M, E change it."
    said = wording.own_decision(decision, PROTOCOL, rejudged=True, keys="I, M, E")
    assert said.endswith("The new judgements are saved when you decide again (I, M, E).")
    assert wording.own_decision(decision, PROTOCOL, rejudged=False, keys="").endswith("design.")
    assert wording.decided(decision, PROTOCOL) == "Excluded, 1 Study design"
    assert wording.clock(decision.time) == "20:14"


def test_a_proposal_names_the_other_record_and_the_key():
    other = replace(UNIT, number=1234)
    assert wording.proposal(other, "=") == (
        "You proposed this as the same report as record 1,234, “Peers & phones”. "
        "= changes it or takes it back."
    )
    assert wording.proposal(replace(other, fields=Fields()), "").endswith("record 1,234.")


def test_what_was_done_on_several_records_names_each():
    long = replace(UNIT, number=8, fields=Fields(title="A title that is longer than the line has"))
    ninth = replace(UNIT, number=1209, fields=Fields())
    assert wording.together([("Included", UNIT), ("Excluded", long)]) == (
        "Included: “Peers & phones”  ·  Excluded: “A title that is longer than the line…”"
    )
    many = [("Included", UNIT), ("Excluded", long), ("Included", ninth)]
    assert wording.together(many) == "Included: records 7 and 1,209  ·  Excluded: record 8"
