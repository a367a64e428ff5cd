"""Every page on small and large screens, with small and large text: nothing is cut or covered."""

from __future__ import annotations

import shutil
from collections import Counter
from functools import cache

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractScrollArea, QLabel, QLineEdit

from tests.ui.window import scenes
from ui.application import theme_of
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.theme import Theme, look_of
from ui.widgets.words import ElidedWords, Words

SIZES = ((1024, 668), (1280, 640), (1366, 700), (1440, 860), (1920, 1000))
"""What screens of 1024x700, 1280x720, 1366x768 leave under title and task bar, and larger ones."""
SCALES = (100, 112, 150, 200)
AA = 4.5
OFF = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
LINES = {150: 8, 200: 5}
"""So many lines of an abstract are seen on a screen of 1366x768, by the size of the text."""


@pytest.fixture
def walk(window, made, tmp_path, qtbot):
    folder = tmp_path / "review"
    shutil.copytree(made.parent, folder)
    return scenes.Walk(window, folder / made.name, qtbot)


def enlarge(window, scale):
    window._preferences.change(scale=scale)
    window._appearance._look.set_theme(theme_of(window._preferences))


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize("file", ["without_file", "project", "copy", "form"])
def test_nothing_is_cut_and_nothing_overlaps(walk, qtbot, file, scale):
    window, found, met = walk.window, [], []
    window.setUpdatesEnabled(False)  # only where things are is asked, and painting takes longest
    enlarge(window, scale)
    for scene in getattr(walk, file)():
        met.append(scene)
        for size in SIZES:
            window.resize(*size)
            assert window.size().toTuple() == size, scene
            found += [(scene, size, *one) for one in settled(window, qtbot, walk.card())]
    assert len(met) == len(set(met))
    assert found == [], "\n".join(map(str, found))


@pytest.mark.parametrize("size", SIZES[:3])
@pytest.mark.parametrize("scale", [100, 150, 200])
def test_criteria_shown_where_they_were_folded_leave_the_buttons_their_room(
    walk, qtbot, scale, size
):
    window = walk.window
    enlarge(window, scale)
    assert window.open(walk.path.with_name("M.screener"))
    page = walk.go("title-abstract")
    window.resize(*size)
    settled(window, qtbot)
    if page.panel.isHidden():
        qtbot.keyClick(page.reading.record, "p")
    assert page.panel.isVisible()
    assert settled(window, qtbot) == []
    for button in (*page.reading.decisions.buttons.values(), page.reading.decisions.flag):
        assert window.rect().contains(place(button, window))


@pytest.mark.parametrize("scale", LINES)
def test_enough_of_the_abstract_is_seen_with_large_text(walk, qtbot, scale):
    window = walk.window
    enlarge(window, scale)
    assert window.open(walk.path.with_name("M.screener"))
    reading = walk.go("title-abstract").reading
    window.resize(1366, 700)
    settled(window, qtbot)
    line = look_of(window).line("abstract")
    assert reading.record.viewport().height() >= LINES[scale] * line
    for button in (*reading.decisions.buttons.values(), reading.decisions.note,
                   reading.decisions.flag):  # fmt: skip
        assert button.isVisible()
        assert window.rect().contains(place(button, window))


SCHEMES = tuple(tokens.SCHEMES)
IN_SCHEMES = ("sources", "consensus", "merge", "title-abstract as", "title-abstract e",
              "scale")  # fmt: skip


@pytest.mark.parametrize("file", ["project", "copy", "form"])
def test_every_scheme_has_the_same_layout_and_words_that_can_be_read(walk, qtbot, file):
    """Sizes and text sizes are walked in one scheme: the others change colours only."""
    window, look = walk.window, walk.window._appearance._look
    window.resize(1366, 700)
    for scene in getattr(walk, file)():
        if scene not in IN_SCHEMES:
            continue
        layouts = []
        for scheme in SCHEMES:
            look.set_theme(Theme(scheme=scheme, scale=112))
            settled(window, qtbot)
            everything = [*shown(window)]
            layouts.append([(place(w, window).getRect(), w.text()) for w in everything])
            picture = window.grab().toImage()
            faint = {
                (scheme, w.text()[:40])
                for w in everything
                if w.text() and contrast(w, picture) < AA
            }
            assert not faint, (scene, faint)
        assert all(layout == layouts[0] for layout in layouts), scene


def contrast(widget, picture):
    """The contrast of what is painted in a widget: its ground, and what differs most from it."""
    area = place(widget, widget.window()).intersected(picture.rect())
    part = picture.copy(area).convertToFormat(QImage.Format.Format_RGB32)
    colours = Counter(memoryview(part.constBits()).cast("I"))  # lines of it have no padding
    if len(colours) < 2:
        return AA  # nothing is painted there: it is scrolled out of sight
    light = [luminance(colour) for colour in colours]
    ground = luminance(colours.most_common(1)[0][0])
    return max((max(ground, one) + 0.05) / (min(ground, one) + 0.05) for one in light)


@cache
def luminance(pixel):
    """By WCAG 2.2."""
    parts = QColor(pixel).getRgbF()[:3]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def settled(window, qtbot, card=None):
    """What is wrong when all layouts have had their turns."""
    for _ in range(50):
        qtbot.wait(1)
        if not (wrong := list(faults(window, card))):
            break
    return wrong


def faults(window, card=None):
    """What is cut, or lies over something else, on the page or the card over it."""
    seen = [*shown(card or window)]
    yield from (("cut", w.text()) for w in seen if cut(w) or out_of_reach(w))
    fixed = [(w, place(w, window)) for w in seen if scrolling(w) is None]
    for at, (one, here) in enumerate(fixed):
        if not window.rect().contains(here):
            yield "outside", one.text()
        for other, there in fixed[at + 1 :]:
            both = here.intersected(there)
            nested = one.isAncestorOf(other) or other.isAncestorOf(one)
            if both.width() > 2 and both.height() > 2 and not nested:
                yield "overlap", one.text(), other.text()


def shown(root):
    """All words, buttons and fields that are not hidden."""
    for kind in (Words, Button, QLineEdit):
        for widget in root.findChildren(kind):
            there = widget.isVisible() and widget.width() and widget.height()
            if there and not folded(widget, widget.window()):
                yield widget


def cut(widget):
    if not widget.text() or isinstance(widget, ElidedWords | QLineEdit):
        return False  # it ends with a sign that it goes on, or scrolls
    if isinstance(widget, QLabel) and widget.wordWrap():
        return widget.height() + 1 < widget.heightForWidth(widget.width())
    least = widget.sizeHint() if isinstance(widget, QLabel) else widget.minimumSizeHint()
    return widget.width() + 1 < least.width() or widget.height() + 1 < least.height()


def out_of_reach(widget):
    """Beside what its area shows, to which nothing scrolls; above and below it may be."""
    area = scrolling(widget)
    if area is None:
        return False
    if area.horizontalScrollBarPolicy() is not OFF and area.horizontalScrollBar().maximum() > 0:
        return False
    left = widget.mapTo(area.viewport(), QPoint(0, 0)).x()
    return left < -1 or left + widget.width() > area.viewport().width() + 1


def place(widget, window):
    return QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())


def folded(widget, window):
    """In *More* of the header, and out of sight meanwhile."""
    return place(widget, window).bottom() < 0


def scrolling(widget):
    """The area that scrolls what the widget is in, or None."""
    while (widget := widget.parentWidget()) is not None:
        if isinstance(widget, QAbstractScrollArea):
            return widget
    return None


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
    other.setFixedSize(QSize(200, 4))
    assert ("cut", "Other words") in set(faults(window))
