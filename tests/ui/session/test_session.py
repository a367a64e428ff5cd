"""The session: notices come in the window's thread, one long action at a time, backups give way."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication

from screener.model import UserError
from ui.session.session import Done


def uids(session):
    return [r.id for r in session.project.sources.records()][:2]


def test_a_quick_action_is_noticed_at_once(project_session, qtbot):
    with qtbot.waitSignal(project_session.changed) as noticed:
        project_session.project.duplicates.same(uids(project_session))
    assert noticed.args[0].action


def test_notices_of_a_worker_come_after_it_in_the_windows_thread(project_session, qtbot):
    here = threading.get_ident()
    seen, written, go = [], threading.Event(), threading.Event()
    project_session.changed.connect(
        lambda _: seen.append((threading.get_ident(), project_session.busy))
    )

    def work(project, _):
        project.duplicates.same(uids(project_session))
        written.set()
        go.wait()

    task = project_session.run(work)
    qtbot.waitUntil(written.is_set)
    QCoreApplication.processEvents()
    assert project_session.busy
    assert seen == [], "pages would read what a worker writes"
    go.set()
    with qtbot.waitSignal(task.ended):
        pass
    assert not project_session.busy
    assert seen == [(here, False)]


def test_a_second_long_action_is_refused(project_session, qtbot):
    go = threading.Event()
    task = project_session.run(lambda *_: go.wait())
    with pytest.raises(UserError, match="Wait until"):
        project_session.run(lambda *_: None)
    assert project_session.attempt(lambda: 1) is None
    go.set()
    with qtbot.waitSignal(task.ended):
        pass
    assert project_session.attempt(lambda: 1) == Done(1)


def test_work_beside_gives_way_and_quick_actions_go_on(project_session, qtbot):
    began = threading.Event()

    def endless(_, progress):
        began.set()
        while True:
            progress(0, None, "Backing up")
            threading.Event().wait(0.001)

    beside = project_session.run(endless, writes=False, beside=True)
    qtbot.waitUntil(began.is_set)
    assert not project_session.busy
    assert project_session.attempt(lambda: 1) == Done(1)
    with qtbot.waitSignals([beside.cancelled, project_session.stopped]):
        task = project_session.run(lambda *_: 5)
    assert not task.running
    assert not project_session.running


def test_closing_stops_what_runs(project_session, qtbot):
    began = threading.Event()

    def endless(_, progress):
        began.set()
        while True:
            progress(0, None, "Working")

    project_session.run(endless)
    qtbot.waitUntil(began.is_set)
    project_session.close()
