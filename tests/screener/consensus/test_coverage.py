"""Who has to answer, and when it may be seen: the subject is shown, not the step."""

import itertools
import shutil
from dataclasses import replace
from types import SimpleNamespace

import pytest

from screener import merge_into, open_copy, open_project
from screener.consensus.coverage import Coverage, Taking
from screener.model import Stage, Status, UserError
from screener.store.closing import Closed

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT
EVERYTHING = dict.fromkeys(range(1, 7), "include")


@pytest.fixture
def project(tmp_path, making):
    """A project of six records with copies for Maya (a) and Jonas (b), nothing decided."""
    return making.review(tmp_path)


def at(project, name):
    return project.with_name(f"{name}.screener")


def statuses(project, *, numbers=False):
    """The words of the statuses with their counts, or the numbers of the units of each."""
    with open_project(project, write=False) as review:
        if not numbers:
            return review.consensus.standing(TA).statuses
        found = {}
        for unit, state in review.consensus.states(TA).items():
            found.setdefault(str(state.status), []).append(next(review.units.load([unit])).number)
        return found


def write_copy(project, name, letter):
    with open_project(project) as review:
        review.consensus.write_copy(name, at(project, letter))


def search_again(project, making, *, first=10, count=3):
    with open_project(project) as review:
        making.fill(review, project.parent, count, mark=f"later{first}", first=first)


def newer(project, making, letter, name, number):
    """Write a newer copy and take it into the one its reviewer works in."""
    write_copy(project, name, f"newer-{letter}-{number}")
    merge_into(at(project, letter), at(project, f"newer-{letter}-{number}"))


@pytest.fixture
def finished(project, making):
    """The same, screened and closed by both and merged: all six included."""
    for letter in "ab":
        making.screen(at(project, letter), EVERYTHING)
    merge_into(project, at(project, "a"), at(project, "b"))
    assert statuses(project) == {"agreed": 6}
    return project


# --- nobody is unblinded --------------------------------------------------------------------------


def test_one_close_shows_nothing_while_the_other_has_not_closed(project, making):
    making.screen(at(project, "a"), EVERYTHING)
    merge_into(project, at(project, "a"))
    assert statuses(project) == {"hidden": 6}
    making.screen(at(project, "b"), {1: "exclude"}, close=False)
    merge_into(project, at(project, "b"))
    assert statuses(project) == {"hidden": 6}
    with open_project(project, write=False) as review:
        assert not review.consensus.visible(TA)
        for ask in (
            lambda: review.consensus.passed(TA),
            lambda: list(review.consensus.discrepancies(TA)),
            lambda: review.consensus.all_decisions(TA),
            lambda: review.consensus.agreement(TA),
            lambda: review.consensus.decisions(review.units.find("1"), TA),
        ):
            with pytest.raises(UserError, match="is still open"):
                ask()
        flow = review.report.flow()
        assert (flow.pending.title_abstract, flow.dbr_sought_reports, flow.draft) == (6, 0, True)
    making.screen(at(project, "b"), {})
    merge_into(project, at(project, "b"))
    assert statuses(project) == {"conflict": 1, "missing": 5}


def test_one_close_shows_nothing_while_the_other_has_no_copy(tmp_path, making):
    project = making.review(tmp_path, reviewers=("Maya",))
    making.screen(at(project, "a"), EVERYTHING)
    merge_into(project, at(project, "a"))
    assert statuses(project) == {"hidden": 6}
    with open_project(project) as review:
        with pytest.raises(UserError, match="hidden until everybody"):
            review.consensus.resolve(
                review.units.find("1"), "include", step=TA, why="we read it", by=["Maya"]
            )
        review.protocol.set(replace(review.protocol.current, reviewers_per_record=1))
    assert statuses(project) == {"agreed": 6}, "one is enough, and has closed"


def test_what_nobody_decided_is_settled_by_nobody(project):
    with open_project(project) as review:
        with pytest.raises(UserError, match="hidden until everybody"):
            review.consensus.resolve(
                review.units.find("1"), "include", step=TA, why="we know it", by=["Maya"]
            )
        assert review.consensus.standing(TA).statuses == {"not-started": 6}


