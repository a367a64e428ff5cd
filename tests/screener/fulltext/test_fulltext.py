"""Full text: opened for what passed, sought, retrieved or not, screened by the same copies."""

import csv

import pytest

from screener import merge_into, open_copy, open_project
from screener.model import Outcome, Stage, Status, UserError

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


@pytest.fixture
def opened(pair):
    """The pair, merged, full text open for 1, 5 and 8, and new copies of it (a2, b2)."""
    pair.merge()
    with open_project(pair.project) as review:
        assert review.screening.open(FT) == 3
        for letter, name in (("a2", "Maya"), ("b2", "Jonas")):
            review.consensus.write_copy(name, pair.folder / f"{letter}.screener")
    return pair


def test_opening(opened):
    with open_project(opened.project) as review:
        numbers = {u: n for u, n in review.units.numbered()}  # noqa: C416 - said plainly
        assert [numbers[u] for u in review.screening.open_units(FT)] == [1, 5, 8]
        with pytest.raises(UserError) as told:
            review.screening.open(FT)
        assert str(told.value) == "Full text is open already for everything that passed."
        review.consensus.resolve(
            review.units.find("3"), "include", step=TA, why="we read it", by=["Maya"]
        )
        assert review.screening.open(FT) == 1
        with pytest.raises(UserError, match="only full text is opened"):
            review.screening.open(TA)


def test_nothing_passed_yet(tmp_path, making):
    with (
        open_project(making.review(tmp_path, records=1)) as review,
        pytest.raises(UserError) as told,
    ):
        review.screening.open(FT)
    assert str(told.value).startswith("Title and abstract is still open: not everybody")


def test_retrieval(opened):
    with open_project(opened.project) as review:
        one, two = review.units.find("1"), review.units.find("2")
        assert [str(r.state) for r in review.fulltext.reports()] == ["sought"] * 3
        for work, sentence in (
            (
                ("not-retrieved", ""),
                "Say why the report could not be obtained; the report names it.",
            ),
            (("lost", ""), "“state” has to be sought, retrieved or not-retrieved, and is “lost”."),
        ):
            with pytest.raises(UserError) as told:
                review.fulltext.set_retrieval(one, *work)
            assert str(told.value) == sentence
        with pytest.raises(UserError, match="Full text is not open for this record"):
            review.fulltext.set_retrieval(two, "retrieved")
        review.fulltext.set_retrieval(one, "not-retrieved", "asked twice")
        assert review.consensus.states(FT)[one].status is Status.NOT_RETRIEVED
        assert one not in review.screening.to_screen(FT)
        flow = review.report.flow()
        assert (flow.dbr_sought_reports, flow.dbr_notretrieved_reports) == (3, 1)
        review.undo()
        assert review.consensus.states(FT)[one].status is not Status.NOT_RETRIEVED
        assert review.fulltext.retrieval() == {}


def test_joining_loses_no_study_that_was_read_and_included(opened, making):
    """One record of the report was not obtained; by way of the other it was, and was included."""
    a, b = (opened.folder / f"{x}.screener" for x in ("a2", "b2"))
    for path in (a, b):
        making.screen(path, {1: "include", 5: "include", 8: ("exclude", "participants")}, stage=FT)
    merge_into(opened.project, a, b)
    with open_project(opened.project) as review:
        one, five = review.units.find("1"), review.units.find("5")
        review.fulltext.set_retrieval(one, "retrieved")
        review.fulltext.set_retrieval(five, "not-retrieved", "no library has it")
        assert review.report.flow().new_reports == 1, "the other was not obtained"
        for kept in (one, five):
            review.duplicates.same([one, five], kept=kept)
            unit = review.units.find("1")
            assert review.fulltext.retrieval()[unit][0] == "retrieved"
            assert review.screening.stages.not_retrieved() == set()
            assert review.consensus.states(FT)[unit].outcome is Outcome.INCLUDE
            flow = review.report.flow()
            assert (flow.dbr_notretrieved_reports, flow.new_reports) == (0, 1)
            review.undo()


