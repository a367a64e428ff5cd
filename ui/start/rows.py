"""One row of the start page: a review, where its file lies, how far it is, and its doors."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.start.recent import Listed
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.clamped import ClampedWords
from ui.widgets.theme import look_of
from ui.widgets.words import Column, ElidedWords, Row, Words


class RecentRow(QWidget):
    """Opens its file with Enter or a click; a file that is gone can be looked for or forgotten."""

    opened = Signal(str)
    looked_for = Signal(str)
    forgotten = Signal(str)
    moved = Signal(int)
    """The arrow keys go to another row: -1 or 1."""

    def __init__(self, listed: Listed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._listed = listed
        self._there = listed.recent.there
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._build()
        self._lay_out()

    @property
    def path(self) -> str:
        """The path Enter opens."""
        return self._listed.recent.path

    def _build(self) -> None:
        recent, own = self._listed.recent, self._listed.own_copy
        self._title = ClampedWords(recent.title or recent.path, lines=2, step="name")
        whose = f"{recent.whose} and {own.whose}" if own else recent.whose
        self._place = ElidedWords(f"{whose}   ·   {recent.place}", step="small", colour="quiet")
        state = recent.state if self._there else "not found"
        self._state = Words(state, step="small", colour="quiet" if self._there else "warn")
        self._doors: list[Button] = []
        if not self._there:
            self._add_door("Look for it", "link", self.path, self.looked_for)
            self._add_door("Forget", "quiet", self.path, self.forgotten)
        elif own is not None and own.there:
            self._add_door("Screen", "link", own.path, self.opened)
            self._add_door("Review", "link", self.path, self.opened)
            self._state.setText(own.state)
        name = ", ".join(p for p in (self._title.text(), whose, self._state.text()) if p)
        self.setAccessibleName(name)

    def _add_door(self, words: str, kind: str, path: str, says: SignalInstance) -> None:
        door = Button(words, kind=kind)
        door.setObjectName(path)
        door.setAccessibleDescription(self._title.text())
        door.set_low()
        door.chose.connect(says)
        self._doors.append(door)

    def _lay_out(self) -> None:
        first = Row(gap=tokens.GAP_OUT).add((self._title, 1))
        for door in self._doors:
            first.addWidget(door, 0, Qt.AlignmentFlag.AlignTop)
        Column(self, gap=2, margins=(16, 12, 16, 12)).add(
            first, Row(gap=tokens.GAP_OUT).add((self._place, 1), self._state)
        )

    def open(self) -> None:
        """Open the file, or look for it when it is gone."""
        if self._there:
            self.opened.emit(self.path)
        else:
            self.looked_for.emit(self.path)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, move with the arrows, forget a missing file with Delete."""
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.open()
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.moved.emit(-1 if key == Qt.Key.Key_Up else 1)
        elif key == Qt.Key.Key_Delete and not self._there:
            self.forgotten.emit(self.path)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open with a click."""
        inside = self.rect().contains(event.position().toPoint())
        if inside and event.button() is Qt.MouseButton.LeftButton:
            self.open()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the wash of the row that has the focus."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the wash away."""
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the wash with its edge when focused, else the hairline below."""
        look = look_of(self)
        painter = QPainter(self)
        area = QRectF(self.rect())
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ring = look.px(tokens.RING)
            painter.setPen(QPen(look.colour("focus"), ring))
            painter.setBrush(look.colour("wash"))
            half = ring / 2
            radius = look.px(tokens.RADIUS)
            painter.drawRoundedRect(area.adjusted(half, half, -half, -half), radius, radius)
        else:
            painter.fillRect(QRectF(0, area.bottom() - 1, area.width(), 1), look.colour("line"))