def test_opened_early_covers_what_was_opened_up_to_then(project, making):
    making.screen(at(project, "a"), EVERYTHING)
    merge_into(project, at(project, "a"), open_early=True)
    assert statuses(project) == {"pending": 6}
    search_again(project, making)
    newer(project, making, "a", "Maya", 1)
    with open_copy(at(project, "a")) as mine:
        mine.screening.reopen(TA, "more")
    making.screen(at(project, "a"), {7: "include"})
    merge_into(project, at(project, "a"))
    assert statuses(project) == {"pending": 6, "hidden": 3}


# --- what was visible stays so --------------------------------------------------------------------


def test_reopening_and_deciding_on_hides_nothing(finished, making):
    with open_copy(at(finished, "a")) as mine:
        mine.screening.reopen(TA, "once more")
    making.screen(at(finished, "a"), {1: "exclude"}, close=False)
    merge_into(finished, at(finished, "a"))
    assert statuses(finished) == {"agreed": 5, "conflict": 1}


def test_who_joins_late_hides_nothing_by_one_decision(finished, making):
    write_copy(finished, "Ruth", "c")
    assert statuses(finished) == {"agreed": 6}
    making.screen(at(finished, "c"), {1: "exclude"}, close=False)
    merge_into(finished, at(finished, "c"))
    assert statuses(finished) == {"agreed": 5, "conflict": 1}, "it counts, and hides nothing"
    with open_project(finished, write=False) as review:
        assert review.consensus.standing(TA).included == 5


def test_who_joins_late_is_waited_for_in_later_searches(finished, making):
    write_copy(finished, "Ruth", "c")
    search_again(finished, making)
    for letter, name in (("a", "Maya"), ("b", "Jonas")):
        newer(finished, making, letter, name, 1)
        with open_copy(at(finished, letter)) as mine:
            mine.screening.reopen(TA, "the second search")
        making.screen(at(finished, letter), dict.fromkeys((7, 8, 9), "include"))
    merge_into(finished, at(finished, "a"), at(finished, "b"))
    assert statuses(finished) == {"agreed": 6, "hidden": 3}
    newer(finished, making, "c", "Ruth", 1)
    making.screen(at(finished, "c"), {7: "exclude"})
    merge_into(finished, at(finished, "c"))
    assert statuses(finished) == {"agreed": 8, "conflict": 1}


def test_a_joining_before_anything_is_visible_is_waited_for(project, making):
    write_copy(project, "Ruth", "c")
    for letter in "ab":
        making.screen(at(project, letter), EVERYTHING)
    merge_into(project, at(project, "a"), at(project, "b"))
    assert statuses(project) == {"hidden": 6}


def test_who_joins_for_what_is_opened_afterwards_is_not_waited_for_before(project, making):
    with open_project(project) as review:
        review.consensus.add_person("Ruth")
        assert review.consensus.join("Ruth", TA, opened_after=True)
        assert not review.consensus.join("Ruth", TA), "they take part already"
    for letter in "ab":
        making.screen(at(project, letter), EVERYTHING)
    merge_into(project, at(project, "a"), at(project, "b"))
    assert statuses(project) == {"agreed": 6}
    search_again(project, making)
    for letter, name in (("a", "Maya"), ("b", "Jonas")):
        newer(project, making, letter, name, 1)
        with open_copy(at(project, letter)) as mine:
            mine.screening.reopen(TA, "the second search")
            mine.screening.close(TA)
    merge_into(project, at(project, "a"), at(project, "b"))
    assert statuses(project) == {"agreed": 6, "hidden": 3}


def test_a_removed_record_takes_no_unit_back_behind_the_curtain(finished, making):
    """A unit is opened by the earliest import of its members, present or not."""
    search_again(finished, making, count=1)
    with open_project(finished) as review:
        review.duplicates.same([review.units.find("1"), review.units.find("7")])
        unit = review.units.find("1")
        assert review.consensus.state(unit, TA).status is Status.AGREED
        review.sources.remove(["1"], "retracted")
        (left,) = {review.units.find("7")}
        assert review.consensus.state(left, TA).status is Status.AGREED


