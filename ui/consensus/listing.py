"""The meeting's list at the left: kinds with counts, titles, verdict marks, what is in dispute."""

from __future__ import annotations

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QRectF,
    QSignalBlocker,
    QSize,
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

from ui.consensus.model import DiscrepancyList, Index
from ui.consensus.painter import ItemId, Line
from ui.widgets.lists import RowList, paint_chosen, paint_words
from ui.widgets.marks import paint_sign
from ui.widgets.ring import Ringed
from ui.widgets.theme import Look, follow, look_of

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

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.restyle()

    def restyle(self) -> None:
        """Compute the heights of the rows, which are asked for hundreds of times."""
        look = look_of(self)
        width, title = look.px(120), look.line("body")
        self._heading = QSize(width, look.line("label") + look.px(24))
        self._title_only = QSize(width, title + look.px(14))
        self._two_lines = QSize(width, title + look.line("small") + look.px(10))

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give a discrepancy two lines, a heading one with room above."""
        model = index.model()
        if not isinstance(model, DiscrepancyList):
            return QSize()
        if model.item(index.row()) is None:
            return self._heading
        return self._two_lines if model.has_marks(index.row()) else self._title_only

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one row."""
        model = index.model()
        if not isinstance(model, DiscrepancyList):
            return
        line, look = model.line(index.row()), look_of(self)
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
        super().__init__("Discrepancies", model, parent)
        self._delegate = LineDelegate(self)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        follow(self, self._restyle)

    def choose(self, at: ItemId | None) -> None:
        """Make an item's line the current one and bring it into sight; says nothing."""
        row = self._lines.row_of(at)
        with QSignalBlocker(self):
            if row < 0:
                self.setCurrentIndex(QModelIndex())
            else:
                self.selectionModel().setCurrentIndex(
                    self._lines.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
                )
                self.scrollTo(self._lines.index(row))
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Say which item is shown now."""
        super().currentChanged(current, previous)
        at = self._lines.item(current.row()) if current.isValid() else None
        if at is not None:
            self.shown.emit(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move; every other key belongs to the page."""
        if event.key() in _MOVES and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def _restyle(self) -> None:
        self.setFixedWidth(look_of(self).px(248))
        self._delegate.restyle()
        self.doItemsLayout()
