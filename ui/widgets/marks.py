"""The marks: one colour, readable in black and white, painted as vectors at any size.

A sign is named by the word it stands for: the verdicts "include", "maybe", "exclude", "none", the
judgements "met", "not-met", "unclear", "" (not judged), and "person" (needs a person).
"""

from __future__ import annotations

from math import floor

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QLinearGradient, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets import tokens
from ui.widgets.theme import Look, follow, look_of


def paint_underline(
    painter: QPainter,
    style: str,
    colour: QColor,
    left: float,
    right: float,
    baseline: float,
    size: float,
) -> None:
    """Draw one underline from `left` to `right`; `size` is the scale of the text (1 at 100 %).

    `style` is a word of `tokens.ELEMENTS`; "struck" lies as far above `baseline` as the middle
    of a small letter does.
    """
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(colour, 1.5 * size)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    offsets = [0.0]
    if style == "thick":
        pen.setWidthF(3 * size)
    elif style == "dashed":
        pen.setWidthF(2 * size)
        pen.setDashPattern([3.0, 1.8])
    elif style == "dotted":
        pen.setWidthF(2 * size)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        pen.setDashPattern([0.01, 2.0])
    elif style == "dot-dashed":
        pen.setDashPattern([4.0, 2.0, 1.0, 2.0])
    elif style == "double":
        pen.setWidthF(1.2 * size)
        offsets = [-1.1 * size, 1.5 * size]
    elif style == "struck":
        offsets = [-7 * size]
    painter.setPen(pen)
    for offset in offsets:
        y = floor(baseline + offset) + 0.5  # the middle of a pixel, so that thin lines are crisp
        painter.drawLine(QPointF(left, y), QPointF(right, y))
    painter.restore()


SIGN_WORDS = {
    "include": "include",
    "maybe": "maybe",
    "exclude": "exclude",
    "none": "no decision",
    "met": "met",
    "not-met": "not met",
    "unclear": "unclear",
    "": "not judged",
    "person": "needs a person",
}
"""The word that stands beside each sign."""


def paint_sign(painter: QPainter, rect: QRectF, sign: str, colour: QColor) -> None:
    """Paint a sign into the largest square in the middle of `rect`."""
    side = min(rect.width(), rect.height())
    square = QRectF(0, 0, side, side)
    square.moveCenter(rect.center())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _PAINT[sign](painter, square, colour)
    painter.restore()


def _pen(colour: QColor, square: QRectF, share: float = 0.11) -> QPen:
    pen = QPen(colour, max(1.2, square.width() * share))
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    return pen


def _ring(painter: QPainter, square: QRectF, colour: QColor, pen: QPen | None = None) -> QRectF:
    """Draw the ring all verdicts share the outline of; return its circle."""
    pen = pen or _pen(colour, square)
    inset = square.width() * 0.06 + pen.widthF() / 2
    circle = square.adjusted(inset, inset, -inset, -inset)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(circle)
    return circle


def _include(painter: QPainter, square: QRectF, colour: QColor) -> None:
    _ring(painter, square, colour)
    painter.setBrush(colour)
    inset = square.width() * 0.1
    painter.drawEllipse(square.adjusted(inset, inset, -inset, -inset))


def _maybe(painter: QPainter, square: QRectF, colour: QColor) -> None:
    circle = _ring(painter, square, colour)
    painter.setBrush(colour)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.drawPie(circle, 90 * 16, 180 * 16)


def _exclude(painter: QPainter, square: QRectF, colour: QColor) -> None:
    circle = _ring(painter, square, colour)
    reach = circle.width() / 2 * 0.707
    middle = circle.center()
    painter.drawLine(middle + QPointF(-reach, reach), middle + QPointF(reach, -reach))


def _undecided(painter: QPainter, square: QRectF, colour: QColor) -> None:
    pen = _pen(colour, square)
    pen.setDashPattern([0.01, 2.1])
    _ring(painter, square, colour, pen)


def _met(painter: QPainter, square: QRectF, colour: QColor) -> None:
    painter.setPen(_pen(colour, square, 0.14))
    side = square.width()
    points = [(0.18, 0.54), (0.40, 0.76), (0.82, 0.27)]
    painter.drawPolyline([square.topLeft() + QPointF(x * side, y * side) for x, y in points])


def _not_met(painter: QPainter, square: QRectF, colour: QColor) -> None:
    painter.setPen(_pen(colour, square, 0.14))
    inset = square.width() * 0.24
    cross = square.adjusted(inset, inset, -inset, -inset)
    painter.drawLine(cross.topLeft(), cross.bottomRight())
    painter.drawLine(cross.topRight(), cross.bottomLeft())


def _letter(
    painter: QPainter, square: QRectF, colour: QColor, text: str = "?", share: float = 1.0
) -> None:
    font = QFont(painter.font())
    font.setPixelSize(max(6, round(square.height() * share)))
    font.setWeight(QFont.Weight.DemiBold)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(square, Qt.AlignmentFlag.AlignCenter, text)


