"""The rail: the name of the review, whose file it is, and its stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.widgets import tokens
from ui.widgets.ring import by_keyboard, ring_of
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Surface, Words

Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True, kw_only=True)
class StageLine:
    """A stage in the rail: its name and one quiet line; `share` (0 to 1) draws a line under it.

    What has not `begun` is grey, but can be opened.
    """

    id: str
    name: str
    words: str = ""
    share: float | None = None
    begun: bool = True


class StageModel(QAbstractListModel):
    """The stages as Qt reads them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stages: tuple[StageLine, ...] = ()

    def set_stages(self, stages: Sequence[StageLine]) -> None:
        """Take other stages; the same ones in other words only repaint."""
        old, self._stages = self._stages, tuple(stages)
        if [stage.id for stage in old] == [stage.id for stage in stages]:
            if stages:
                self.dataChanged.emit(self.index(0), self.index(len(stages) - 1))
        else:
            self._stages = old
            self.beginResetModel()
            self._stages = tuple(stages)
            self.endResetModel()

    def stage(self, row: int) -> StageLine:
        """Return the stage of a row."""
        return self._stages[row]

    def row_of(self, stage: str) -> int:
        """Return the row of a stage, -1 when it is not in the rail."""
        return next((i for i, line in enumerate(self._stages) if line.id == stage), -1)

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Count the stages."""
        return 0 if parent.isValid() else len(self._stages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """Give the name; to a screen reader the name and its quiet line."""
        if not index.isValid() or index.row() >= len(self._stages):
            return None
        stage = self._stages[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return stage.name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{stage.name}, {stage.words}" if stage.words else stage.name
        return None


class _StageDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Give room for a name, a quiet line and the share."""
        look = look_of(self)
        height = look.line("body") + look.line("label") + look.px(12)
        return QSize(look.px(tokens.RAIL), height)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one stage; the chosen one on the wash with the accent bar."""
        model = index.model()
        if not isinstance(model, StageModel):
            return
        stage, look = model.stage(index.row()), look_of(self)
        area = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            paint_chosen(painter, area, self)
        edge = look.px(24)
        words = area.adjusted(edge, look.px(6), -look.px(16), -look.px(6))
        painter.setFont(look.font("strong" if chosen else "body"))
        painter.setPen(look.colour("accent" if chosen else "text" if stage.begun else "quiet"))
        top = QRectF(words.left(), words.top(), words.width(), look.line("body"))
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setLayoutDirection(option.direction)
        painter.drawText(top, align, stage.name)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("quiet"))
        below = QRectF(words.left(), top.bottom() - 1, words.width(), look.line("label"))
        shown = painter.fontMetrics().elidedText(
            stage.words, Qt.TextElideMode.ElideRight, int(below.width())
        )
        painter.drawText(below, align, shown)
        if stage.share is not None:
            thick = look.px(2)
            line = QRectF(words.left(), area.bottom() - thick - 1, words.width(), thick)
            if look.high_contrast:
                painter.fillRect(line.adjusted(0, thick - 1, 0, 0), look.colour("line"))
                line.setTop(line.top() - thick)
            else:
                painter.fillRect(line, look.colour("line"))
            line.setWidth(line.width() * min(1.0, max(0.0, stage.share)))
            painter.fillRect(line, look.colour("accent"))


def paint_chosen(painter: QPainter, area: QRectF, near: QWidget | QStyledItemDelegate) -> None:
    """Paint the wash with the accent bar: the selected or marked thing, everywhere."""
    look = look_of(near)
    painter.fillRect(area, look.colour("wash"))
    bar = QRectF(area.left(), area.top(), look.px(tokens.BAR), area.height())
    painter.fillRect(bar, look.colour("accent"))


class _StageList(QListView):
    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if by_keyboard(event):
            ring_of(self).surround(self.viewport())

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        ring_of(self).leave(self.viewport())


class Rail(Surface):
    """The list of stages at the left of the window; `chosen` carries the stage's id."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("rail", parent)
        self._build()
        self._lay_out()
        self._list.clicked.connect(self._on_activated)
        self._list.activated.connect(self._on_activated)
        follow(self, self._restyle)

    def _build(self) -> None:
        self._title = Words(step="name", wrap=True)
        self._whose = Words(step="small", colour="quiet", wrap=True)
        self._foot = Words(step="small", colour="quiet", wrap=True)
        self._model = StageModel(self)
        self._list = _StageList()
        self._list.setModel(self._model)
        self._list.setItemDelegate(_StageDelegate(self._list))
        self._list.setAccessibleName("Stages")
        self._list.setFrameShape(QFrame.Shape.NoFrame)
        self._list.setUniformItemSizes(True)
        self._list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.viewport().setAutoFillBackground(False)

    def _lay_out(self) -> None:
        Column(self, gap=0).add(
            Column(gap=4, margins=(24, 18, 8, 24)).add(self._title, self._whose),
            (self._list, 1),
            Column(margins=(24, 12, 16, 24)).add(self._foot),
        )

    def set_review(self, title: str, whose: str, foot: str = "") -> None:
        """Write the name of the review, whose file it is, and the line at the foot."""
        self._title.setText(title)
        self._whose.setText(whose)
        self._foot.setText(foot)
        self._foot.setVisible(bool(foot))

    def set_stages(self, stages: Sequence[StageLine]) -> None:
        """Show these stages; the chosen one stays chosen."""
        current = self.current()
        self._model.set_stages(stages)
        self.choose(current)

    def current(self) -> str:
        """Return the id of the chosen stage, or nothing."""
        index = self._list.currentIndex()
        return self._model.stage(index.row()).id if index.isValid() else ""

    def choose(self, stage: str) -> None:
        """Mark a stage as the one that is shown; says nothing."""
        row = self._model.row_of(stage)
        if row >= 0:
            self._list.selectionModel().setCurrentIndex(
                self._model.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def focus_stages(self) -> None:
        """Put the keyboard on the list of stages."""
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_activated(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.stage(index.row()).id)

    def _restyle(self) -> None:
        self.setFixedWidth(look_of(self).px(tokens.RAIL))
        self._list.doItemsLayout()
