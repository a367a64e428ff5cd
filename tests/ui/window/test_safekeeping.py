"""What the window does about a file that is moved or replaced while it is open; backups."""

import os
import shutil
import threading

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication

from screener import find_backups, open_project
from screener.model import Stage, Verdict
from ui.window import safekeeping

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


def damage(path):
    """Change one letter of a title."""
    text = path.read_bytes()
    at = text.rindex(b'"title":"') + 12
    path.write_bytes(text[:at] + bytes([text[at] ^ 1]) + text[at + 1 :])


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
    qtbot.waitUntil(on_copy.frame.problem.isVisible)
    kept = project.kept
    assert str(kept) in on_copy.frame.problem.sentence
    assert not on_copy.frame.page.can_act
    on_copy.perform("open-kept")
    assert on_copy.session.project.path == kept
    assert on_copy.session.project.screening.progress(TA).decided == 1
    assert on_copy.frame.page.can_act


def test_the_window_goes_on_while_what_a_moved_file_held_is_kept(on_copy, qtbot):
    session, path = on_copy.session, on_copy.session.project.path
    path.rename(path.with_name("moved.screener"))
    come_back(on_copy)
    assert session.busy
    come_back(on_copy)
    qtbot.waitUntil(lambda: not session.running)
    assert session.project.kept.is_file()
    assert str(session.project.kept) in on_copy.frame.problem.sentence
    assert on_copy.frame.problem.isVisible()


def test_a_moved_file_is_kept_also_while_other_work_reads_it(on_copy, qtbot):
    session, go = on_copy.session, threading.Event()
    session.project.path.unlink()
    session.run(lambda *_: go.wait(), writes=False)
    come_back(on_copy)
    assert str(session.project.kept) in on_copy.frame.problem.sentence
    go.set()
    qtbot.waitUntil(lambda: not session.running)


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


@pytest.fixture
def on_large(on_copy, monkeypatch):
    """The window on a file so large that nobody waits while it is backed up."""
    on_copy._keeping.end()
    monkeypatch.setattr("ui.session.session.AT_ONCE", 2)
    return on_copy


def begin_another(window):
    window.perform("new")


def open_another(window):
    assert not window.open(window.session.project.path.with_name("b.screener"))


CLOSINGS = [
    lambda window: window.perform("close"),
    lambda window: window.perform("close-without"),
    lambda window: window.close(),
    begin_another,
    open_another,
]


@pytest.mark.parametrize("closing", CLOSINGS)
def test_the_last_backup_of_a_large_file_is_made_beside_the_window(on_large, qtbot, closing):
    project, frame = on_large.session.project, on_large.frame
    before = len(project.backups())
    closing(on_large)
    assert on_large.frame is frame
    assert on_large.isVisible()
    assert on_large.session.busy
    assert not on_large.frame.page.can_act
    qtbot.waitUntil(lambda: on_large.frame is not frame)
    backups = find_backups(project.path)
    assert len(backups) == before + 1
    with open_project(backups[0].path, write=False) as backup:
        assert backup.screening.progress(TA).decided == 1


def test_a_window_whose_file_was_backed_up_is_closed(on_large, qtbot):
    on_large.close()
    qtbot.waitUntil(lambda: not on_large.isVisible())
    assert on_large.frame is None


def test_who_stops_the_last_backup_closes_the_file_without_it(on_large, qtbot):
    project, go = on_large.session.project, threading.Event()
    before = len(project.backups())
    on_large.session._executor.submit(go.wait)  # so that the backup does not end before it
    on_large.perform("close")
    assert on_large.session.escape()
    go.set()
    qtbot.waitUntil(lambda: on_large.frame is None)
    assert len(find_backups(project.path)) == before


def test_what_is_done_after_a_last_backup_is_in_the_next_one(on_large, qtbot):
    """The other file could not be opened, so that this one stays."""
    project, session = on_large.session.project, on_large.session
    none = project.path.with_name("none.screener")
    on_large.open(none)
    qtbot.waitUntil(lambda: not session.running)
    assert on_large.session is session
    before = len(project.backups())
    (unit, *_) = project.screening.queues.queue(TA)
    project.screening.decide(unit, Verdict.EXCLUDE, stage=TA)
    on_large.perform("close")
    qtbot.waitUntil(lambda: on_large.frame is None)
    assert len(find_backups(project.path)) == before + 1


def test_closing_a_file_that_was_removed_keeps_what_it_held(on_copy):
    project = on_copy.session.project
    project.path.unlink()
    on_copy.close_review()
    with open_project(project.kept, write=False) as kept:
        assert kept.screening.progress(TA).decided == 1


def test_who_closes_a_file_that_was_moved_is_told_once_where_it_is_kept(on_copy, qtbot):
    project = on_copy.session.project
    project.path.unlink()
    on_copy.perform("close")
    qtbot.waitUntil(on_copy.frame.problem.isVisible)
    assert str(project.kept) in on_copy.frame.problem.sentence
    qtbot.waitUntil(lambda: not on_copy.session.running)
    on_copy.perform("close")
    assert on_copy.frame is None


def test_much_that_was_written_at_once_is_backed_up_soon(on_copy, monkeypatch):
    keeping = on_copy._keeping
    keeping._first.stop()
    monkeypatch.setattr("screener.store.watch._MOST", 0)
    (unit, *_) = on_copy.session.project.screening.queues.queue(TA)
    on_copy.session.project.screening.decide(unit, Verdict.EXCLUDE, stage=TA)
    assert keeping._first.isActive()


