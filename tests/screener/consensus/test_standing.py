"""Where subjects stand when decisions change, meetings differ and reports are joined."""

import shutil
from dataclasses import replace

import pytest

from screener import merge_into, open_copy, open_project
from screener.model import Mode, Outcome, Stage, Status, UserError
from screener.store.events import parse
from screener.store.heads import heads
from screener.store.kinds.meeting import Consensus

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def settle(review, number, outcome, *, step=TA, by=("Maya",), **more):
    unit = review.units.find(str(number))
    return review.consensus.resolve(unit, outcome, step=step, why="we read it", by=by, **more)


def state(path, number, step=TA):
    with open_project(path, write=False) as review:
        return review.consensus.state(review.units.find(str(number)), step)


@pytest.fixture
def merged(pair):
    pair.merge()
    return pair


@pytest.fixture
def assessed(merged, making):
    """Full text of 1, 5 and 8, included by both; everything settled that differed before."""
    with open_project(merged.project) as review:
        for number in (3, 4, 7):
            settle(review, number, "exclude", reason="participants")
        review.screening.open(FT)
        for name, letter in (("Maya", "a"), ("Jonas", "b")):
            review.consensus.write_copy(name, merged.folder / f"{letter}2.screener")
    for letter in "ab":
        path = merged.folder / f"{letter}2.screener"
        making.screen(path, {1: "include", 5: "include", 8: "include"}, stage=FT)
        merge_into(merged.project, path)
    return merged


def included(path):
    """The included reports by the flow, the status, the state and the export: all one number."""
    with open_project(path, write=False) as review:
        flow = review.report.flow()
        out = path.with_name("included.csv")
        found = {
            flow.new_reports,
            review.consensus.standing(FT).included,
            len(review.consensus.passed(FT)),
            review.report.export(out, which="included", stage=FT),
        }
        assert [p for p in flow.problems if "but" in p] == []
        (number,) = found
        return number, flow.draft


# --- the numbers of included reports --------------------------------------------------------------


def test_a_changed_consensus_leaves_one_number_of_included_reports(assessed):
    assert included(assessed.project) == (3, False)
    with open_project(assessed.project) as review:
        settle(review, 5, "exclude", reason="participants", overturn=True)
        assert review.consensus.state(review.units.find("5"), FT).status is Status.NOT_OPEN
    assert included(assessed.project) == (2, False)
    with open_project(assessed.project) as review:
        review.undo()
    assert included(assessed.project) == (3, False), "what was decided is kept"


def test_an_exclusion_taken_back_is_one_number_and_a_draft_while_it_is_open(assessed, making):
    with open_copy(assessed.a) as mine:
        mine.screening.reopen(TA, "second thoughts")
        making.decide(mine, 1, "exclude", reason="participants")
        mine.screening.close(TA)
    merge_into(assessed.project, assessed.a)
    assert state(assessed.project, 1).status is Status.CONFLICT
    assert included(assessed.project) == (2, True)
    with open_project(assessed.project) as review:
        settle(review, 1, "include")
    assert included(assessed.project) == (3, False)


def test_a_report_retrieved_through_one_record_keeps_the_included_study(assessed):
    with open_project(assessed.project) as review:
        one, other = review.units.find("1"), review.units.find("5")
        review.fulltext.set_retrieval(one, "retrieved")
        review.fulltext.set_retrieval(other, "not-retrieved", "no library has it")
    assert included(assessed.project) == (2, False)
    for kept in (one, other):
        twin = assessed.folder / "twin.screener"
        shutil.copy(assessed.project, twin)
        with open_project(twin) as review:
            review.duplicates.same([one, other], kept=kept)
            assert review.units.find("5") == kept
            assert review.consensus.state(kept, FT).status is Status.AGREED
        assert included(twin) == (2, False)
        twin.unlink()


def test_a_join_that_makes_a_contradiction_is_one_number_and_a_draft(assessed):
    """Maya decided maybe on 8 and include on 1, so what title and abstract say is open again."""
    with open_project(assessed.project) as review:
        unit = [review.units.find(n) for n in ("1", "8")]
        review.duplicates.same(unit, kept=unit[0])
        assert review.consensus.state(unit[0], TA).status is Status.SELF
    assert included(assessed.project) == (1, True)
    with open_project(assessed.project) as review:
        settle(review, 1, "include")
    assert included(assessed.project) == (2, False)


def test_what_is_reopened_is_counted_once(assessed, making):
    with open_copy(assessed.a) as mine:
        mine.screening.reopen(TA, "second thoughts")
        making.decide(mine, 3, "exclude", reason="interventions")
        mine.screening.close(TA)
    merge_into(assessed.project, assessed.a)
    found = state(assessed.project, 3)
    assert (found.status, found.outcome, found.open) == (
        Status.REOPENED,
        Outcome.EXCLUDE,
        True,
    )
    with open_project(assessed.project, write=False) as review:
        flow = review.report.flow()
        pending = flow.pending
        assert flow.draft
        assert (pending.title_abstract, pending.title_abstract_open) == (0, ())
        assert pending.title_abstract_reopened == 1
        assert flow.records_screened == flow.records_excluded + flow.dbr_sought_reports
        assert flow.draft_sentence == "Draft while 1 settled record is re-opened."
        behind = review.report.counted().records("pending", "title_abstract_reopened")
        assert behind == (review.units.find("3"),)


# --- settling -------------------------------------------------------------------------------------


def test_only_people_of_the_review_settle(merged):
    with open_project(merged.project) as review:
        before = review.counts()
        with pytest.raises(UserError, match="“Ruth” takes no part in this review"):
            settle(review, 3, "include", by=["Maya", "Ruth"])
        assert review.counts() == before
        review.consensus.add_person("Ruth", arbitrator=True)
        settled = settle(review, 3, "include", by=[" ruth "], mode=Mode.ADJUDICATION)
        assert settled.by == ("Ruth",)
        (head,) = heads(review._file, Consensus)
        assert head.body.by == tuple(p.id for p in review.consensus.people() if p.arbitrator)


