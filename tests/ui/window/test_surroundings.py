"""What the window says of a folder that a service shares, and of a double beside a file."""

import shutil
import threading

import pytest
from PySide6.QtCore import Qt

from screener import open_project
from screener.model import Stage, Verdict
from screener.store import surroundings
from ui.session import files
from ui.widgets.button import Button

TA = Stage.TITLE_ABSTRACT


def links(bar):
    return [b for b in bar.findChildren(Button) if b.isVisible() and b.objectName()]


def seen(window, qtbot):
    """The problem bar, once the worker has looked around."""
    qtbot.waitUntil(lambda: not window.review_actions._around._wanted)
    return window.frame.problem


def decided(path):
    """Decide on one record in a copy."""
    with open_project(path) as mine:
        (unit, *_) = mine.screening.queues.queue(TA)
        mine.screening.decide(unit, Verdict.INCLUDE, stage=TA)


@pytest.fixture
def documents(tmp_path, monkeypatch):
    """The user's documents, in a folder that does not exist yet."""
    folder = tmp_path / "Documents"
    monkeypatch.setattr(files, "documents", lambda: folder)
    return folder


@pytest.fixture
def shared(review):
    """The project and Maya's copy in a folder of a service."""
    folder = review.parent / "Dropbox"
    folder.mkdir()
    for name in ("project.screener", "a.screener"):
        shutil.move(review.with_name(name), folder)
    return folder


@pytest.mark.parametrize("name", ["project.screener", "a.screener"])
def test_a_shared_folder_is_said_once_and_the_work_goes_elsewhere(
    window, shared, documents, qtbot, name
):
    assert window.open(shared / name)
    bar = seen(window, qtbot)
    assert "a folder that Dropbox synchronises" in bar.sentence
    (link,) = links(bar)
    assert link.text() == "Work in Documents instead"
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.project.path == documents / name)
    assert window.session.project.writable
    assert not seen(window, qtbot).isVisible()
    assert (shared / name).is_file()
    assert window.open(shared / name)
    assert not seen(window, qtbot).isVisible(), "it is said once for each file"


def test_documents_that_are_shared_themselves_are_not_offered(
    window, shared, monkeypatch, tmp_path, qtbot
):
    monkeypatch.setattr(files, "documents", lambda: tmp_path / "OneDrive" / "Documents")
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    assert window.open(shared / "a.screener")
    (link,) = links(seen(window, qtbot))
    assert link.text() == "Work in Screener instead"
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    place = tmp_path / "home" / "Screener" / "a.screener"
    qtbot.waitUntil(lambda: window.session.project.path == place)


def test_nothing_is_said_of_an_ordinary_folder(window, review, qtbot):
    assert window.open(review)
    assert not seen(window, qtbot).isVisible()


def test_a_double_of_a_copy_is_offered_and_taken_in(window, review, qtbot):
    copy = review.with_name("a.screener")
    double = review.with_name("a (Maya's conflicted copy 2026-01-01).screener")
    shutil.copy(copy, double)
    decided(double)
    assert window.open(copy)
    bar = seen(window, qtbot)
    assert f"Beside this file lies {double.name}" in bar.sentence
    (link,) = links(bar)
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.project.screening.progress(TA).decided == 1)
    qtbot.waitUntil(lambda: not bar.isVisible())
    assert window.session.project.doubles() == []
    window.close_review()
    assert window.open(copy)
    assert not seen(window, qtbot).isVisible()


def test_a_double_of_the_project_is_checked_before_it_is_merged(window, review, qtbot):
    double = review.with_name("project-LAPTOP-7Q2.screener")
    shutil.copy(review, double)
    with open_project(double) as project:
        project.consensus.add_person("Ida")
    assert window.open(review)
    (link,) = links(seen(window, qtbot))
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    assert window.frame.current == "consensus"
    page = window.frame.page
    qtbot.waitUntil(lambda: not window.session.running)
    assert page.current() is page.merge
    assert page.merge._files == [double]


def test_the_window_opens_before_the_worker_has_looked_around(window, review, qtbot, tmp_path):
    """The place of a file is asked for by the thread that may wait for a slow drive."""
    mounts, asked = surroundings.MOUNTS, []

    class Slow(type(mounts)):
        def read_text(self, *args, **more):
            asked.append(threading.current_thread() is threading.main_thread())
            return super().read_text(*args, **more)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(surroundings.shared_place, "__defaults__", (Slow(mounts),))
        assert window.open(review)
        seen(window, qtbot)
    assert asked == [False]


def test_what_was_interrupted_by_other_work_is_looked_at_after_it(window, shared, qtbot):
    assert window.open(shared / "a.screener")
    window.session.stop()
    window.session.run(lambda *_: None, writes=True)
    assert "a folder that Dropbox synchronises" in seen(window, qtbot).sentence
