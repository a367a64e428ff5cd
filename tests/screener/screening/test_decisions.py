"""Decisions of one reviewer: what is recorded is what is read."""

import time

import pytest

from screener import open_copy, open_project
from screener.model import Stage, UserError, Verdict
from screener.screening.screening import Draft, Queue
from screener.store.heads import cached, heads
from screener.store.kinds.reviewer import Decision

TA = Stage.TITLE_ABSTRACT


def test_what_is_decided_is_what_is_read(screened, making):
    made = making.decide(
        screened,
        6,
        "exclude",
        reason="interventions",
        judgements={"interventions": "not-met", "participants": "unclear"},
        note="by post",
    )
    assert made == screened.screening.decision(making.uid(screened, 6), TA)
    assert (made.verdict, made.reason, made.note) == (Verdict.EXCLUDE, "interventions", "by post")
    assert made.judgements == {"interventions": "not-met", "participants": "unclear"}
    assert made.protocol == 1
    assert made.seen == screened.sources.record("6").version[:16]
    making.decide(screened, 6, "include")
    assert screened.screening.notes.note(making.uid(screened, 6), TA) == "by post", (
        "None leaves the note"
    )
    making.decide(screened, 6, "none")
    assert screened.screening.decision(making.uid(screened, 6), TA) is None
    steps = [s.what for s in screened.history("6")]
    assert steps == [
        "Import from PubMed",
        "Exclude: Interventions",
        "Exclude: Interventions",
        "Include",
        "Take the decision back",
    ] or steps[-3:] == ["Exclude: Interventions", "Include", "Take the decision back"]


def test_of_two_decisions_on_records_that_were_joined_the_newest_is_shown(tmp_path, making):
    path = making.review(tmp_path, records=3)
    making.screen(tmp_path / "a.screener", {2: "include", 3: "maybe", 1: "exclude"}, close=False)
    with open_project(path) as review:
        review.consensus.merge(tmp_path / "a.screener")
        joined = [making.uid(review, n) for n in (1, 2, 3)]
        for kept in joined:
            review.duplicates.same(joined, kept=kept)
            newer = tmp_path / f"{kept}.screener"
            review.consensus.write_copy("Maya", newer)
            with open_copy(newer) as mine:
                (unit,) = mine.screening.queues.queue(TA, Queue.DECIDED)
                assert mine.screening.decision(unit, TA).verdict is Verdict.EXCLUDE
            review.undo()


def test_what_is_taken_back_stands_no_more(screened, making):
    unit = making.uid(screened, 2)
    assert heads(screened._file, Decision, subjects=[unit])
    making.decide(screened, 2, "none")
    assert heads(screened._file, Decision, subjects=[unit]) == []
    assert unit in screened.screening.queues.queue(TA)
    screened.undo()
    assert screened.screening.decision(unit, TA).reason == "participants"
    screened.redo()
    making.decide(screened, 2, "include")
    (head,) = heads(screened._file, Decision, subjects=[unit])
    assert head.body.verdict is Verdict.INCLUDE


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="the zone of a process stays")
def test_a_decision_that_undo_put_back_was_made_when_it_was_made(screened, making):
    """It stands by an entry of its own, whose time is when a change of it was taken back."""
    unit, made = making.uid(screened, 6), making.decide(screened, 6, "include").time
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", "Asia/Tokyo")
        time.tzset()
        changed = making.decide(screened, 6, "exclude", reason="interventions").time
    time.tzset()
    assert changed[-6:] == "+09:00" != made[-6:]
    screened.undo()
    assert screened.screening.decision(unit, TA).time == made
    (in_meeting,) = screened.consensus.at(TA).step.recorded([unit])[unit]
    assert in_meeting.time == made
    screened.redo()
    assert screened.screening.decision(unit, TA).time == changed
    screened.undo()
    assert screened.screening.decision(unit, TA).time == made


def test_a_decision_names_the_protocol_by_its_digest(screened, making):
    made = making.decide(screened, 6, "maybe")
    protocol = screened.protocol.current
    (row,) = cached(screened._file, Decision, subjects=[making.uid(screened, 6)])
    assert row.protocol == protocol.id
    assert len(protocol.id) == 16
    assert made.protocol == protocol.version


@pytest.mark.parametrize("blank", ["", "\u00a0", "\u200b"])
def test_another_reason_is_refused_without_words(screened, making, blank):
    """Neither one decision nor one among many is recorded."""
    with pytest.raises(UserError, match="Write a note"):
        making.decide(screened, 6, "exclude", reason="other", note=blank)
    drafts = [
        Draft(unit=making.uid(screened, 7), verdict=Verdict.INCLUDE),
        Draft(unit=making.uid(screened, 6), verdict=Verdict.EXCLUDE, reason="other", note=blank),
    ]
    with pytest.raises(UserError, match="Write a note"):
        screened.screening.decisions.decide_many(drafts, stage=TA)
    assert screened.screening.progress(TA).decided == 5
