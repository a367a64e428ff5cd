from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget

from ui.duplicates.groups import Line
from ui.duplicates.side_by_side import SideBySide


@pytest.fixture
def sides(qtbot):
    window = QWidget()
    qtbot.addWidget(window)
    sides = SideBySide(window)
    window.resize(1072, 400)
    sides.resize(1072, 400)
    window.show()
    qtbot.waitExposed(window)
    yield sides
    window.close()


def lines(count, words=3):
    return [
        Line(label="Title", texts=tuple(f"Title {n}" for n in range(count)), step="abstract"),
        Line(label="Abstract", texts=("word " * words,) * count),
    ]


def places(sides):
    return [head.x() for head in sides.heads]


@pytest.mark.parametrize("count", [2, 3, 4])
def test_two_to_three_columns_share_the_width(sides, count):
    sides.show_lines(count, lines(count))
    gaps = [b - a for a, b in zip(places(sides), places(sides)[1:], strict=False)]
    assert len(set(gaps)) == 1
    assert sides.widget().width() == sides.viewport().width() or count == 4


def test_more_columns_scroll_sideways_and_the_names_of_fields_stay(sides):
    sides.show_lines(7, lines(7))
    bar = sides.horizontalScrollBar()
    assert bar.maximum() > 0
    label = sides._labels[0]
    before = label.mapTo(sides.viewport(), QPoint(0, 0)).x()
    sides.show_column(6)
    assert bar.value() > 0
    assert label.mapTo(sides.viewport(), QPoint(0, 0)).x() == before
    head = sides.heads[6]
    right = head.mapTo(sides.viewport(), QPoint(head.width(), 0)).x()
    assert right <= sides.viewport().width()


def test_a_row_is_as_high_as_its_highest_cell(sides):
    short, long = "word", "word " * 200
    sides.show_lines(2, [Line(label="A", texts=(short, long)), Line(label="B", texts=("x", "y"))])
    first, second = sides._cells
    assert first[0].height() == first[1].height()
    assert second[0].y() >= first[1].geometry().bottom()


def test_page_down_scrolls_and_letters_are_left_to_the_page(sides, qtbot):
    sides.show_lines(2, lines(2, words=2000))
    qtbot.keyClick(sides, Qt.Key.Key_Space)
    assert sides.verticalScrollBar().value() > 0
    assert sides._fade.isVisible()
    qtbot.keyClick(sides, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert sides.verticalScrollBar().value() == 0


def test_a_press_on_a_head_says_which(sides, qtbot):
    sides.show_lines(3, lines(3))
    with qtbot.waitSignal(sides.pressed) as pressed:
        sides.heads[2].click()
    assert pressed.args == [2]
