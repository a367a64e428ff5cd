"""Tables: rows between hairlines, no grid, figures to the right; long lists fetch what is seen."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.widgets import tokens
from ui.widgets.lists import paint_chosen, paint_hairline, paint_words
from ui.widgets.marks import SIGN_WORDS, paint_sign
from ui.widgets.ring import Ringed
from ui.widgets.theme import follow, look_of

Index = QModelIndex | QPersistentModelIndex
T = TypeVar("T")
_BLOCK = 64
_KEPT_BLOCKS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Field(Generic[T]):
    """A column: its heading and what it says of a row.

    `colour` is a colour of the tokens, or names one for a row, `sign` a mark before the text (a
    word of `marks.SIGN_WORDS`, None for no mark), `spoken` what a screen reader says in place of
    both. `width` is given at 100 %; a column without one takes a share of what is left.
    """

    heading: str
    text: Callable[[T], str]
    right: bool = False
    strong: bool = False
    width: int = 0
    colour: Callable[[T], str] | str = "text"
    sign: Callable[[T], str | None] | None = None
    spoken: Callable[[T], str] | None = None


class RowsModel(QAbstractTableModel, Generic[T]):
    """Rows as Qt reads them: a sequence of values, or keys whose values are fetched when seen."""

    def __init__(self, fields: Sequence[Field[T]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.fields: tuple[Field[T], ...] = tuple(fields)
        self._count = 0
        self._fetch: Callable[[int, int], Sequence[T]] = _nothing
        self._blocks: dict[int, Sequence[T]] = {}

    def set_rows(self, rows: Sequence[T]) -> None:
        """Show these values."""
        kept = tuple(rows)
        self._reset(len(kept), lambda start, end: kept[start:end])

    def set_keys(self, keys: Sequence[str], fetch: Callable[[Sequence[str]], Sequence[T]]) -> None:
        """Show a row for each key; `fetch` gives the values of the keys that are looked at."""
        kept = tuple(keys)
        self._reset(len(kept), lambda start, end: fetch(kept[start:end]))

    def refresh(self) -> None:
        """Fetch again what is seen; the rows stay where they are."""
        self._blocks.clear()
        if self._count:
            last = self.index(self._count - 1, len(self.fields) - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def row(self, number: int) -> T:
        """Return the value of a row."""
        block = number // _BLOCK
        if block not in self._blocks:
            while len(self._blocks) >= _KEPT_BLOCKS:
                del self._blocks[next(iter(self._blocks))]
            start = block * _BLOCK
            self._blocks[block] = self._fetch(start, min(start + _BLOCK, self._count))
        return self._blocks[block][number % _BLOCK]

    def _reset(self, count: int, fetch: Callable[[int, int], Sequence[T]]) -> None:
        self.beginResetModel()
        self._count, self._fetch = count, fetch
        self._blocks = {}
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """Count the rows."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt declares it
        """Count the columns."""
        return 0 if parent.isValid() else len(self.fields)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Give text and alignment; a screen reader hears the mark's word too."""
        if not index.isValid() or index.row() >= self._count:
            return None
        field = self.fields[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(field) | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.DisplayRole:
            return field.text(self.row(index.row()))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(field, index.row())
        return None

    def _spoken(self, field: Field[T], number: int) -> str:
        row = self.row(number)
        if field.spoken:
            return field.spoken(row)
        sign = field.sign(row) if field.sign else None
        words = SIGN_WORDS[sign] if sign is not None else ""
        text = field.text(row)
        return text if words.lower() in text.lower() else f"{words}, {text}".strip(", ")

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Give the headings."""
        if orientation is not Qt.Orientation.Horizontal or section >= len(self.fields):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.fields[section].heading
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _side(self.fields[section]) | Qt.AlignmentFlag.AlignVCenter
        return None


def _nothing(start: int, end: int) -> tuple[()]:
    return ()


def _side(field: Field[T]) -> Qt.AlignmentFlag:
    return Qt.AlignmentFlag.AlignRight if field.right else Qt.AlignmentFlag.AlignLeft


class _RowDelegate(QStyledItemDelegate):
    """Paints a cell: text, perhaps a mark, the hairline, and the wash of the chosen row."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give every row the same height."""
        return QSize(0, look_of(self).px(tokens.ROW))

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
        paint_words(painter, look, words, text, step=step, colour=colour, side=_side(field))


class RowTable(Ringed, QTableView):
    """A table of rows to look at and to open.

    `opened` carries the row that Enter or a double click opens, `row_changed` the row that is
    chosen now.
    """

    opened = Signal(int)
    row_changed = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, showGrid=False, wordWrap=False)
        self.setAccessibleName(name)
        self.setItemDelegate(_RowDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._on_double_clicked)
        follow(self, self._restyle)

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

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(look_of(self).px(tokens.ROW))
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
