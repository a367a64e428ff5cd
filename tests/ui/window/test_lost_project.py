"""The coordinator's file is lost: a project is made from the copies, by window."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from screener import open_project
from screener.model import Stage, Verdict
from ui.session import files
from ui.widgets.button import Button
from ui.widgets.card import Card
from ui.widgets.words import Words
from ui.window import lost_project

TA = Stage.TITLE_ABSTRACT


@pytest.fixture
def lost(review):
    """Maya's and Jonas's copies, one decision in each; the project is gone."""
    for name in ("a", "b"):
        with open_project(review.with_name(f"{name}.screener")) as mine:
            (unit, *_) = mine.screening.queues.queue(TA)
            mine.screening.decide(unit, Verdict.INCLUDE, stage=TA)
    review.unlink()
    return review.parent


def card(window):
    return next(c for c in window.findChildren(Card) if c.isVisible())


def text(widget):
    return " ".join(w.text() for w in widget.findChildren(Words) if w.isVisible())


def button(widget, words):
    return next(b for b in widget.findChildren(Button) if b.isVisible() and b.text() == words)


def press(qtbot, widget, words):
    qtbot.mouseClick(button(widget, words), Qt.MouseButton.LeftButton)


def chosen(monkeypatch, folder, *names):
    paths = [folder / f"{name}.screener" for name in names]
    monkeypatch.setattr(files, "ask_several", lambda *_: paths)


def test_the_copies_make_a_project_that_is_opened(window, lost, qtbot, monkeypatch):
    assert window.menus.entry("make-project").isEnabled()
    window.menus.entry("make-project").trigger()
    found = card(window)
    assert "what the meeting and the arbitrator settled" in text(found)
    make = button(found, "Make this the project")
    assert not make.isEnabled()
    chosen(monkeypatch, lost, "a", "b")
    press(qtbot, found, "Choose the copies…")
    qtbot.waitUntil(lambda: "Maya Lindqvist's copy, 6 records, 1 decision" in text(found))
    assert not make.isEnabled(), "a reason is asked for"
    reason = next(w for w in found.findChildren(QLineEdit) if w.accessibleName() == "Reason")
    reason.setFocus()
    qtbot.keyClicks(QApplication.focusWidget(), "the laptop was stolen")
    press(qtbot, found, "Make this the project")
    qtbot.waitUntil(lambda: window.session is not None)
    project = window.session.project
    assert project.path == lost / "digital-peer-support.screener"
    assert not project.is_copy
    assert project.writable
    assert not project.has_tags
    assert project.consensus.continued() == ["the laptop was stolen"]
    assert {r.name for r in project.consensus.reviewers()} == {"Maya Lindqvist", "Jonas Roth"}
    project.consensus.add_person("Ida")  # it goes on as the project


def test_whose_copy_is_missing_is_said_before_it_is_opened(window, lost, qtbot, monkeypatch):
    window.perform("make-project")
    found = card(window)
    chosen(monkeypatch, lost, "b")  # in the other one nobody knows of Jonas yet
    press(qtbot, found, "Choose the copies…")
    found._why.setText("lost")
    press(qtbot, found, "Make this the project")
    qtbot.waitUntil(lambda: "Of Maya Lindqvist no copy was given" in found.said.text())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert window.session.project.consensus.continued() == ["lost"]


def test_what_is_no_copy_of_the_review_is_refused(window, lost, qtbot, monkeypatch):
    from screener import create_project

    with create_project(lost / "other.screener", title="Another") as other:
        other.consensus.add_person("Maya")
        other.consensus.write_copy("Maya", lost / "c.screener")
    window.perform("make-project")
    found = card(window)
    for names, words in (
        (("a", "c"), "c.screener is of another review (“Another”)"),
        (("other",), "other.screener is no reviewer’s copy (the project)"),
        (("none",), "There is no file"),
    ):
        chosen(monkeypatch, lost, *names)
        press(qtbot, found, "Choose the copies…")
        assert words in found.said.text()
    assert list(found._copies) == [lost / "a.screener"]
    found.close_card()


def test_a_place_that_is_taken_is_said_and_nothing_is_made(window, lost, qtbot, monkeypatch):
    assert window.open(lost / "a.screener")
    window.perform("make-project")
    assert window.session is None, "a copy that is open may be among them"
    found = card(window)
    chosen(monkeypatch, lost, "a", "b")
    press(qtbot, found, "Choose the copies…")
    found._why.setText("lost")
    found._place.setText(str(lost / "b.screener"))
    before = (lost / "b.screener").read_bytes()
    press(qtbot, found, "Make this the project")
    qtbot.waitUntil(lambda: button(found, "Make this the project").isEnabled())
    assert found.said.text()
    assert (lost / "b.screener").read_bytes() == before
    found.close_card()


def test_what_is_chosen_while_the_project_is_made_is_not_in_it(window, lost, qtbot, monkeypatch):
    window.perform("make-project")
    found = card(window)
    found.add([lost / "b.screener"])
    found._why.setText("lost")
    found.make()
    found.add([lost / "a.screener"])
    found._why.setText("lost again")
    assert not found._make.isEnabled()
    qtbot.waitUntil(lambda: "Of Maya Lindqvist no copy was given" in found.said.text())
    found.close_card()


def test_escape_on_the_card_stops_the_making(window, lost, qtbot, monkeypatch):
    window.perform("make-project")
    found = card(window)
    found.add([lost / "a.screener", lost / "b.screener"])
    found._why.setText("lost")
    made, ended = lost_project.merge_into, threading.Event()

    def watched(*given, **more):
        try:
            return made(*given, **more)
        finally:
            ended.set()

    monkeypatch.setattr(lost_project, "merge_into", watched)
    found.make()
    qtbot.keyClick(found, Qt.Key.Key_Escape)
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qtbot.waitUntil(ended.is_set)
    assert not (lost / "digital-peer-support.screener").exists()