# --- leaving --------------------------------------------------------------------------------------


TOLD = "Title and abstract was shown before everybody had closed it: a new post."
LEFT = "Ruth left title and abstract: a new post."
LATE = "Ruth joined title and abstract late, and was not waited for in all of it."


def test_who_leaves_blocks_nothing(project, making):
    write_copy(project, "Ruth", "c")
    for letter in "ab":
        making.screen(at(project, letter), EVERYTHING)
    making.screen(at(project, "c"), {1: "exclude"}, close=False)
    merge_into(project, *(at(project, x) for x in "abc"))
    assert statuses(project) == {"hidden": 6}
    with open_project(project) as review:
        assert review.consensus.leave("Ruth", TA, "a new post."), "it shows what was hidden"
        assert review.report.remarks() == (LEFT, TOLD)
        with pytest.raises(UserError, match="has left title and abstract already"):
            review.consensus.leave("Ruth", TA, "again")
    assert statuses(project) == {"agreed": 5, "conflict": 1}, "what a leaver decided stays"
    with open_project(project) as review:
        review.consensus.join("Ruth", TA)
        assert review.report.remarks() == (LATE, TOLD), "it was shown all the same"
    assert statuses(project) == {"agreed": 5, "conflict": 1}


def test_a_leaving_that_makes_closing_impossible_opens_early(project, making):
    making.screen(at(project, "a"), EVERYTHING)
    making.screen(at(project, "b"), {1: "exclude"}, close=False)
    merge_into(project, at(project, "a"), at(project, "b"))
    with open_project(project) as review:
        with pytest.raises(UserError, match="Say why"):
            review.consensus.leave("Jonas", TA, " ")
        assert review.consensus.leave("Jonas", TA, "a new post")
        assert len(review._file.rows("SELECT 1 FROM event WHERE kind = 'opened-early'")) == 1
    assert statuses(project) == {"conflict": 1, "missing": 5}


def test_a_leaver_before_anybody_has_answered_takes_nobodys_blinding(project, making):
    """Another joins in the place, is waited for, and nothing is shown until both have closed."""
    with open_project(project) as review:
        assert review.team.too_few_without("Jonas") == ["title and abstract"]
        assert review.team.shown_without("Jonas") == []
        assert not review.consensus.leave("Jonas", TA, "a new post")
        assert review.team.too_few_without("Jonas") == ["title and abstract"]
        assert review._file.rows("SELECT 1 FROM event WHERE kind = 'opened-early'") == []
    write_copy(project, "Zoe", "c")
    making.screen(at(project, "a"), {1: "include"}, close=False)
    merge_into(project, at(project, "a"))
    assert statuses(project) == {"hidden": 6}
    with open_project(project) as review:
        assert review.team.too_few_without("Jonas") == []
        found = {one.reviewer.name: one for one in review.consensus.reviewer_standings(TA)}
        assert (found["Zoe"].pending, found["Jonas"].pending) == (6, 0)
    making.screen(at(project, "a"), EVERYTHING)
    making.screen(at(project, "c"), EVERYTHING)
    merge_into(project, at(project, "a"), at(project, "c"))
    assert statuses(project) == {"agreed": 6}
    with open_project(project) as review:
        assert not review.consensus.at(TA).coverage.opened_early


def test_a_leaver_of_what_nobody_answered_shows_what_only_they_had_not_closed(project, making):
    """Two had closed the first search, one of them has left; the later search stays hidden."""
    write_copy(project, "Ruth", "c")
    for letter in "ab":
        making.screen(at(project, letter), EVERYTHING)
    merge_into(project, at(project, "a"), at(project, "b"))
    search_again(project, making)
    with open_project(project) as review:
        review.consensus.leave("Jonas", TA, "a new post")
        assert review.team.shown_without("Ruth") == ["title and abstract"]
        assert review.consensus.leave("Ruth", TA, "ill")
        assert review.team.too_few_without("Ruth") == ["title and abstract"]
    newer(project, making, "a", "Maya", 1)
    with open_copy(at(project, "a")) as mine:
        mine.screening.reopen(TA, "the second search")
    making.screen(at(project, "a"), {7: "include"}, close=False)
    merge_into(project, at(project, "a"))
    assert statuses(project) == {"agreed": 6, "hidden": 3}


