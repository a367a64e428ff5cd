"""What one copy alone says of the review is named, and shows nothing others have not closed."""

import itertools
import json
import shutil

import pytest

from screener import compare, merge_into, open_copy, open_project
from screener.consensus.merging.findings import Check, MergeRefused, Step
from screener.model import Stage, Status
from screener.store import union
from screener.store.heads import heads
from screener.store.kinds.project import Joins, Reviewer
from tests.screener.consensus.planting import (
    jonas_leaves,
    one_reviewer_is_enough,
    planted,
    who,
)

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def half(tmp_path, making):
    """A review of six records: Maya has closed title and abstract, Jonas decided and did not."""
    path = making.review(tmp_path)
    with open_project(path) as review:  # copies that both know of both reviewers
        for letter, name in (("a", "Maya"), ("b", "Jonas")):
            (tmp_path / f"{letter}.screener").unlink()
            review.consensus.write_copy(name, tmp_path / f"{letter}.screener")
    making.screen(tmp_path / "a.screener", dict.fromkeys(range(1, 7), "include"))
    making.screen(tmp_path / "b.screener", dict.fromkeys(range(1, 7), "exclude"), close=False)
    return tmp_path / "a.screener", tmp_path / "b.screener"


def standing(path, body, subject, step=None):
    """The event ids of what stands, as a forger would name them."""
    with open_project(path, write=False) as review:
        found = heads(review._file, body, subjects=[subject], step=step or "")
        return json.dumps([one.event for one in found])


def jonas_joined_late(path):
    jonas = who(path, "Jonas")
    with open_project(path, write=False) as review:
        last = next(iter(reversed(_project_events(review._file))))
    planted(path, "joins", {"reviewer": jonas, "late": last}, subject=jonas, step=TA,
            supersedes=standing(path, Joins, jonas, TA))  # fmt: skip


def jonas_never_joined(path):
    jonas = who(path, "Jonas")
    planted(path, "joins", {"void": True}, subject=jonas, step=TA,
            supersedes=standing(path, Joins, jonas, TA))  # fmt: skip


def _project_events(file):
    from screener.store.logs import project_events

    return project_events(file)


def shown(path):
    with open_project(path, write=False) as review:
        return [
            state for state in review.consensus.states(TA).values() if state.status != Status.HIDDEN
        ]


@pytest.mark.parametrize("trick", [jonas_leaves, jonas_joined_late, jonas_never_joined])
@pytest.mark.parametrize("turned", [False, True])
def test_what_one_copy_says_shows_nothing_that_another_has_not_closed(half, trick, turned):
    a, b = half
    one_reviewer_is_enough(a)
    trick(a)
    files = (b, a) if turned else (a, b)
    new = a.with_name("new.screener")
    with pytest.raises(MergeRefused) as told:
        merge_into(new, *files)
    assert not new.exists()
    said = str(told.value)
    assert "the answers of Maya and Jonas would be shown before it is closed" in said
    assert "that a.screener has and not every file" in said
    assert "protocol version 2" in said
    assert told.value.finding.step is Step.TAKE_CHANGES
    with compare(*files) as (review, found):
        assert review is None
        assert [one.refused.step for one in found if one.refused] == [Step.OPEN_EARLY]
    # One after the other is no way round.
    merge_into(new, files[0])
    with pytest.raises(MergeRefused):
        merge_into(new, files[1])
    # Whoever knows that the coordinator made them says so, and is told what is shown by it.
    found = merge_into(new, files[1], take_changes=True)
    assert any("shown before it is closed, because of" in f.message for f in found[0].findings)
    assert shown(new)


def test_shown_early_on_purpose_is_not_asked_twice(half):
    a, b = half
    one_reviewer_is_enough(a)
    jonas_leaves(a)
    merge_into(a.with_name("new.screener"), a, b, open_early=True, why="we meet today")
    with compare(a, b, open_early=True) as (review, _):
        assert review is not None


def test_a_leave_that_both_know_is_no_question(tmp_path, making):
    path = making.review(tmp_path, reviewers=("Maya", "Jonas", "Ruth"))
    for letter in "ab":
        making.screen(tmp_path / f"{letter}.screener", dict.fromkeys(range(1, 7), "include"))
    with open_project(path) as review:
        review.team.leave("Ruth", "moved away")
        for letter, name in (("a", "Maya"), ("b", "Jonas")):
            review.consensus.write_copy(name, tmp_path / f"{letter}-new.screener")
    for letter in "ab":
        merge_into(tmp_path / f"{letter}.screener", tmp_path / f"{letter}-new.screener")
    with open_copy(tmp_path / "c.screener") as mine:
        making.decide(mine, 1, "exclude")
    files = [tmp_path / f"{letter}.screener" for letter in "abc"]
    for n, (one, other) in enumerate(itertools.permutations(files[:2])):
        merge_into(tmp_path / f"new-{n}.screener", one, other)
        assert len(shown(tmp_path / f"new-{n}.screener")) == 6
    with pytest.raises(MergeRefused):  # hers is not closed, and she may not know that she left
        merge_into(tmp_path / "all.screener", *files)


def remarks(found):
    return [f.message for one in found for f in one.findings if f.check is Check.HISTORY]