def test_two_reasons_wait_for_one(opened, making):
    """Excludes with different reasons have no outcome until one reason is agreed."""
    a, b = (opened.folder / f"{x}.screener" for x in ("a2", "b2"))
    making.screen(
        a,
        {1: ("exclude", "study-design"), 5: ("exclude", "participants"), 8: "include"},
        stage=FT,
    )
    making.screen(
        b, {1: ("exclude", "interventions"), 5: ("exclude", "participants"), 8: "maybe"}, stage=FT
    )
    merge_into(opened.project, a, b)
    with open_project(opened.project) as review:
        unit = {n: review.units.find(str(n)) for n in (1, 5, 8)}
        states = review.consensus.states(FT)
        assert states[unit[1]].status is Status.REASON
        assert states[unit[1]].outcome is None
        assert states[unit[1]].elements == ("interventions", "study-design")
        assert (states[unit[5]].outcome, states[unit[5]].reason) == (
            Outcome.EXCLUDE,
            "participants",
        )
        assert states[unit[8]].status is Status.MAYBE
        (found,) = [d for d in review.consensus.discrepancies(FT) if d.kind == "reason"]
        assert {d.reason for d in found.decisions} == {"interventions", "study-design"}
        with pytest.raises(UserError) as told:
            review.consensus.resolve(unit[1], "exclude", step=FT, why="w", by=["Maya"])
        assert str(told.value) == "Choose the reason for excluding this report."
        review.consensus.resolve(
            unit[1], "exclude", step=FT, reason="interventions", why="w", by=["Maya"]
        )
        review.consensus.resolve(unit[8], "awaiting", step=FT, why="we wrote to them", by=["Maya"])
        flow = review.report.flow()
        assert dict(flow.dbr_excluded) == {"Participants": 1, "Interventions": 1}
        assert flow.dbr_awaiting == 1
        assert flow.new_reports == 0
        assert flow.pending.full_text == 0


def test_full_text_decisions_are_kept_when_the_first_stage_is_reopened(opened, making):
    a, b = (opened.folder / f"{x}.screener" for x in ("a2", "b2"))
    for path in (a, b):
        making.screen(path, {1: "include", 5: "include", 8: "include"}, stage=FT)
    merge_into(opened.project, a, b)
    with open_copy(a) as mine:
        mine.screening.reopen(TA, "second thoughts")
        making.decide(mine, 1, "exclude")
        mine.screening.close(TA)
    merge_into(opened.project, a)
    with open_project(opened.project, write=False) as review:
        unit = review.units.find("1")
        assert review.consensus.states(TA)[unit].status is Status.CONFLICT
        assert len(review.consensus.decisions(unit, FT)) == 2
        flow = review.report.flow()
        assert (flow.new_reports, flow.dbr_sought_reports, flow.draft) == (2, 2, True)
        assert flow.pending.title_abstract == 4  # 3, 4, 7 and now 1


@pytest.fixture
def settled_and_read(pair, making):
    """Record 3 was settled at title and abstract, and both have read what passed."""
    pair.merge()
    with open_project(pair.project) as review:
        review.consensus.resolve(review.units.find("3"), "include", step=TA, why="w", by=["Maya"])
        assert review.screening.open(FT) == 4
        for letter, name in (("a2", "Maya"), ("b2", "Jonas")):
            review.consensus.write_copy(name, pair.folder / f"{letter}.screener")
    files = [pair.folder / f"{letter}.screener" for letter in ("a2", "b2")]
    for file in files:
        making.screen(file, dict.fromkeys((1, 3, 5, 8), "include"), stage=FT)
    return pair, files


def test_a_file_made_of_copies_has_one_standing_in_every_number(settled_and_read):
    """What the meeting settled is not in it: what is in conflict there is not open at full text."""
    pair, files = settled_and_read
    made = pair.folder / "made.screener"
    merge_into(made, *files)
    with open_project(made, write=False) as review:
        standing, flow = review.consensus.standing(FT), review.report.flow()
        three = review.units.find("3")
        assert review.consensus.state(three, TA).status is Status.CONFLICT
        assert review.consensus.state(three, FT).status is Status.NOT_OPEN
        assert standing.included == flow.new_reports == 3
        assert standing.pending == flow.pending.full_text == 0
        first = review.consensus.standing(TA)
        assert first.pending == flow.pending.title_abstract > 0
        assert review.consensus.agreement(FT).first.n == 4, "frozen is what both decided"
    merge_into(pair.project, *files)
    with open_project(pair.project, write=False) as review:
        assert review.consensus.standing(FT).included == review.report.flow().new_reports == 4
        assert review.consensus.agreement(FT).first.n == 4


def test_copies_of_people_who_read_full_text_only_are_compared(opened, making):
    """Nobody there was asked at title and abstract; what the project opened is open."""
    files = [opened.folder / f"{letter}3.screener" for letter in "cd"]
    with open_project(opened.project) as review:
        for name, file in zip(("Ruth", "Ines"), files, strict=True):
            review.consensus.add_person(name)
            review.consensus.join(name, TA)
            review.consensus.leave(name, TA, "full text only")
            review.consensus.join(name, FT)
            review.consensus.write_copy(name, file)
    for file, verdicts in zip(files, ("include", "maybe"), strict=True):
        making.screen(file, dict.fromkeys((1, 5, 8), verdicts), stage=FT)
    made = opened.folder / "made.screener"
    merge_into(made, *files)
    with open_project(made, write=False) as review:
        standing, flow = review.consensus.standing(FT), review.report.flow()
        assert standing.pending == flow.pending.full_text == 3
        assert len(list(review.consensus.discrepancies(FT))) == 3


