"""Rows of buttons: in the middle of their row, the last at the far side, broken where they end."""

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QWidget

from ui.widgets.theme import Theme, look_of
from ui.widgets.wrapped import Wrapped

GAP, ROW_GAP = 10, 6


class Block(QWidget):
    """Asks for so much room."""

    def __init__(self, width, height):
        super().__init__()
        self._size = QSize(width, height)

    def sizeHint(self):
        return self._size


@pytest.fixture
def laid(qtbot):
    """Lay three blocks (the last one high) at a width; returns the rows and the blocks."""

    def lay(width, *, far=0, hidden=()):
        rows = Wrapped(gap=GAP, row_gap=ROW_GAP, far=far)
        qtbot.addWidget(rows)
        blocks = [Block(100, 20), Block(50, 20), Block(80, 40)]
        rows.set_widgets(blocks)
        for at in hidden:
            blocks[at].hide()
        rows.resize(width, rows.height())
        rows.show()
        rows.arrange()
        return rows, blocks

    return lay


def places(blocks):
    return [(b.x(), b.y(), b.width(), b.height()) for b in blocks]


def test_what_has_room_shares_one_row_and_its_middle(laid):
    rows, blocks = laid(300)
    assert places(blocks) == [(0, 10, 100, 20), (110, 10, 50, 20), (170, 0, 80, 40)]
    assert rows.height() == 40


def test_the_room_is_used_to_the_last_pixel(laid):
    rows, _ = laid(100 + GAP + 50 + GAP + 80)
    assert rows.height() == 40
    rows, _ = laid(100 + GAP + 50 + GAP + 79)
    assert rows.height() == 20 + ROW_GAP + 40


def test_the_rows_below_are_used_to_the_last_pixel_too(laid):
    for width, height in ((140, 20 + ROW_GAP + 40), (139, 20 + 2 * (ROW_GAP + 20) + 20)):
        rows, _ = laid(width)
        assert rows.height() == height


def test_what_has_no_room_goes_on_in_another_row(laid):
    rows, blocks = laid(170)
    assert places(blocks) == [(0, 0, 100, 20), (110, 0, 50, 20), (0, 26, 80, 40)]
    assert rows.height() == 66


def test_a_block_wider_than_the_room_has_a_row_of_its_own(laid):
    rows, blocks = laid(60)
    assert [(x, y) for x, y, *_ in places(blocks)] == [(0, 0), (0, 26), (0, 52)]
    assert rows.height() == 92


@pytest.mark.parametrize(
    ("far", "left"), [(1, [0, 110, 320]), (2, [0, 260, 320]), (3, [150, 260, 320])]
)
def test_the_last_ones_stand_at_the_far_side(laid, far, left):
    _, blocks = laid(400, far=far)
    assert [b.x() for b in blocks] == left


def test_what_is_hidden_takes_no_room_and_no_place_at_the_far_side(laid):
    _, blocks = laid(400, far=2, hidden=[2])
    assert [b.x() for b in blocks[:2]] == [0, 350]
    rows, blocks = laid(150, hidden=[0])
    assert [b.x() for b in blocks[1:]] == [0, 60]
    assert rows.height() == 40


def test_it_is_laid_again_when_its_width_or_what_is_shown_changes(laid, qtbot):
    rows, blocks = laid(300)
    rows.resize(170, rows.height())
    assert rows.height() == 66
    blocks[2].hide()
    qtbot.waitUntil(lambda: rows.height() == 20)


def test_other_widgets_take_the_place_of_those_before(laid):
    rows, blocks = laid(300)
    more = Block(30, 30)
    rows.set_widgets([blocks[1], more])
    assert [(b.x(), b.isVisible()) for b in (blocks[1], more)] == [(0, True), (60, True)]
    assert blocks[0].isHidden()
    assert rows.height() == 30


def test_from_right_to_left_the_first_stands_at_the_right(laid):
    rows, blocks = laid(300)
    rows.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    rows.arrange()
    assert [b.geometry().right() for b in blocks] == [299, 189, 129]


def test_the_gaps_grow_with_the_text(laid):
    rows, blocks = laid(400)
    look_of(rows).set_theme(Theme(scale=200))
    assert blocks[1].x() == 100 + 2 * GAP


def test_nothing_to_lay_needs_no_room(laid):
    rows, _ = laid(300, hidden=[0, 1, 2])
    assert rows.height() == 0


def test_what_wants_other_room_while_nobody_sees_it_has_it_once_it_is_seen(laid):
    rows, blocks = laid(400)
    rows.hide()
    blocks[1]._size = QSize(90, 20)
    blocks[1].updateGeometry()
    rows.show()
    assert blocks[1].width() == 90
