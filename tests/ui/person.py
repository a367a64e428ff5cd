"""Somebody at the window: presses keys where the keyboard is, and reads what stands there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication


class Person:
    """Presses keys and the mouse in the window, as people do; a subclass reads more of a page."""

    def __init__(self, window, qtbot):
        self.window, self.qtbot = window, qtbot

    @classmethod
    def at_page(cls, window, qtbot, path, stage, first, *, height=768):
        """Open a file and go to a page, of which `first` has the keyboard; no key comes too soon.

        `first` is what has the keyboard, as it is read aloud.
        """
        window._preferences.change(moment=0)
        assert window.open(path)
        window.resize(1366, height)
        window.frame.go(stage)
        person = cls(window, qtbot)
        qtbot.waitUntil(lambda: not person.page.stale and person.at == first)
        return person

    @property
    def page(self):
        return self.window.frame.page

    @property
    def focus(self):
        return QApplication.focusWidget()

    @property
    def at(self):
        """What has the keyboard, as it is read aloud."""
        return self.focus.accessibleName() if self.focus is not None else ""

    @property
    def echo(self):
        return self.window.frame.footer.echo.sentence

    @property
    def problem(self):
        problem = self.window.session.problem
        return problem.sentence if problem else ""

    def press(self, *keys, modifier=Qt.KeyboardModifier.NoModifier, times=1):
        for key in keys * times:
            QTest.keyClick(self.focus, key, modifier)
            QApplication.processEvents()  # what follows from a mark comes after the key

    def ctrl(self, *keys):
        self.press(*keys, modifier=Qt.KeyboardModifier.ControlModifier)

    def alt(self, *keys):
        self.press(*keys, modifier=Qt.KeyboardModifier.AltModifier)

    def type(self, text):
        QTest.keyClicks(self.focus, text)
        QApplication.processEvents()

    def click(self, button):
        self.qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def tab(self, times=1):
        self.press(Qt.Key.Key_Tab, times=times)

    def back(self, times=1):
        self.press(Qt.Key.Key_Backtab, modifier=Qt.KeyboardModifier.ShiftModifier, times=times)

    def to(self, name, *, begins=False):
        """Go on with Tab until something of that name, or that begins so, has the keyboard."""
        for _ in range(60):
            if self.at.startswith(name) if begins else self.at == name:
                return
            self.tab()
        raise AssertionError(f"Tab does not come to {name}")
