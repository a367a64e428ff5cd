"""The table of searches and the list of records: hairlines, no grid, one marked row."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.sources.model import RecordsModel
from ui.widgets.lists import RowList, paint_chosen
from ui.widgets.rows import Index
from ui.widgets.theme import look_of

_ALIGN_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_PAD = 12


class _RecordDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a record: its number, its title, and below it the quiet line."""
        model = index.model()
        if not isinstance(model, RecordsModel):
            return
        line = model.row(index.row())
        look, area = look_of(self), QRectF(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            paint_chosen(painter, area, self)
        painter.fillRect(
            QRectF(area.left(), area.bottom() - 1, area.width(), 1), look.colour("line")
        )
        pad, number = look.px(_PAD), look.px(56)
        top = QRectF(area.left() + pad, area.top() + look.px(5), number, look.line("note"))
        painter.setLayoutDirection(option.direction)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("quiet"))
        painter.drawText(top, _ALIGN_LEFT, f"{line.number:,}")
        left = top.right()
        room = area.right() - pad - left
        quiet = QRectF(left, top.bottom(), room, look.line("small"))
        painter.drawText(quiet, _ALIGN_LEFT, _fitting(painter, line.words, room))
        painter.setFont(look.font("note"))
        painter.setPen(look.colour("text"))
        title = QRectF(left, top.top(), room, top.height())
        painter.drawText(title, _ALIGN_LEFT, _fitting(painter, line.title, room))


def _fitting(painter: QPainter, text: str, room: float) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(room))


class RecordList(RowList):
    """The records of one import; Enter opens one."""

    opened = Signal()

    def __init__(self, model: RecordsModel, parent: QWidget | None = None) -> None:
        super().__init__("Records", model, parent)
        self.setItemDelegate(_RecordDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.activated.connect(self.opened)

    def height_of_rows(self) -> int:
        """Give room for a title and a quiet line."""
        look = look_of(self)
        return look.line("note") + look.line("small") + look.px(12)

    def row(self) -> int:
        """Return the chosen row, -1 while there is none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Mark a row and bring it into view."""
        self.setCurrentIndex(self.model().index(row, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave letters to the page: they are its keys."""
        if event.text().strip() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)
