"""The rail: the name of the review, whose file it is, and its stages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.widgets import tokens
from ui.widgets.clamped import ClampedWords
from ui.widgets.lists import RowList, paint_chosen, paint_words, too_long
from ui.widgets.ring import Ringed
from ui.widgets.rows import Field, RowsModel
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Surface, Words

Index = QModelIndex | QPersistentModelIndex
_EDGE, _END = 24, 16
"""The room before the words of a stage, and behind them."""


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


def _spoken(stage: StageLine) -> str:
    return f"{stage.name}, {stage.words}" if stage.words else stage.name


_FIELDS = (Field(heading="", text=lambda stage: stage.name, spoken=_spoken),)


class _StageDelegate(QStyledItemDelegate):
    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one stage; the chosen one on the wash with the accent bar."""
        model = index.model()
        if not isinstance(model, RowsModel):
            return
        stage, look = model.row(index.row()), look_of(self)
        area = QRectF(option.rect)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            paint_chosen(painter, area, self)
        words = area.adjusted(look.px(_EDGE), look.px(6), -look.px(_END), -look.px(6))
        painter.setLayoutDirection(option.direction)
        top = QRectF(words.left(), words.top(), words.width(), look.line("body"))
        step = "strong" if chosen else "body"
        colour = "accent" if chosen else "text" if stage.begun else "quiet"
        paint_words(painter, look, top, stage.name, step=step, colour=colour)
        below = QRectF(words.left(), top.bottom() - 1, words.width(), look.line("label"))
        paint_words(painter, look, below, stage.words, step="small", colour="quiet")
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


class _StageList(Ringed, RowList):
    """The stages; it has the focus ring of a control."""

    def height_of_rows(self) -> int:
        """Give room for a name, a quiet line and the share."""
        look = look_of(self)
        return look.line("body") + look.line("label") + look.px(12)

    def cut(self, index: QModelIndex) -> str:
        """Return the name of a stage that is cut."""
        model, look = self.model(), look_of(self)
        if not (index.isValid() and isinstance(model, RowsModel)):
            return ""
        name: str = model.row(index.row()).name
        room = self.viewport().width() - look.px(_EDGE) - look.px(_END)
        font = look.font("strong" if index == self.currentIndex() else "body")
        return name if too_long(name, font, room) else ""


_TITLE_LINES = 3  # of the name of a review; all of it is the tool tip


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
        self._title = ClampedWords(lines=_TITLE_LINES, step="name")
        self._whose = Words(step="small", colour="quiet", wrap=True)
        self._foot = Words(step="small", colour="quiet", wrap=True)
        self._stages: dict[str, StageLine] = {}
        self._model: RowsModel[StageLine] = RowsModel(_FIELDS, self)
        self._list = _StageList("Stages", self._model)
        self._list.setItemDelegate(_StageDelegate(self._list))
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
        current, before = self.current(), list(self._stages)
        self._stages = {stage.id: stage for stage in stages}
        if list(self._stages) == before:
            self._model.refresh()
        else:
            self._model.set_keys(list(self._stages), lambda ids: [self._stages[i] for i in ids])
        self.choose(current)

    def current(self) -> str:
        """Return the id of the chosen stage, or nothing."""
        index = self._list.currentIndex()
        return self._model.row(index.row()).id if index.isValid() else ""

    def choose(self, stage: str) -> None:
        """Mark a stage as the one that is shown; says nothing."""
        if stage in self._stages:
            index = self._model.index(list(self._stages).index(stage), 0)
            self._list.selectionModel().setCurrentIndex(
                index, QItemSelectionModel.SelectionFlag.ClearAndSelect
            )

    def focus_stages(self) -> None:
        """Put the keyboard on the list of stages."""
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_activated(self, index: QModelIndex) -> None:
        self.chosen.emit(self._model.row(index.row()).id)

    def _restyle(self) -> None:
        self.setFixedWidth(look_of(self).px(tokens.RAIL))
