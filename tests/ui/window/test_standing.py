"""The words of the rail: each stage says how far it is, and follows what changes."""

import pytest

from screener import open_copy, open_project
from screener.model import Stage, Verdict
from ui.window.standing import Standings

TA = Stage.TITLE_ABSTRACT


def words(standings):
    return {line.id: line.words for line in standings.lines()}


def screen(path, verdicts, *, close=True):
    """Decide the records of a copy in order, and close the stage."""
    with open_copy(path) as copy:
        for unit, verdict in zip(copy.screening.queues.queue(TA), verdicts, strict=False):
            copy.screening.decide(unit, verdict, stage=TA)
        if close:
            copy.screening.close(TA)


@pytest.fixture
def merged(review):
    """A project with both copies merged; the first record is in conflict."""
    rest = [Verdict.INCLUDE] * 5
    screen(review.with_name("a.screener"), [Verdict.INCLUDE, *rest])
    screen(review.with_name("b.screener"), [Verdict.EXCLUDE, *rest])
    with open_project(review) as project:
        project.consensus.merge(review.with_name("a.screener"), review.with_name("b.screener"))
        yield project


def test_a_project_before_any_decision(review):
    with open_project(review) as project:
        standings = Standings(project)
        expected = {
            "protocol": "version 1",
            "sources": "1 search",
            "duplicates": "not begun",
            "screening": "2 reviewers",
            "consensus": "not begun",
            "full-text": "not begun",
            "report": "flow, exports",
        }
        assert words(standings).items() >= expected.items()
        assert standings.state_words() == "6 records"


def test_a_merged_project_counts_what_is_to_settle_and_follows_the_meeting(merged):
    standings = Standings(merged)
    assert words(standings)["screening"] == "both reviewers closed"
    assert words(standings)["consensus"] == "1 of 1 to settle"
    assert standings.state_words() == "1 to settle"
    unit = merged.consensus.differing(TA)[0].subject
    merged.consensus.resolve(unit, "include", step=TA, why="Peers.", by=["Maya Lindqvist"])
    assert words(standings)["consensus"] == "all 1 settled"
    merged.undo()
    assert words(standings)["consensus"] == "1 of 1 to settle"
    assert words(standings) == words(Standings(merged))


def test_full_text_counts_what_is_assessed(merged):
    standings = Standings(merged)
    assert words(standings)["full-text"] == "not begun"
    merged.screening.open(Stage.FULL_TEXT)
    assert words(standings)["full-text"] == "0 of 5 assessed"


def test_what_awaits_classification_is_assessed_as_in_the_flow(merged):
    full = Stage.FULL_TEXT
    merged.screening.open(full)
    for name in ("Maya Lindqvist", "Jonas Roth"):
        path = merged.path.with_name(f"{name[0]}.screener")
        merged.consensus.write_copy(name, path)
        with open_copy(path) as copy:
            for unit in copy.screening.to_screen(full):
                copy.screening.decide(unit, Verdict.INCLUDE, stage=full)
            copy.screening.close(full)
        merged.consensus.merge(path)
    unit = merged.screening.to_screen(full)[0]
    merged.consensus.resolve(
        unit,
        "awaiting",
        step=full,
        why="The authors were asked.",
        by=["Jonas Roth"],
        overturn=True,
    )
    flow = merged.report.flow()
    assert (flow.dbr_assessed, flow.dbr_awaiting, flow.new_reports) == (5, 1, 4)
    assert words(Standings(merged))["full-text"] == "5 of 5 assessed"


def test_a_hidden_stage_says_that_it_waits(review):
    screen(review.with_name("a.screener"), [Verdict.INCLUDE], close=False)
    with open_project(review) as project:
        project.consensus.merge(review.with_name("a.screener"))
        assert words(Standings(project))["consensus"] == "waits for closed copies"


def test_what_is_seen_in_part_counts_the_hidden(merged, tmp_path):
    later = tmp_path / "later.ris"
    later.write_text("TY  - JOUR\nTI  - A later letter\nER  - \n\n", encoding="utf-8")
    merged.sources.import_file(later, source="Embase")
    assert words(Standings(merged))["consensus"] == "1 of 1 to settle, 1 not closed"
    unit = merged.consensus.differing(TA)[0].subject
    merged.consensus.resolve(unit, "include", step=TA, why="Peers.", by=["Jonas Roth"])
    assert words(Standings(merged))["consensus"] == "all 1 settled, 1 not closed"


