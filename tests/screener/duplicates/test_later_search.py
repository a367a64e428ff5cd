"""A later search is compared with the groups there are and the answers given before."""

from __future__ import annotations

import pytest

from screener import open_project
from screener.duplicates.joins import removed_duplicates

ELSEWHERE = {"journal": "Another Letter of Nursing", "volume": "", "pages": "", "doi": ""}
BARE = {
    "authors": "", "year": "", "journal": "", "volume": "", "issue": "",
    "pages": "", "doi": "", "abstract": "",
}  # fmt: skip
LONGER = {"abstract": " ".join(["Every word of it was invented for this very record."] * 20)}


@pytest.fixture
def first(searches):
    """A first round: 1 and 4 joined, 2 and 5 answered different."""
    searches.add("peers", "valleys", "gardens")
    searches.add("peers", ("valleys", ELSEWHERE), source="Embase")
    found, count = searches.join()
    assert (searches.pairs(found), count) == ([(2, 5)], 1)
    searches.project.duplicates.different(searches.uids(2, 5))
    return searches


def test_nothing_new_nothing_joined_or_asked(first):
    before = first.shown()
    found, count = first.join()
    assert (found.certain, found.ask, count) == ((), (), 0)
    assert first.shown() == before


def test_only_what_is_new_is_asked_and_joined(first):
    first.add("peers", ("gardens", ELSEWHERE), "valleys", source="Scopus")
    found, count = first.join()
    assert first.pairs(found) == [(3, 7)], "2 and 5 were answered, 5 and 8 with them"
    assert count == 2, "the record that was in the group is not joined again"
    assert first.groups() == {1: [1, 4, 6], 2: [2, 8]}
    runs = first.project.duplicates.runs()
    assert [(run.records, run.groups, run.joins) for run in runs] == [(5, 1, 1), (8, 2, 2)]
    first.project.duplicates.same(first.uids(3, 7))
    assert first.join()[0].ask == ()


def test_taking_the_second_run_back_restores_the_first(first):
    first.add(("peers", {**LONGER, "doi": "10.5555/ijp.2018.244"}), source="Scopus")
    before = first.shown()
    first.join()
    assert first.groups() == {6: [1, 4, 6]}, "the one with the longest abstract is shown"
    project, duplicates = first.project, first.project.duplicates
    _, second = duplicates.runs()
    project.undo(second.action)
    assert first.shown() == before
    project.redo()
    assert first.groups() == {6: [1, 4, 6]}
    duplicates.undo_run(second)
    assert first.shown() == before
    assert project.verify() == []
    first.join()
    assert first.groups() == {6: [1, 4, 6]}
    project.undo()
    assert first.shown() == before


def test_taking_the_first_run_back_takes_what_grew_out_of_it(first):
    first.add("peers", "gardens", source="Scopus")
    first.join()
    one, two = first.project.duplicates.runs()
    first.project.duplicates.undo_run(one)
    assert first.groups() == {3: [3, 7]}
    assert [run.undone for run in first.project.duplicates.runs()] == [True, False]
    first.join()
    assert first.groups() == {1: [1, 4, 6], 3: [3, 7]}
    assert two.joins == 2


def test_a_group_made_by_hand_that_grows_stays_by_hand(searches):
    searches.add("peers", ("peers", BARE))
    searches.project.duplicates.same(searches.uids(1, 2))
    searches.add("peers", source="Embase")
    _, count = searches.join()
    assert (count, searches.groups()) == (1, {1: [1, 2, 3]})
    flow = searches.project.report.flow()
    assert (flow.duplicates_automatic, flow.duplicates_by_hand) == (1, 1)
    project = searches.project
    every = {uid for uid, _ in project.units.imported()}
    assert removed_duplicates(project.duplicates.joined(), project.units, every) == (1, 1)


def test_a_second_session_goes_on_where_the_first_ended(first):
    path = first.project.path
    first.project.close()
    with open_project(path) as first.project:
        first.add("peers", ("valleys", ELSEWHERE), source="Scopus")
        found, _ = first.join()
        assert first.groups() == {1: [1, 4, 6], 5: [5, 7]}
        assert found.ask == ()
