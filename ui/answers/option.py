"""The options of a question: lines with their numbers, of which a key or a click chooses."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.answers.given import Choice
from ui.widgets import tokens
from ui.widgets.keycap import cap_size, paint_cap
from ui.widgets.marks import paint_sign
from ui.widgets.theme import Look, follow, look_of
from ui.widgets.words import announce

LINE, BOX = 26, 56
"""The least height of an option in a list, and of one in a box of its own."""
_SPECIAL = 150
"""The width of the column of special values."""
_NARROW = 400
"""Where the form is narrower, special values follow below the options."""
_DIGITS = "1234567890"
_WRAP = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap


def digit(number: int) -> str:
    """Return the key of the option of a number; "" for those beyond the row of digits."""
    return _DIGITS[number - 1] if number <= len(_DIGITS) else ""


class OptionLine(QAbstractButton):
    """One option: its key, its words over as many lines as they need, its score in words.

    A `boxed` one has an edge, as a decision has; the chosen one says that it is.
    """

    def __init__(
        self, choice: Choice, *, boxed: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.choice = choice
        self._boxed = boxed
        self._marked = False
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCheckable(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.set_chosen(chosen=False)
        follow(self, self.updateGeometry)

    def nextCheckState(self) -> None:  # noqa: N802 - Qt's name
        """Stay as it was when pressed: what is chosen is told by `set_chosen`."""

    def set_chosen(self, *, chosen: bool) -> None:
        """Say whether this is the answer."""
        self.setChecked(chosen)
        score = f"score {self.choice.score}" if self.choice.score else ""
        key = digit(self.choice.number)
        parts = [self.choice.words, f"key {key}" if key else "", score, "chosen" if chosen else ""]
        self.setAccessibleName(", ".join(part for part in parts if part))
        self.update()

    def set_marked(self, *, marked: bool) -> None:
        """Say whether arrows stand on it; that answers nothing."""
        self._marked = marked
        self.update()

    def _tail(self) -> str:
        score = f"score {self.choice.score}" if self.choice.score else ""
        if self._boxed and self.isChecked():
            return " · ".join(part for part in (score, "your answer") if part)
        return score

    def _words_area(self, look: Look, width: int) -> QRectF:
        inset = look.px(16) if self._boxed else 0
        left = inset + look.px(tokens.LOW) + look.px(10)
        tail = self._tail_width(look)
        return QRectF(left, 0, max(1, width - left - inset - tail), 0)

    def _tail_width(self, look: Look) -> int:
        tail = QFontMetricsF(look.font("small")).horizontalAdvance(self._tail())
        mark = look.px(24) if self.isChecked() and not self._boxed else 0
        return round(tail) + (look.px(16) if tail else 0) + mark

    def _step(self) -> str:
        return "strong" if self._boxed else "body"

    def heightForWidth(self, width: int) -> int:
        """Be as high as the words need."""
        look = look_of(self)
        area = self._words_area(look, width)
        area.setHeight(100_000)
        words = QFontMetricsF(look.font(self._step())).boundingRect(area, _WRAP, self.choice.words)
        least = BOX if self._boxed else LINE
        around = 18 if self._boxed else 6
        return max(look.px(least), round(words.height()) + look.px(around))

    def sizeHint(self) -> QSize:
        """Ask for the height its width needs."""
        return QSize(look_of(self).px(160), self.heightForWidth(self.width()))

    def minimumSizeHint(self) -> QSize:
        """Words wrap: any width will do."""
        return QSize(look_of(self).px(96), look_of(self).px(LINE))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the box, the key, the words and the score."""
        look, painter = look_of(self), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = self.isChecked()
        if self._boxed:
            self._paint_box(painter, look, chosen=chosen)
        inset = look.px(16) if self._boxed else 0
        key = digit(self.choice.number)
        if key:
            size = cap_size(look, key)
            cap = QRectF(inset, (self.height() - size.height()) // 2, size.width(), size.height())
            colour = look.colour("accent" if chosen else "quiet")
            paint_cap(painter, cap, look, key, colour)
        area = self._words_area(look, self.width())
        area.setHeight(self.height())
        painter.setFont(look.font(self._step()))
        painter.setPen(look.colour("accent" if chosen else "text"))
        painter.drawText(area, int(_WRAP), self.choice.words)
        tail = QRectF(area.right(), 0, self.width() - inset - area.right(), self.height())
        if chosen and not self._boxed:
            side = look.px(14)
            mark = QRectF(tail.right() - side, tail.center().y() - side / 2, side, side)
            paint_sign(painter, mark, "met", look.colour("accent"))
            tail.setRight(mark.left() - look.px(8))
        painter.setFont(look.font("small"))
        painter.setPen(look.colour("accent" if chosen else "quiet"))
        side_ = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(tail, side_, self._tail())
        if self._marked:
            self._paint_mark(painter, look)

    def _paint_mark(self, painter: QPainter, look: Look) -> None:
        width = look.px(2)
        painter.setPen(QPen(look.colour("accent"), width, Qt.PenStyle.DotLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius, half = look.px(tokens.RADIUS_SMALL), width / 2
        area = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(area, radius, radius)

    def _paint_box(self, painter: QPainter, look: Look, *, chosen: bool) -> None:
        width = look.px(2 if chosen else 1)
        half = width / 2
        painter.setPen(QPen(look.colour("accent" if chosen else "edge"), width))
        painter.setBrush(look.colour("wash" if chosen else "raised"))
        radius = look.px(tokens.RADIUS)
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.drawRoundedRect(box, radius, radius)
        painter.setBrush(Qt.BrushStyle.NoBrush)


class Options(QWidget):
    """The options of one question; it has the keyboard while they are chosen from.

    Special values stand in a column of their own, or below where there is no room.
    """

    chosen = Signal(str)
    """The id of the option that was clicked."""

    def __init__(self, name: str, *, boxed: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._boxed = boxed
        self.lines: list[OptionLine] = []
        self.marked = ""
        """The id of the option that arrows stand on, "" where they stand on none."""
        self.taken = False
        """Whether it was taken, or given up, since arrows came to it."""
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        follow(self, self._restyle)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these options."""
        for line in self.lines:
            line.hide()
            line.deleteLater()
        self.lines = []
        for choice in choices:
            line = OptionLine(choice, boxed=self._boxed, parent=self)
            line.setFocusProxy(self)
            line.clicked.connect(self._on_clicked)
            self.lines.append(line)
            line.show()
        self._restyle()

    def show_chosen(self, ids: set[str]) -> None:
        """Mark what is chosen; a screen reader hears it as the description."""
        for line in self.lines:
            line.set_chosen(chosen=line.choice.id in ids)
        words = [line.choice.words for line in self.lines if line.isChecked()]
        self.setAccessibleDescription("; ".join(words) or "to answer")

    def move_mark(self, by: int) -> None:
        """Let arrows stand on the option below (1) or above (-1), from the chosen one."""
        at = next((n for n, one in enumerate(self.lines) if one.choice.id == self.marked), None)
        if at is None:
            at = next((n for n, one in enumerate(self.lines) if one.isChecked()), None)
        place = (0 if by > 0 else len(self.lines) - 1) if at is None else at + by
        if 0 <= place < len(self.lines):
            self.mark(self.lines[place].choice.id)
            announce(self, self.lines[place].accessibleName())

    def mark(self, id_: str) -> None:
        """Let arrows stand on an option, or on none."""
        self.marked, self.taken = id_, False
        for line in self.lines:
            line.set_marked(marked=line.choice.id == id_)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the mark away with the keyboard."""
        super().focusOutEvent(event)
        self.mark("")

    def _on_clicked(self) -> None:
        line = self.sender()
        if isinstance(line, OptionLine):
            self.chosen.emit(line.choice.id)

    def _restyle(self) -> None:
        self._lay(self.width())
        self.updateGeometry()

    def _lay(self, width: int, *, place: bool = True) -> int:
        """Place the lines in a width, or only measure; returns the height."""
        px = look_of(self).px
        gap = px(8) if self._boxed else 0
        plain = [line for line in self.lines if not line.choice.special]
        special = [line for line in self.lines if line.choice.special]
        beside = bool(plain and special) and not self._boxed and width >= px(_NARROW)
        first = width - px(_SPECIAL) - px(16) if beside else width
        bottom = top = 0
        for line in plain:
            top = _put(line, 0, top, first, place=place) + gap
        bottom, left, second = top, 0, width
        if beside:
            left, second, top = width - px(_SPECIAL), px(_SPECIAL), 0
        for line in special:
            top = _put(line, left, top, second, place=place) + gap
        return max(bottom, top, gap) - gap

    def hasHeightForWidth(self) -> bool:
        """Words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Be as high as the lines are in this width."""
        return self._lay(width, place=False)

    def sizeHint(self) -> QSize:
        """Ask for the height the width needs."""
        return QSize(look_of(self).px(320), self.heightForWidth(max(self.width(), 1)))

    def minimumSizeHint(self) -> QSize:
        """Any width will do."""
        return QSize(look_of(self).px(96), 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the lines anew."""
        super().resizeEvent(event)
        self._lay(self.width())


def _put(line: OptionLine, left: int, top: int, width: int, *, place: bool) -> int:
    height = line.heightForWidth(width)
    if place:
        line.setGeometry(left, top, width, height)
    return top + height
