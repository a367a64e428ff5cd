"""A person at the window: keys where the keyboard is, and files where a dialog asks for them."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.exceptions import TimeoutError as LateError

from tests.bot import PatientBot
from ui.application import build
from ui.widgets.card import Card

NAMES = {"Enter": "Return", "Back": "Backspace", "Ctrl+Enter": "Ctrl+Return"}
WHOLE = 20_000  # milliseconds; what is waited for comes in a few of them


class Dialogs:
    """Answers the file dialogs: the only part of the window that is replaced."""

    def __init__(self):
        self._answers = []

    def answer(self, *paths):
        self._answers.append([str(path) for path in paths])

    def one(self, *_asked, **_named):
        return self._answers.pop(0)[0], "All files (*)"

    def several(self, *_asked, **_named):
        return self._answers.pop(0), "All files (*)"

    def all_answered(self):
        return not self._answers


class Person:
    """Works in one window with the keyboard."""

    def __init__(self, window, dialogs, qtbot):
        self.window = window
        self.dialogs = dialogs
        self._qtbot = qtbot

    @property
    def session(self):
        return self.window.session

    @property
    def project(self):
        return self.window.session.project

    @property
    def page(self):
        return self.window.frame.page

    def press(self, *keys):
        """Press keys where the keyboard is: "Enter", "Ctrl+3", or single letters."""
        for key in keys:
            target = QApplication.focusWidget() or self.window
            if len(key) == 1:
                QTest.keyClicks(target, key)
            else:
                QTest.keySequence(target, QKeySequence(NAMES.get(key, key)))
            QApplication.processEvents()

    def type(self, text):
        """Type text where the keyboard is."""
        QTest.keyClicks(QApplication.focusWidget(), text)
        QApplication.processEvents()

    def wait(self, condition, what=""):
        """Wait until a condition holds; `what` says what did not come."""
        try:
            self._qtbot.waitUntil(condition, timeout=WHOLE)
        except LateError as error:
            raise AssertionError(f"did not come: {what}") from error

    def rest(self):
        """Wait until no long action runs and everything that was said is shown."""
        QApplication.processEvents()  # what a page begins when it is shown
        self.wait(lambda: not self.session.running)
        QApplication.processEvents()

    def open(self, path):
        """Open a file with Ctrl+O."""
        self.dialogs.answer(path)
        self.press("Ctrl+O")
        self.wait(lambda: self.session is not None and self.project.path == path)

    def card(self):
        """Return the card that lies over the window, or None."""
        return next((c for c in self.window.findChildren(Card) if c.isVisible()), None)

    def problem(self):
        """Return the sentence of the problem bar, "" while there is none."""
        bar = self.window.frame.problem if self.window.frame else self.window.problem
        return bar.sentence if bar.isVisible() else ""


@pytest.fixture
def qtbot(qapp, request):
    """A robot that sees at once what came."""
    return PatientBot(request)


@pytest.fixture
def dialogs(monkeypatch):
    found = Dialogs()
    monkeypatch.setattr(QFileDialog, "getOpenFileName", found.one)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", found.one)
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", found.several)
    yield found
    assert found.all_answered(), "a dialog that was expected did not come"


@pytest.fixture
def person(qtbot, qapp, dialogs, monkeypatch):
    """A person at a window without a file."""
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)

    def settle(window):
        """End what runs: a window that waits for it is not closed, and it would be deleted so."""
        if window.session is not None:
            window.session.stop()
            qtbot.waitUntil(lambda: not window.session.running, timeout=WHOLE)

    window = build(qapp)
    window.resize(1280, 800)
    qtbot.addWidget(window, before_close_func=settle)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.start.focus_first()
    yield Person(window, dialogs, qtbot)
    window.close_review()
