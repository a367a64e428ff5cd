"""One text of several side by side, with the words that differ marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from difflib import SequenceMatcher

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget
from rapidfuzz.distance import Indel

from ui.widgets.record_text import direction, plain, units
from ui.widgets.theme import follow, look_of

_WORD = re.compile(r"\w+|[^\w\s]")

Span = tuple[int, int]
_MOST_COMPARED = 500_000


def differing(texts: Sequence[str]) -> tuple[tuple[Span, ...], ...]:
    """Return, for each text, the stretches whose words differ from the first text.

    In the first text a stretch is marked when its words are missing from every other text that
    says anything. A stretch runs from its first word to its last; empty texts have none.
    """
    if not texts:
        return ()
    first = texts[0]
    found: list[tuple[Span, ...]] = [()]
    missing: list[set[int]] = []
    for text in texts[1:]:
        if not first or not text:
            found.append(())
            continue
        mine, others = _differing(first, text)
        missing.append(mine)
        found.append(_spans(text, others))
    if missing:
        found[0] = _spans(first, set.intersection(*missing))
    return tuple(found)


def _differing(one: str, other: str) -> tuple[set[int], set[int]]:
    """Return the numbers of the words of each that the other does not have in that place."""
    left = [word.casefold() for word in _WORD.findall(one)]
    right = [word.casefold() for word in _WORD.findall(other)]
    mine: set[int] = set()
    others: set[int] = set()
    for kind, a, b, c, d in _edits(left, right):
        if kind != "equal":
            mine.update(range(a, b))
            others.update(range(c, d))
    return mine, others


def _edits(left: list[str], right: list[str]) -> Iterable[tuple[str, int, int, int, int]]:
    """Return what makes one list of words the other.

    Blocks of words that stay together read best; of very long texts finding them takes seconds.
    """
    if len(left) * len(right) > _MOST_COMPARED:
        return (
            (edit.tag, edit.src_start, edit.src_end, edit.dest_start, edit.dest_end)
            for edit in Indel.opcodes(left, right)
        )
    return SequenceMatcher(None, left, right, autojunk=False).get_opcodes()


def _spans(text: str, numbers: set[int]) -> tuple[Span, ...]:
    """Join the words of those numbers into stretches of `text`."""
    spans: list[Span] = []
    before = -2
    for number, word in enumerate(_WORD.finditer(text)):
        if number not in numbers:
            continue
        if before == number - 1 and spans:
            spans[-1] = (spans[-1][0], word.end())
        else:
            spans.append((word.start(), word.end()))
        before = number
    return tuple(spans)


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
