"""Linked reports are looked for beside the work, by a page that is shown."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtWidgets import QWidget

from screener.duplicates.found import Link
from screener.fulltext.linked import LinkedReport
from screener.model import Fields, RecordId, Unit
from ui.session.linked import Links, linked_line, next_linked


@pytest.fixture
def shown(qtbot):
    """A page on the screen."""
    page = QWidget()
    qtbot.addWidget(page)
    page.show()
    qtbot.waitExposed(page)
    return page


@pytest.fixture
def links(project_session, shown):
    return Links(project_session, shown)


def known(session):
    return session.project.fulltext.linked.known


def test_they_are_looked_for_when_they_are_wanted(links, project_session, qtbot):
    assert not known(project_session)
    assert links.of("nobody") == []
    with qtbot.waitSignal(links.found):
        links.want()
    assert known(project_session)


def test_they_wait_until_other_work_has_ended(links, project_session, qtbot):
    go = threading.Event()
    project_session.run(lambda *_: go.wait(), writes=True)
    links.want()
    qtbot.waitUntil(lambda: not links._soon.isActive())
    assert not known(project_session)
    with qtbot.waitSignal(links.found):
        go.set()


def test_they_give_way_to_other_work_and_come_all_the_same(links, project_session, qtbot):
    go = threading.Event()
    links.want()
    qtbot.waitUntil(lambda: project_session.running)
    task = project_session.run(lambda *_: go.wait(), writes=True)
    go.set()
    qtbot.waitUntil(lambda: not task.running)
    qtbot.waitUntil(lambda: known(project_session))


def test_a_page_that_is_hidden_looks_for_nothing(links, project_session, shown, qtbot):
    shown.hide()
    links.want()
    qtbot.waitUntil(lambda: not links._soon.isActive())
    assert not project_session.running
    assert not known(project_session)


def linked(number):
    id_ = RecordId(str(number))
    fields = Fields(title="A title")
    unit = Unit(id=id_, number=number, fields=fields, members=(number,), records=(id_,))
    return LinkedReport(unit=unit, kind=Link.NOTICE, words="a comment on it", standing="sought")


def test_one_key_goes_round_by_number():
    """From 5, to which 2 and 9 are linked, over 9 and 2 back to it."""
    found = [linked(2), linked(9)]
    assert next_linked(5, 5, found) is found[1]
    assert next_linked(9, 5, found) is found[0]
    assert next_linked(2, 5, found) is None
    assert next_linked(5, 5, []) is None


def test_what_is_not_known_of_a_record_is_said():
    words = "a comment on it  ·  1,209  ·  no year  ·  sought  ·  A title"
    assert linked_line(linked(1209)) == words
