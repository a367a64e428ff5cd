"""Runs of the finder: stored with what they joined or asked, and taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener import create_project, open_project
from screener.duplicates.settings import ASK_EVERYTHING, CAUTIOUS, STANDARD, VERSION, Settings
from screener.model import UserError

ELSEWHERE = ("valleys", {"journal": "Another Letter of Nursing", "volume": "", "pages": "",
                         "doi": ""})  # fmt: skip


@pytest.fixture
def looked(searches):
    """Three reports; one found again for certain, one found again in another journal."""
    searches.add("peers", "valleys", "gardens")
    searches.add("peers", ELSEWHERE, source="Embase")
    return searches


def test_a_run_is_stored_with_its_joins(looked):
    found, count = looked.join()
    (run,) = looked.project.duplicates.runs()
    assert (count, run.joins, run.groups, run.records, run.asked) == (1, 1, 1, 5, 1)
    assert (run.settings, run.version, dict(run.rules)) == (STANDARD, VERSION, found.rules)
    assert run.described == STANDARD.described()
    assert not run.undone
    (join,) = looked.project.duplicates.joined()
    assert join.run == run.id
    assert run.time


@given(
    off=st.frozensets(st.sampled_from(["years-differ", "same-doi", "title"])),
    likeness=st.integers(60, 199).map(lambda n: n / 2),
    years=st.integers(0, 3),
    asked=st.frozensets(st.sampled_from(["same-volume", "same-abstract"])),
)
def test_settings_come_back_from_the_log_as_they_were(
    tmp_path_factory, off, likeness, years, asked
):
    settings = Settings(name="own", off=off, likeness=likeness, years=years, asked=asked)
    folder = tmp_path_factory.mktemp("settings")
    with create_project(folder / "p.screener", title="Invented") as project:
        path = folder / "r.ris"
        one = "TY  - JOUR\nTI  - Gardens of widowed fishermen and loneliness\nAU  - Petit, L\n"
        twice = [f"{one}PY  - 2019\nT2  - {place}\nER  - \n\n" for place in ("Aa", "Bb")]
        path.write_text("".join(twice), encoding="utf-8")
        project.sources.import_file(path, source="PubMed")
        found = project.duplicates.find(settings=settings)
        project.duplicates.join(found.certain)
        project.duplicates.keep_run()
        assert [run.settings for run in project.duplicates.runs()] == (
            [settings] if found.ask or found.certain else []
        )


def test_runs_survive_closing_and_name_the_version_that_ran(looked):
    looked.join()
    path, before = looked.project.path, looked.project.duplicates.runs()
    looked.project.close()
    with open_project(path, write=False) as project:
        assert project.duplicates.runs() == before
        assert project.verify() == []


def test_a_run_that_only_asked_is_stored_with_the_first_answer(looked):
    duplicates = looked.project.duplicates
    found, count = looked.join(settings=ASK_EVERYTHING)
    assert (count, len(looked.pairs(found)), duplicates.runs()) == (0, 2, [])
    duplicates.same(looked.uids(1, 4))
    duplicates.different(looked.uids(2, 5))
    (run,) = duplicates.runs()
    assert (run.settings, run.joins, run.asked) == (ASK_EVERYTHING, 0, 2)


def test_a_run_whose_questions_leave_the_program_is_stored_once(looked):
    duplicates = looked.project.duplicates
    for _ in range(2):
        duplicates.find(settings=ASK_EVERYTHING)
        duplicates.keep_run()
    duplicates.find(settings=CAUTIOUS)
    duplicates.keep_run()
    assert [run.settings for run in duplicates.runs()] == [ASK_EVERYTHING, CAUTIOUS]


def test_nothing_found_nothing_stored(searches):
    searches.add("peers", "gardens")
    found, count = searches.join()
    searches.project.duplicates.keep_run()
    assert (found.ask, count, searches.project.duplicates.runs()) == ((), 0, [])
    assert searches.project.undo_name() == ""


def test_groups_of_no_run_are_joined_without_one(looked):
    found = looked.project.duplicates.find()
    path = looked.project.path
    looked.project.close()
    with open_project(path) as project:
        assert project.duplicates.join(found.certain) == 1
        assert project.duplicates.runs() == []


def test_a_run_is_taken_back_and_that_is_taken_back(looked):
    duplicates, before = looked.project.duplicates, looked.shown()
    looked.join()
    after = looked.shown()
    (run,) = duplicates.runs()
    assert duplicates.undo_run(run) == 1
    assert looked.shown() == before
    assert [r.undone for r in duplicates.runs()] == [True]
    with pytest.raises(UserError, match="taken back already"):
        duplicates.undo_run(run)
    looked.project.undo()
    assert looked.shown() == after
    (again,) = duplicates.runs()
    assert (again.id, again.undone, again.time) == (run.id, False, run.time)


def test_a_run_is_taken_back_and_repeated_by_its_action(looked):
    duplicates, before = looked.project.duplicates, looked.shown()
    looked.join()
    after = looked.shown()
    looked.project.undo(duplicates.runs()[0].action)
    assert looked.shown() == before
    assert duplicates.runs()[0].undone
    looked.project.redo()
    assert looked.shown() == after
    assert not duplicates.runs()[0].undone
    assert looked.project.verify() == []


def test_taking_a_run_back_leaves_what_a_person_said(looked):
    duplicates = looked.project.duplicates
    looked.join()
    duplicates.same(looked.uids(2, 5), kept=looked.uids(2)[0])
    (run,) = duplicates.runs()
    duplicates.undo_run(run)
    assert looked.groups() == {2: [2, 5]}


def test_one_join_is_taken_back_and_found_again(looked):
    duplicates = looked.project.duplicates
    looked.add("gardens", source="Scopus")
    looked.join()
    assert looked.groups().keys() == {1, 3}
    event = next(j.event for j in duplicates.joined() if looked.uids(1)[0] in j.records)
    duplicates.undo_join(event)
    assert looked.groups() == {3: [3, 6]}
    assert not duplicates.runs()[0].undone, "the other join of the run stands"
    with pytest.raises(UserError, match="taken back or replaced"):
        duplicates.undo_join(event)
    assert looked.join()[1] == 1
    looked.project.undo()
    looked.project.undo()
    assert looked.groups() == {1: [1, 4], 3: [3, 6]}


def test_all_joins_are_taken_back_and_answers_different_stay(looked):
    duplicates = looked.project.duplicates
    before = looked.shown()
    looked.join()
    duplicates.same(looked.uids(2, 3))
    duplicates.different(looked.uids(2, 5))
    assert duplicates.undo_all() == 2
    assert looked.shown() == before
    assert [run.undone for run in duplicates.runs()] == [True]
    assert duplicates.answered_different() == [tuple(looked.uids(2, 5))]
    with pytest.raises(UserError, match="nothing to take back"):
        duplicates.undo_all()
    looked.project.undo()
    assert len(looked.groups()) == 2


def test_taking_all_back_and_that_again_shows_the_same_records(searches):
    duplicates = searches.project.duplicates
    searches.add("peers", "valleys", "gardens")
    one, two, three = searches.uids(1, 2, 3)
    duplicates.same([one, two], kept=one)
    duplicates.same([two, three], kept=three)
    assert searches.groups() == {3: [1, 2, 3]}
    duplicates.undo_all()
    searches.project.undo()
    assert searches.groups() == {3: [1, 2, 3]}


def test_what_is_left_of_a_split_group_stays_of_its_run(searches):
    duplicates = searches.project.duplicates
    for source in ("PubMed", "Embase", "Scopus"):
        searches.add("peers", source=source)
    searches.join()
    assert searches.groups() == {1: [1, 2, 3]}
    duplicates.split(searches.uids(3)[0])
    (join,) = duplicates.joined()
    assert (join.by_hand, join.rule) == (False, "same-doi")
    (run,) = duplicates.runs()
    duplicates.undo_run(run)
    assert searches.groups() == {}
