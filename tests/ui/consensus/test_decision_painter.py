"""What the meeting shows of decisions at each level, and what settles them."""

import pytest

from screener.consensus.reveal import Level
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

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
MET, NOT_MET, UNCLEAR = Judgement.MET, Judgement.NOT_MET, Judgement.UNCLEAR
PROTOCOL = Protocol(
    title="Peers",
    criteria=(
        Criterion(id="participants", element=Element.PARTICIPANTS),
        Criterion(id="outcomes", element=Element.OUTCOMES),
        Criterion(id="setting", element=Element.OTHER),
    ),
    further_reasons=(("no-full-report", "No full report"),),
)
NAMES = {"m": "Maya", "j": "Jonas"}
TIME = "2019-05-21T20:14:00+02:00"
BELOW = [Level.RECORD, Level.DECISIONS, Level.NAMES]


def painter(stage=TA):
    return DecisionPainter(stage, PROTOCOL, NAMES)


def decision(who, verdict, **more):
    more = {"time": TIME, "event": f"event of {who}", "protocol": 2, **more}
    return Decision(unit="u", stage=TA, reviewer=who, verdict=verdict, **more)


MAYA = decision(
    "m",
    Verdict.EXCLUDE,
    reason="participants",
    judgements={"participants": NOT_MET, "outcomes": MET},
    note="Students.",
)
JONAS = decision(
    "j", Verdict.INCLUDE, judgements={"participants": MET, "outcomes": UNCLEAR, "setting": NOT_MET}
)


def item(*decisions, kind=DiscrepancyKind.CONFLICT, elements=("participants",), **more):
    fields = Fields(title="Letters from peers")
    unit = Unit(id="u", number=1, fields=fields, members=(1,), records=("u",))
    return Discrepancy(
        subject="u", unit=unit, step=TA, kind=kind, elements=elements, decisions=decisions, **more
    )


def agreed(value, **more):
    return Consensus(subject="u", step=TA, value=value, time=TIME, **more)


CONFLICT = item(MAYA, JONAS)


def rows(found, level, paint=None, waited=()):
    paint = paint or painter()
    return paint.rows(found, paint.columns(found, level, waited), level)


def spoken(row):
    return [cell.spoken if cell else None for cell in row.cells]


# --- the list ------------------------------------------------------------------------------------


def test_a_line_says_marks_and_dispute_as_far_as_the_level_goes():
    said = {level: painter().line(CONFLICT, level) for level in Level}
    assert {line.title for line in said.values()} == {"Letters from peers"}
    assert [line.signs for line in said.values()] == [
        (),
        ("include", "exclude"),
        ("exclude", "include"),
        ("exclude", "include"),
    ]
    assert [line.below for line in said.values()] == ["", "", "", "Participants"]
    assert said[Level.RECORD].spoken == "Letters from peers"
    assert said[Level.DECISIONS].spoken == "Letters from peers; include and exclude"
    assert said[Level.EVERYTHING].spoken == "Letters from peers; exclude and include; Participants"


def test_who_has_not_decided_has_a_mark_of_its_own():
    missing = item(MAYA, kind=DiscrepancyKind.MISSING)
    assert painter().line(missing, Level.EVERYTHING).signs == ("exclude", "none")
    assert painter().line(item(MAYA), Level.EVERYTHING).signs == ("exclude",)


def test_what_was_settled_is_said_in_the_list_and_hides_the_dispute():
    found = item(MAYA, JONAS, consensus=(agreed(Outcome.AWAITING),), state="resolved")
    line = painter().line(found, Level.EVERYTHING)
    assert line.below == "settled: awaiting"
    assert line.spoken.endswith("; Participants; settled: awaiting classification")
    assert "settled" not in painter().line(found, Level.RECORD).spoken
    still_open = item(MAYA, JONAS, consensus=(agreed(Outcome.INCLUDE),))
    assert painter().line(still_open, Level.EVERYTHING).below == "Participants"


@pytest.mark.parametrize(
    ("elements", "level", "third", "said"),
    [
        (("participants",), Level.RECORD, False, "the record only"),
        (("participants",), Level.DECISIONS, False, "without names"),
        (("participants",), Level.DECISIONS, True, "adjudication, without names"),
        (("participants",), Level.NAMES, True, ""),
        ((), Level.EVERYTHING, False, ""),
        (("participants",), Level.EVERYTHING, False, "they differ on Participants"),
        (
            ("participants", "outcomes", "setting"),
            Level.EVERYTHING,
            False,
            "they differ on Participants and 2 more",
        ),
    ],
)
def test_beside_the_heading_stands_what_they_differ_on(elements, level, third, said):
    assert painter().beside(item(MAYA, JONAS, elements=elements), level, third=third) == said


