"""Whether the report of a unit was obtained, whatever its records say each."""

import itertools

import pytest

from screener import open_project
from screener.fulltext.fulltext import Retrieval as State
from screener.model import Stage, UserError
from screener.screening.retrieval import explained, not_retrieved, retrieval
from screener.store.kinds.project import Open, Retrieval

FT = str(Stage.FULL_TEXT)


@pytest.fixture
def project(tmp_path, making):
    """An open project with three records, for all of which full text is open."""
    with open_project(making.review(tmp_path, records=3)) as review:
        units = tuple(review.units.ids())
        with review._file.action("Open") as action:
            action.append(Open(subjects=units), step=FT)
        yield review


def say(review, number, state):
    """Record the retrieval of one record as it was before records were joined."""
    with review._file.action("Full text") as action:
        body = Retrieval(state=state, why=f"{state} {number}")
        action.append(body, subject=review.units.find(str(number)), step=FT)


@pytest.mark.parametrize(
    "states", list(itertools.permutations(["sought", "retrieved", "not-retrieved"], 2))
)
@pytest.mark.parametrize("kept", [1, 2])
def test_joined_records_have_the_best_that_was_reached(project, states, kept):
    for number, state in enumerate(states, 1):
        say(project, number, state)
    project.duplicates.same(
        [project.units.find(n) for n in "12"], kept=project.units.find(f"{kept}")
    )
    unit = project.units.find("1")
    wanted = "retrieved" if "retrieved" in states else "not-retrieved"
    assert retrieval(project._file) == {unit: wanted}
    assert explained(project._file) == {unit: (wanted, f"{wanted} {states.index(wanted) + 1}")}
    assert project.fulltext.retrieval() == explained(project._file)
    gone = {unit} if wanted == "not-retrieved" else set()
    assert not_retrieved(project._file) == project.screening.stages.not_retrieved() == gone
    assert (unit in project.screening.to_screen(Stage.FULL_TEXT)) is (not gone)


def test_of_two_that_could_not_be_obtained_the_last_says_why(project):
    for number in (1, 2):
        say(project, number, "not-retrieved")
    project.duplicates.same([project.units.find(n) for n in "12"])
    assert explained(project._file) == {
        project.units.find("1"): ("not-retrieved", "not-retrieved 2")
    }


def test_what_is_said_of_a_group_takes_the_place_of_what_its_records_said(project):
    say(project, 1, "retrieved")
    say(project, 2, "not-retrieved")
    project.duplicates.same([project.units.find(n) for n in "12"])
    unit = project.units.find("1")
    project.fulltext.set_retrieval(unit, "not-retrieved", "lost again")
    assert project.fulltext.retrieval() == {unit: ("not-retrieved", "lost again")}
    project.undo()
    assert project.fulltext.retrieval()[unit][0] == "retrieved"


@pytest.mark.parametrize("why", ["", " ", "\u00a0", "\u200b"])
def test_why_says_something(project, why):
    with pytest.raises(UserError, match="Say why the report could not be obtained"):
        project.fulltext.set_retrieval(project.units.find("1"), "not-retrieved", why)


def test_of_some_units_only_theirs_is_read(project):
    one, two, three = project.units.ids()
    say(project, 1, "not-retrieved")
    say(project, 3, "not-retrieved")
    assert project.screening.stages.not_retrieved([one, two]) == {one}
    assert retrieval(project._file, [three]) == {three: "not-retrieved"}
    assert project.screening.stages.opened_for() == {one, two, three}


def test_several_are_said_in_one_action_or_none(project):
    units = list(project.units.ids())
    project.fulltext.set_several(units, "not-retrieved", "lost")
    assert project.fulltext.retrieval() == dict.fromkeys(units, (State.NOT_RETRIEVED, "lost"))
    project.undo()
    assert project.fulltext.retrieval() == {}
    with pytest.raises(UserError):
        project.fulltext.set_several([*units, "f" * 32], "retrieved")
    assert project.fulltext.retrieval() == {}
