"""The table of searches and the list of records: hairlines, no grid, one marked row."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from ui.sources.model import NUMBERS, Index, RecordsModel, SearchesModel
from ui.widgets import tokens
from ui.widgets.rail import paint_chosen
from ui.widgets.ring import by_keyboard, ring_of
from ui.widgets.theme import follow, look_of

_ALIGN_LEFT = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
_PAD = 12
_DATE, _FIGURE = 150, 100


class _SearchDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell: names strong, the rest quiet, figures plain or in warn."""
        model = index.model()
        if not isinstance(model, SearchesModel):
            return
        look, area = look_of(self), QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(area, look.colour("wash"))
            if index.column() == 0:
                paint_chosen(painter, area, self)
        hairline = QRectF(area.left(), area.bottom() - 1, area.width(), 1)
        painter.fillRect(hairline, look.colour("line"))
        batch = model.batch(index.row())
        gone = batch is None or bool(batch.withdrawn)
        warns = model.warns(index.row(), index.column())
        painter.setFont(look.font("strong" if index.column() == 0 and not gone else "body"))
        painter.setPen(look.colour(_colour(index.column(), gone=gone, warns=warns)))
        pad = look.px(_PAD)
        words = area.adjusted(pad, 0, -pad, 0)
        shown = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.setLayoutDirection(option.direction)
        align = Qt.AlignmentFlag(index.data(Qt.ItemDataRole.TextAlignmentRole))
        painter.drawText(words, align, shown)


def _colour(column: int, *, gone: bool, warns: bool) -> str:
    if warns:
        return "warn"
    return "quiet" if gone or 0 < column < NUMBERS else "text"


class SearchTable(QTableView):
    """The searches. Enter opens the records of one, Delete asks to take it back."""

    opened = Signal()
    taken_back = Signal()
    chosen = Signal()

    def __init__(self, model: SearchesModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_SearchDelegate(self))
        self.setAccessibleName("Searches")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._dress_headers()
        self.selectionModel().currentRowChanged.connect(self.chosen)
        self.activated.connect(self.opened)
        follow(self, self._restyle)

    def _dress_headers(self) -> None:
        self.verticalHeader().hide()
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        for column in range(self.model().columnCount()):
            stretches = column < NUMBERS - 1
            mode = QHeaderView.ResizeMode.Stretch if stretches else QHeaderView.ResizeMode.Fixed
            header.setSectionResizeMode(column, mode)

    def row(self) -> int:
        """Return the chosen row, -1 while there is none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Mark a row."""
        self.setCurrentIndex(self.model().index(row, 0))

    def _restyle(self) -> None:
        look = look_of(self)
        self.verticalHeader().setDefaultSectionSize(look.px(tokens.ROW))
        self.horizontalHeader().setFixedHeight(look.px(32))
        for column in range(NUMBERS - 1, self.model().columnCount()):
            width = _DATE if column < NUMBERS else _FIGURE
            self.setColumnWidth(column, look.px(width))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete asks to take the marked import back."""
        if event.key() == Qt.Key.Key_Delete and self.row() >= 0:
            self.taken_back.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the ring when the keyboard brought the focus."""
        super().focusInEvent(event)
        if by_keyboard(event):
            ring_of(self).surround(self.viewport())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        super().focusOutEvent(event)
        ring_of(self).leave(self.viewport())


class _RecordDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give room for a title and a quiet line."""
        look = look_of(self)
        return QSize(0, look.line("note") + look.line("small") + look.px(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a record: its number, its title, and below it the quiet line."""
        model = index.model()
        line = model.line(index.row()) if isinstance(model, RecordsModel) else None
        if line is None:
            return
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


class RecordList(QListView):
    """The records of one import; Enter opens one."""

    opened = Signal()

    def __init__(self, model: RecordsModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setModel(model)
        self.setItemDelegate(_RecordDelegate(self))
        self.setAccessibleName("Records")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.activated.connect(self.opened)
        follow(self, self.doItemsLayout)

    def row(self) -> int:
        """Return the chosen row, -1 while there is none."""
        return self.currentIndex().row()

    def choose(self, row: int) -> None:
        """Mark a row and bring it into view."""
        self.setCurrentIndex(self.model().index(row, 0))

    def keyboardSearch(self, search: str) -> None:
        """Do nothing: letters are keys of the page."""
