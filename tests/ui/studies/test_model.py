"""What the page lists: reports with the first hint that holds, studies by intervention."""

from __future__ import annotations

import pytest

from screener import open_project
from screener.model import Hint
from ui.studies import model


@pytest.fixture
def project(path):
    with open_project(path) as found:
        yield found


@pytest.fixture
def units(project):
    return {number: str(unit) for unit, number in project.units.numbered()}


def listed(project, *, marked=("", "", ""), words="", coming=None, hints=()):
    return model.read(project, hints).lines(words, marked, coming)


def test_hints_are_not_there_while_they_are_looked_for(project):
    assert {one.hinted for one in model.read(project, None).loose} == {""}
    assert {one.hinted for one in model.read(project, ()).loose} == {"no hint"}


def test_the_first_hint_of_reports_that_are_apart_is_told_of_both(project, units):
    hints = [Hint(reports=(units[1], units[3]), why="One."),
             Hint(reports=(units[3], units[4]), why="Two.")]  # fmt: skip
    told = {one.report.number: one.why for one in model.read(project, hints).loose}
    assert told[1] == told[3] == "Reports 1 and 3: One."
    assert told[4] == "Reports 3 and 4: Two."
    project.studies.link([units[1], units[3]])
    (after,) = [one for one in model.read(project, hints).loose if one.study]
    assert (after.report.number, after.study.reports) == (4, (units[1], units[3]))


def test_a_study_of_two_interventions_stands_under_both_and_is_opened_where_it_is_marked(
    project, units
):
    study = project.studies.link([units[1]])
    other = project.studies.link([units[2]])
    for name in ("Walkers", "Circle"):
        project.studies.group(name, [study.id])
    plain = [line.words for line in listed(project)]
    assert plain == ["In no intervention yet", other.name, "Circle", study.name, "Walkers",
                     study.name]  # fmt: skip
    (group,) = [one for one in project.studies.interventions() if one.name == "Walkers"]
    lines = listed(project, marked=(group.id, study.id, ""))
    assert [line.report.number for line in lines if line.report] == [1]
    assert lines[-1].report is not None
    assert [line.block for line in lines[-3:]] == [False, True, True]


def test_an_intervention_without_an_included_study_stays_to_be_seen(project, units):
    study = project.studies.link([units[1]])
    project.studies.group("Walkers", [study.id])
    project.studies.unlink(units[1])
    assert [(line.words, line.beside) for line in listed(project)] == [("Walkers", "0 studies")]


def test_what_was_marked_is_found_again_where_it_stands_now(project, units):
    study = project.studies.link([units[1], units[3]])
    other = project.studies.link([units[2]])
    marked = ("", study.id, units[3])
    lines = listed(project, marked=marked)
    assert lines[model.place_of(lines, marked)].report.number == 3
    project.studies.unlink(units[3])
    lines = listed(project, marked=marked)
    assert lines[model.place_of(lines, marked)].study.id == study.id
    project.studies.group("Walkers", [study.id])
    lines = listed(project, marked=marked)
    assert lines[model.place_of(lines, marked)].intervention.name == "Walkers"
    project.studies.unlink(units[1])
    lines = listed(project, marked=marked)
    assert lines[model.place_of(lines, marked)].study.id == other.id
    assert model.place_of([], marked) == -1