def test_a_leaver_who_closed_an_earlier_part_cannot_close_the_later_one(finished, making):
    search_again(finished, making)
    newer(finished, making, "a", "Maya", 1)
    with open_copy(at(finished, "a")) as mine:
        mine.screening.reopen(TA, "the second search")
    making.screen(at(finished, "a"), {7: "include"})
    merge_into(finished, at(finished, "a"))
    assert statuses(finished) == {"agreed": 6, "hidden": 3}
    with open_project(finished) as review:
        assert review.consensus.leave("Jonas", TA, "a new post")
    assert statuses(finished) == {"agreed": 6, "missing": 3}


def test_leaving_a_finished_step_opens_nothing_early(finished):
    with open_project(finished) as review:
        assert not review.consensus.leave("Jonas", TA, "a new post")
        assert review._file.rows("SELECT 1 FROM event WHERE kind = 'opened-early'") == []


def test_who_left_and_comes_back_is_waited_for_in_what_follows(finished, making):
    with open_project(finished) as review:
        review.consensus.leave("Jonas", TA, "ill")
        assert review.consensus.join("Jonas", TA)
        assert review.consensus.at(TA).coverage.waited_for() == [
            r.id for r in review.consensus.reviewers()
        ]
        review.consensus.leave("Jonas", TA, "ill again")
        assert len(review.consensus.at(TA).coverage.waited_for()) == 1
        review.consensus.join("Jonas", TA)
    assert statuses(finished) == {"agreed": 6}
    search_again(finished, making)
    newer(finished, making, "a", "Maya", 1)
    with open_copy(at(finished, "a")) as mine:
        mine.screening.reopen(TA, "the second search")
    making.screen(at(finished, "a"), {7: "include"})
    merge_into(finished, at(finished, "a"))
    assert statuses(finished) == {"agreed": 6, "hidden": 3}


# --- later searches -------------------------------------------------------------------------------


@pytest.fixture
def second_search(finished, making):
    """Three records more, screened and closed again by Maya alone."""
    search_again(finished, making)
    for letter, name in (("a", "Maya"), ("b", "Jonas")):
        newer(finished, making, letter, name, 1)
    with open_copy(at(finished, "a")) as mine:
        mine.screening.reopen(TA, "the second search")
    making.screen(at(finished, "a"), {7: "include", 8: "exclude", 9: "include"})
    merge_into(finished, at(finished, "a"))
    return finished


def test_a_later_search_is_hidden_until_both_have_closed_it(second_search, making):
    found = statuses(second_search, numbers=True)
    assert found == {"agreed": [1, 2, 3, 4, 5, 6], "hidden": [7, 8, 9]}
    with open_project(second_search, write=False) as review:
        assert (review.consensus.visible(TA), review.consensus.hidden(TA)) == (True, 3)
        later = review.units.find("8")
        assert review.consensus.decisions(later, TA) == []
        assert later not in review.consensus.all_decisions(TA)
        state = review.consensus.state(later, TA)
        assert (state.status, state.outcome, state.kind) == (Status.HIDDEN, None, None)
        flow = review.report.flow()
        assert (flow.dbr_sought_reports, flow.pending.title_abstract, flow.draft) == (6, 3, True)
        standing = review.consensus.standing(TA)
        assert (standing.included, standing.pending, standing.hidden) == (6, 3, 3)
    with open_copy(at(second_search, "b")) as mine:
        mine.screening.reopen(TA, "the second search")
    making.screen(at(second_search, "b"), {7: "include", 8: "include", 9: "include"})
    merge_into(second_search, at(second_search, "b"))
    assert statuses(second_search) == {"agreed": 8, "conflict": 1}


