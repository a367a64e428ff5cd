"""The studies of a form: each with its name and how far it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPersistentModelIndex, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.answers.line import Line
from ui.widgets import tokens
from ui.widgets.lists import RowList, paint_chosen, paint_words, too_long
from ui.widgets.marks import paint_sign
from ui.widgets.ring import Ringed
from ui.widgets.rows import Field, RowsModel
from ui.widgets.theme import look_of

_EDGE, _END = 24, 10
"""The room before the words of a study, and behind them."""


def _spoken(line: Line) -> str:
    return f"{line.name}, {line.words}"


_FIELDS = (Field(heading="", text=lambda line: line.name, spoken=_spoken),)


class _Delegate(QStyledItemDelegate):
    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint one study: its name, and how far it is below it."""
        model = index.model()
        if not isinstance(model, RowsModel):
            return
        line, look = model.row(index.row()), look_of(self)
        area = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            paint_chosen(painter, area, self)
        words = area.adjusted(look.px(_EDGE), look.px(4), -look.px(_END), -look.px(4))
        top = QRectF(words.left(), words.top(), words.width(), look.line("body"))
        step, colour = ("strong", "accent") if chosen else ("body", "text")
        paint_words(painter, look, top, line.name, step=step, colour=colour)
        below = QRectF(words.left(), top.bottom(), words.width(), look.line("label") + look.px(2))
        if line.complete:
            side = look.px(12)
            mark = QRectF(below.left(), below.center().y() - side / 2, side, side)
            paint_sign(painter, mark, "met", look.colour("quiet"))
            below.setLeft(mark.right() + look.px(6))
        paint_words(painter, look, below, line.words, step="small", colour="quiet")


class StudyList(Ringed, RowList):
    """The studies; `pointed` carries the id of the one that is gone to."""

    pointed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        self._rows: RowsModel[Line] = RowsModel(_FIELDS)
        super().__init__("Studies", self._rows, parent)
        self._rows.setParent(self)
        self.setItemDelegate(_Delegate(self))
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self._showing = False

    def height_of_rows(self) -> int:
        """Give room for a name and a line below it."""
        look = look_of(self)
        return look.line("body") + look.line("label") + look.px(tokens.GAP + 4)

    def cut(self, index: QModelIndex) -> str:
        """Return the name of a study that is cut."""
        if not index.isValid():
            return ""
        name, look = self._rows.row(index.row()).name, look_of(self)
        room = self.viewport().width() - look.px(_EDGE) - look.px(_END)
        font = look.font("strong" if index == self.currentIndex() else "body")
        return name if too_long(name, font, room) else ""

    def show_lines(self, lines: Sequence[Line], current: str) -> None:
        """Show the studies, with one of them marked; says nothing."""
        self._showing = True
        by_id = {line.id: line for line in lines}
        self._rows.set_keys(list(by_id), lambda ids: [by_id[id_] for id_ in ids], changed=by_id)
        place = next((n for n, line in enumerate(lines) if line.id == current), -1)
        index = self._rows.index(place, 0)
        if index.isValid():
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            self.selectionModel().setCurrentIndex(index, flag)
            self.scrollTo(index)
        self._showing = False

    def _on_current(self, current: QModelIndex) -> None:
        if current.isValid() and not self._showing:
            self.pointed.emit(self._rows.row(current.row()).id)