@pytest.mark.parametrize(
    ("number", "first", "second", "overturns"),
    [
        (1, None, ("exclude", ""), True),
        (1, None, ("include", ""), False),
        (2, None, ("exclude", "interventions"), True),
        (6, None, ("exclude", "interventions"), False),  # their reasons differ: none is overturned
        (3, ("include", ""), ("exclude", ""), True),
        (3, ("exclude", "participants"), ("exclude", "interventions"), True),
        (3, ("exclude", "participants"), ("exclude", "participants"), False),
    ],
)
def test_overturning_what_was_agreed_is_said(merged, number, first, second, overturns):
    with open_project(merged.project) as review:
        if first:
            settle(review, number, first[0], reason=first[1])
        if overturns:
            before = review.counts()
            with pytest.raises(UserError, match="overturns that"):
                settle(review, number, second[0], reason=second[1])
            assert review.counts() == before
        settle(review, number, second[0], reason=second[1], overturn=overturns)
        found = review.consensus.state(review.units.find(str(number)), TA)
        assert (found.status, str(found.outcome)) == (Status.RESOLVED, second[0])
        assert found.reason == second[1], "no reason of an earlier consensus is kept"


def test_an_include_after_an_exclude_has_no_reason(merged):
    with open_project(merged.project) as review:
        settle(review, 3, "exclude", reason="participants")
        settle(review, 3, "include", overturn=True)
        found = review.consensus.state(review.units.find("3"), TA)
        assert (found.outcome, found.reason) == (Outcome.INCLUDE, "")


def test_a_decision_changed_to_exclude_has_no_reason_of_before(merged, making):
    with open_copy(merged.a) as mine:
        mine.screening.reopen(TA, "second thoughts")
        making.decide(mine, 2, "include")
        making.decide(mine, 2, "exclude")
        assert mine.screening.decision(mine.units.find("2"), TA).reason == ""
        mine.screening.close(TA)
    merge_into(merged.project, merged.a)
    assert state(merged.project, 2).reason == ""


def test_an_unknown_kind_is_no_consensus(merged):
    with open_project(merged.project) as review:
        settle(review, 3, "include")
        file = review._file
        columns = "e.id, e.log, e.seq, e.prev, e.kind, e.step, e.subject, e.body"
        (row,) = file.rows(f"SELECT {columns} FROM event e WHERE e.kind = 'consensus'")
        assert parse(tuple(row)).kind.name == "consensus"
        with pytest.raises(ValueError, match="no kind of entry"):
            parse((*row[:4], "agreement", *row[5:]))


# --- changing, meeting twice, contradicting oneself -----------------------------------------------


def test_two_meetings_differ_until_one_settles_again(merged):
    other = merged.folder / "other.screener"
    shutil.copy(merged.project, other)
    for path, outcome in ((merged.project, "include"), (other, "exclude")):
        with open_project(path) as review:
            settle(review, 3, outcome)
    merge_into(merged.project, other, project=True)
    found = state(merged.project, 3)
    assert (found.status, found.outcome, found.kind) == (
        Status.CONSENSUS_CONFLICT,
        None,
        "consensus-conflict",
    )
    with open_project(merged.project) as review:
        assert len(review.consensus.agreed(TA)[review.units.find("3")]) == 2
        settle(review, 3, "include")
        assert len(review.consensus.agreed(TA)[review.units.find("3")]) == 1
    assert state(merged.project, 3).status is Status.RESOLVED


def test_a_fork_of_ones_own_log_is_a_contradiction(merged, making):
    """The same file goes on in two places and says two things."""
    twin = merged.folder / "twin.screener"
    shutil.copy(merged.a, twin)
    for path, verdict in ((merged.a, "include"), (twin, "exclude")):
        with open_copy(path) as mine:
            mine.screening.reopen(TA, "second thoughts")
            making.decide(mine, 6, verdict)
            mine.screening.close(TA)
        merge_into(merged.project, path)
    found = state(merged.project, 6)
    assert (found.status, found.outcome, found.kind) == (Status.SELF, None, "self")
    with open_project(merged.project) as review:
        settle(review, 6, "exclude")
        assert review.consensus.state(review.units.find("6"), TA).status is Status.RESOLVED


def test_a_decision_made_again_is_stale_no_more(merged, making):
    with open_project(merged.project) as review:
        now = review.protocol.current
        first = replace(now.criteria[0], exclude="something else")
        review.protocol.set(replace(now, criteria=(first, *now.criteria[1:])))
        review.consensus.write_copy("Maya", merged.folder / "newer.screener")
    merge_into(merged.a, merged.folder / "newer.screener")
    with open_copy(merged.a) as mine:
        unit = {n: mine.units.find(str(n)) for n in (1, 2)}
        assert mine.consensus.state(unit[1], TA).stale
        mine.screening.reopen(TA, "the criteria changed")
        making.decide(mine, 1, "include")
        assert not mine.consensus.state(unit[1], TA).stale
        assert mine.consensus.state(unit[2], TA).stale
        assert mine.consensus.state(unit[1], TA).status is Status.DECIDED


def test_a_copy_knows_decided_and_pending_only(screened):
    found = {str(s.status) for s in screened.consensus.states(TA).values()}
    assert found == {"decided", "pending"}
    assert screened.consensus.standing(TA).statuses == {"decided": 5, "pending": 3}
    assert all(s.outcome is None for s in screened.consensus.states(TA).values())
    assert list(screened.consensus.discrepancies(TA)) == []
