"""What lists of painted rows share: the list itself, and how rows are painted."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QRectF, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QStyledItemDelegate, QWidget

from ui.widgets import tokens
from ui.widgets.theme import Look, look_of


class RowList(QListView):
    """A list without a frame whose rows a delegate paints; nothing in it is edited."""

    def __init__(self, name: str, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)


def paint_chosen(painter: QPainter, area: QRectF, near: QWidget | QStyledItemDelegate) -> None:
    """Paint the wash with the accent bar: the selected or marked thing, everywhere."""
    look = look_of(near)
    painter.fillRect(area, look.colour("wash"))
    bar = QRectF(area.left(), area.top(), look.px(tokens.BAR), area.height())
    painter.fillRect(bar, look.colour("accent"))


def paint_hairline(painter: QPainter, area: QRectF, look: Look) -> None:
    """Paint the line between a row and the next one."""
    painter.fillRect(QRectF(area.left(), area.bottom() - 1, area.width(), 1), look.colour("line"))


def paint_words(
    painter: QPainter,
    look: Look,
    area: QRectF,
    text: str,
    *,
    step: str = "body",
    colour: str = "text",
    side: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> None:
    """Paint one line of text in the middle of an area, shortened to the room there is."""
    painter.setFont(look.font(step))
    painter.setPen(look.colour(colour))
    shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, int(area.width()))
    painter.drawText(area, side | Qt.AlignmentFlag.AlignVCenter, shown)
