"""Taking back and repeating in turns, without end."""

import pytest

from screener import create_project
from screener.model import UserError


@pytest.fixture
def project(tmp_path):
    with create_project(tmp_path / "p.screener", title="Review") as project:
        (tmp_path / "a.ris").write_text(
            "".join(f"TY  - JOUR\nTI  - Invented title {n}\nER  - \n\n" for n in range(3)),
            encoding="utf-8",
        )
        project.sources.import_file(tmp_path / "a.ris", source="PubMed")
        yield project


def removed(project):
    return sorted({1, 2, 3} - _present(project))


def _present(project):
    return {number for _, number in project.units.numbered()}


def test_what_was_repeated_can_be_taken_back_again(project):
    project.sources.remove(["1"], why="test")
    for _ in range(3):
        assert project.undo() == "Remove 1 record"
        assert removed(project) == []
        assert project.redo() == "Remove 1 record"
        assert removed(project) == [1]
    assert project.undo_name() == "Remove 1 record"
    assert project.redo_name() == ""


def test_several_are_taken_back_and_repeated_in_their_order(project):
    for number in ("1", "2", "3"):
        project.sources.remove([number], why="test")
    project.undo()
    project.undo()
    project.redo()
    assert removed(project) == [1, 2]
    project.undo()
    assert removed(project) == [1]
    project.redo()
    project.redo()
    assert removed(project) == [1, 2, 3]
    with pytest.raises(UserError):
        project.redo()
    for left in ([1, 2], [1], []):
        project.undo()
        assert removed(project) == left


def test_something_else_done_ends_the_repeating(project):
    project.sources.remove(["1"], why="test")
    project.undo()
    project.sources.remove(["2"], why="test")
    project.undo()
    project.redo()
    assert removed(project) == [2]
    assert project.redo_name() == ""
