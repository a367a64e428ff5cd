"""Lines of a list with headings: the forms there are, and the parts of one."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from ui.widgets import tokens
from ui.widgets.lines import Lines
from ui.widgets.lists import paint_chosen, paint_words
from ui.widgets.rows import Field, Index, RowsModel
from ui.widgets.theme import look_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: a heading that can be marked or not, or something below one."""

    key: object = None
    words: str
    below: str = ""
    quiet: bool = False
    step: str = "body"
    deep: bool = False

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(part for part in (self.words, self.below) if part)


_FIELDS: tuple[Field[Line], ...] = (
    Field(heading="", text=lambda one: one.words, spoken=lambda one: one.spoken),
)


class _Delegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a line: its words, and a quiet line below."""
        view, area, look = self.parent(), QRectF(option.rect), look_of(self)
        if not isinstance(view, MarkedLines):
            return
        one = view.rows.row(index.row())
        if one.key is not None and index.row() == view.current():
            paint_chosen(painter, area, self)
        left = look.px(tokens.MARGIN + (14 if one.deep else 0))
        inside = area.adjusted(left, look.px(6), -look.px(tokens.GAP_OUT), 0)
        if one.key is None:
            inside.setTop(area.bottom() - look.line("label") - look.px(6))
        top = QRectF(inside.left(), inside.top(), inside.width(), look.line(one.step))
        colour = "quiet" if one.quiet else "text"
        paint_words(painter, look, top, one.words, step=one.step, colour=colour)
        if one.below:
            below = QRectF(inside.left(), top.bottom(), inside.width(), look.line("small"))
            paint_words(painter, look, below, one.below, step="small", colour="quiet")


class MarkedLines(Lines):
    """The list; `opened` says that Enter or a double click wants the marked line."""

    opened = Signal()

    def __init__(self, name: str) -> None:
        super().__init__(name, RowsModel[Line](_FIELDS))
        self.setItemDelegate(_Delegate(self))
        self.doubleClicked.connect(self.opened)

    def height_of(self, row: int) -> int:
        """Return the height of a line; a heading has room above."""
        one, look = self.rows.row(row), look_of(self)
        if one.key is None:
            return look.line("label") + look.px(24)
        return look.line(one.step) + look.px(12) + (look.line("small") if one.below else 0)

    def show_lines(self, lines: list[Line], key: object) -> None:
        """Show these lines, the one of a key marked, else the first that can be."""
        keys = [one.key for one in lines]
        first = next((n for n, one in enumerate(keys) if one is not None), -1)
        self.show_rows(lines, keys.index(key) if key is not None and key in keys else first)

    def key(self) -> object:
        """Return the key of the line that is marked, None for none."""
        row = self.current()
        return self.rows.row(row).key if row >= 0 else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter; step over headings."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
            return
        super().keyPressEvent(event)
        by = -1 if key in (Qt.Key.Key_Up, Qt.Key.Key_PageUp) else 1
        row = self.current()
        while 0 <= row < self.rows.rowCount() and self.rows.row(row).key is None:
            row += by
        if row < 0:
            row = next(n for n in range(self.rows.rowCount()) if self.rows.row(n).key is not None)
        if row != self.current() and row < self.rows.rowCount():
            self.setCurrentIndex(self.rows.index(row, 0))
