"""Plain text of a few lines at most, with an ellipsis where it goes on."""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPaintEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QWidget

from ui.widgets.words import ShortenedWords


class ClampedWords(ShortenedWords):
    """Shows at most `lines` lines, all of them with 0; a screen reader gets the whole text."""

    def __init__(
        self,
        text: str = "",
        *,
        lines: int,
        step: str = "body",
        colour: str = "text",
        parent: QWidget | None = None,
    ) -> None:
        self._lines = lines
        super().__init__(text, step=step, colour=colour, wrap=True, parent=parent)

    def set_lines(self, lines: int) -> None:
        """Show at most so many lines."""
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()
            self.update()

    def shown(self) -> str:
        """Return what is painted at the present width, its lines parted by line breaks."""
        return "\n".join(self._broken(self.width()))

    def is_cut(self) -> bool:
        """Say whether there are more lines than are shown."""
        return "".join(self._broken(self.width())).split() != self.text().split()

    def heightForWidth(self, width: int) -> int:
        """Ask for the lines that are shown."""
        if not self._lines:
            return super().heightForWidth(width)
        return self._line_height() * len(self._broken(width))

    def hasHeightForWidth(self) -> bool:
        """Say that the height follows the width."""
        return True

    def sizeHint(self) -> QSize:
        """Ask for no more lines than may be shown."""
        hint = super().sizeHint()
        return QSize(hint.width(), self._bounded(hint.height()))

    def minimumSizeHint(self) -> QSize:
        """Ask for no more lines than may be shown."""
        hint = super().minimumSizeHint()
        return QSize(hint.width(), self._bounded(hint.height()))

    def _bounded(self, height: int) -> int:
        return min(height, self._lines * self._line_height()) if self._lines else height

    def _line_height(self) -> int:
        return math.ceil(self.fontMetrics().lineSpacing())

    def _broken(self, width: int) -> list[str]:
        return broken(self.text(), self.font(), width, self._lines)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines that are shown."""
        if not self._lines:
            super().paintEvent(event)
            return
        lines, metrics = self._broken(self.width()), self.fontMetrics()
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        for number, line in enumerate(lines):
            left = 0.0
            if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
                left = self.width() - metrics.horizontalAdvance(line)
            painter.drawText(QPointF(left, metrics.ascent() + number * self._line_height()), line)


def broken(text: str, font: QFont, width: int, most: int) -> list[str]:
    """Break a text into lines of a width; of more than `most` the last ends in an ellipsis."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    starts = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(1, width))
        starts.append(line.textStart())
    layout.endLayout()
    ends = [*starts[1:], len(text)]
    found = [text[a:b].rstrip() for a, b in zip(starts, ends, strict=True)]
    if most and len(found) > most:
        rest, mode = text[starts[most - 1] :], Qt.TextElideMode.ElideRight
        found = [*found[: most - 1], QFontMetricsF(font).elidedText(rest, mode, max(1, width))]
    return found