def test_the_words_of_the_dispute_alone_are_marked_and_those_of_no_element_are_none():
    assert painter().elements(CONFLICT, Level.EVERYTHING) == {"participants"}
    for level in BELOW:
        assert painter().elements(CONFLICT, level) is None
    both = item(MAYA, JONAS, elements=("outcomes", "setting"))
    assert painter().elements(both, Level.EVERYTHING) == {"outcomes"}
    other = item(MAYA, JONAS, elements=("setting", "gone"))
    assert painter().elements(other, Level.EVERYTHING) is None


# --- the comparison ------------------------------------------------------------------------------


@pytest.mark.parametrize("level", BELOW)
def test_below_everything_there_are_verdicts_and_nothing_behind_them(level):
    (only,) = rows(CONFLICT, level)
    assert only.label == "Decision"
    shown = [] if level is Level.RECORD else ["decision: include", "decision: exclude"]
    assert sorted(spoken(only), reverse=True) == shown


def test_with_everything_seen_each_row_says_what_both_recorded():
    found = rows(CONFLICT, Level.EVERYTHING)
    assert {row.label: spoken(row) for row in found} == {
        "Decision": ["decision: exclude", "decision: include"],
        "Participants": ["Participants: not met", "Participants: met"],
        "Outcomes": ["Outcomes: met", "Outcomes: unclear"],
        "Setting": ["Setting: not judged", "Setting: not met"],
        "Reason": ["reason: 1 Participants", "reason: none"],
        "Note": ["note: Students.", None],
        "Decided": ["decided: 21 May 2019, 20:14\nversion 2"] * 2,
    }
    assert [row.element for row in found] == [
        "",
        "participants",
        "outcomes",
        "other",
        "",
        "",
        "",
    ]


def test_only_what_is_in_dispute_lies_on_the_wash_and_stands_out():
    found = rows(CONFLICT, Level.EVERYTHING)
    assert [row.label for row in found if row.disputed] == ["Participants"]
    assert [row.label for row in found if row.gap] == ["Reason"]
    looks = {row.label: [(c.step, c.colour, c.mark) for c in row.cells if c] for row in found}
    assert looks["Decision"] == [("name", "text", "exclude"), ("name", "text", "include")]
    assert looks["Participants"] == [("strong", "text", "not-met"), ("strong", "text", "met")]
    assert looks["Outcomes"] == [("small", "quiet", "met"), ("small", "quiet", "unclear")]
    assert looks["Setting"] == [("small", "quiet", ""), ("small", "text", "not-met")]
    assert looks["Reason"] == [("small", "text", None), ("small", "quiet", None)]
    assert looks["Note"] == [("note", "text", None)]
    assert looks["Decided"] == [("small", "quiet", None)] * 2


def test_where_nobody_judged_otherwise_it_is_the_reasons_that_are_in_dispute():
    one = decision("m", Verdict.EXCLUDE, reason="participants", judgements={"participants": MET})
    two = decision("j", Verdict.EXCLUDE, reason="no-full-report", judgements={})
    found = rows(
        item(one, two, kind=DiscrepancyKind.REASON, elements=("participants", "no-full-report")),
        Level.EVERYTHING,
    )
    assert [row.label for row in found if row.disputed] == ["Reason"]
    (reason,) = (row for row in found if row.label == "Reason")
    assert [cell.step for cell in reason.cells] == ["strong", "strong"]
    alike = rows(item(one, two, elements=()), Level.EVERYTHING)
    assert not any(row.disputed for row in alike)


def test_the_number_of_a_reason_stays_with_its_first_word_and_the_words_may_break():
    one = decision("m", Verdict.EXCLUDE, reason="no-full-report")
    two = decision("j", Verdict.EXCLUDE, reason="an-older-reason")
    (reason,) = (r for r in rows(item(one, two), Level.EVERYTHING) if r.label == "Reason")
    assert [cell.words for cell in reason.cells] == ["4\u00a0No full report", "An older reason"]
    assert all(cell.wrap for cell in reason.cells)


def test_who_has_not_decided_has_no_judgement_and_no_reason():
    found = rows(item(MAYA, kind=DiscrepancyKind.MISSING), Level.EVERYTHING, waited=["j"])
    cells = {row.label: row.cells[1] for row in found}
    assert cells["Decision"].words == "No decision"
    assert cells["Decision"].mark == "none"
    assert cells["Decision"].step == "body"
    assert cells["Participants"] is cells["Reason"] is cells["Decided"] is None


def test_what_was_settled_has_a_reason_and_no_judgements():
    settled = agreed(Outcome.EXCLUDE, reason="outcomes", why="Read together.")
    found = rows(item(MAYA, JONAS, consensus=(settled,), state="resolved"), Level.EVERYTHING)
    cells = {row.label: row.cells[2] for row in found}
    assert cells["Decision"].words == "Exclude"
    assert cells["Decision"].step == "body", "three columns leave no room for large words"
    assert cells["Participants"] is None
    assert cells["Reason"].words == "2\u00a0Outcomes"
    assert cells["Note"].words == "Read together."
    assert cells["Decided"].words == "21 May 2019, 20:14"


