"""Long work: what is heard of it, and that it ends in exactly one way."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from PySide6.QtCore import QObject

from screener.model import Cancelled, ErrorKind, UserError
from ui.session.task import Task, begin

REFUSED = UserError("There is no room; make some.", kind=ErrorKind.OTHER)


@pytest.fixture
def executor():
    with ThreadPoolExecutor(max_workers=1) as found:
        yield found


@pytest.fixture
def started(qapp, executor):
    """Begin work and note everything that is heard of it."""

    def start(work):
        task, heard = Task(work, executor), []
        for name in ("done", "cancelled", "failed", "crashed", "ended"):
            getattr(task, name).connect(lambda *args, name=name: heard.append((name, *args)))
        task.progressed.connect(lambda *args: heard.append(("progressed", *args)))
        return task, heard

    return start


def test_what_it_gives_is_handed_over_once(started, qtbot):
    task, heard = started(lambda _: 5)
    assert task.running
    qtbot.waitUntil(lambda: not task.running)
    assert heard == [("done", 5), ("ended",)]
    assert not task.stopping


def test_a_refusal_is_handed_over_as_it_is(started, qtbot):
    def refused(_):
        raise REFUSED

    task, heard = started(refused)
    qtbot.waitUntil(lambda: not task.running)
    assert heard == [("failed", REFUSED), ("ended",)]


def test_a_fault_of_the_program_is_told_with_its_error_and_as_a_sentence(started, qtbot, caplog):
    fault = KeyError("a title of a record")

    def wrong(_):
        raise fault

    task, heard = started(wrong)
    qtbot.waitUntil(lambda: not task.running)
    (crashed, failed, ended) = heard
    assert crashed == ("crashed", fault)
    assert failed[0] == "failed"
    assert failed[1].kind is ErrorKind.INSIDE
    assert "a title of a record" not in str(failed[1])
    assert ended == ("ended",)
    assert caplog.records[0].exc_info[1] is fault


def test_how_far_it_is_is_told_while_it_runs_and_never_afterwards(started, qtbot):
    told, go = threading.Event(), threading.Event()

    def work(progress):
        progress(3, 8, "Reading")
        told.set()
        go.wait()
        progress(8, 8, "Reading")

    task, heard = started(work)
    qtbot.waitUntil(lambda: bool(heard))
    assert told.is_set()
    assert heard == [("progressed", 3, 8, "Reading")]
    go.set()
    qtbot.waitUntil(lambda: not task.running)
    assert heard[1:] == [("done", None), ("ended",)]


def test_how_much_there_is_to_do_may_be_unknown(started, qtbot):
    go = threading.Event()

    def work(progress):
        progress(3, None, "Looking")
        go.wait()

    task, heard = started(work)
    qtbot.waitUntil(lambda: bool(heard))
    assert heard == [("progressed", 3, 0, "Looking")]
    go.set()
    qtbot.waitUntil(lambda: not task.running)


def test_who_asks_it_to_stop_hears_that_it_was_cancelled(started, qtbot):
    def endless(progress):
        while True:
            progress(0, None, "Working")

    task, heard = started(endless)
    task.stop()
    assert task.stopping
    qtbot.waitUntil(lambda: not task.running)
    assert [one for one in heard if one[0] != "progressed"] == [("cancelled",), ("ended",)]


def test_what_was_done_before_it_could_stop_is_done(started, qtbot):
    go = threading.Event()
    task, heard = started(lambda _: go.wait())
    task.stop()
    go.set()
    qtbot.waitUntil(lambda: not task.running)
    assert heard == [("done", True), ("ended",)]
    assert task.stopping


@pytest.mark.parametrize("gone", ["parent", "program"])
def test_work_of_its_own_stops_with_who_began_it_and_with_the_program(qapp, qtbot, gone):
    parent, ended = QObject(), threading.Event()

    def endless(progress):
        try:
            while True:
                progress(0, None, "Making")
        except Cancelled:
            ended.set()
            raise

    begin(endless, parent)
    if gone == "parent":
        parent.deleteLater()
    else:
        qapp.aboutToQuit.emit()
    qtbot.waitUntil(ended.is_set)


def test_work_of_its_own_is_gone_when_it_has_ended(qapp, qtbot):
    parent, gone = QObject(), []
    task = begin(lambda _: 1, parent)
    task.destroyed.connect(lambda: gone.append(True))
    qtbot.waitUntil(lambda: bool(gone))
