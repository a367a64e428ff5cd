"""Answers of a person in a project."""

from __future__ import annotations

from dataclasses import replace

import pytest

from screener import create_project
from screener.duplicates.duplicates import Duplicates
from screener.duplicates.settings import ASK_EVERYTHING, CAUTIOUS

RECORDS = "".join(f"TY  - JOUR\nTI  - Letters {n}\nER  - \n\n" for n in range(3))


@pytest.fixture
def project(tmp_path):
    path = tmp_path / "pubmed.ris"
    path.write_text(RECORDS, encoding="utf-8")
    with create_project(tmp_path / "new.screener", title="New") as project:
        project.sources.import_file(path, source="PubMed")
        yield project


def test_several_answers_are_one_action_and_keep_the_record_that_was_named(project):
    one, two, three = (record.id for record in project.sources.records())
    answers = [("same", (one, two)), ("different", (one, three))]
    project.duplicates.answer(answers, kept=two)
    assert project.duplicates.groups() == [(two, tuple(sorted((one, two))))]
    assert project.duplicates.answered_different() == [(one, three)]
    project.undo()
    assert project.duplicates.groups() == []
    assert project.duplicates.answered_different() == []


def test_a_kept_record_of_another_group_is_not_taken(project):
    one, two, three = (record.id for record in project.sources.records())
    project.duplicates.answer([("same", (one, two))], kept=three)
    ((unit, _),) = project.duplicates.groups()
    assert unit in (one, two)


def test_what_was_found_is_kept_until_records_or_groups_change(project):
    one, two, three = (record.id for record in project.sources.records())
    found = project.duplicates.find()
    events = project.counts()
    assert project.duplicates.find() is found
    project.protocol.set(replace(project.protocol.current, title="Another title"))
    assert project.duplicates.find() is found
    assert project.counts()[1] == events[1] + 1  # the title's; looking wrote nothing
    assert project.duplicates.find(settings=CAUTIOUS).settings == CAUTIOUS
    project.duplicates.different((one, two))
    again = project.duplicates.find()
    assert again is not found
    project.sources.remove([three], "retracted")
    assert project.duplicates.find() is not again
    assert project.duplicates.find() == fresh(project)


def test_what_changes_while_it_looks_is_looked_at_again(project):
    one, two, three = (record.id for record in project.sources.records())
    for number in "123":
        project.sources.correct(number, {"doi": "10.5555/one", "title": "Letters of a clinic"})
    assert fresh(project, ASK_EVERYTHING).ask

    def progress(done, total, what):
        if not project.duplicates.groups():
            project.duplicates.same((one, two, three))

    found = project.duplicates.find(settings=ASK_EVERYTHING, progress=progress)
    assert project.duplicates.groups()
    assert not found.ask
    assert found == fresh(project, ASK_EVERYTHING)


def fresh(project, settings=None):
    """Return what is found by one who never looked before."""
    return Duplicates(project._file, project.units).find(settings=settings)