def test_a_part_that_is_shown_early_still_waits_for_who_has_not_closed_it(second_search, making):
    merge_into(second_search, at(second_search, "a"), open_early=True)
    assert statuses(second_search) == {"agreed": 6, "pending": 3}
    with open_copy(at(second_search, "b")) as mine:
        mine.screening.reopen(TA, "the second search")
    making.screen(at(second_search, "b"), {7: "include"})
    merge_into(second_search, at(second_search, "b"))
    assert statuses(second_search) == {"agreed": 7, "missing": 2}


def test_commands_show_the_part_and_say_how_many_are_hidden(second_search, making):
    for words in (
        ["discrepancies", second_search, "--stage", TA],
        ["agreement", second_search, "--stage", TA],
        ["records", second_search, "--stage", TA],
        ["export", second_search, second_search.with_name("out.csv")],
    ):
        done = making.cli(*words)
        assert done.returncode == 0, (words, done.stderr)
        assert "Title and abstract: 3 hidden, not closed yet" in done.stderr, words[0]
    text = second_search.with_name("out.csv").read_text(encoding="utf-8-sig")
    assert [",hidden," in line for line in text.splitlines()[1:]].count(True) == 3
    told = making.cli("history", second_search, "8")
    assert "Maya" not in told.stdout
    assert "Maya" in making.cli("history", second_search, "1").stdout


def test_nothing_of_a_hidden_stage_is_read_by_commands(project, making):
    making.screen(at(project, "a"), EVERYTHING)
    merge_into(project, at(project, "a"))
    for name in ("discrepancies", "agreement"):
        done = making.cli(name, project, "--stage", TA)
        assert (done.returncode, done.stdout) == (1, "")
        assert "still open" in done.stderr


def test_a_close_says_how_much_was_opened_since(finished, making):
    search_again(finished, making, count=6)
    with open_project(finished, write=False) as review:
        maya, jonas = review.consensus.reviewer_standings(TA)
        assert (maya.closed, maya.opened_since, jonas.opened_since) == (True, 6, 6)
        assert (maya.decided, maya.pending) == (6, 6)
        assert maya.codes == (maya.code,)
    with open_project(finished) as review:
        review.sources.remove(["7"], "retracted")
        assert [r.opened_since for r in review.consensus.reviewer_standings(TA)] == [5, 5]


def test_after_a_close_what_it_covers_is_refused_until_it_is_reopened(finished, making):
    search_again(finished, making)
    newer(finished, making, "a", "Maya", 1)
    with open_copy(at(finished, "a")) as mine:
        with pytest.raises(UserError, match="closed"):
            making.decide(mine, 1, "exclude")
        first = mine.screening.stages.code(TA)
        making.decide(mine, 7, "exclude")
        second = mine.screening.close(TA)
        mine.screening.reopen(TA, "and again")
        mine.screening.close(TA)
    assert first != second
    merge_into(finished, at(finished, "a"))
    with open_project(finished, write=False) as review:
        maya = review.consensus.reviewer_standings(TA)[0]
        assert maya.codes[:2] == (first, second)
        assert len(maya.codes) == 3
        assert (maya.code, maya.opened_since) == (maya.codes[-1], 0)


# --- the order of merging -------------------------------------------------------------------------


def test_any_order_of_merging_shows_the_same(finished, making):
    """Closes are never lost: older copies, newer ones and a late joiner in every order."""
    files = []
    for letter in "ab":
        shutil.copy(at(finished, letter), at(finished, f"old-{letter}"))
    write_copy(finished, "Ruth", "c")
    search_again(finished, making)
    for letter, name in (("a", "Maya"), ("b", "Jonas"), ("c", "Ruth")):
        newer(finished, making, letter, name, 1)
        with open_copy(at(finished, letter)) as mine:
            if mine.screening.closed(TA):
                mine.screening.reopen(TA, "the second search")
        making.screen(at(finished, letter), {7: "include", 8: "exclude"}, close=letter != "b")
    files = [at(finished, x) for x in ("a", "b", "c", "old-a")]
    seen = []
    for order in itertools.permutations(files):
        target = finished.with_name("target.screener")
        shutil.copy(finished, target)
        visible = set()
        for file in order:
            merge_into(target, file)
            with open_project(target, write=False) as review:
                now = {
                    u
                    for u, s in review.consensus.states(TA).items()
                    if s.status is not Status.HIDDEN
                }
            assert visible <= now, "what was visible stays visible"
            visible = now
        seen.append(statuses(target))
        target.unlink()
    assert all(one == seen[0] for one in seen)
    assert seen[0] == {"agreed": 6, "hidden": 3}


