"""What the window does about a file that is moved or replaced while it is open; backups."""

import shutil

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from screener import open_project
from screener.model import Stage, Verdict

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def on_copy(window, review, qtbot):
    """The window on Maya's copy, with a decision made after a backup."""
    assert window.open(review.with_name("a.screener"))
    project = window.session.project
    project.backup_if_changed()
    (unit, *_) = project.screening.queues.queue(TA)
    project.screening.decide(unit, Verdict.INCLUDE, stage=TA)
    return window


def come_back(window):
    window.activateWindow()
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))


def test_coming_back_to_the_window_finds_that_the_file_was_replaced(on_copy, review, qtbot):
    project, path = on_copy.session.project, on_copy.session.project.path
    come_back(on_copy)
    assert not on_copy.frame.problem.isVisible()
    shutil.copy(review.with_name("b.screener"), path.with_name("coming"))
    path.with_name("coming").replace(path)
    come_back(on_copy)
    assert on_copy.frame.problem.isVisible()
    kept = project.kept
    assert str(kept) in on_copy.frame.problem.sentence
    assert not on_copy.frame.page.can_act
    on_copy.perform("open-kept")
    assert on_copy.session.project.path == kept
    assert on_copy.session.project.screening.progress(TA).decided == 1
    assert on_copy.frame.page.can_act


def test_the_next_decision_finds_it_and_is_not_shown_as_saved(on_copy, qtbot):
    project = on_copy.session.project
    project.path.unlink()
    on_copy.frame.go(TA)
    on_copy.perform("include")
    assert on_copy.frame.problem.isVisible()
    assert project.kept.exists()
    assert project.screening.progress(TA).decided == 1


def test_closing_makes_a_backup_of_what_was_done(on_copy):
    project = on_copy.session.project
    before = len(project.backups())
    on_copy.close_review()
    assert len(project.backups()) == before + 1
    with open_project(project.backups()[0].path, write=False) as backup:
        assert backup.screening.progress(TA).decided == 1


def test_closing_a_file_that_was_removed_keeps_what_it_held(on_copy):
    project = on_copy.session.project
    project.path.unlink()
    on_copy.close_review()
    with open_project(project.kept, write=False) as kept:
        assert kept.screening.progress(TA).decided == 1


def test_who_closes_a_file_that_was_moved_is_told_once_where_it_is_kept(on_copy):
    project = on_copy.session.project
    project.path.unlink()
    on_copy.perform("close")
    assert on_copy.frame.problem.isVisible()
    assert str(project.kept) in on_copy.frame.problem.sentence
    on_copy.perform("close")
    assert on_copy.frame is None


def test_much_that_was_written_at_once_is_backed_up_soon(on_copy, monkeypatch):
    keeping = on_copy._keeping
    keeping._first.stop()
    monkeypatch.setattr("screener.store.watch._MOST", 0)
    (unit, *_) = on_copy.session.project.screening.queues.queue(TA)
    on_copy.session.project.screening.decide(unit, Verdict.EXCLUDE, stage=TA)
    assert keeping._first.isActive()


def test_a_large_file_that_is_not_known_is_checked_beside_the_window(
    window, review, qtbot, monkeypatch
):
    monkeypatch.setattr("ui.session.session.AT_ONCE", 2)
    assert window.open(review)
    session = window.session
    assert session.busy
    assert not window.frame.page.can_act
    qtbot.waitUntil(lambda: not session.running)
    assert session.project.whole
    assert window.frame.page.can_act


def test_a_large_file_that_is_damaged_is_shown_and_not_written(window, review, qtbot, monkeypatch):
    monkeypatch.setattr("ui.session.session.AT_ONCE", 2)
    text = review.read_bytes()
    at = text.rindex(b'"title":"') + 12
    review.write_bytes(text[:at] + bytes([text[at] ^ 1]) + text[at + 1 :])
    assert window.open(review)
    qtbot.waitUntil(window.frame.problem.isVisible)
    assert "is damaged" in window.frame.problem.sentence
    assert not window.frame.page.can_act
    assert not window._keeping._timer.isActive()
