"""The screening page of a copy, and a hand on its keys."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from screener.model import Stage
from screener.screening.screening import OrderBy
from ui.screening.page import FullTextScreeningPage, TitleAbstractPage


@pytest.fixture
def make_page(qtbot):
    """Show the page of a stage in its usual size, with the keyboard on the record."""
    made = []

    def make(session, stage=Stage.TITLE_ABSTRACT):
        if session.project.writable:  # a new copy has its records in a random order
            session.project.screening.queues.set_order(OrderBy.IMPORTED)
        kind = TitleAbstractPage if stage is Stage.TITLE_ABSTRACT else FullTextScreeningPage
        page = kind(session)
        page.asked = [""]
        session.asked.connect(page.asked.append)
        qtbot.addWidget(page)
        page.resize(1072, 772)
        with qtbot.waitActive(page):
            page.show()
        page.focus_first()
        made.append(page)
        return page

    yield make
    for page in made:
        page.hide()


@pytest.fixture
def page(copy_session, make_page):
    """The page of title and abstract in Maya's copy."""
    return make_page(copy_session)


@pytest.fixture
def press(page, qtbot):
    """Press keys where the focus is, one after the other."""

    def pressed(*keys, modifiers=Qt.KeyboardModifier.NoModifier):
        for key in keys:
            qtbot.keyClick(QApplication.focusWidget() or page.reading.record, key, modifiers)

    return pressed
