"""A drawing on the screen, the same as on paper: the flow diagram, or a plot of the studies."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from screener.report.drawing import Arrow, Box, Drawing, Role, Text
from ui.widgets.theme import Look, follow, look_of

_COLOURS = {
    Role.PAGE: "page",
    Role.TEXT: "text",
    Role.QUIET: "quiet",
    Role.EDGE: "edge",
    Role.TITLE: "rail",
    Role.WASH: "wash",
    Role.ACCENT: "accent",
    Role.WARN: "warn",
    Role.GOOD: "good",
    Role.SOME: "some",
    Role.BAD: "bad",
    Role.WORST: "worst",
    Role.UNKNOWN: "unknown",
    Role.SIGN: "sign",
}
_OTHER = frozenset(
    (
        "website_results",
        "organisation_results",
        "citations_results",
        "other_sought_reports",
        "other_notretrieved_reports",
        "other_assessed",
        "other_excluded",
        "other_pending",
    )
)
_READABLE, _OF_USUAL = 0.8, 0.65
"""The smallest scale in which the words of a drawing are read, and of that of the text size."""
EMPTY = Drawing(width=1, height=1, shapes=(), title="", description="")
"""A sheet without anything on it."""


class Canvas(QWidget):
    """Paints a drawing; a number with records behind it is a link, by mouse and by Tab and Enter.

    `opened` carries the name of the number and its item within a list. A drawing that is wider than
    the page is made smaller; one that `scrolls` only as far as it can be read.
    """

    opened = Signal(str, str)

    def __init__(
        self,
        name: str = "Flow diagram",
        parent: QWidget | None = None,
        *,
        scrolls: bool = False,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._scrolls = scrolls
        self._drawing = EMPTY
        self._links: list[Text] = []
        self._chosen = -1
        self._hovered = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        follow(self, self._restyle)

    def set_drawing(self, drawing: Drawing, opens: Callable[[str, str], bool]) -> None:
        """Show a drawing; `opens` says which numbers have records behind them.

        The chosen number stays chosen where it still is.
        """
        chosen = self.chosen()
        self._drawing = drawing
        found = [s for s in drawing.shapes if isinstance(s, Text) and opens(s.link, s.item)]
        # Down the column of databases first, then down the one of other methods.
        self._links = sorted(found, key=lambda t: (t.link in _OTHER, t.y, t.x))
        named = [(t.link, t.item) for t in self._links]
        self._chosen = named.index(chosen) if chosen in named else -1
        self._hovered = -1
        self.setAccessibleDescription(drawing.description)
        self._restyle()

    def chosen(self) -> tuple[str, str] | None:
        """Return name and item of the number that is chosen, or None."""
        if not 0 <= self._chosen < len(self._links):
            return None
        link = self._links[self._chosen]
        return link.link, link.item

    def count(self) -> int:
        """Return how many numbers can be opened."""
        return len(self._links)

    def choose(self, number: int) -> None:
        """Choose a number by its place in the drawing."""
        self._chosen = number
        link = self._links[number]
        self.setAccessibleName(f"{self._name}, {link.link.replace('_', ' ')} {link.text}")
        self.update()

    def _scale(self) -> float:
        usual = look_of(self).px(100) / 100
        return min(usual, max(self._least(usual), self.width() / self._drawing.width))

    def _least(self, usual: float) -> float:
        """Return how small a drawing may become: of one that scrolls, the larger the larger."""
        return max(_READABLE, usual * _OF_USUAL) if self._scrolls else 0.5

    def sizeHint(self) -> QSize:
        """Return the drawing's size at the text size in force."""
        scale = self._scale() if self.width() > 1 else look_of(self).px(100) / 100
        return QSize(int(self._drawing.width * scale), int(self._drawing.height * scale) + 1)

    def resizeEvent(self, event: object) -> None:
        """Keep the height the width asks for."""
        self.setFixedHeight(self.sizeHint().height())

    def _restyle(self) -> None:
        least = self._least(look_of(self).px(100) / 100) if self._scrolls else 0
        self.setMinimumWidth(int(self._drawing.width * least))
        self.setFixedHeight(self.sizeHint().height())
        self.update()

    # --- painting ----------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint boxes, arrows, texts; underline the number under the pointer or the focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self._scale(), self._scale())
        look = look_of(self)
        for shape in self._drawing.shapes:
            if isinstance(shape, Box):
                _paint_box(painter, shape, look)
            elif isinstance(shape, Arrow):
                _paint_arrow(painter, shape, look)
            else:
                self._paint_text(painter, shape, look)

    def _paint_text(self, painter: QPainter, text: Text, look: Look) -> None:
        painter.save()
        painter.translate(text.x, text.y)
        painter.rotate(text.turn)
        painter.setFont(_font(text, look))
        painter.setPen(QColor(look.colour(_COLOURS[text.role])))
        width = painter.fontMetrics().horizontalAdvance(text.text)
        left = (text.width - width) / 2 if text.centred else 0
        painter.drawText(QPointF(left, 0), text.text)
        place = self._links.index(text) if text in self._links else -2
        if place in (self._hovered, self._chosen if self.hasFocus() else -1):
            painter.setPen(QPen(QColor(look.colour("accent")), 1.5))
            painter.drawLine(QPointF(left, 3), QPointF(left + width, 3))
        painter.restore()

    # --- gestures ----------------------------------------------------------------------------

    def _at(self, point: QPointF) -> int:
        scale = self._scale()
        x, y = point.x() / scale, point.y() / scale
        for place, link in enumerate(self._links):
            area = QRectF(link.x - 4, link.y - link.size - 2, link.width + 8, link.size + 8)
            if area.contains(x, y):
                return place
        return -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Underline the number under the pointer."""
        at = self._at(event.position())
        if at != self._hovered:
            self._hovered = at
            shape = Qt.CursorShape.PointingHandCursor if at >= 0 else Qt.CursorShape.ArrowCursor
            self.setCursor(shape)
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer."""
        self._hovered = -1
        self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the number that was clicked."""
        at = self._at(event.position())
        if at >= 0 and event.button() is Qt.MouseButton.LeftButton:
            self.choose(at)
            self._open()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the chosen number; the arrows choose another."""
        step = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        key = Qt.Key(event.key())
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._chosen >= 0:
            self._open()
        elif key in step and self._links:
            self.choose((self._chosen + step[key]) % len(self._links))
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: object) -> None:
        """Choose the first number when none is."""
        if self._chosen < 0 and self._links:
            self.choose(0)
        self.update()

    def focusOutEvent(self, event: object) -> None:
        """Take the underline away."""
        self.update()

    def _open(self) -> None:
        link = self._links[self._chosen]
        self.opened.emit(link.link, link.item)


def _font(text: Text, look: Look) -> QFont:
    font = QFont(look.font("body"))
    font.setPixelSize(round(text.size))
    font.setWeight(QFont.Weight.DemiBold if text.strong else QFont.Weight.Normal)
    font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, text.tracking)
    return font


def _paint_box(painter: QPainter, box: Box, look: Look) -> None:
    painter.save()
    x, y = box.middle
    painter.translate(x, y)
    painter.rotate(box.turn)
    area = QRectF(-box.width / 2, -box.height / 2, box.width, box.height)
    painter.setPen(Qt.PenStyle.NoPen)
    if box.fill is not None:
        painter.setBrush(QColor(look.colour(_COLOURS[box.fill])))
        painter.drawRoundedRect(area, box.radius, box.radius)
    if box.edge is not None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(look.colour(_COLOURS[box.edge])), box.line))
        painter.drawRoundedRect(area, box.radius, box.radius)
    painter.restore()


def _paint_arrow(painter: QPainter, arrow: Arrow, look: Look) -> None:
    colour = QColor(look.colour(_COLOURS[arrow.role]))
    painter.setPen(QPen(colour, arrow.line))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline([QPointF(x, y) for x, y in arrow.shaft()])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon([QPointF(x, y) for x, y in arrow.head()])
