"""The list of the queue: number, title and verdict of each unit, read as it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from screener.model import RecordId, Unit, Verdict
from ui.screening import wording
from ui.screening.model import ScreeningModel
from ui.widgets import tokens
from ui.widgets.lists import RowList, paint_chosen, paint_hairline, paint_words
from ui.widgets.marks import SIGN_WORDS, paint_sign
from ui.widgets.rows import Field, RowsModel
from ui.widgets.theme import look_of

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    title: str
    number: int
    verdict: str
    when: str = ""


_GONE = _Row(title="", number=0, verdict=Verdict.NONE)
"""A unit that was taken out since; the queue is about to be read again."""


def _spoken(row: _Row) -> str:
    parts = (str(row.number), row.title, SIGN_WORDS[row.verdict], row.when)
    return ", ".join(part for part in parts if part)


_FIELDS = (Field(heading="", text=lambda row: row.title, spoken=_spoken),)


class _Delegate(QStyledItemDelegate):
    """Paints a row: verdict mark, number, title on one line."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        model = index.model()
        if not isinstance(model, RowsModel):
            return
        row, look, area = model.row(index.row()), look_of(self), QRectF(option.rect)
        px = look.px
        if option.state & QStyle.StateFlag.State_Selected:
            paint_chosen(painter, area, self)
        paint_hairline(painter, area, look)
        side = px(14)
        mark = QRectF(area.left() + px(16), area.center().y() - side / 2, side, side)
        quiet = row.verdict == Verdict.NONE
        paint_sign(painter, mark, row.verdict, look.colour("quiet" if quiet else "text"))
        number = QRectF(area.left() + px(40), area.top(), px(56), area.height())
        paint_words(painter, look, number, str(row.number), step="small", colour="quiet")
        words = area.adjusted(px(96), 0, -px(16), 0)
        if row.when and words.width() > px(_WHEN * 3):
            when = QRectF(words.right() - px(_WHEN), words.top(), px(_WHEN), words.height())
            right = Qt.AlignmentFlag.AlignRight
            paint_words(painter, look, when, row.when, step="small", colour="quiet", side=right)
            words.setRight(when.left() - px(tokens.GAP_OUT))
        paint_words(painter, look, words, row.title)


_WHEN = 128  # width of the time of a decision
_ROWS = 6
"""So many records are in sight where there is room."""


class QueueList(RowList):
    """The queue as a list beside the record.

    `pointed` carries the place that was clicked or reached by Home, End and pages, `several` the
    ids of the records that are chosen.
    """

    pointed = Signal(int)
    several = Signal(list)
    focused = Signal(bool)

    def __init__(self, model: ScreeningModel, parent: QWidget | None = None) -> None:
        self._model = model
        self._rows_shown = _ROWS
        self.rows: RowsModel[_Row] = RowsModel(_FIELDS, model)
        super().__init__("Queue", self.rows, parent)
        self.setItemDelegate(_Delegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.clicked.connect(self._on_clicked)

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:  # noqa: N802
        """Say which records are chosen; decisions act on all of them."""
        super().selectionChanged(selected, deselected)
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        ids = self._model.line.ids
        self.several.emit([ids[place] for place in places if place < len(ids)])

    def choose_more(self, by: int) -> None:
        """Choose one more record, below (1) or above (-1), or one less."""
        model, current = self.selectionModel(), self.currentIndex()
        beyond = self.rows.index(current.row() + by, 0)
        if beyond.isValid():
            back = beyond if model.isSelected(beyond) else None
            flags = QItemSelectionModel.SelectionFlag
            if back is not None:
                model.setCurrentIndex(beyond, flags.NoUpdate)
                model.select(current, flags.Deselect)
            else:
                model.setCurrentIndex(beyond, flags.Select)
            self.scrollTo(beyond)

    def show_place(self) -> None:
        """Mark the record that is on the screen; several that are chosen stay so."""
        if self._model.several:
            return
        index = self.rows.index(self._model.line.at, 0)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def refresh(self) -> None:
        """Read the queue again without moving what is in sight."""
        at = self.verticalScrollBar().value()
        self.rows.set_keys(self._model.line.ids, self._fetch, self._model.to_list_again())
        self.verticalScrollBar().setValue(at)
        self.show_place()

    def _fetch(self, ids: Sequence[str]) -> list[_Row]:
        read = {unit.id: self._row(unit) for unit in self._model.session.project.units.load(ids)}
        return [read.get(RecordId(id_), _GONE) for id_ in ids]

    def _row(self, unit: Unit) -> _Row:
        decided, screening = self._model.is_decided(unit.id), self._model.session.project.screening
        decision = screening.decision(unit.id, self._model.stage) if decided else None
        verdict = decision.verdict if decision else Verdict.NONE
        when = wording.moment(decision.time) if decision else ""
        return _Row(title=unit.title, number=unit.number, verdict=verdict, when=when)

    def turn_page(self, way: int) -> None:
        """Go to the record a page below (1) or above (-1)."""
        self._go_to(self._model.line.at + way * max(1, self._rows_shown - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Show the first or the last record with Home and End."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: self.rows.rowCount()}
        key = Qt.Key(event.key())
        if key in ends and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._go_to(ends[key])
        else:
            super().keyPressEvent(event)

    def _go_to(self, place: int) -> None:
        if self.rows.rowCount():
            self.pointed.emit(min(max(place, 0), self.rows.rowCount() - 1))

    def _on_clicked(self, index: QModelIndex) -> None:
        if not self._model.several:
            self.pointed.emit(index.row())

    def restyle(self) -> None:
        """Show as many rows as it was given, of the height that the look gives them."""
        super().restyle()
        self.setFixedHeight(look_of(self).px(self._rows_shown * tokens.ROW))

    def set_room(self, height: int) -> None:
        """Show six rows, or as many as so many pixels hold; the one in its place stays in sight."""
        rows = max(1, min(_ROWS, height // look_of(self).px(tokens.ROW)))
        if rows != self._rows_shown:
            self._rows_shown = rows
            self.setFixedHeight(look_of(self).px(rows * tokens.ROW))
            self.show_place()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the list has the keyboard."""
        super().focusInEvent(event)
        self.focused.emit(True)  # noqa: FBT003 - a signal

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the list lost the keyboard."""
        super().focusOutEvent(event)
        self.focused.emit(False)  # noqa: FBT003 - a signal
