"""What the meeting asks about one unit: what changed since it was settled, who is waited for."""

from __future__ import annotations

import pytest

from screener import open_copy, open_project
from screener.model import Outcome, Stage, UserError
from screener.model.step import WHOLE, Agreed

TA = Stage.TITLE_ABSTRACT


def settle(review, unit, outcome, **more):
    return review.consensus.resolve(
        unit, outcome, step=TA, why="Read together", by=["Maya", "Jonas"], **more
    )


@pytest.fixture
def merged(pair):
    pair.merge()
    with open_project(pair.project) as review:
        yield review


def found(review, unit):
    (one,) = review.consensus.discrepancies(TA, only=[unit])
    return one


def test_a_changed_decision_is_told_with_what_it_was_and_when(pair, merged, making):
    unit = making.uid(merged, 3)
    settle(merged, unit, Outcome.INCLUDE)
    assert merged.consensus.context.changed_since(found(merged, unit)) == []
    with open_copy(pair.a) as maya:
        maya.screening.reopen(TA, "read again")
        making.decide(maya, 3, "exclude", reason="study-design")
        maya.screening.close(TA)
    merged.consensus.merge(pair.a)
    (change,) = merged.consensus.context.changed_since(found(merged, unit))
    maya_id = merged.consensus.reviewers()[0].id
    decided = next(d for d in merged.consensus.decisions(unit, TA) if d.reviewer == maya_id)
    assert (change.reviewer, change.before, change.now) == (maya_id, "include", "exclude")
    assert change.time == decided.time


def test_a_decision_taken_back_is_told(pair, merged, making):
    unit = making.uid(merged, 8)
    settle(merged, unit, Outcome.INCLUDE)
    with open_copy(pair.b) as jonas:
        jonas.screening.reopen(TA, "decided too soon")
        jonas.undo()  # the decision on the last record
        jonas.screening.close(TA)
    merged.consensus.merge(pair.b)
    (change,) = merged.consensus.context.changed_since(found(merged, unit))
    jonas_id = merged.consensus.reviewers()[1].id
    assert (change.reviewer, change.before, change.now) == (jonas_id, "include", "")
    assert change.time


def test_nothing_changed_since_where_nothing_was_settled(merged, making):
    assert merged.consensus.context.changed_since(found(merged, making.uid(merged, 3))) == []


def test_who_closed_without_deciding_is_named(merged, making):
    names = {
        number: [r.name for r in merged.consensus.context.undecided(making.uid(merged, number), TA)]
        for number in (3, 7)
    }
    assert names == {3: [], 7: ["Jonas"]}


def test_what_overturns_is_what_needs_to_be_said(merged, making):
    agreed, differs = making.uid(merged, 2), making.uid(merged, 3)
    asked = [
        (Outcome.EXCLUDE, "participants", False),
        (Outcome.EXCLUDE, "interventions", True),
        (Outcome.INCLUDE, "", True),
    ]
    for outcome, reason, overturns in asked:
        wanted = Agreed(event="", item=WHOLE, state="value", value=outcome, reason=reason)
        said = merged.consensus.context.overturned(agreed, TA, wanted)
        assert said == ("exclude" if overturns else "")
        assert merged.consensus.context.overturned(differs, TA, wanted) == ""
    with pytest.raises(UserError, match="overturns that"):
        settle(merged, agreed, Outcome.INCLUDE)
    assert settle(merged, agreed, Outcome.INCLUDE, overturn=True).value == "include"


def test_some_of_the_list_stand_in_it_as_in_the_whole(merged, making):
    whole = merged.consensus.differing(TA)
    some = [making.uid(merged, number) for number in (1, 5, 3)]
    expected = [state for state in whole if state.subject in some]
    assert merged.consensus.differing(TA, only=some) == expected
    assert [state.subject for state in expected] == [some[2], some[1]]


# --- reports that were opened after full text was closed ------------------------------------------

FT = Stage.FULL_TEXT


@pytest.fixture
def more_reports(tmp_path, making):
    """A project with full text closed, one record more that passed and is open there since."""
    path = making.included(tmp_path, records=2)
    with open_project(path) as review:
        making.fill(review, tmp_path, 1, source="Scopus", mark="later")
        for name in ("Maya", "Jonas"):
            review.consensus.write_copy(name, tmp_path / f"{name}.screener")
    for name in ("Maya", "Jonas"):
        making.screen(tmp_path / f"{name}.screener", {3: "include"})
    with open_project(path) as review:
        review.consensus.merge(*(tmp_path / f"{name}.screener" for name in ("Maya", "Jonas")))
        assert review.screening.open(FT) == 1
        for name in ("Maya", "Jonas"):
            review.consensus.write_copy(name, tmp_path / f"{name}-2.screener")
    return path


def test_a_close_does_not_close_what_was_opened_after_it(more_reports):
    copies = [more_reports.with_name(f"{name}-2.screener") for name in ("Maya", "Jonas")]
    with open_project(more_reports) as review:
        merged = review.consensus.merge(*copies)
        said = [finding.message for one in merged.files for finding in one.findings]
        missing = "Full text: 2 decided, 1 opened since it was closed, and still to decide."
        assert said.count(missing) == 2
        assert not any("closed undecided" in one for one in said)
        assert review.consensus.standing(FT).statuses["hidden"] == 1
        assert list(review.consensus.discrepancies(FT)) == []


def test_a_report_that_nobody_read_is_not_settled(more_reports, making):
    """Both close it undecided: it is to settle, but not while it is sought."""
    for name in ("Maya", "Jonas"):
        with open_copy(more_reports.with_name(f"{name}-2.screener")) as mine:
            mine.screening.close(FT)
    with open_project(more_reports) as review:
        names = ("Maya", "Jonas")
        review.consensus.merge(*(more_reports.with_name(f"{n}-2.screener") for n in names))
        unit = making.uid(review, 3)
        (found,) = review.consensus.discrepancies(FT)
        assert (found.subject, found.kind) == (unit, "missing")

        def settled(outcome, reason=""):
            review.consensus.resolve(
                unit, outcome, step=FT, why="Read together", by=["Maya"], reason=reason
            )

        for outcome in (("include",), ("exclude", "study-design")):
            with pytest.raises(UserError, match=r"Nobody read this report.*still sought\. Say at"):
                settled(*outcome)
        settled("awaiting")
        review.undo()
        review.fulltext.set_retrieval(unit, "not-retrieved", "no copy anywhere")
        with pytest.raises(UserError, match="not retrieved, so nobody can read it"):
            settled("include")
        review.fulltext.set_retrieval(unit, "retrieved")
        settled("include")