@pytest.mark.parametrize("later", ["not-retrieved", "sought"])
def test_what_becomes_of_a_report_later_changes_no_agreement(settled_and_read, later):
    pair, files = settled_and_read
    merge_into(pair.project, *files)
    with open_project(pair.project) as review:
        before = review.consensus.agreement(FT).json()
        assert before["overall"]["n"] == 4
        review.fulltext.set_retrieval(review.units.find("1"), later, "asked for it back")
        assert review.consensus.agreement(FT).json() == before
        review.consensus.resolve(
            review.units.find("3"),
            "exclude",
            step=TA,
            why="w",
            reason="participants",
            by=["Maya"],
            overturn=True,
        )
        assert review.consensus.state(review.units.find("3"), FT).status is Status.NOT_OPEN
        assert review.consensus.agreement(FT).json() == before


@pytest.mark.parametrize("later", ["not-retrieved", "not-open"])
def test_what_was_closed_stays_when_only_what_is_hidden_is_asked_still(opened, making, later):
    """Agreement and the decisions in an export are of what was closed, whatever became of it."""
    a, b = (opened.folder / f"{x}.screener" for x in ("a2", "b2"))
    for path in (a, b):
        making.screen(path, dict.fromkeys((1, 5, 8), "include"), stage=FT)
    merge_into(opened.project, a, b)
    table = opened.folder / "out.csv"
    with open_project(opened.project) as review:
        three = review.units.find("3")
        review.consensus.resolve(three, "include", step=TA, why="read", by=["Maya"])
        review.screening.open(FT)
        before = review.consensus.agreement(FT).json()
        assert before["pairs"][0]["binary"]["n"] == 3
        for number in ("1", "5", "8"):
            unit = review.units.find(number)
            if later == "not-retrieved":
                review.fulltext.set_retrieval(unit, later, "lost")
            else:
                why = {"why": "read again", "by": ["Maya"], "overturn": True}
                review.consensus.resolve(unit, "exclude", step=TA, **why)
            assert review.consensus.state(unit, FT).status == later
        assert review.consensus.state(three, FT).status is Status.HIDDEN
        assert review.consensus.agreement(FT).json() == before
        assert review.consensus.hidden(FT) == 1
        review.report.export(table)
    rows = csv.DictReader(table.read_text(encoding="utf-8-sig").splitlines())
    decided = {r["record"]: r["Full text: decision of Maya"] for r in rows}
    assert [n for n, said in decided.items() if said] == ["1", "5", "8"]


def test_a_report_found_after_closing_waits_for_the_reviewers(opened, making):
    """Nobody was asked when they closed: it is opened by being found, and missing nowhere."""
    a, b = (opened.folder / f"{x}.screener" for x in ("a2", "b2"))
    with open_project(opened.project) as review:
        one = review.units.find("1")
        review.fulltext.set_retrieval(one, "not-retrieved", "lost")
    for path in (a, b):
        merge_into(path, opened.project, project=True)
        making.screen(path, dict.fromkeys((5, 8), "include"), stage=FT)
    merge_into(opened.project, a, b)
    with open_project(opened.project) as review:
        before = review.consensus.agreement(FT).json()
        review.consensus.states(FT)  # what is kept from here on equals what is derived afresh
        review.fulltext.set_retrieval(one, "retrieved")
        assert review.consensus.state(one, FT).status is Status.HIDDEN
        for who in review.consensus.reviewer_standings(FT):
            assert (who.pending, who.closed, who.opened_since) == (1, True, 1)
        assert not any(state.open for state in review.consensus.differing(FT))
        assert review.consensus.agreement(FT).json() == before
        kept = making.shown(review)
    assert making.shown_at(opened.project) == kept
    for path in (a, b):
        merge_into(path, opened.project, project=True)
        with open_copy(path) as mine:
            (standing,) = mine.consensus.reviewer_standings(FT)
            assert (standing.pending, standing.opened_since) == (1, 1)
            mine.screening.reopen(FT, "found")
            making.decide(mine, 1, "include", stage=FT)
            mine.screening.close(FT)
    merge_into(opened.project, a)
    with open_project(opened.project) as review:
        assert review.consensus.state(one, FT).status is Status.HIDDEN
        review.consensus.merge(b)
        assert review.consensus.state(one, FT).status is Status.AGREED
        assert review.consensus.agreement(FT).json()["pairs"][0]["binary"]["n"] == 3


def test_a_report_that_was_closed_stays_visible_through_all_that_is_said_of_it(opened, making):
    a, b = (opened.folder / f"{x}.screener" for x in ("a2", "b2"))
    for path in (a, b):
        making.screen(path, dict.fromkeys((1, 5, 8), "include"), stage=FT)
    merge_into(opened.project, a, b)
    with open_project(opened.project) as review:
        one = review.units.find("1")
        for state in ("not-retrieved", "retrieved", "not-retrieved", "sought"):
            review.fulltext.set_retrieval(one, state, "w")
        assert review.consensus.state(one, FT).status is Status.AGREED
        assert all(r.opened_since == 0 for r in review.consensus.reviewer_standings(FT))
