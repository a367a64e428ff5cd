"""Tables: rows between hairlines, no grid, figures to the right; long lists fetch what is seen."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.widgets import tokens
from ui.widgets.lists import RowList, paint_chosen, paint_hairline, paint_words
from ui.widgets.marks import paint_sign
from ui.widgets.ring import Ringed
from ui.widgets.rows import Index, RowsModel, side_of
from ui.widgets.theme import look_of


class _RowDelegate(QStyledItemDelegate):
    """Paints a cell: text, perhaps a mark, the hairline, and the wash of the chosen row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model = index.model()
        if not isinstance(model, RowsModel):
            return
        look, area = look_of(self), QRectF(option.rect)
        field, row = model.fields[index.column()], model.row(index.row())
        if option.state & QStyle.StateFlag.State_Selected and index.column():
            painter.fillRect(area, look.colour("wash"))
        elif option.state & QStyle.StateFlag.State_Selected:
            paint_chosen(painter, area, self)
        paint_hairline(painter, area, look)
        colour = field.colour(row) if callable(field.colour) else field.colour
        inset, step = look.px(12), "strong" if field.strong else "body"
        words = area.adjusted(inset, 0, -inset, 0)
        sign = field.sign(row) if field.sign else None
        if sign is not None:
            side = look.px(13)
            mark = QRectF(words.left(), words.center().y() - side / 2, side, side)
            painter.setFont(look.font(step))
            paint_sign(painter, mark, sign, look.colour(colour))
            words = words.adjusted(side + look.px(tokens.GAP), 0, 0, 0)
        text = field.text(row).replace("\n", " ")
        paint_words(painter, look, words, text, step=step, colour=colour, side=side_of(field))


class RowTable(Ringed, RowList):
    """A table of rows to look at and to open.

    `opened` carries the row that Enter or a double click opens, `row_changed` the row that is
    chosen now.
    """

    opened = Signal(int)
    row_changed = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent=parent)
        self.setItemDelegate(_RowDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.show()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._on_double_clicked)

    def setModel(self, model: QAbstractItemModel | None) -> None:  # noqa: N802 - Qt's name
        """Show the rows of a `RowsModel`."""
        super().setModel(model)
        if model is not None:
            self.selectionModel().currentRowChanged.connect(self._on_row_changed)
            model.modelReset.connect(self._lay_columns)
        self._lay_columns()

    def current(self) -> int:
        """Return the chosen row, -1 when none is."""
        return self.currentIndex().row()

    def choose(self, number: int) -> None:
        """Choose a row and bring it into sight."""
        if self.model() is not None and 0 <= number < self.model().rowCount():
            self.selectRow(number)
            self.scrollTo(self.model().index(number, 0))

    def _on_row_changed(self, current: QModelIndex) -> None:
        self.row_changed.emit(current.row())

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(index.row())

    def _lay_columns(self) -> None:
        model = self.model()
        if not isinstance(model, RowsModel) or not model.fields:
            return
        px = look_of(self).px
        free = [place for place, field in enumerate(model.fields) if not field.width]
        taken = sum(px(field.width) for field in model.fields)
        share = max(px(80), (self.viewport().width() - taken) // max(1, len(free)))
        for place, field in enumerate(model.fields):
            self.setColumnWidth(place, px(field.width) if field.width else share)

    def restyle(self) -> None:
        """Take the height of rows and the widths of columns from the look."""
        super().restyle()
        self._lay_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the columns."""
        super().resizeEvent(event)
        self._lay_columns()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; letters belong to the page."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current() >= 0:
            self.opened.emit(self.current())
        elif event.text().strip() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)
