"""Closing a stage and opening it again."""

import csv
import re

import pytest

from screener import open_copy, open_project
from screener.duplicates.found import Group
from screener.model import Stage, UserError
from screener.store.closing import closing_code
from screener.store.history import closings
from screener.store.logs import last_project_event

TA, FT = Stage.TITLE_ABSTRACT, Stage.FULL_TEXT


def test_the_closing_code(screened):
    code = screened.screening.close(TA)
    assert re.fullmatch(r"([A-Z2-7]{4} ){3}[A-Z2-7]{4}", code)
    assert screened.screening.stages.code(TA) == screened.screening.progress(TA).code == code
    ((closed,),) = closings(screened._file, str(TA)).values()
    assert closing_code(closed.event) == code
    assert closed.review == last_project_event(screened._file) != ""
    screened.screening.reopen(TA, "again")
    assert screened.screening.stages.code(TA) == ""
    assert screened.screening.close(TA) != code


def test_what_a_stage_refuses(screened, project):
    for refused, words in (
        (lambda: screened.screening.reopen(TA, "again"), "is not closed"),
        (lambda: screened.screening.open(Stage.FULL_TEXT), "only the coordinator"),
        (lambda: project.screening.close(TA), "your own copy"),
        (lambda: project.screening.open(TA), "open from the start"),
        (lambda: project.screening.open(Stage.FULL_TEXT), "Nothing new has passed"),
    ):
        with pytest.raises(UserError, match=words):
            refused()
    screened.screening.close(TA)
    with pytest.raises(UserError, match="closed already; its code is"):
        screened.screening.close(TA)
    with pytest.raises(UserError, match="Say why"):
        screened.screening.reopen(TA, " ")


@pytest.mark.parametrize("why", ["", "\u00a0", "\u200b\u2060"])
def test_a_stage_is_not_reopened_without_words(screened, why):
    screened.screening.close(TA)
    with pytest.raises(UserError, match="Say why"):
        screened.screening.reopen(TA, why)
    assert screened.screening.closed(TA)


@pytest.fixture
def later(tmp_path, making):
    """A closed copy of records 1 and 2, and its project with record 3 of a later search in it."""
    path = making.review(tmp_path, records=2)
    for letter in "ab":
        making.screen(tmp_path / f"{letter}.screener", {1: "include", 2: "exclude"})
    with open_project(path) as review:
        making.fill(review, tmp_path, 1, source="Scopus", mark="later")
        review.consensus.write_copy("Maya", tmp_path / "newer.screener")
    with open_copy(tmp_path / "a.screener") as mine:
        mine.consensus.merge(tmp_path / "newer.screener")
    return tmp_path / "a.screener"


def test_what_was_opened_after_closing_is_decided_without_reopening(later, making):
    """A close covers what was open then: that stays closed, and what came later is asked."""
    with open_copy(later) as mine:
        stages, first = mine.screening.stages, mine.screening.stages.code(TA)
        assert stages.since(TA) == {making.uid(mine, 3)}
        assert not mine.screening.closed(TA)
        assert (mine.screening.progress(TA).since, mine.screening.progress(TA).code) == (1, first)
        for verdict in ("exclude", "none"):
            with pytest.raises(UserError, match="This stage is closed; reopen it"):
                making.decide(mine, 1, verdict)
        making.decide(mine, 3, "include")
        mine.undo()
        assert mine.screening.progress(TA).since == 1
        mine.redo()
        assert mine.screening.progress(TA).since == 0
        assert stages.since(TA) == {making.uid(mine, 3)}
        second = mine.screening.close(TA)
        assert second != first
        assert (mine.screening.closed(TA), stages.since(TA)) == (True, frozenset())
        with pytest.raises(UserError, match="This stage is closed; reopen it"):
            making.decide(mine, 3, "exclude")
        with pytest.raises(UserError, match="closed already"):
            mine.screening.close(TA)
        (standing,) = mine.consensus.standing(TA).reviewers
        assert standing.codes == (first, second)
        assert (standing.opened_since, standing.changed_since) == (0, 0)
        assert mine.verify() == []
        ends = next(iter(closings(mine._file, str(TA)).values()))
        assert ends[0].review != ends[1].review == last_project_event(mine._file)