def test_the_rail_says_that_it_counts_the_discrepancies_of_all_stages(merged):
    unit = merged.consensus.differing(TA)[0].subject
    merged.consensus.resolve(unit, "include", step=TA, why="Peers.", by=["Jonas Roth"])
    merged.screening.open(Stage.FULL_TEXT)
    assert words(Standings(merged))["consensus"] == "all 1 settled, all stages"


def test_a_copy_from_the_first_record_to_the_close(review):
    path = review.with_name("a.screener")
    with open_copy(path) as copy:
        standings = Standings(copy)
        assert words(standings)["title-abstract"] == "6 records"
        units = copy.screening.queues.queue(TA)
        copy.screening.decide(units[0], Verdict.MAYBE, stage=TA)
        assert words(standings)["title-abstract"] == "1 of 6"
        assert standings.state_words() == "1 of 6 screened"
        for unit in units[1:]:
            copy.screening.decide(unit, Verdict.EXCLUDE, stage=TA)
        copy.screening.close(TA)
        assert words(standings)["title-abstract"] == "6 decided, closed"
        assert standings.state_words() == "6 of 6 screened, closed"
        assert words(standings)["full-text"] == "opens after the meeting"


def test_another_reviewer_is_counted_at_once(merged):
    standings = Standings(merged)
    assert words(standings)["screening"] == "both reviewers closed"
    merged.consensus.write_copy("Ines", merged.path.with_name("c.screener"))
    assert words(standings)["screening"] == "2 of 3 reviewers closed"


def test_who_has_left_is_not_counted(merged):
    standings = Standings(merged)
    merged.consensus.write_copy("Ines", merged.path.with_name("c.screener"))
    merged.consensus.leave("Ines", TA, "a new post")
    assert words(standings)["screening"] == "both reviewers closed"
    for name in ("Maya Lindqvist", "Jonas Roth"):
        merged.consensus.leave(name, TA, "a new post")
    assert words(standings)["screening"] == "all reviewers left"


def test_a_page_may_know_more_of_its_stage(review):
    with open_project(review) as project:
        known = {"report": "draft", "full-text": "never seen", "sources": ""}
        lines = {line.id: line.words for line in Standings(project).lines(known)}
    assert lines["report"] == "draft"
    assert lines["full-text"] == "not begun"
    assert lines["sources"] == "1 search"


def test_a_copy_of_who_has_yet_to_screen_says_only_that_full_text_comes(merged):
    merged.screening.open(Stage.FULL_TEXT)
    path = merged.path.with_name("c.screener")
    merged.consensus.write_copy("Ines", path)
    with open_copy(path) as copy:
        assert words(Standings(copy))["full-text"] == "after title and abstract"
        assert Standings(copy).state_words() == "0 of 6 screened"
        for unit in copy.screening.queues.queue(TA):
            copy.screening.decide(unit, Verdict.INCLUDE, stage=TA)
        copy.screening.close(TA)
        assert words(Standings(copy))["full-text"] == "5 reports"


def test_what_came_after_the_close_is_said_in_the_project_and_in_a_copy(merged, tmp_path):
    later = tmp_path / "later.ris"
    later.write_text("TY  - JOUR\nTI  - A later letter\nER  - \n\n", encoding="utf-8")
    merged.sources.import_file(later, source="Embase")
    assert words(Standings(merged))["screening"] == "1 new record to screen"
    path = merged.path.with_name("newer.screener")
    merged.consensus.write_copy("Maya Lindqvist", path)
    with open_copy(path) as copy:
        assert words(Standings(copy))["title-abstract"] == "1 new to screen"
        (unit,) = copy.screening.stages.since(TA)
        copy.screening.decide(unit, Verdict.INCLUDE, stage=TA)
        assert words(Standings(copy))["title-abstract"] == "7 decided, not closed"
        copy.screening.close(TA)
        assert words(Standings(copy))["title-abstract"] == "7 decided, closed"
    found = merged.consensus.merge(path)
    assert (found.answers, found.decisions) == (1, 1)
    assert words(Standings(merged))["screening"] == "1 of 2 reviewers closed"
