"""Answers of a person in a project."""

from __future__ import annotations

import pytest

from screener import create_project

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