@pytest.mark.parametrize("turned", [False, True])
def test_names_that_are_swapped_are_said_in_any_order(half, turned):
    a, b = half
    ids = {name: who(a, name) for name in ("Maya", "Jonas")}
    for name, new in (("Maya", "Ruth"), ("Jonas", "Maya"), ("Maya", "Jonas")):
        id_ = ids[name]
        planted(a, "reviewer", {"id": id_, "name": new}, subject=id_,
                supersedes=standing(a, Reviewer, id_))  # fmt: skip
    found = merge_into(a.with_name("new.screener"), *((b, a) if turned else (a, b)))
    (said,) = [one for one in remarks(found) if "now called" in one]
    assert "“Maya” is now called “Ruth”" in said
    assert "“Jonas” is now called “Maya”" in said
    assert "“Ruth” is now called “Jonas”" in said


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("arbitrator", [False, True])
def test_nobody_whose_decisions_are_here_is_taken_out(half, turned, arbitrator):
    a, b = half
    jonas = who(a, "Jonas")
    body = {"id": jonas, "name": "Jonas", "arbitrator": True} if arbitrator else {"void": True}
    planted(a, "reviewer", body, subject=jonas, supersedes=standing(a, Reviewer, jonas))
    new = a.with_name("new.screener")
    with pytest.raises(MergeRefused):
        merge_into(new, *((b, a) if turned else (a, b)))
    files = (b, a) if turned else (a, b)
    merge_into(new, files[0])
    with pytest.raises(MergeRefused):
        merge_into(new, files[1])
    merge_into(a.with_name("p.screener"), b)
    with pytest.raises(MergeRefused):
        merge_into(a.with_name("p.screener"), a, take_changes=True)


def test_a_name_that_another_has_is_given_to_nobody(half):
    a, b = half
    jonas = who(a, "Jonas")
    planted(a, "reviewer", {"id": jonas, "name": "MAYA "}, subject=jonas,
            supersedes=standing(a, Reviewer, jonas))  # fmt: skip
    with pytest.raises(MergeRefused, match="the name of another person"):
        merge_into(a.with_name("new.screener"), a, b)


def test_changes_that_were_confirmed_are_asked_about_once(half, making):
    a, b = half
    older = a.with_name("older.screener")
    shutil.copy(b, older)
    making.screen(b, {1: "include"}, close=False)
    one_reviewer_is_enough(a)
    jonas_leaves(a)
    new = a.with_name("new.screener")
    merge_into(new, a)
    with pytest.raises(MergeRefused):
        merge_into(new, older)
    merge_into(new, older, take_changes=True)
    merge_into(new, b)  # it knows as little of them
    with open_project(new) as made:
        assert made.consensus.visible(TA)
        made.consensus.continue_as_project("the coordinator's is lost")
        assert not union.confirmed(made._file)


@pytest.mark.parametrize("known", [True, False])
def test_other_changes_are_asked_about_all_the_same(half, known):
    """That one change is the coordinator's says nothing of another."""
    a, b = half
    one_reviewer_is_enough(a)
    first = a.with_name("first.screener")
    shutil.copy(a, first)
    jonas_leaves(a)
    new = a.with_name("new.screener")
    merge_into(new, first if known else a, b, **({} if known else {"take_changes": True}))
    if known:
        with pytest.raises(MergeRefused):
            merge_into(new, a)
    else:
        merge_into(new, b)


NOWHERE = "f" * 32


@pytest.mark.parametrize(
    ("kind", "body", "at", "what"),
    [
        ("joins", {"reviewer": NOWHERE}, TA, "somebody who is not in the review"),
        ("leaves", {"reviewer": NOWHERE, "why": "w"}, TA, "somebody who is not in the review"),
        ("withdraw", {"batch": NOWHERE, "why": "w"}, "", "an import that is not here"),
        ("same", {"records": [NOWHERE, "e" * 32], "kept": NOWHERE, "rule": "r", "by_hand": True},
         "", "a record that is not here"),
        ("different", {"records": [NOWHERE, "e" * 32]}, "", "a record that is not here"),
        ("open", {"subjects": [NOWHERE]}, "full-text", "a record or study that is not here"),
        ("study", {"id": "e" * 32, "name": "S", "reports": [NOWHERE], "primary": NOWHERE}, "",
         "a record that is not here"),
        ("study", {"id": "e" * 32, "name": "S", "into": NOWHERE}, "", "a study that is not here"),
        ("intervention", {"id": "e" * 32, "name": "I", "studies": [NOWHERE]}, "",
         "a study that is not here"),
    ],
)  # fmt: skip
def test_changes_that_name_what_is_nowhere_are_refused_whatever_is_answered(
    half, making, kind, body, at, what
):
    a, _ = half
    with open_project(a, write=False) as mine:
        record = str(mine.units.find("1"))
    on = {"same": record, "different": record, "open": ""}
    subject = on.get(kind, body.get("id") or body.get("reviewer") or body.get("batch"))
    planted(a, kind, body, subject=subject, step=at)
    for target in ("p.screener", "new.screener"):
        with pytest.raises(MergeRefused, match=f"that names {what}") as told:
            merge_into(a.with_name(target), a, take_changes=True)
        assert told.value.finding.step is Step.FRESH_COPY
    done = making.cli("merge", a, "--into", a.with_name("p.screener"), "--take-changes")
    assert (done.returncode, f"that names {what}" in done.stderr) == (1, True)
