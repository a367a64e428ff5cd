"""Runs of the finder: stored with what they joined or asked, and taken back."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from screener import create_project, open_copy, open_project
from screener.duplicates.methods import methods
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
        assert [run.settings for run in project.duplicates.runs()] == ([settings])


def test_runs_survive_closing_and_name_the_version_that_ran(looked):
    looked.join()
    path, before = looked.project.path, looked.project.duplicates.runs()
    looked.project.close()
    with open_project(path, write=False) as project:
        assert project.duplicates.runs() == before
        assert project.verify() == []


def test_a_run_that_only_asked_is_stored_once(looked):
    duplicates = looked.project.duplicates
    found, count = looked.join(settings=ASK_EVERYTHING)
    assert (count, len(looked.pairs(found)), len(duplicates.runs())) == (0, 2, 1)
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


def test_a_run_that_found_nothing_is_stored_once_for_the_same_records(searches):
    """Else the report would say that duplicates were not looked for."""
    searches.add("peers", "gardens")
    for _ in range(2):
        found, count = searches.join()
        searches.project.duplicates.keep_run()
        assert (found.ask, count) == ((), 0)
        assert [run.records for run in searches.project.duplicates.runs()] == [2]
    searches.add("valleys", source="Embase")
    searches.join()
    assert [run.records for run in searches.project.duplicates.runs()] == [2, 3]
    project = searches.project
    said = methods(project.duplicates, project.sources, project.units)
    assert said.startswith("Duplicates were looked for with Screener ")


def test_groups_that_nobody_found_are_no_run(searches):
    searches.add("peers", "gardens")
    assert searches.project.duplicates.join([]) == 0
    assert searches.project.duplicates.runs() == []


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
    assert duplicates.undo_all(by_hand=True) == 2
    assert looked.shown() == before
    assert [run.undone for run in duplicates.runs()] == [True]
    assert duplicates.answered_different() == [tuple(looked.uids(2, 5))]
    with pytest.raises(UserError, match="nothing to take back"):
        duplicates.undo_all(by_hand=True)
    looked.project.undo()
    assert len(looked.groups()) == 2


def test_taking_all_back_and_that_again_shows_the_same_records(searches):
    duplicates = searches.project.duplicates
    searches.add("peers", "valleys", "gardens")
    one, two, three = searches.uids(1, 2, 3)
    duplicates.same([one, two], kept=one)
    duplicates.same([two, three], kept=three)
    assert searches.groups() == {3: [1, 2, 3]}
    duplicates.undo_all(by_hand=True)
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


def test_all_joins_of_the_finder_are_taken_back_and_those_by_hand_stay(looked):
    duplicates = looked.project.duplicates
    looked.join()
    looked.add("valleys", "gardens", source="Scopus")
    looked.join()
    duplicates.same(looked.uids(2, 5))
    assert looked.groups() == {1: [1, 4], 2: [2, 5, 6], 3: [3, 7]}
    parting = duplicates.parted_by_all()
    assert (parting.joins, parting.units, parting.by_hand) == (3, 3, 1)
    assert duplicates.undo_all() == 3
    assert looked.groups() == {2: [2, 5]}
    assert [run.undone for run in duplicates.runs()] == [True, True]
    with pytest.raises(UserError, match="nothing to take back"):
        duplicates.undo_all()
    looked.project.undo()
    assert looked.groups() == {1: [1, 4], 2: [2, 5, 6], 3: [3, 7]}
    assert looked.project.verify() == []


def test_what_would_come_apart_is_said_before_and_changes_nothing(looked):
    duplicates = looked.project.duplicates
    looked.join()
    duplicates.same(looked.uids(1, 5))
    (run,) = duplicates.runs()
    before = looked.project.counts()
    parting = duplicates.parted_by_run(run)
    assert (parting.joins, parting.units, parting.by_hand) == (1, 1, 1)
    assert looked.project.counts() == before
    units = len(looked.project.units.ids())
    duplicates.undo_run(run)
    assert len(looked.project.units.ids()) == units + 1


def test_a_run_that_only_asked_has_nothing_to_take_back(looked):
    duplicates = looked.project.duplicates
    looked.join(settings=ASK_EVERYTHING)
    duplicates.different(looked.uids(2, 5))
    (run,) = duplicates.runs()
    with pytest.raises(UserError, match="joined no records"):
        duplicates.undo_run(run)
    looked.join(settings=STANDARD)
    duplicates.undo_all()
    assert [(r.joins, r.undone) for r in duplicates.runs()] == [(0, False), (1, True)]


def test_how_much_of_a_run_stands_is_counted(looked):
    duplicates = looked.project.duplicates
    looked.add("gardens", source="Scopus")
    looked.join()
    assert [(r.groups, r.standing) for r in duplicates.runs()] == [(2, 2)]
    duplicates.undo_join(duplicates.joined()[0].event)
    assert [(r.groups, r.standing, r.undone) for r in duplicates.runs()] == [(2, 1, False)]


def test_the_settings_of_the_last_run_are_in_force(looked):
    duplicates = looked.project.duplicates
    assert duplicates.settings() == STANDARD
    looked.join(settings=CAUTIOUS)
    duplicates.keep_run()
    path = looked.project.path
    looked.project.close()
    with open_project(path) as project:
        assert project.duplicates.settings() == CAUTIOUS
        assert project.duplicates.find().settings == CAUTIOUS


def test_a_choice_stays_without_a_run_and_is_taken_back(searches):
    duplicates = searches.project.duplicates
    own = Settings(name="own", off=frozenset(["years-differ"]), likeness=92.5)
    duplicates.choose_settings(CAUTIOUS)
    duplicates.choose_settings(own)
    before = searches.project.counts()
    duplicates.choose_settings(own)
    assert searches.project.counts() == before
    path = searches.project.path
    searches.project.close()
    with open_project(path) as project:
        assert project.duplicates.settings() == own
        assert project.duplicates.runs() == []
        project.undo()
        assert project.duplicates.settings() == CAUTIOUS
        project.redo()
        assert project.duplicates.settings() == own
        assert project.verify() == []


def test_what_was_chosen_after_a_run_is_in_force_and_joins_stay(looked):
    duplicates = looked.project.duplicates
    looked.join(settings=CAUTIOUS)
    duplicates.choose_settings(STANDARD)
    assert duplicates.settings() == STANDARD
    assert duplicates.undo_all() == 1
    assert duplicates.settings() == STANDARD


def test_a_rule_there_is_not_cannot_be_chosen(searches):
    with pytest.raises(UserError, match="There is no duplicate rule nonsense"):
        searches.project.duplicates.choose_settings(Settings(off=frozenset(["nonsense"])))
    assert searches.project.undo_name() == ""


def test_a_copy_holds_the_settings_and_cannot_choose_them(looked):
    duplicates = looked.project.duplicates
    duplicates.choose_settings(CAUTIOUS)
    copy = looked.folder / "maya.screener"
    looked.project.consensus.write_copy("Maya", copy)
    with open_copy(copy) as mine:
        assert mine.duplicates.settings() == CAUTIOUS
        with pytest.raises(UserError, match="only the coordinator's project"):
            mine.duplicates.choose_settings(STANDARD)