def test_a_later_search_is_merged_with_no_word_of_reopening(later, making):
    """Each decision counts as it was first closed, and the report names nobody who opened again."""
    with open_copy(later) as mine:
        making.decide(mine, 3, "include")
        mine.screening.close(TA)
    with open_project(later.with_name("p.screener")) as review:
        review.consensus.merge(later.with_name("b.screener"), later)
        assert review.consensus.context.told(TA).reopened == ()
        mine, other = review.consensus.parts(TA)
        assert (mine.closed, mine.opened_since) == (True, 0)
        assert (other.closed, other.opened_since) == (True, 1)
        assert review.consensus.standing(TA).statuses == {"agreed": 2, "hidden": 1}


def test_a_later_record_of_a_closed_unit_is_closed_with_it(later, making):
    """What was joined with it opened the unit: it was decided, and stays so until reopened."""
    with open_project(later.with_name("p.screener")) as review:
        two = (making.uid(review, 1), making.uid(review, 3))
        review.duplicates.join([Group(records=two, kept=two[0], rules=("same-doi",))])
        review.consensus.write_copy("Maya", later.with_name("joined.screener"))
    with open_copy(later) as mine:
        mine.consensus.merge(later.with_name("joined.screener"))
        assert mine.screening.stages.since(TA) == frozenset()
        assert mine.screening.closed(TA)


def test_the_codes_of_the_closes_come_in_the_order_of_closing(screened):
    # Of six ids at random one order in 720 is this one.
    codes = []
    for number in range(6):
        if number:
            screened.screening.reopen(TA, f"again {number}")
        codes.append(screened.screening.close(TA))
    (standing,) = screened.consensus.standing(TA).reviewers
    assert standing.codes == tuple(codes)
    ((closed),) = closings(screened._file, str(TA)).values()
    assert [end.seq for end in closed] == sorted(end.seq for end in closed)


# --- a copy for somebody who has yet to screen ----------------------------------------------------


@pytest.fixture
def opened(tmp_path, making):
    """A project of two reviewers whose full text is open for records 1 and 2 of 4."""
    path = making.review(tmp_path, records=4)
    for letter in "ab":
        verdicts = {1: "include", 2: "include", 3: "exclude", 4: "exclude"}
        making.screen(tmp_path / f"{letter}.screener", verdicts)
    with open_project(path) as review:
        review.consensus.merge(tmp_path / "a.screener", tmp_path / "b.screener")
        assert review.screening.open(FT) == 2
        review.fulltext.set_retrieval(making.uid(review, 2), "not-retrieved", "no copy anywhere")
    return path


def copy_for(project, name, letter="c"):
    with open_project(project) as review:
        review.consensus.write_copy(name, project.with_name(f"{letter}.screener"))
    return open_copy(project.with_name(f"{letter}.screener"))


def shown_of_full_text(mine):
    return {
        "to screen": len(mine.screening.to_screen(FT)),
        "open": len(mine.screening.open_units(FT)),
        "all": mine.screening.progress(FT).all,
        "reports": len(mine.fulltext.reports()),
        "pending": [one.pending for one in mine.consensus.reviewer_standings(FT)],
        "statuses": mine.consensus.standing(FT).statuses,
    }


def test_who_has_yet_to_screen_sees_of_full_text_only_that_it_exists(opened, making):
    nothing = {
        "to screen": 0,
        "open": 0,
        "all": 0,
        "reports": 0,
        "pending": [0],
        "statuses": {"not-open": 4},
    }
    with copy_for(opened, "Ruth") as mine:
        stages = mine.screening.stages
        assert mine.screening.opened(FT)
        assert stages.waits(FT)
        assert not stages.waits(TA)
        assert shown_of_full_text(mine) == nothing
        for number in (1, 2, 3, 4):
            with pytest.raises(UserError, match="Title and abstract comes first"):
                making.decide(mine, number, "include", stage=FT)
        with pytest.raises(UserError, match="nothing to screen yet"):
            mine.screening.close(FT)
        for number in (1, 2, 3, 4):
            making.decide(mine, number, "exclude")
        assert shown_of_full_text(mine) == nothing, "not before the stage is closed"
        mine.screening.close(TA)
        assert not stages.waits(FT)
        assert shown_of_full_text(mine) == {
            "to screen": 1,
            "open": 2,
            "all": 1,
            "reports": 2,
            "pending": [1],
            "statuses": {"pending": 1, "not-open": 2, "not-retrieved": 1},
        }
        mine.screening.reopen(TA, "again")
        assert mine.screening.progress(FT).all == 1, "what was closed stays closed"
        making.decide(mine, 1, "include", stage=FT)


