"""Linked reports at full text, in the project and in a copy: which, as what, where they stand."""

from __future__ import annotations

import pytest

from screener import open_copy, open_project
from screener.model import Stage

COMMENT = {"TI": "Comment on: Peer-led text messaging for adults with bipolar disorder in remote "
           "clinics: a trial", "T2": "Letters of Invention", "SP": "9"}  # fmt: skip
FT = Stage.FULL_TEXT


def linked(review, number):
    """What is linked to a report, by number: where it stands."""
    found = review.fulltext.linked.of(review.units.find(str(number)))
    return {one.unit.number: one.standing for one in found}


@pytest.fixture
def project(sought):
    """The coordinator's project, open."""
    with open_project(sought.project) as review:
        yield review


def test_each_comes_with_what_it_is_and_its_record(project):
    found = project.fulltext.linked.of(project.units.find("1"))
    assert [(one.unit.number, str(one.kind), one.words) for one in found] == [
        (2, "preprint-and-report", "a preprint of it"),
        (3, "notice-and-report", "a correction of it"),
        (4, "conference-abstract-and-report", "a conference abstract of it"),
        (5, "registry-entry-and-report", "its entry in a trial register"),
    ]
    assert found[1].unit.fields.title.startswith("Erratum: Peer-led")


def test_the_project_says_what_is_settled(project):
    assert linked(project, 1) == {
        2: "its full text: sought",
        3: "excluded at title and abstract",
        4: "not settled at title and abstract",
        5: "excluded at title and abstract",
    }
    project.fulltext.set_retrieval(project.units.find("1"), "not-retrieved", "lost")
    assert linked(project, 2)[1] == "its full text: not retrieved"


def test_only_reports_that_are_sought_are_looked_at(project):
    assert linked(project, 3) == {}


def test_a_copy_says_its_own_decisions_and_nobody_elses(sought):
    """On 4 the two differ: each reads the own decision, and neither that there is another one."""
    own = {}
    for letter in ("a2", "b2"):
        with open_copy(sought.folder / f"{letter}.screener") as mine:
            own[letter] = linked(mine, 1)
    assert own["a2"] == {
        2: "its full text: sought",
        3: "you excluded it at title and abstract",
        4: "you included it at title and abstract",
        5: "you excluded it at title and abstract",
    }
    assert own["b2"] == {**own["a2"], 4: "you excluded it at title and abstract"}


def test_decisions_at_full_text_are_shown_when_the_stage_is(sought):
    why = ("exclude", "no-full-report")
    sought.screen({2: why}, {}, stage=FT, copies=("a2", "b2"), close=False)
    with open_copy(sought.folder / "a2.screener") as mine:
        assert linked(mine, 1)[2] == "you excluded it at full text"
    with open_project(sought.project) as review:
        assert not review.consensus.visible(FT)
        assert linked(review, 1)[2] == "its full text: sought"
    sought.screen({1: why}, {1: why, 2: why}, stage=FT, copies=("a2", "b2"))
    with open_project(sought.project) as review:
        assert linked(review, 2)[1] == "excluded at full text"


def test_what_is_imported_later_is_linked_too(sought):
    with open_project(sought.project) as review:
        assert linked(review, 1).keys() == {2, 3, 4, 5}
    sought.add("later", COMMENT)
    sought.write_copies("a3")
    for path, standing in (
        (sought.project, "not settled at title and abstract"),
        (sought.folder / "a3.screener", "not open for full text"),
    ):
        with open_project(path) as review:
            found = review.fulltext.linked.of(review.units.find("1"))[-1]
            assert (found.unit.number, found.words) == (7, "a comment on it")
            assert found.standing == standing


def test_an_import_while_the_file_is_open_has_them_looked_for_again(project, making, tmp_path):
    assert len(linked(project, 1)) == 4
    assert project.fulltext.linked.known
    batch = making.fill(project, tmp_path, 2)
    assert not project.fulltext.linked.known
    assert len(linked(project, 1)) == 4
    project.sources.withdraw(batch.id, "by mistake")
    assert not project.fulltext.linked.known


def test_what_was_joined_is_one_report(project):
    project.duplicates.same([project.units.find("1"), project.units.find("2")])
    assert sorted(linked(project, 1)) == [3, 4, 5]
    project.undo()
    assert sorted(linked(project, 1)) == [2, 3, 4, 5]


def test_a_decision_does_not_have_them_looked_for_again(sought):
    with open_copy(sought.folder / "a2.screener") as mine:
        mine.fulltext.linked.look()
        mine.screening.decide(mine.units.find("2"), "include", stage=FT)
        assert mine.fulltext.linked.known


def test_what_changed_while_it_was_looked_for_is_not_missed(project):
    def change(*_):
        if not changed:
            changed.append(project.duplicates.different(
                [project.units.find("5"), project.units.find("6")]
            ))  # fmt: skip

    changed = []
    project.fulltext.linked.look(change)
    assert not project.fulltext.linked.known
    project.fulltext.linked.look()
    assert project.fulltext.linked.known


def test_looking_writes_nothing(sought, making):
    before = making.digest(sought.project)
    with open_project(sought.project, write=False) as review:
        assert len(linked(review, 1)) == 4
    assert making.digest(sought.project) == before


def test_before_full_text_is_open_nothing_is_linked(linking):
    with open_project(linking.project) as review:
        assert linked(review, 1) == {}