@pytest.mark.parametrize("level", Level)
def test_who_settled_it_and_when_stand_where_names_are_seen(level):
    settled = agreed(Outcome.INCLUDE, by=("Maya", "Jonas"))
    found = rows(item(MAYA, JONAS, consensus=(settled,), state="resolved"), level) if level else []
    said = [row.cells[2].words for row in found if row.label == "Settled by"]
    named = level >= Level.NAMES
    assert said == (["Maya and Jonas, 21 May 2019, 20:14"] if named else [])


def test_an_outcome_without_a_mark_has_none():
    found = item(MAYA, JONAS, consensus=(agreed(Outcome.AWAITING),), state="resolved")
    (verdicts, *_) = rows(found, Level.NAMES)
    last = verdicts.cells[2]
    assert (last.words, last.mark) == ("Awaiting classification", None)
    assert last.wrap, "a column is narrower than that"


def test_what_was_agreed_says_its_reason_only_with_everything_seen():
    found = agreed(Outcome.EXCLUDE, reason="outcomes")
    assert [painter().agreed(found, level) for level in Level] == [
        *["exclude"] * 3,
        "exclude, Outcomes",
    ]
    assert painter().agreed(found) == "exclude"
    assert painter().agreed(agreed(Outcome.INCLUDE), Level.EVERYTHING) == "include"


@pytest.mark.parametrize(
    ("outcome", "sign"),
    [
        (Outcome.INCLUDE, "include"),
        (Outcome.EXCLUDE, "exclude"),
        (Outcome.AWAITING, "maybe"),
    ],
)
def test_an_outcome_has_the_mark_of_a_verdict(outcome, sign):
    assert painter().sign(agreed(outcome)) == sign


# --- what settles --------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", list(Stage))
def test_the_offers_are_the_outcomes_and_the_reasons_in_their_order(stage):
    offers = painter(stage).offers(CONFLICT)
    doubt = Outcome.AWAITING if stage is FT else Outcome.INCLUDE
    assert [(o.action, o.choice.value, o.verdict) for o in offers[:3]] == [
        ("settle-include", "include", "include"),
        ("settle-exclude", "exclude", "exclude"),
        ("needs-full-text", doubt, ""),
    ]
    assert bool(offers[2].choice.phrase) is (stage is TA)
    assert [(o.numbered, o.words, o.choice.reason) for o in offers[3:]] == [
        (1, "Participants", "participants"),
        (2, "Outcomes", "outcomes"),
        (3, "Setting", "setting"),
        (4, "No full report", "no-full-report"),
    ]
    assert {(o.choice.value, o.within) for o in offers[3:]} == {("exclude", "settle-exclude")}


def test_exclude_is_marked_with_the_reason_that_was_chosen():
    include, exclude, _, *reasons = painter().offers(CONFLICT)
    chosen = reasons[1].choice
    marked = [o.action for o in painter().offers(CONFLICT) if painter().marks(o, chosen)]
    assert marked == ["settle-exclude", "settle-reason-2"]
    assert not painter().marks(exclude, include.choice)
    assert painter().marks(include, include.choice)


@pytest.mark.parametrize("level", list(Level))
def test_a_decision_is_taken_with_its_reason_where_that_is_seen(level):
    taken = painter().taken(CONFLICT, "event of m", level)
    reason = "participants" if level is Level.EVERYTHING else ""
    assert (taken.value, taken.reason) == ("exclude", reason)
    assert painter().taken(CONFLICT, "event of j", level).value == "include"
    doubt = item(decision("m", Verdict.MAYBE), JONAS)
    assert painter().taken(doubt, "event of m", level) is None


def test_only_an_exclusion_for_differing_reasons_is_proposed():
    two = decision("j", Verdict.EXCLUDE, reason="no-full-report")
    found = item(MAYA, two, kind=DiscrepancyKind.REASON)
    proposed = painter(FT).proposed(found, Level.EVERYTHING)
    assert (proposed.value, proposed.reason) == ("exclude", "participants")
    for level in BELOW:
        assert painter(FT).proposed(found, level) is None
    assert painter(FT).proposed(CONFLICT, Level.EVERYTHING) is None
    settled = item(MAYA, two, kind=DiscrepancyKind.REASON, state="resolved")
    assert painter(FT).proposed(settled, Level.EVERYTHING) is None


def test_an_exclusion_lacks_its_reason_only_at_the_stage_that_requires_one():
    include, exclude, _, first, *_ = painter(FT).offers(CONFLICT)
    assert painter(FT).lacks(exclude.choice)
    assert not painter(FT).lacks(first.choice)
    assert not painter(FT).lacks(include.choice)
    assert not painter(TA).lacks(exclude.choice)