def test_what_is_read_from_such_a_copy_tells_nothing_about_full_text(opened, making):
    """Nothing of what the others passed is in what is listed, counted, written or told."""
    with copy_for(opened, "Ruth") as mine:
        flow = mine.report.flow()
        assert (flow.dbr_sought_reports, flow.dbr_assessed, flow.pending.title_abstract) == (
            0,
            0,
            4,
        )
        told = {n: [s.what for s in mine.history(str(n)) if s.event.step == FT] for n in (1, 2)}
        assert told == {1: [], 2: []}
        out = opened.with_name("all.csv")
        mine.report.export(out)
        assert {row["Full text: status"] for row in rows_of(out)} == {"not open"}
        assert {row["Full text: retrieval"] for row in rows_of(out)} == {""}
        for number in (1, 2, 3, 4):
            making.decide(mine, number, "include")
        mine.screening.close(TA)
        mine.report.export(out, which="all", stage=FT)
        assert [row["Full text: retrieval"] for row in rows_of(out)][1] == (
            "not retrieved: no copy anywhere"
        )
        assert [s.what for s in mine.history("2") if s.event.step == FT]


def rows_of(path):
    with path.open(encoding="utf-8-sig", newline="") as table:
        return list(csv.DictReader(table))


def test_the_commands_tell_nothing_either(opened, making):
    copy = opened.with_name("c.screener")
    assert making.cli("copy", opened, "--reviewer", "Ruth", "--out", copy).returncode == 0
    for words in (
        ("records", copy, "--stage", "full-text"),
        ("status", copy),
        ("history", copy, "2"),
        ("flow", copy),
    ):
        done = making.cli(*words)
        assert done.returncode == 0, done.stderr
        for telling in ("not-retrieved", "not retrieved", "no copy anywhere", "Open full text"):
            assert telling not in done.stdout + done.stderr


def test_who_screens_only_full_text_is_not_held_back(opened, making):
    with open_project(opened) as review:
        review.consensus.add_person("Ruth")
        review.consensus.join("Ruth", TA, opened_after=True)
        review.consensus.add_person("Ines")
        review.consensus.join("Ines", FT)
        review.consensus.add_person("Omar")
        for stage in (TA, FT):
            review.consensus.join("Omar", stage)
        review.consensus.leave("Omar", TA, "only full text")
    for letter, name in (("c", "Ruth"), ("e", "Omar")):
        with copy_for(opened, name, letter) as mine:
            assert not mine.screening.stages.waits(FT)
            assert mine.screening.progress(FT).all == 1
            making.decide(mine, 1, "include", stage=FT)


def test_a_later_search_holds_nothing_back_that_was_closed(opened, making):
    with open_project(opened) as review:
        making.fill(review, opened.parent, 1, source="Scopus", mark="later")
        review.consensus.open_early("the second search")
    with copy_for(opened, "Maya") as mine:
        assert mine.screening.stages.code(TA)
        assert not mine.screening.stages.waits(FT)
        assert shown_of_full_text(mine)["statuses"] == {
            "pending": 1,
            "not-open": 3,
            "not-retrieved": 1,
        }
        standing = mine.consensus.standing(FT)
        assert (standing.pending, standing.hidden) == (1, 0), "what is not open waits for nobody"
        with pytest.raises(UserError, match="Title and abstract comes first"):
            making.decide(mine, 5, "include", stage=FT)
        making.decide(mine, 1, "include", stage=FT)
