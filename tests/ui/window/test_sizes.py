"""Every page on small screens and with large text: nothing is cut, nothing overlaps."""

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QLineEdit

from screener import open_project
from ui.application import theme_of
from ui.widgets.button import Button
from ui.widgets.words import ElidedWords, Words

SIZES = ((1366, 700), (1280, 640), (1024, 668))
"""What a screen of 1366x768, 1280x720 and 1024x700 leaves under title and task bar."""
SCALES = (100, 150, 200)
PROJECT = ("protocol", "duplicates", "screening", "consensus", "full-text", "report")
COPY = ("protocol", "title-abstract", "full-text")


@pytest.fixture
def merged(review):
    with open_project(review) as project:
        project.consensus.merge(review.with_name("a.screener"), review.with_name("b.screener"))
    return review


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("file", ["project", "copy"])
def test_nothing_is_cut_and_nothing_overlaps(window, merged, qtbot, file, scale):
    window._preferences.change(scale=scale)
    window._appearance._look.set_theme(theme_of(window._preferences))
    assert window.open(merged if file == "project" else merged.with_name("a.screener"))
    found = []
    for stage in PROJECT if file == "project" else COPY:
        window.frame.go(stage)
        qtbot.waitUntil(lambda: not window.frame.page.stale)
        for size in SIZES:
            window.resize(*size)
            assert window.size().toTuple() == size
            wrong = settled(window, qtbot)
            found += [(stage, size, *one) for one in wrong]
    assert found == [], found


def test_criteria_shown_where_they_were_folded_leave_the_buttons_their_room(window, merged, qtbot):
    assert window.open(merged.with_name("a.screener"))
    window.frame.go("title-abstract")
    qtbot.waitUntil(lambda: not window.frame.page.stale)
    found = []
    for size in SIZES:
        window.resize(*size)
        settled(window, qtbot)
        page = window.frame.page
        if page.panel.isHidden():
            qtbot.keyClick(page.reading.record, "p")
        assert page.panel.isVisible()
        found += [(size, *one) for one in settled(window, qtbot)]
    assert found == [], found


def settled(window, qtbot):
    """What is wrong when all layouts have had their turns."""
    for _ in range(50):
        qtbot.wait(1)
        if not (wrong := list(faults(window))):
            break
    return wrong


def faults(window):
    """What is cut, or lies over something else; what scrolls may be out of sight."""
    shown = [
        w
        for kind in (Words, Button, QLineEdit)
        for w in window.findChildren(kind)
        if w.isVisible() and w.width() and w.height() and not folded(w, window)
    ]
    yield from (("cut", w.text()) for w in shown if cut(w))
    fixed = [(w, place(w, window)) for w in shown if not scrolls(w)]
    for at, (one, here) in enumerate(fixed):
        if not window.rect().contains(here):
            yield "outside", one.text()
        for other, there in fixed[at + 1 :]:
            both = here.intersected(there)
            nested = one.isAncestorOf(other) or other.isAncestorOf(one)
            if both.width() > 2 and both.height() > 2 and not nested:
                yield "overlap", one.text(), other.text()


def cut(widget):
    if not widget.text() or isinstance(widget, ElidedWords | QLineEdit):
        return False  # it ends with a sign that it goes on, or scrolls
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() + 1 < widget.heightForWidth(widget.width())
    least = widget.sizeHint() if isinstance(widget, QLabel) else widget.minimumSizeHint()
    return widget.width() + 1 < least.width()


def place(widget, window):
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def folded(widget, window):
    """In *More* of the header, and out of sight meanwhile."""
    return place(widget, window).bottom() < 0


def scrolls(widget):
    while (widget := widget.parentWidget()) is not None:
        if isinstance(widget, QAbstractScrollArea):
            return True
    return False


def test_the_check_itself_sees_what_is_cut_and_what_overlaps(window):
    one, other = Button("Some words", parent=window), Words("Other words", parent=window)
    one.setGeometry(10, 10, 20, 30)
    other.setGeometry(15, 15, 200, 30)
    for widget in (one, other):
        widget.show()
    found = set(faults(window))
    assert ("cut", "Some words") in found
    assert found & {
        ("overlap", "Some words", "Other words"),
        ("overlap", "Other words", "Some words"),
    }