def test_a_copy_is_held_before_anybody_decides(window, review, qtbot):
    assert window.open(review.with_name("a.screener"))
    watch = window.session.project._file.guard.watch
    qtbot.waitUntil(lambda: watch.base is not None)
    assert window.session.project.backups() == []


@pytest.mark.skipif(os.name == "nt", reason="Windows does not say when a file was touched")
def test_bytes_that_another_program_changed_are_found_and_all_is_kept(on_copy, qtbot):
    project, found = on_copy.session.project, on_copy.session.project.path.stat()
    on_copy._keeping._first.stop()
    on_copy._keeping._first.setInterval(1)
    damage(project.path)
    os.utime(project.path, ns=(found.st_atime_ns, found.st_mtime_ns))
    come_back(on_copy)
    qtbot.waitUntil(lambda: project.kept is not None and not on_copy.session.running)
    assert str(project.kept) in on_copy.frame.problem.sentence
    on_copy.perform("open-kept")
    assert on_copy.session.project.screening.progress(TA).decided == 1
    assert on_copy.session.project.verify() == []


@pytest.fixture
def unheld(on_copy, monkeypatch):
    """The window on a copy whose last decision is in no backup, and not held in memory either."""
    on_copy._keeping._first.stop()
    on_copy.session.project._file.guard.watch.whole = False
    monkeypatch.setattr("screener.store.watch._MOST", 0)
    return on_copy


def test_steady_work_does_not_put_a_backup_off(unheld, qtbot):
    project, first = unheld.session.project, unheld._keeping._first
    first.setTimerType(Qt.TimerType.PreciseTimer)
    first.setInterval(600_000)
    units = project.screening.queues.queue(TA)
    project.screening.decide(units[0], Verdict.EXCLUDE, stage=TA)
    qtbot.waitUntil(lambda: first.remainingTime() < 599_990)
    left = first.remainingTime()
    project.screening.decide(units[1], Verdict.EXCLUDE, stage=TA)
    assert 0 < first.remainingTime() <= left


def test_a_backup_that_finds_other_work_running_is_made_after_it(unheld, qtbot):
    session, keeping, go = unheld.session, unheld._keeping, threading.Event()
    keeping._first.setInterval(1)
    session.run(lambda *_: go.wait(), writes=False)
    keeping.back_up()
    assert not session.project.held
    go.set()
    qtbot.waitUntil(lambda: session.project.held)


def test_a_backup_that_gave_way_to_other_work_is_made_after_it(unheld, qtbot):
    session, keeping = unheld.session, unheld._keeping
    keeping._first.setInterval(1)
    keeping.back_up()
    backup = session._beside
    session.run(lambda *_: None, writes=False)
    assert backup.stopping
    qtbot.waitUntil(lambda: session.project.held)


def test_who_stops_the_first_check_is_told_and_can_have_it_made(window, review, qtbot, monkeypatch):
    monkeypatch.setattr("ui.session.session.AT_ONCE", 2)
    go, check = threading.Event(), safekeeping._check
    monkeypatch.setattr(safekeeping, "_check", lambda *given: (go.wait(), check(*given)))
    assert window.open(review)
    assert window.session.escape()
    go.set()
    qtbot.waitUntil(lambda: not window.session.running)
    assert not window.session.project.writable
    assert "was not checked" in window.frame.problem.sentence
    window.perform("check-first")
    qtbot.waitUntil(lambda: not window.session.running)
    assert window.frame.page.can_act
    assert window._keeping._timer.isActive()


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


@pytest.mark.parametrize("damaged", [False, True])
def test_a_large_backup_that_is_looked_into_is_checked_beside_the_window(
    window, review, qtbot, monkeypatch, damaged
):
    monkeypatch.setattr("ui.session.session.AT_ONCE", 2)
    with open_project(review) as project:
        backup = project.backup()
    if damaged:
        damage(backup)
    assert window.open(backup, write=False)
    session = window.session
    assert session.busy
    qtbot.waitUntil(lambda: not session.running)
    assert session.project.whole is not damaged
    assert ("is damaged" in window.frame.problem.sentence) is damaged
    assert not window.frame.page.can_act
    assert session.project.sources.count() > 0
    assert not window._keeping._timer.isActive()


def test_a_large_file_that_is_damaged_is_shown_and_not_written(window, review, qtbot, monkeypatch):
    monkeypatch.setattr("ui.session.session.AT_ONCE", 2)
    damage(review)
    assert window.open(review)
    qtbot.waitUntil(window.frame.problem.isVisible)
    assert "is damaged" in window.frame.problem.sentence
    assert not window.frame.page.can_act
    assert not window._keeping._timer.isActive()


def test_what_was_set_aside_when_a_file_was_opened_is_said(window, review, qtbot):
    copy = review.with_name("a.screener")
    journal = copy.with_name("a.screener-journal")
    journal.write_bytes(b"left by another file")
    assert window.open(copy)
    assert window.frame.problem.isVisible()
    assert "set aside as a.screener-left-over-1" in window.frame.problem.sentence
    assert not journal.exists()
    assert window.frame.page.can_act
    window.close_review()
    assert window.open(copy)
    assert not window.frame.problem.isVisible()
