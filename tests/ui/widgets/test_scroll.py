"""An area that scrolls takes no keyboard and scrolls to the side only where it may."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.scroll import ScrollArea


@pytest.fixture
def wide():
    """Something that is wider and higher than the area."""
    inside = QWidget()
    inside.setMinimumSize(400, 400)
    return inside


def test_what_does_not_fit_is_scrolled_either_way(wide, qtbot):
    area = ScrollArea(wide)
    qtbot.addWidget(area)
    area.resize(100, 100)
    area.show()
    qtbot.waitExposed(area)
    qtbot.waitUntil(area.verticalScrollBar().isVisible)
    qtbot.waitUntil(area.horizontalScrollBar().isVisible)
    assert area.focusPolicy() is Qt.FocusPolicy.NoFocus


def test_a_bare_one_paints_nothing_behind_it(wide, qtbot):
    area = ScrollArea(wide, bare=True)
    qtbot.addWidget(area)
    assert not area.viewport().autoFillBackground()
    assert not wide.autoFillBackground()
