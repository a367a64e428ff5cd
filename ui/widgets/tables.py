"""Tables: rows between hairlines, no grid, figures to the right; long lists fetch what is seen."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelection,
    QModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from screener.model.searching import folded
from ui.widgets import tokens
from ui.widgets.lists import RowList, is_letter, paint_chosen, paint_hairline, paint_words
from ui.widgets.marks import paint_sign
from ui.widgets.ring import Ringed
from ui.widgets.rows import Index, RowsModel, side_of
from ui.widgets.theme import look_of
from ui.widgets.words import announce

_MOST_SORTED = 20_000
"""Rows; of more, sorting would keep the window waiting."""
_MOST_FOUND = 2_000
"""Rows that are looked through for what is typed."""
_TYPING = 1.0  # seconds after a letter in which the next one belongs to the same word
_COLUMNS = [Qt.Key(Qt.Key.Key_1 + place) for place in range(9)]


class _RowDelegate(QStyledItemDelegate):
    """Paints a cell: text, perhaps a mark, the hairline, and the wash of the chosen row."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        model = index.model()
        if not isinstance(model, RowsModel):
            return
        look, area = look_of(self), QRectF(option.rect)
        field, row = model.fields[index.column()], model.row(model.source(index.row()))
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
    chosen now, as the model was given them, whatever the order they are shown in. A click on a
    heading, or Alt and the number of the column, sorts by it, then the other way round, then not.
    With `finds`, letters that are no keys of the page go to a row that has them; not where a key
    does something to the chosen row, which nobody means to move by a letter that is none.
    With `several` more rows than one can be chosen (Shift and Ctrl with arrows or clicks), and
    `several_changed` says that others are.
    """

    opened = Signal(int)
    row_changed = Signal(int)
    several_changed = Signal()

    def __init__(
        self,
        name: str,
        parent: QWidget | None = None,
        *,
        sortable: bool = True,
        finds: bool = False,
        several: bool = False,
    ) -> None:
        super().__init__(name, parent=parent)
        self.finds = finds
        if several:
            self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._sortable = sortable
        self._typed = ""
        self._typed_at = 0.0
        self.setItemDelegate(_RowDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        header = self.horizontalHeader()
        header.show()
        header.setHighlightSections(False)
        header.setSectionsClickable(sortable)
        header.sectionClicked.connect(self.sort_by)
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
        return self._source(self.currentIndex())

    def several(self) -> list[int]:
        """Return all rows that are chosen, from top to bottom as they are shown."""
        chosen = sorted(self.selectionModel().selectedRows(), key=lambda index: index.row())
        return [self._source(index) for index in chosen]

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        """Say that other rows are chosen."""
        super().selectionChanged(selected, deselected)
        self.several_changed.emit()

    def _source(self, index: QModelIndex) -> int:
        model = self.model()
        if isinstance(model, RowsModel) and index.isValid():
            return model.source(index.row())
        return index.row()

    def choose(self, number: int) -> None:
        """Choose a row and bring it into sight."""
        model = self.model()
        if model is not None and 0 <= number < model.rowCount():
            at = model.shown_at(number) if isinstance(model, RowsModel) else number
            self.selectRow(at)
            self.scrollTo(model.index(at, 0))

    def step(self, by: int) -> None:
        """Choose the row so many places below (or above) the chosen one, as they are shown."""
        model, at = self.model(), max(0, self.currentIndex().row()) + by
        if model is not None and model.rowCount():
            wanted = max(0, min(at, model.rowCount() - 1))
            self.selectRow(wanted)
            self.scrollTo(model.index(wanted, 0))

    def _on_row_changed(self, current: QModelIndex) -> None:
        self.row_changed.emit(self._source(current))

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self._source(index))

    # --- sorting and finding ---------------------------------------------------------------------

    def sort_by(self, column: int) -> None:
        """Sort by a column; again the other way round; a third time as the rows were given."""
        model = self.model()
        if not (self._sortable and isinstance(model, RowsModel) and column < len(model.fields)):
            return
        if model.rowCount() > _MOST_SORTED:
            return
        if model.sorted_by == (column, True):
            model.sort_by(None)
            announce(self, "in the usual order")
        else:
            model.sort_by(column, last_first=model.sorted_by == (column, False))
            role = Qt.ItemDataRole.AccessibleTextRole
            announce(self, str(model.headerData(column, Qt.Orientation.Horizontal, role)))
        self.scrollTo(self.currentIndex())

    def find_row(self, typed: str) -> bool:
        """Go to the next row that has the letters typed within a moment; say whether one has."""
        now = monotonic()
        goes_on = now - self._typed_at < _TYPING
        self._typed, self._typed_at = (self._typed if goes_on else "") + folded(typed), now
        model, first = self.model(), max(0, self.currentIndex().row())
        if model is None or not self._typed.strip():
            return False
        rows = model.rowCount()
        start = first if goes_on else first + 1
        for step in range(min(rows, _MOST_FOUND)):
            index = model.index((start + step) % rows, 0)
            if self._typed in folded(self.row_text(index)):
                self.selectRow(index.row())
                self.scrollTo(index)
                return True
        return False

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
        elif event.modifiers() == Qt.KeyboardModifier.AltModifier and event.key() in _COLUMNS:
            self.sort_by(_COLUMNS.index(Qt.Key(event.key())))
        elif is_letter(event):
            event.ignore()
        else:
            super().keyPressEvent(event)


def find_by_typing(focus: QWidget | None, event: QKeyEvent) -> bool:
    """Look in a table that has the keyboard for a letter that means nothing else on its page."""
    if not (isinstance(focus, RowTable) and focus.finds and is_letter(event)):
        return False
    return focus.find_row(event.text())
