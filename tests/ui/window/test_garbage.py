"""The garbage collector: never in the middle of a gesture, and nothing of an open file again."""

import gc
import weakref

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ui.application import build
from ui.window.garbage import FEW, Garbage


class Cycle:
    """What only the collector gives free."""

    def __init__(self):
        self.own = self


@pytest.fixture
def watched(qtbot, qapp):
    """A window whose garbage is watched; the collector is as usual again afterwards."""
    window = build(qapp)
    qtbot.addWidget(window)
    window.show()
    garbage = Garbage(window)
    qtbot.waitUntil(lambda: not garbage.waits)
    yield window, garbage
    window.close_review()
    gc.unfreeze()
    gc.enable()


def test_garbage_is_collected_after_a_rest_and_not_before(watched, qtbot):
    window, garbage = watched
    assert not gc.isenabled()
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    assert garbage.waits
    gone = weakref.ref(Cycle())
    assert gone() is not None
    qtbot.waitUntil(lambda: gone() is None)
    assert not garbage.waits


def test_what_an_open_file_needs_is_not_looked_through_until_it_is_closed(watched, qtbot, review):
    window, garbage = watched
    window.open(review)
    QTest.keyClick(window.windowHandle(), Qt.Key.Key_Tab)
    kept, gone = [[] for _ in range(FEW + 1)], weakref.ref(Cycle())
    qtbot.waitUntil(lambda: not garbage.waits)
    assert gc.get_freeze_count() > len(kept)
    assert gone() is not None
    window.close_review()
    assert gc.get_freeze_count() == 0
    qtbot.waitUntil(lambda: gone() is None)
