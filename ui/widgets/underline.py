"""How the words of each PICOS element are underlined: readable without any colour."""

from __future__ import annotations

from math import floor

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QPainter, QPen


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
