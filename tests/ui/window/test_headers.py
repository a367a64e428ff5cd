"""The problem bar and the chooser of stages stand at the header that is shown, and move with it."""

import pytest
from PySide6.QtWidgets import QWidget

from ui.widgets.header import PageHeader
from ui.widgets.words import Column
from ui.window.headers import Headers


@pytest.fixture
def page(qtbot):
    """A page of two views with a header each; the second is hidden."""
    page = QWidget()
    qtbot.addWidget(page)
    column = Column(page)
    page.views = [QWidget(), QWidget()]
    for view, name in zip(page.views, ("One", "Two"), strict=True):
        inner = Column(view)
        inner.addWidget(PageHeader(name))
        inner.addWidget(QWidget())
        column.addWidget(view)
    page.views[1].hide()
    page.bar, page.chooser = QWidget(page), QWidget(page)
    page.show()
    return page


def test_both_move_to_the_header_that_is_shown(page, qtbot):
    headers = Headers(page)
    assert headers.give(page, page.bar, page.chooser)
    assert page.views[0].layout().indexOf(page.bar) == 1
    with qtbot.waitSignal(headers.changed):
        page.views[0].hide()
        page.views[1].show()
    for _ in range(2):
        assert headers.give(page, page.bar, page.chooser)
        assert page.views[1].layout().indexOf(page.bar) == 1
        assert page.chooser.parent() is page.views[1].findChild(PageHeader)


def test_without_a_header_in_sight_there_is_no_place(page, qtbot):
    for view in page.views:
        view.hide()
    assert not Headers(page).give(page, page.bar, page.chooser)
