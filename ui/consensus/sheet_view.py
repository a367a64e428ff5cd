"""The sheet as a table: a row for each question, a column for each reviewer, what is agreed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QRect,
    QRectF,
    QSignalBlocker,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.consensus.painter import ItemId
from ui.consensus.sheet import Sheet, SheetCell, SheetRow
from ui.consensus.sheet_rows import DRAFT, SheetModel
from ui.widgets.keycap import cap_size, paint_cap
from ui.widgets.lists import COPIES, RowList, paint_chosen, paint_hairline, paint_words
from ui.widgets.marks import paint_sign
from ui.widgets.ring import Ringed
from ui.widgets.rows import Index
from ui.widgets.theme import Look, look_of
from ui.widgets.wrapping import lines_of

_QUESTION, _AGREED, _LEAST = 176, 196, 140
"""The widths of the first and the last column, and the least of a reviewer's."""
_EDGE, _INSET, _AROUND = 24, 12, 9
"""What stands before the first column, before the others (as in a heading), and above a row."""
_NONE = "–"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a cell, in their look; `key` is that of a cap behind them, `sign` a mark."""

    text: str
    step: str = "body"
    colour: str = "text"
    key: str = ""
    sign: str = ""


@dataclass(frozen=True, slots=True)
class Chosen:
    """What is chosen for the row in focus: in words, and whose it is."""

    words: str = ""
    below: str = ""


class _SheetDelegate(QStyledItemDelegate):
    """Paints a cell; the row in focus is the one large thing."""

    def __init__(self, view: SheetView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        look, area, view = look_of(self), QRectF(option.rect), self._view
        row, column = view.lines.row(index.row()), index.column()
        focus = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        if row.at is None:
            inside = area.adjusted(look.px(_EDGE), look.px(10), 0, 0)
            paint_words(painter, look, inside, row.heading, step="name")
        else:
            if focus and column:
                painter.fillRect(area, look.colour("wash"))
            elif focus:
                paint_chosen(painter, area, self)
            else:
                paint_hairline(painter, area, look)
            inside = view.inside(area, column)
            for piece, place in view.laid(row, column, inside, focus=focus):
                _paint(painter, look, piece, place)
        painter.restore()


def _paint(painter: QPainter, look: Look, piece: Piece, place: QRectF) -> None:
    left, colour = place.left(), look.colour(piece.colour)
    if piece.sign:
        side = look.px(14)
        mark = QRectF(left, place.top() + (look.line(piece.step) - side) / 2, side, side)
        paint_sign(painter, mark, piece.sign, colour)
        left += side + look.px(6)
    painter.setPen(colour)
    if piece.key:
        words = QRectF(left, place.top(), place.width(), place.height())
        paint_words(painter, look, words, piece.text, step=piece.step, colour=piece.colour)
        size = cap_size(look, piece.key)
        start = left + painter.fontMetrics().horizontalAdvance(piece.text) + look.px(8)
        top = place.top() + (place.height() - size.height()) / 2
        cap = QRectF(start, top, size.width(), size.height())
        paint_cap(painter, cap, look, piece.key, look.colour("quiet"))
        return
    font, line = look.font(piece.step), look.line(piece.step)
    painter.setFont(font)
    width = place.right() - left
    for number, text in enumerate(lines_of(piece.text, font, width)):
        box = QRectF(left, place.top() + number * line, width + 2, line)
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)


class _Head(QHeaderView):
    """The names of the columns, over what they are about."""

    def __init__(self, view: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, view)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:  # noqa: N802
        """Paint a name and the hairline below it."""
        look, area = look_of(self), QRectF(rect)
        text = str(self.model().headerData(section, Qt.Orientation.Horizontal) or "")
        painter.save()
        paint_hairline(painter, area, look)
        inside = area.adjusted(look.px(_INSET if section else _EDGE), 0, -look.px(_INSET / 2), 0)
        paint_words(painter, look, inside, text, step="label", colour="quiet")
        painter.restore()


class SheetView(Ringed, RowList):
    """The table; `shown` carries the item in focus, `pressed` a column of its row that is clicked.

    `keys` are the keys of what a cell offers: "left" and "right" of the first and the last cell
    that can be taken, "type".
    """

    shown = Signal(ItemId)
    pressed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        self.lines = SheetModel(())
        self.keys: Mapping[str, str] = {}
        self._chosen: Chosen | None = None
        self._focused = -1
        super().__init__("Answers", parent=parent)
        self.setHorizontalHeader(_Head(self))
        self.setModel(self.lines)
        self.lines.setParent(self)
        self.setItemDelegate(_SheetDelegate(self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.horizontalHeader().show()

    # --- what is shown ---------------------------------------------------------------------------

    def show_sheet(self, sheet: Sheet) -> None:
        """Show a sheet with no row in focus; says nothing."""
        self._chosen, self._focused = None, -1
        with QSignalBlocker(self):
            self.clearSpans()
            self.lines.show_sheet(sheet)
            for number, row in enumerate(sheet.rows):
                if row.at is None:
                    self.setSpan(number, 0, 1, len(self.lines.fields))
        self._lay_out()

    def choose(self, at: ItemId | None) -> None:
        """Have an item in focus and bring it into sight; says nothing."""
        number = self.row_of(at)
        with QSignalBlocker(self):
            index = self.lines.index(number, 0) if number >= 0 else QModelIndex()
            how = QItemSelectionModel.SelectionFlag.ClearAndSelect
            rows = QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, how | rows)
        self._focus(number)

    def row_of(self, at: ItemId | None) -> int:
        """Return the row of an item, -1 when it is not shown."""
        rows = range(self.lines.rowCount())
        return next((n for n in rows if at is not None and self.lines.row(n).at == at), -1)

    def items(self) -> list[SheetRow]:
        """Return the rows that can be settled, from top to bottom."""
        rows = (self.lines.row(number) for number in range(self.lines.rowCount()))
        return [row for row in rows if row.at is not None]

    def open_after(self, at: ItemId | None, *, around: bool) -> ItemId | None:
        """Return the next item that is to settle; `around`, the first again after the last."""
        rows = self.items()
        here = next((place for place, row in enumerate(rows) if row.at == at), -1)
        order = [*rows[here + 1 :], *(rows[: max(here, 0)] if around else ())]
        return next((row.at for row in order if row.open), None)

    def set_chosen(self, chosen: Chosen | None) -> None:
        """Show what would be settled on the row in focus."""
        self._chosen = chosen
        self._focus(self._focused)

    def _focus(self, number: int) -> None:
        before, self._focused = self._focused, number
        for row in {before, number} - {-1}:
            self._fit_row(row)
        if number >= 0:
            self.scrollTo(self.lines.index(number, 0))
        self.viewport().update()

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802
        """Say which item is in focus now."""
        super().currentChanged(current, previous)
        row = self.lines.row(current.row()) if current.isValid() else None
        if row is not None and row.at is not None and not self.signalsBlocked():
            self._chosen = None
            self._focus(current.row())
            self.shown.emit(row.at)

    # --- places ----------------------------------------------------------------------------------

    def inside(self, area: QRectF, column: int) -> QRectF:
        """Return where the words of a cell stand."""
        px = look_of(self).px
        return area.adjusted(px(_INSET if column else _EDGE), px(_AROUND), -px(_INSET / 2), 0)

    def laid(
        self, row: SheetRow, column: int, inside: QRectF, *, focus: bool
    ) -> Iterator[tuple[Piece, QRectF]]:
        """Yield what a cell says, each piece with its place."""
        look, top = look_of(self), inside.top()
        for piece in self._pieces(row, column, focus=focus):
            width = inside.width() - (look.px(20) if piece.sign else 0)
            line = look.line(piece.step)
            if piece.key:
                height, top = float(look.px(24)), top + look.px(4)
            else:
                height = line * len(lines_of(piece.text, look.font(piece.step), width))
            yield piece, QRectF(inside.left(), top, inside.width(), height)
            top += height

    def _pieces(self, row: SheetRow, column: int, *, focus: bool) -> Iterator[Piece]:
        if column == 0:
            yield Piece(row.label, *(("strong", "accent") if focus else ("body", "text")))
            yield Piece(row.phrase, "small", "quiet")
        elif column <= len(self.lines.fields) - 2:
            if column <= len(row.cells):
                yield from self._cell(row, column - 1, focus=focus)
        else:
            yield from self._agreed(row, focus=focus)

    def _cell(self, row: SheetRow, place: int, *, focus: bool) -> Iterator[Piece]:
        cell = row.cells[place]
        yield Piece(cell.words, "name" if focus else "body", "quiet" if cell.quiet else "text")
        if cell.below:
            yield Piece(cell.below, "small", "quiet")
        if focus and cell.choice is not None:
            yield Piece(cell.takes, "small", "accent", key=self._key(row.cells, place) or "click")

    def _key(self, cells: Sequence[SheetCell], place: int) -> str:
        taken = [number for number, cell in enumerate(cells) if cell.choice is not None]
        alone = len(taken) == 1  # both keys take it: the one of its side stands there
        if place == taken[0] and not (alone and 2 * place >= len(cells)):
            return self.keys.get("left", "")
        return self.keys.get("right", "") if place == taken[-1] else ""

    def _agreed(self, row: SheetRow, *, focus: bool) -> Iterator[Piece]:
        chosen = self._chosen if focus else None
        if chosen is not None and chosen.words:
            yield Piece(chosen.words, "name")
            yield Piece(chosen.below, "small", "quiet")
        elif not focus and (draft := self.lines.draft(row)):
            yield Piece(draft, "body", "accent")
            yield Piece(DRAFT, "small", "quiet")
        elif row.agreed:
            yield Piece(row.agreed, "name" if focus else "body", sign="met" if row.settled else "")
            below = row.below if focus else row.below.partition("\n")[0]
            if below:
                yield Piece(below, "small", "quiet")
        else:
            yield Piece("nothing yet" if focus else _NONE, "body", "quiet")
        if focus and row.types:
            yield Piece(row.types, "small", "accent", key=self.keys.get("type", ""))

    def _fit_row(self, number: int) -> None:
        look, row = look_of(self), self.lines.row(number)
        height = float(look.px(38))
        if row.at is not None:
            height = float(look.px(52))
            for column in range(len(self.lines.fields)):
                area = QRectF(0, 0, self.columnWidth(column), 0)
                inside = self.inside(area, column)
                for _, place in self.laid(row, column, inside, focus=number == self._focused):
                    height = max(height, place.bottom() + look.px(_AROUND))
        if self.rowHeight(number) != round(height):
            self.verticalHeader().resizeSection(number, round(height))

    def _lay_out(self) -> None:
        px, fields = look_of(self).px, len(self.lines.fields)
        if not fields:
            return
        room = self.viewport().width() - px(_QUESTION + _AGREED)
        share = max(px(_LEAST), room // max(1, fields - 2))
        for column in range(fields):
            fixed = _QUESTION if not column else _AGREED if column == fields - 1 else 0
            alone = fields == 2 and column == 1  # nobody's answers are shown
            wide = px(fixed) + max(0, room) * alone
            self.setColumnWidth(column, wide if fixed else share)
        for number in range(self.lines.rowCount()):
            self._fit_row(number)

    def restyle(self) -> None:
        """Take widths and heights from the look."""
        super().restyle()
        look, header = look_of(self), self.horizontalHeader()
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setFixedHeight(look.line("label") + look.px(14))
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width among the reviewers."""
        super().resizeEvent(event)
        self._lay_out()
        self._focus(self._focused)

    # --- keys and clicks -------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy; every other key belongs to the page."""
        if event.matches(COPIES):
            super().keyPressEvent(event)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Have a row in focus; in that row a click takes the cell."""
        index = self.indexAt(event.position().toPoint())
        again = index.isValid() and index.row() == self._focused
        super().mousePressEvent(event)
        if again:
            self.pressed.emit(index.column())