# --- full text ------------------------------------------------------------------------------------


def test_full_text_is_hidden_by_itself(finished, making):
    with open_project(finished) as review:
        review.screening.open(FT)
    for letter, name in (("a", "Maya"), ("b", "Jonas")):
        newer(finished, making, letter, name, 1)
    making.screen(at(finished, "a"), {1: "include"}, stage=FT)
    merge_into(finished, at(finished, "a"))
    with open_project(finished, write=False) as review:
        assert review.consensus.standing(TA).statuses == {"agreed": 6}
        assert review.consensus.standing(FT).statuses == {"hidden": 6}
        flow = review.report.flow()
        assert (flow.dbr_sought_reports, flow.pending.retrieval, flow.new_reports) == (6, 6, 0)
    making.screen(at(finished, "b"), {1: "include"}, stage=FT)
    merge_into(finished, at(finished, "b"))
    with open_project(finished, write=False) as review:
        assert review.consensus.standing(FT).statuses == {"agreed": 1, "missing": 5}
        assert review.report.flow().new_reports == 1


def test_a_leaver_shows_only_what_nobody_else_could_close(tmp_path, making):
    """What a leaver had closed the others can still close: it is shown when they have."""
    project = making.review(tmp_path, records=6)
    a, b = tmp_path / "a.screener", tmp_path / "b.screener"
    making.screen(a, dict.fromkeys(range(1, 7), "include"))
    with open_copy(b) as mine:
        for number in (1, 2, 3):
            making.decide(mine, number, "exclude")
    merge_into(project, a, b)
    with open_project(project) as review:
        making.fill(review, tmp_path, 2, mark="later", first=20)
    newer(project, making, "b", "Jonas", 1)
    making.screen(b, {7: "include"}, close=False)
    merge_into(project, b)
    with open_project(project) as review:
        review.consensus.leave("Maya", TA, "ill")
        states = list(review.consensus.states(TA).values())
    assert [str(s.status) for s in states] == ["hidden"] * 6 + ["pending", "not-started"]


def test_a_removed_record_stays_removed_when_the_one_shown_goes_too(tmp_path, making):
    project = making.review(tmp_path, records=6)
    with open_project(project) as review:
        uids = [review.units.find(str(n)) for n in (4, 5, 6)]
        review.duplicates.same(uids)
        for number in ("6", "5", "4"):
            review.sources.remove([number], "spam")
        flow = review.report.flow()
        assert (flow.excluded_other, flow.duplicates) == (1, 2)
        assert len(review.units.ids()) == 3


# --- closes of a review that is not known here ----------------------------------------------------


@pytest.mark.parametrize(("after", "closed"), [(2, False), (3, True), (4, True)])
def test_who_joined_late_is_not_waited_for_though_a_close_is_of_an_unknown_review(after, closed):
    coverage = object.__new__(Coverage)
    coverage.step = SimpleNamespace(needed=2)
    coverage.parts = {
        who: Taking(reviewer=who, after=late)
        for who, late in {"Maya": 0, "Jonas": 0, "Ruth": after}.items()
    }
    coverage._opened, coverage._salvaged = {"unit": 3, "other": 3}, True
    coverage._closed = {who: Closed(answered={"unit"}) for who in ("Maya", "Jonas")}
    assert coverage._closed_though_unknown("unit") is closed
    assert coverage._closed_though_unknown("unit", without="Ruth")
    assert not coverage._closed_though_unknown("other", without="Ruth")
