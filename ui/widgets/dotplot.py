"""Agreement figures as dots with whiskers on one axis, with the numbers beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.eliding import elided
from ui.widgets.marks import paint_tile
from ui.widgets.theme import Look, follow, look_of

_ROW = 30
_NAME, _LONGEST_NAME = 168, 248
_TILE = 30
_FIGURE = 56
_INTERVAL = 104
_STEPS = 5
_NEARLY = -0.1  # an axis from -1 for a kappa of -0.002 would press the other figures together


@dataclass(frozen=True, slots=True, kw_only=True)
class DotRow:
    """One figure: its name, value and interval, and both as they are written.

    A figure without `low` and `high` has a hollow dot; one without a `value` shows `note`.
    `marked` is in the accent and bold; `element` puts the tile of a criterion before the name.
    """

    name: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    figure: str = ""
    interval: str = ""
    note: str = ""
    marked: bool = False
    element: str = ""


class DotPlot(QWidget):
    """Rows of figures on one axis from 0 (or -1, where a figure is clearly below 0) to 1."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[DotRow, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        follow(self, self.updateGeometry)

    def set_rows(self, rows: Sequence[DotRow]) -> None:
        """Show these figures."""
        self._rows = tuple(rows)
        spoken = (
            " ".join(filter(None, (row.name, row.figure, row.interval or row.note)))
            for row in self._rows
        )
        self.setAccessibleDescription("; ".join(spoken))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Give each figure a row, and the axis one."""
        px = look_of(self).px
        wide = self._name() + px(200 + _FIGURE + _INTERVAL)
        return QSize(wide, px(_ROW) * (len(self._rows) + 1))

    def minimumSizeHint(self) -> QSize:
        """Keep the axis readable."""
        hint = self.sizeHint()
        return QSize(hint.width() - look_of(self).px(80), hint.height())

    def _name(self) -> int:
        """Return the room for the names: what the longest needs, within bounds."""
        look = look_of(self)
        metrics = QFontMetrics(look.font("strong"))
        widest = max(
            (
                metrics.horizontalAdvance(r.name) + look.px(_TILE * bool(r.element))
                for r in self._rows
            ),
            default=0,
        )
        return min(max(widest + look.px(12), look.px(_NAME)), look.px(_LONGEST_NAME))

    @property
    def least(self) -> float:
        """Where the axis begins; what lies a little below 0 stands at its edge, with its number."""
        lows = [n for row in self._rows for n in (row.value, row.low) if n is not None]
        return 0.0 if min(lows, default=0.0) >= _NEARLY else -1.0

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the axis, then the rows."""
        look, painter = look_of(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        px = look.px
        right = self.width() - px(_FIGURE + _INTERVAL)
        name = self._name()
        axis = QRectF(name, 0, max(1, right - name - px(16)), self.height() - px(_ROW))
        self._paint_axis(painter, look, axis)
        for number, row in enumerate(self._rows):
            line = QRectF(0, number * px(_ROW), self.width(), px(_ROW))
            self._paint_row(painter, look, axis, line, row)

    def _paint_axis(self, painter: QPainter, look: Look, axis: QRectF) -> None:
        least = self.least
        painter.setFont(look.font("label"))
        for step in range(_STEPS + 1):
            share = step / _STEPS
            x = round(axis.left() + share * axis.width()) + 0.5
            painter.setPen(QPen(look.colour("line"), 1))
            painter.drawLine(QPointF(x, axis.top()), QPointF(x, axis.bottom()))
            words = f"{least + share * (1 - least):.1f}".rstrip("0").rstrip(".")
            painter.setPen(look.colour("quiet"))
            area = QRectF(x - look.px(24), axis.bottom(), look.px(48), look.px(_ROW))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, words.replace("-", "−") or "0")

    def _paint_row(
        self, painter: QPainter, look: Look, axis: QRectF, line: QRectF, row: DotRow
    ) -> None:
        px, middle = look.px, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        left = line.left()
        if row.element:
            side = px(20)
            tile = QRectF(left, line.center().y() - side / 2, side, side)
            paint_tile(painter, tile, look, row.element, row.name)
            left += side + px(10)
        painter.setFont(look.font("strong" if row.marked else "body"))
        painter.setPen(look.colour("text"))
        name = QRectF(left, line.top(), axis.left() - left, line.height())
        painter.drawText(name, middle, elided(painter.fontMetrics(), row.name, int(name.width())))
        if row.value is None:
            painter.setFont(look.font("small"))
            painter.setPen(look.colour("quiet"))
            room = line.adjusted(axis.left() + px(8), 0, 0, 0)
            painter.fillRect(room, look.colour("page"))
            painter.drawText(room, middle | Qt.TextFlag.TextWordWrap, row.note)
            return
        figure = QRectF(axis.right() + px(16), line.top(), px(_FIGURE), line.height())
        painter.drawText(figure, middle, row.figure)
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("quiet"))
        painter.drawText(figure.translated(px(_FIGURE) - px(8), 0).adjusted(0, 0, px(60), 0),
                         middle, row.interval)  # fmt: skip
        self._paint_dot(painter, look, axis, line.center().y(), row)

    def _paint_dot(
        self, painter: QPainter, look: Look, axis: QRectF, y: float, row: DotRow
    ) -> None:
        least = self.least

        def place(value: float) -> float:
            share = (min(1.0, max(least, value)) - least) / (1 - least)
            return axis.left() + share * axis.width()

        colour = look.colour("accent" if row.marked else "text")
        painter.setPen(QPen(colour, 1.6 * look.theme.scale / 100))
        painter.setBrush(look.colour("page"))
        if row.low is not None and row.high is not None:
            painter.drawLine(QPointF(place(row.low), y), QPointF(place(row.high), y))
            painter.setBrush(colour)
        reach = look.px(4)
        if row.value is not None:
            painter.drawEllipse(QPointF(place(row.value), y), reach, reach)
