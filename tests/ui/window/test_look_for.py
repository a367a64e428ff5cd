"""Looking for a file that is gone: only the same file takes the place of the old entry."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QFileDialog

from screener import create_project
from ui.start.recent import Recent


@pytest.fixture
def gone(window, review, tmp_path):
    """A project that was open and was moved since; returns its old path and its new one."""
    window.open(review)
    window.close_review()
    place = tmp_path / "elsewhere" / "moved.screener"
    place.parent.mkdir()
    review.rename(place)
    window.start.refresh()
    return review, place


@pytest.fixture
def answer(monkeypatch):
    """Answer the dialog that asks where the file is."""

    def with_(path):
        monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(path), ""))

    return with_


def look(window, old):
    window.start.looked_for.emit(str(old))


def paths(window):
    return [one.path for one in window.recent.files]


def test_the_file_that_was_moved_takes_the_place_of_its_entry(window, gone, answer):
    old, new = gone
    answer(new)
    look(window, old)
    assert window.session.project.path == new
    assert paths(window) == [str(new)]


def test_another_review_keeps_the_old_entry_and_is_not_opened(window, gone, answer, tmp_path):
    other = tmp_path / "other.screener"
    create_project(other, title="Sleep").close()
    answer(other)
    look(window, gone[0])
    assert window.session is None
    assert paths(window) == [str(gone[0])]
    assert "other.screener is another file, the project of “Sleep”" in window.problem.sentence


def test_a_copy_of_the_same_review_is_not_the_project(window, gone, answer, tmp_path):
    answer(tmp_path / "a.screener")
    look(window, gone[0])
    assert paths(window) == [str(gone[0])]
    assert "Maya Lindqvist's copy" in window.problem.sentence


def test_what_is_no_file_of_screener_keeps_the_old_entry(window, gone, answer, tmp_path):
    answer(tmp_path / "pubmed.ris")
    look(window, gone[0])
    assert window.session is None
    assert str(gone[0]) in paths(window)
    assert window.problem.sentence


def test_an_entry_that_says_no_review_is_not_replaced_either(window, answer, tmp_path):
    window.recent.note(Recent(path=str(tmp_path / "gone.screener")))
    other = tmp_path / "other.screener"
    create_project(other, title="Sleep").close()
    answer(other)
    look(window, tmp_path / "gone.screener")
    assert window.session.project.path == other
    assert str(tmp_path / "gone.screener") in paths(window)
