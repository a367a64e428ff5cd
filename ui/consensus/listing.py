"""The meeting's list at the left: kinds with counts, titles, verdict marks, what is in dispute."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QRectF,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from screener.consensus.reveal import Level
from ui.consensus.meeting import Meeting
from ui.consensus.model import DiscrepancyList
from ui.consensus.painter import ItemId, Line
from ui.widgets.lists import COPIES, RowList, paint_chosen, paint_words
from ui.widgets.marks import paint_sign
from ui.widgets.ring import Ringed
from ui.widgets.rows import Index
from ui.widgets.theme import Look, look_of

_EDGE = 24
_MOVES = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
)


class LineDelegate(QStyledItemDelegate):
    """Paints a heading with its count, or a title over its marks."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        model = index.model()
        if not isinstance(model, DiscrepancyList):
            return
        line, look = model.row(index.row()), look_of(self)
        area = QRectF(option.rect)
        painter.save()
        if line.at is not None:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            if chosen:
                paint_chosen(painter, area, self)
            _paint_item(painter, area, look, line, chosen=chosen)
        else:
            _paint_heading(painter, area, look, line)
        painter.restore()


def _paint_heading(painter: QPainter, area: QRectF, look: Look, line: Line) -> None:
    inside = area.adjusted(look.px(_EDGE), look.px(14), -look.px(16), -look.px(4))
    sides = Qt.AlignmentFlag
    for text, side in ((line.heading, sides.AlignLeft), (f"{line.count:,}", sides.AlignRight)):
        paint_words(painter, look, inside, text, step="label", colour="quiet", side=side)


def _paint_item(painter: QPainter, area: QRectF, look: Look, line: Line, *, chosen: bool) -> None:
    inside = area.adjusted(look.px(_EDGE), look.px(5), -look.px(16), -look.px(5))
    top = QRectF(inside.left(), inside.top(), inside.width(), look.line("body"))
    if line.number:
        number = f"{line.number:,}"
        paint_words(painter, look, top, number, step="strong", side=Qt.AlignmentFlag.AlignRight)
        top.setRight(top.right() - painter.fontMetrics().horizontalAdvance(number) - look.px(8))
    paint_words(painter, look, top, line.title, step="strong" if chosen else "body")
    below = QRectF(inside.left(), top.bottom(), inside.width(), look.line("small"))
    side = look.px(12)
    for sign in line.signs:
        square = QRectF(below.left(), below.center().y() - side / 2, side, side)
        paint_sign(painter, square, sign, look.colour("quiet"))
        below.setLeft(below.left() + side + look.px(4))
    below.setLeft(below.left() + (look.px(6) if line.signs else 0))
    paint_words(painter, look, below, line.below, step="small", colour="quiet")


class DiscrepancyView(Ringed, RowList):
    """The list; `shown` carries the item of the line that became current."""

    shown = Signal(ItemId)

    def __init__(self, model: DiscrepancyList, parent: QWidget | None = None) -> None:
        self._lines = model
        self._titles_only = False
        super().__init__("Discrepancies", model, parent)
        self.setItemDelegate(LineDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)

    def show_meeting(self, meeting: Meeting) -> None:
        """Show the groups of a meeting as its level allows; says nothing."""
        self._titles_only = meeting.level is Level.RECORD and not meeting.painter.names_items
        with QSignalBlocker(self):
            self._lines.show_meeting(meeting)
        self.restyle()

    def choose(self, at: ItemId | None) -> None:
        """Make an item's line the current one and bring it into sight; says nothing."""
        row = self._lines.row_of(at)
        with QSignalBlocker(self):
            if row < 0:
                self.setCurrentIndex(QModelIndex())
            else:
                self.selectionModel().setCurrentIndex(
                    self._lines.index(row, 0), QItemSelectionModel.SelectionFlag.ClearAndSelect
                )
                self.scrollTo(self._lines.index(row, 0))
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Say which item is shown now."""
        super().currentChanged(current, previous)
        at = self._lines.item(current.row()) if current.isValid() else None
        if at is not None:
            self.shown.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and copy; every other key belongs to the page."""
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.matches(COPIES) or (event.key() in _MOVES and plain):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def height_of_rows(self) -> int:
        """Give a discrepancy two lines, or one where only its title is shown."""
        look = look_of(self)
        marks = 0 if self._titles_only else look.line("small") - look.px(4)
        return look.line("body") + look.px(14) + marks

    def restyle(self) -> None:
        """Give a heading room above."""
        look, header = look_of(self), self.verticalHeader()
        super().restyle()
        self.setFixedWidth(look.px(248))
        heading, other = look.line("label") + look.px(24), self.height_of_rows()
        headings = set(self._lines.headings)
        # A row that was a heading keeps its own height, also where another stands there now.
        for row in range(header.count()):
            wanted = heading if row in headings else other
            if header.sectionSize(row) != wanted:
                header.resizeSection(row, wanted)