def _not_judged(painter: QPainter, square: QRectF, colour: QColor) -> None:
    painter.setPen(_pen(colour, square))
    reach = QPointF(square.width() * 0.2, 0)
    painter.drawLine(square.center() - reach, square.center() + reach)


def _person(painter: QPainter, square: QRectF, colour: QColor) -> None:
    circle = _ring(painter, square, colour)
    middle, side = circle.center(), circle.width()
    painter.setPen(_pen(colour, square))
    painter.drawLine(middle - QPointF(0, side * 0.25), middle + QPointF(0, side * 0.06))
    painter.drawPoint(middle + QPointF(0, side * 0.26))


_PAINT = {
    "include": _include,
    "maybe": _maybe,
    "exclude": _exclude,
    "none": _undecided,
    "met": _met,
    "not-met": _not_met,
    "unclear": _letter,
    "": _not_judged,
    "person": _person,
}


def paint_outline(
    painter: QPainter,
    area: QRectF,
    look: Look,
    edge: str,
    *,
    fill: str = "",
    width: float = 1,
    inset: float = 0.5,
    radius: int = tokens.RADIUS,
) -> None:
    """Paint a round-cornered box whose edge lies `inset` pixels within `area`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(look.colour(edge), width))
    painter.setBrush(look.colour(fill) if fill else Qt.BrushStyle.NoBrush)
    box = area.adjusted(inset, inset, -inset, -inset)
    painter.drawRoundedRect(box, look.px(radius), look.px(radius))


def paint_fade(painter: QPainter, area: QRectF, look: Look) -> None:
    """Let what is in `area` fade into the page below it."""
    page, start = look.colour("page"), look.colour("page")
    start.setAlpha(0)
    fade = QLinearGradient(area.topLeft(), area.bottomLeft())
    fade.setColorAt(0, start)
    fade.setColorAt(0.9, page)
    painter.fillRect(area, fade)


def paint_drop(painter: QPainter, middle: QPointF, side: float, colour: QColor) -> None:
    """Paint the small triangle of what opens a list below."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    reach, drop = QPointF(side / 2, 0), QPointF(0, side * 0.35)
    painter.drawPolygon(QPolygonF([middle - reach - drop, middle + reach - drop, middle + drop]))


def paint_tile(painter: QPainter, rect: QRectF, look: Look, element: str, name: str = "") -> None:
    """Paint the tile of an element: its letter on its tint, over its own underline.

    A criterion of the team's own (element "other") takes the first letter of `name`.
    """
    strong, tint = look.element(element)
    known = tokens.ELEMENTS.get(element, tokens.ELEMENTS["other"])
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tint)
    painter.drawRoundedRect(rect, rect.width() / 6, rect.width() / 6)
    painter.setFont(look.font("strong"))
    top = QRectF(rect.left(), rect.top(), rect.width(), rect.height() * 0.8)
    _letter(painter, top, look.colour("text"), known.letter or name[:1].upper(), 0.72)
    inset = rect.width() * 0.2
    painter.setClipRect(rect.adjusted(inset, 0, -inset, 0))
    baseline = rect.bottom() - rect.height() * 0.17
    size = rect.height() / 24
    paint_underline(
        painter, known.underline, strong, rect.left() + inset, rect.right() - inset, baseline, size
    )
    painter.restore()


class _Square(QWidget):
    """A square that follows the text size; `size` is given at 100 %."""

    def __init__(self, size: int, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        follow(self, self.updateGeometry)

    def sizeHint(self) -> QSize:
        """As large as was asked for, at this text size."""
        side = look_of(self).px(self._size)
        return QSize(side, side)


class Mark(_Square):
    """A sign as a widget; its word is its accessible name."""

    def __init__(
        self, sign: str, *, size: int = 14, colour: str = "text", parent: QWidget | None = None
    ) -> None:
        super().__init__(size, parent)
        self._colour = colour
        self.set_sign(sign)

    def set_sign(self, sign: str) -> None:
        """Show another sign."""
        self._sign = sign
        self.setAccessibleName(SIGN_WORDS[sign])
        self.update()

    def set_colour(self, colour: str) -> None:
        """Show it in another colour of the tokens."""
        self._colour = colour
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sign."""
        look = look_of(self)
        painter = QPainter(self)
        painter.setFont(look.font("strong"))
        paint_sign(painter, QRectF(self.rect()), self._sign, look.colour(self._colour))


class ElementTile(_Square):
    """The tile of a PICOS element: the legend of its highlights."""

    def __init__(
        self, element: str, name: str = "", *, size: int = 24, parent: QWidget | None = None
    ) -> None:
        super().__init__(size, parent)
        self._element = element
        self._name = name
        self.setAccessibleName(name or element.replace("-", " ").capitalize())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the tile."""
        paint_tile(QPainter(self), QRectF(self.rect()), look_of(self), self._element, self._name)
