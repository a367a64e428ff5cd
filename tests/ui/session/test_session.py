"""The session: notices come in the window's thread, one long action at a time, backups give way."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt

from screener import open_project
from screener.model import Cancelled, UserError
from screener.store import paths
from ui.session.page import EVERYTHING, Page
from ui.session.session import Done, Session
from ui.session.task import begin


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

    task = project_session.run(work, writes=True)
    qtbot.waitUntil(written.is_set)
    QCoreApplication.processEvents()
    assert project_session.busy
    assert seen == [], "pages would read what a worker writes"
    go.set()
    with qtbot.waitSignal(task.ended):
        pass
    assert not project_session.busy
    assert seen == [(here, False)]


@pytest.mark.parametrize("beside", [False, True])
def test_no_notice_comes_from_the_workers_thread_whatever_it_does(project_session, qtbot, beside):
    """What a worker that was to read only began to write is taken back, and told of too."""
    here, seen = threading.get_ident(), []
    project_session.changed.connect(
        lambda _: seen.append(threading.get_ident()), Qt.ConnectionType.DirectConnection
    )

    def work(project, _):
        with project._file.transaction():
            raise Cancelled

    task = project_session.run(work, writes=False, beside=beside)
    with qtbot.waitSignal(task.ended):
        pass
    assert seen == [here]


def test_a_second_long_action_is_refused(project_session, qtbot):
    go = threading.Event()
    task = project_session.run(lambda *_: go.wait(), writes=True)
    with pytest.raises(UserError, match="Wait until"):
        project_session.run(lambda *_: None, writes=True)
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
        task = project_session.run(lambda *_: 5, writes=True)
    assert not task.running
    assert not project_session.running


def test_closing_stops_what_runs(project_session, qtbot):
    began = threading.Event()

    def endless(_, progress):
        began.set()
        while True:
            progress(0, None, "Working")

    project_session.run(endless, writes=True)
    qtbot.waitUntil(began.is_set)
    project_session.close()


def test_a_backup_that_fails_for_no_known_reason_does_not_keep_a_file_open(review, caplog):
    session = Session(open_project(review))
    session.project._file.connection.execute("CREATE TEMP TABLE event (x)")
    session.close()
    assert "closed without a backup: no such column" in caplog.text
    assert not paths.is_open(review)
    assert not review.with_name(".~lock.project.screener#").exists()


def test_work_that_was_begun_for_a_card_stops_when_the_card_goes(qtbot):
    card, ended = QObject(), threading.Event()

    def endless(progress):
        try:
            while True:
                progress(0, None, "Making")
        finally:
            ended.set()

    begin(endless, card)
    card.deleteLater()
    qtbot.waitUntil(ended.is_set)


@pytest.fixture
def large(monkeypatch):
    """Every review is one of which it is long to derive where its records stand."""
    monkeypatch.setattr("ui.session.session.AT_ONCE", 0)


def test_the_worker_derives_where_everything_stands(large, project_session, qtbot):
    session = project_session
    with qtbot.waitSignal(session.derived):
        assert not session.ready()
    assert session.project.derived
    assert session.ready()
    session.project.duplicates.same(uids(session))
    with qtbot.waitSignal(session.derived):
        assert not session.ready(), "a join changes what is a unit"


def test_a_page_that_needs_what_is_derived_waits_for_it(large, project_session, qtbot):
    class Counting(Page):
        derives = True
        read = 0

        def refresh(self, changes=EVERYTHING):
            self.read += 1

    page = Counting(project_session)
    qtbot.addWidget(page)
    page.show()
    assert page.read == 0
    qtbot.waitUntil(lambda: page.read == 1)
    assert not page.stale


@pytest.fixture
def counting(project_session, qtbot):
    """A page that counts how often it is read; `derives` says whether it waits for the worker."""

    class Counting(Page):
        read = 0

        def refresh(self, changes=EVERYTHING):
            self.read += 1

    def make(*, derives=False):
        page = Counting(project_session)
        page.derives = derives
        qtbot.addWidget(page)
        return page

    return make


def test_a_page_that_is_hidden_reads_nothing_when_the_worker_has_derived(
    large, counting, project_session, qtbot
):
    page = counting(derives=True)
    page.show()
    page.hide()
    with qtbot.waitSignal(project_session.derived):
        pass
    assert page.read == 0
    page.show()
    assert page.read == 1


def test_a_page_that_is_hidden_reads_nothing_when_long_work_ends(counting, project_session, qtbot):
    shown, hidden = counting(), counting()
    shown.show()
    before = shown.read

    def work(project, _):
        project.duplicates.same(uids(project_session))

    with qtbot.waitSignal(project_session.stopped):
        project_session.run(work, writes=True)
    assert shown.read == before + 1
    assert hidden.read == 0
    hidden.show()
    assert hidden.read == 1


def test_what_waits_for_other_work_is_derived_after_it(large, project_session, qtbot):
    go = threading.Event()
    project_session.run(lambda *_: go.wait(), writes=False)
    with qtbot.waitSignal(project_session.derived):
        assert not project_session.ready()
        go.set()


def test_a_backup_gives_way_to_what_a_page_waits_for(large, project_session, qtbot):
    began = threading.Event()

    def endless(_, progress):
        began.set()
        while True:
            progress(0, None, "Backing up")
            threading.Event().wait(0.001)

    backup = project_session.run(endless, writes=False, beside=True)
    qtbot.waitUntil(began.is_set)
    with qtbot.waitSignals([backup.cancelled, project_session.derived]):
        assert not project_session.ready()
    assert project_session.ready()


def test_who_asks_again_does_not_stop_what_is_being_derived(large, project_session, qtbot):
    derive, go = project_session.project.derive, threading.Event()

    def slow():
        go.wait()
        derive()

    project_session.project.derive = slow
    assert not project_session.ready()
    task = project_session._beside
    with qtbot.waitSignal(task.done):
        assert not project_session.ready()
        go.set()
    qtbot.waitUntil(lambda: not project_session.running)
    assert project_session.ready()


def test_what_cannot_be_derived_is_said_by_who_asks_for_it(large, project_session, qtbot):
    def wrong():
        raise UserError("event 12 cannot be read")

    project_session.project.derive = wrong
    with qtbot.waitSignal(project_session.derived):
        assert not project_session.ready()
    assert project_session.ready()


def test_what_could_not_be_derived_is_derived_by_the_worker_once_something_changed(
    large, project_session, qtbot
):
    session, connection = project_session, project_session.project._file.connection
    assert session.project.consensus.steps  # which is made of what is read of the forms
    connection.execute("CREATE TEMP TABLE event (x)")
    with qtbot.waitSignal(session.derived):
        assert not session.ready()
    assert session.ready()
    connection.execute("DROP TABLE temp.event")
    session.project.duplicates.same(uids(session))
    with qtbot.waitSignal(session.derived):
        assert not session.ready()
    assert session.project.derived


@pytest.mark.parametrize("at_once", [0, 5_000])
def test_what_may_be_long_is_looked_up_at_once_only_where_it_is_short(
    monkeypatch, project_session, qtbot, at_once
):
    monkeypatch.setattr("ui.session.session.AT_ONCE", at_once)
    found = []
    project_session.look(lambda project: project.units.count(), found.append)
    assert bool(found) is bool(at_once)
    qtbot.waitUntil(lambda: found == [6])
