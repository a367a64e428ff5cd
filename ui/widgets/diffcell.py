"""One text of several side by side, with the words that differ marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.widgets.record_text import direction, plain, units
from ui.widgets.theme import follow, look_of


class DiffCell(QWidget):
    """Plain text whose differing words are underlined in the accent, on the wash, semibold.

    An empty text says "none".
    """

    def __init__(
        self,
        text: str = "",
        spans: Sequence[tuple[int, int]] = (),
        *,
        step: str = "body",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._step = step
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_text(text, spans)
        follow(self, self._restyle)

    def set_text(self, text: str, spans: Sequence[tuple[int, int]] = ()) -> None:
        """Show another text and what differs in it."""
        self._text = plain(text).replace("\n", "\u2028")
        self._spans = tuple(spans)
        self.setAccessibleName(text or "none")
        different = "; ".join(text[start:end] for start, end in self._spans)
        self.setAccessibleDescription(f"different: {different}" if different else "")
        self._restyle()

    def _restyle(self) -> None:
        self.updateGeometry()
        self.update()

    def _laid(self, width: float) -> tuple[QTextLayout, float]:
        look = look_of(self)
        layout = QTextLayout(self._text or "none", look.font(self._step))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        if direction(self._text) is Qt.LayoutDirection.RightToLeft:
            option.setTextDirection(Qt.LayoutDirection.RightToLeft)
            option.setAlignment(Qt.AlignmentFlag.AlignRight)
        layout.setTextOption(option)
        layout.setFormats([self._format(start, end) for start, end in self._spans])
        layout.beginLayout()
        top, height = 0.0, float(look.line(self._step))
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(1.0, width))
            line.setPosition(QPointF(0, top + (height - line.height()) / 2))
            top += max(height, line.height())
        layout.endLayout()
        return layout, top

    def _format(self, start: int, end: int) -> QTextLayout.FormatRange:
        look = look_of(self)
        form = QTextCharFormat()
        form.setFontWeight(QFont.Weight.DemiBold)
        form.setBackground(look.colour("wash"))
        form.setUnderlineStyle(QTextCharFormat.UnderlineStyle.SingleUnderline)
        form.setUnderlineColor(look.colour("accent"))
        piece = QTextLayout.FormatRange()
        piece.start = units(self._text[:start])
        piece.length = units(self._text[start:end])
        piece.format = form
        return piece

    def hasHeightForWidth(self) -> bool:
        """Say that text needs more lines where it is narrow."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines at that width."""
        return round(self._laid(width)[1]) + 1

    def sizeHint(self) -> QSize:
        """Ask for a column of moderate width."""
        width = look_of(self).px(240)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Stay wide enough to read."""
        return QSize(look_of(self).px(120), look_of(self).line(self._step))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text."""
        layout, _ = self._laid(self.width())
        painter = QPainter(self)
        painter.setPen(look_of(self).colour("text" if self._text else "quiet"))
        layout.draw(painter, QPointF(0, 0))
