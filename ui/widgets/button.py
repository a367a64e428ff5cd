"""What is pressed: buttons, quiet words that act, and the decision buttons with their marks."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from screener.model.words import one_line
from ui.widgets import tokens
from ui.widgets.keycap import cap_size, key_spoken, paint_cap
from ui.widgets.marks import paint_sign
from ui.widgets.ring import Ringed
from ui.widgets.theme import Look, follow, look_of

Does = Callable[[], object] | SignalInstance
"""What a press does: a method, or a signal that says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Paint:
    """The colours of a button in one state; an empty fill or edge is not drawn."""

    fill: str
    edge: str
    text: str
    second: str
    cap: str
    width: int = 1


_EDGE = Paint(fill="raised", edge="edge", text="text", second="quiet", cap="quiet")
_FILLED = Paint(fill="accent", edge="", text="on_accent", second="on_accent", cap="on_accent")
_LINK = Paint(fill="", edge="", text="accent", second="accent", cap="quiet")
_QUIET = Paint(fill="", edge="", text="quiet", second="quiet", cap="quiet")
_CHOSEN = Paint(fill="wash", edge="accent", text="accent", second="accent", cap="accent", width=2)
_OFF = Paint(fill="", edge="line", text="quiet", second="quiet", cap="quiet")
_OFF_WORDS = _QUIET
_WORDS = Paint(fill="", edge="", text="text", second="quiet", cap="quiet")
_KINDS = {"edge": _EDGE, "filled": _FILLED, "link": _LINK, "quiet": _QUIET, "words": _WORDS}


