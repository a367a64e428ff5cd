"""The list of the queue: number, title and verdict of each unit, read as it is looked at."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from screener.model import Verdict
from ui.screening.model import ScreeningModel
from ui.widgets import tokens
from ui.widgets.marks import SIGN_WORDS, paint_sign
from ui.widgets.theme import follow, look_of

Index = QModelIndex | QPersistentModelIndex
CHUNK = 50  # rows read at once
VERDICT = Qt.ItemDataRole.UserRole
NUMBER = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class _Row:
    title: str
    number: int
    verdict: str


class QueueRows(QAbstractListModel):
    """Answers Qt with the rows of the queue; reads a page of them when one is asked for."""

    def __init__(self, model: ScreeningModel) -> None:
        super().__init__(model)
        self._model = model
        self._ids: list[str] = list(model.line.ids)
        self._rows: dict[str, _Row] = {}

    def refresh(self, *units: str) -> None:
        """Take the queue as it is now; these units are read again (none: all)."""
        self.beginResetModel()
        self._ids = list(self._model.line.ids)
        for unit in units or tuple(self._rows):
            self._rows.pop(unit, None)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of units in the queue."""
        return 0 if parent is not None and parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return title, verdict or number of a row, or its accessible words."""
        if not index.isValid() or index.row() >= len(self._ids):
            return None
        row = self._row(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{row.number}, {row.title}, {SIGN_WORDS.get(row.verdict, row.verdict)}"
        return {
            Qt.ItemDataRole.DisplayRole: row.title,
            VERDICT: row.verdict,
            NUMBER: row.number,
        }.get(Qt.ItemDataRole(role) if role < VERDICT else role)

    def _row(self, place: int) -> _Row:
        unit = self._ids[place]
        if unit not in self._rows:
            first = place - place % CHUNK
            self._read(self._ids[first : first + CHUNK])
        return self._rows.get(unit) or _Row(title="", number=0, verdict="none")

    def _read(self, ids: list[str]) -> None:
        project, stage = self._model.session.project, self._model.stage
        for unit in project.units.load(ids):
            decision = (
                project.screening.decision(unit.id, stage)
                if self._model.is_decided(unit.id)
                else None
            )
            self._rows[unit.id] = _Row(
                title=unit.title,
                number=unit.number,
                verdict=str(decision.verdict if decision else Verdict.NONE),
            )


class _Delegate(QStyledItemDelegate):
    """Paints a row: verdict mark, number, title on one line."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height of a table row."""
        return QSize(0, look_of(self).px(tokens.ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row."""
        look = look_of(self)
        px = look.px
        area = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if chosen:
            painter.fillRect(area, look.colour("wash"))
            bar = QRectF(area.left(), area.top(), px(tokens.BAR), area.height())
            painter.fillRect(bar, look.colour("accent"))
        painter.fillRect(
            QRectF(area.left(), area.bottom() - 1, area.width(), 1), look.colour("line")
        )
        side = px(14)
        mark = QRectF(area.left() + px(16), area.center().y() - side / 2, side, side)
        verdict = str(index.data(VERDICT))
        paint_sign(painter, mark, verdict, look.colour("quiet" if verdict == "none" else "text"))
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("quiet"))
        number = QRectF(area.left() + px(40), area.top(), px(56), area.height())
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.drawText(number, middle | Qt.AlignmentFlag.AlignLeft, str(index.data(NUMBER)))
        painter.setFont(look.font("body"))
        painter.setPen(look.colour("text"))
        words = area.adjusted(px(96), 0, -px(16), 0)
        metrics = painter.fontMetrics()
        title = metrics.elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, round(words.width())
        )
        painter.drawText(words, middle | Qt.AlignmentFlag.AlignLeft, title)
        painter.restore()


class QueueList(QListView):
    """The queue as a list beside the record; `pointed` carries the place that was clicked."""

    pointed = Signal(int)
    focused = Signal(bool)

    def __init__(self, model: ScreeningModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self.rows = QueueRows(model)
        self.setModel(self.rows)
        self.setItemDelegate(_Delegate(self))
        self.setUniformItemSizes(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setAccessibleName("Queue")
        self.clicked.connect(self._on_clicked)
        follow(self, self._restyle)

    def show_place(self) -> None:
        """Mark the record that is on the screen."""
        index = self.rows.index(self._model.line.at)
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)

    def refresh(self, *units: str) -> None:
        """Read the queue again without moving what is in sight."""
        at = self.verticalScrollBar().value()
        self.rows.refresh(*units)
        self.verticalScrollBar().setValue(at)
        self.show_place()

    def _on_clicked(self, index: QModelIndex) -> None:
        self.pointed.emit(index.row())

    def _restyle(self) -> None:
        self.setFixedHeight(look_of(self).px(6 * tokens.ROW))
        self.scheduleDelayedItemsLayout()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Say that the list has the keyboard."""
        super().focusInEvent(event)
        self.focused.emit(True)  # noqa: FBT003 - a signal

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Say that the list lost the keyboard."""
        super().focusOutEvent(event)
        self.focused.emit(False)  # noqa: FBT003 - a signal