class Button(Ringed, QAbstractButton):
    """A button: words, perhaps a second line below them, perhaps the key that presses it.

    `kind` is "edge" (ordinary), "filled" (at most one on a page), "link" (words in the accent),
    "quiet" (grey words) or "words" (words in the colour of text).
    Space and Enter press it while it has the focus: it `does` what it is for, and `chose` carries
    its `name`. A screen reader says what is `spoken` in place of the words; a `low` one is as low
    as a key cap, in small type.
    """

    chose = Signal(str)
    lead = tail = 0
    """Room before and after the words, at 100 %; a subclass draws its mark there."""

    def __init__(
        self,
        text: str,
        *,
        kind: str = "edge",
        key: str = "",
        second: str = "",
        name: str = "",
        spoken: str = "",
        low: bool = False,
        does: Does | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._kind = kind
        self.key = key
        self._second = second
        self._spoken = spoken
        self._low = low
        self._key_first = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setText(text)
        self.clicked.connect(self._on_clicked)
        if does is not None:
            self.clicked.connect(does)
        follow(self, self._restyle)

    def _on_clicked(self) -> None:
        self.chose.emit(self.objectName())

    def set_key(self, key: str) -> None:
        """Show another key (the button does not listen for it: the page's actions do)."""
        self.key = key
        self._restyle()

    def set_second(self, second: str) -> None:
        """Write another second line; an empty one goes away."""
        self._second = second
        self._restyle()

    def set_kind(self, kind: str) -> None:
        """Look like another kind of button."""
        self._kind = kind
        self._restyle()

    def set_spoken(self, name: str) -> None:
        """Have a screen reader say `name` in place of the words."""
        self._spoken = name
        self._restyle()

    def set_low(self, *, key_first: bool = False) -> None:
        """Be as low as a key cap, in small type, perhaps with the key before the words."""
        self._low = True
        self._key_first = key_first
        self._restyle()

    def setText(self, text: str) -> None:
        """Change the words; they are one line, and no name in them turns it around."""
        super().setText(one_line(text))
        self._restyle()

    def _name(self) -> str:
        parts = [
            self._spoken or self.text(),
            f"key {key_spoken(self.key)}" if self.key else "",
            self._second,
        ]
        return ", ".join(part for part in parts if part)

    def _restyle(self) -> None:
        self.setAccessibleName(self._name())
        self.updateGeometry()
        self.update()

    def _colours(self) -> Paint:
        if not self.isEnabled():
            return _OFF if self._kind in ("edge", "filled") else _OFF_WORDS
        if self.isCheckable() and self.isChecked():
            return _CHOSEN
        return _KINDS[self._kind]

    def _inset(self, look: Look) -> int:
        return look.px(14) if self._kind in ("edge", "filled") else 0

    def _fonts(self) -> tuple[str, str]:
        if self._low:
            return "small", "small"
        return "strong" if self._kind == "filled" or self._second else "body", "small"

    def _height(self) -> int:
        if self._second:
            return tokens.DECISION + 12
        if self._low:
            return tokens.LOW
        return tokens.CONTROL

    def sizeHint(self) -> QSize:
        """Room for the words, the second line and the key cap."""
        look = look_of(self)
        width = self._width_for(look, self.text(), self._second)
        return QSize(width, look.px(self._height()))

    def _width_for(self, look: Look, *lines: str) -> int:
        """Return the width of lines of words with everything around them."""
        words = max(map(look.width, self._fonts(), lines))
        around = 2 * self._inset(look) + look.px(self.lead) + look.px(self.tail)
        width = around + math.ceil(words)
        if self.key:
            width += cap_size(look, self.key).width() + (look.px(tokens.GAP) if words else 0)
        return width

    def minimumSizeHint(self) -> QSize:
        """Words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint edge and fill, then the words, then the key cap."""
        look, paint = look_of(self), self._colours()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_box(painter, look, paint)
        area = QRectF(self.rect()).adjusted(self._inset(look), 0, -self._inset(look), 0)
        right_to_left = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        if self.key:
            key_left = right_to_left is not self._key_first
            area = self._paint_key(painter, look, paint, area, mirrored=key_left)
        first, last = look.px(self.lead), look.px(self.tail)
        if right_to_left:
            first, last = last, first
        left = QRectF(area.left(), area.top(), first, area.height())
        right = QRectF(area.right() - last, area.top(), last, area.height())
        self._paint_words(painter, look, paint, area.adjusted(first, 0, -last, 0))
        self._paint_lead(painter, look, paint, right if right_to_left else left)
        self._paint_tail(painter, look, paint, left if right_to_left else right)

    def _paint_box(self, painter: QPainter, look: Look, paint: Paint) -> None:
        if not (paint.fill or paint.edge):
            return
        half = look.px(paint.width) / 2 if paint.edge else 0
        box = QRectF(self.rect()).adjusted(half, half, -half, -half)
        painter.setPen(QPen(look.colour(paint.edge), 2 * half) if half else Qt.PenStyle.NoPen)
        painter.setBrush(look.colour(paint.fill) if paint.fill else Qt.BrushStyle.NoBrush)
        if self.isDown() and paint.fill == "raised":
            painter.setBrush(look.colour("wash"))
        radius = look.px(tokens.RADIUS)
        painter.drawRoundedRect(box, radius, radius)

    def _paint_key(
        self, painter: QPainter, look: Look, paint: Paint, area: QRectF, *, mirrored: bool
    ) -> QRectF:
        size = cap_size(look, self.key)
        cap = QRectF(0, 0, size.width(), size.height())
        middle = area.left() + cap.width() / 2 if mirrored else area.right() - cap.width() / 2
        cap.moveCenter(QPointF(middle, area.center().y()))
        cap.moveTo(round(cap.x()), round(cap.y()))
        paint_cap(painter, cap, look, self.key, look.colour(paint.cap))
        gone = cap.width() + look.px(tokens.GAP)
        return area.adjusted(gone if mirrored else 0, 0, 0 if mirrored else -gone, 0)

    def _paint_words(self, painter: QPainter, look: Look, paint: Paint, area: QRectF) -> None:
        first, second = self._fonts()
        align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.setLayoutDirection(self.layoutDirection())
        upper = area
        if self._second:
            height = look.line(first) + look.line(second) - look.px(4)
            top = area.center().y() - height / 2
            upper = QRectF(area.left(), top, area.width(), look.line(first))
            lower = QRectF(
                area.left(), top + height - look.line(second), area.width(), look.line(second)
            )
            painter.setFont(look.font(second))
            painter.setPen(look.colour(paint.second))
            painter.drawText(lower, align, _fitting(painter, self._second, area))
        painter.setFont(look.font(first))
        painter.setPen(look.colour(paint.text))
        painter.drawText(upper, align, _fitting(painter, self.text(), area))

    def _paint_lead(self, painter: QPainter, look: Look, paint: Paint, area: QRectF) -> None:
        """Paint what stands before the words; nothing on an ordinary button."""

    def _paint_tail(self, painter: QPainter, look: Look, paint: Paint, area: QRectF) -> None:
        """Paint what stands after the words; nothing on an ordinary button."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button as Space does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)


def _fitting(painter: QPainter, text: str, area: QRectF) -> str:
    """Return the text, with an ellipsis where a layout gave less room than was asked for."""
    return painter.fontMetrics().elidedText(
        text, Qt.TextElideMode.ElideRight, math.ceil(area.width())
    )


class DecisionButton(Button):
    """A verdict as a button: its mark, its word, its key.

    `state` is "plain", "suggested" (the reviewer's own judgements speak for it), "decided" (it is
    the decision) or "quiet" (nothing can be decided now).
    """

    lead = 24

    def __init__(
        self, verdict: str, text: str = "", *, key: str = "", parent: QWidget | None = None
    ) -> None:
        self._verdict = verdict
        self.state = "plain"
        super().__init__(text or verdict.capitalize(), key=key, parent=parent)

    def set_state(self, state: str, second: str = "") -> None:
        """Show a state, with a second line such as "suggested · Enter"."""
        self.state = state
        self.setEnabled(state != "quiet")
        self.set_second(second)

    def _name(self) -> str:
        words = super()._name()
        unsaid = self.state in ("suggested", "decided") and self.state not in self._second
        return f"{words}, {self.state}" if unsaid else words

    def _colours(self) -> Paint:
        if self.state == "quiet" or not self.isEnabled():
            return _OFF_WORDS
        return _EDGE if self.state == "plain" else _CHOSEN

    def _fonts(self) -> tuple[str, str]:
        return "strong", "small"

    def _height(self) -> int:
        return tokens.DECISION

    def whole_width(self) -> int:
        """Return the width in which nothing is cut, the second line either."""
        return super().sizeHint().width()

    def sizeHint(self) -> QSize:
        """Keep a generous width, so that the three look alike and nothing jumps."""
        hint = super().sizeHint()
        return QSize(max(hint.width(), look_of(self).px(144)), hint.height())

    def minimumSizeHint(self) -> QSize:
        """Ask for the word and its key; the second line ends in three dots."""
        look = look_of(self)
        return QSize(self._width_for(look, self.text()), look.px(self._height()))

    def _paint_lead(self, painter: QPainter, look: Look, paint: Paint, area: QRectF) -> None:
        side = look.px(15)
        mark = QRectF(area.left(), area.center().y() - side / 2, side, side)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            mark.moveRight(area.right())
        painter.setFont(look.font("strong"))
        paint_sign(painter, mark, self._verdict, look.colour(paint.text))
