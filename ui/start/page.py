"""The start page: recent reviews at the left, new, open and the example at the right."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal, SignalInstance
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.start.recent import Listed, RecentFiles
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.clamped import ClampedWords
from ui.widgets.marks import paint_outline
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, ElidedWords, Row, Space, Surface, Words, drop


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
        recent, own = self._listed.recent, self._listed.own_copy
        self._title = ClampedWords(recent.title or recent.path, lines=2, step="name")
        whose = f"{recent.whose} and {own.whose}" if own else recent.whose
        self._place = ElidedWords(
            f"{whose}   ·   {listed.last.place}", step="small", colour="quiet"
        )
        state = recent.state if self._there else "not found"
        self._state = Words(state, step="small", colour="quiet" if self._there else "warn")
        self._doors: list[Button] = []
        if not self._there:
            self._add_door("Look for it", "link", self.path, self.looked_for)
            self._add_door("Forget", "quiet", self.path, self.forgotten)
        elif own is not None and own.there:
            self._add_door("Screen", "link", own.path, self.opened)
            self._add_door("Review", "link", recent.path, self.opened)
            self._state.setText(own.state)
        name = ", ".join(p for p in (self._title.text(), whose, self._state.text()) if p)
        self.setAccessibleName(name)
        first = Row(gap=tokens.GAP_OUT).add((self._title, 1))
        for door in self._doors:
            first.addWidget(door, 0, Qt.AlignmentFlag.AlignTop)
        Column(self, gap=2, margins=(16, 12, 16, 12)).add(
            first, Row(gap=tokens.GAP_OUT).add((self._place, 1), self._state)
        )

    @property
    def path(self) -> str:
        """The path Enter opens: that of the file that was open last."""
        return self._listed.last.path

    def _add_door(self, words: str, kind: str, path: str, says: SignalInstance) -> None:
        door = Button(words, kind=kind, name=path, low=True)
        door.setAccessibleDescription(self._title.text())
        door.chose.connect(says)
        self._doors.append(door)

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
            ring = look.px(tokens.RING)
            paint_outline(painter, area, look, "focus", fill="wash", width=ring, inset=ring / 2)
        else:
            painter.fillRect(QRectF(0, area.bottom() - 1, area.width(), 1), look.colour("line"))


WIDE = 900
EXAMPLE = "155 invented records to try"
DOORS = 272


class StartPage(Surface):
    """What is seen when no file is open."""

    opened = Signal(str)
    looked_for = Signal(str)

    def __init__(self, recent: RecentFiles, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._recent = recent
        self._rows: list[RecentRow] = []
        self._build()
        inner = Surface("page")
        self._list = Column(gap=0)
        left = Column(gap=8).add(self._heading, self._none, self._list, 1)
        doors = (self.new, self.open, self.example)
        self._side = Column(gap=12).add(*doors, Space(16), self._promise, 1).boxed()
        self._columns = Row(gap=72).add((left, 1), self._side)
        self._outer = Column(inner, gap=4, margins=(120, 88, 120, 32)).add(
            self._name, self._sentence, Space(40), (self._columns, 1)
        )
        Column(self).addWidget(ScrollArea(inner))
        self._recent.changed.connect(self.refresh)
        self.refresh()
        follow(self, self._spread)

    def _build(self) -> None:
        self._name = Words("Screener", step="display")
        self._sentence = Words(
            "Two reviewers, one review, each on a laptop.", step="note", colour="quiet"
        )
        self._heading = Words("Recent", step="label", colour="quiet")
        self._none = Words(
            "Nothing was open yet. Begin a review, open the file a coordinator sent you, or try "
            "the example.",
            step="note",
            colour="quiet",
            wrap=True,
        )
        self.new = Button(
            "New review", kind="filled", key="Ctrl+N", second="Question, criteria, reviewers"
        )
        self.open = Button("Open", key="Ctrl+O", second="A project or a reviewer’s copy")
        self.example = Button("Open the example", second=EXAMPLE)
        self._promise = Words(
            "A project is one file. It stays on this computer; nothing is sent anywhere.",
            step="small",
            colour="quiet",
            wrap=True,
        )
        for button in (self.new, self.open, self.example):
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def refresh(self) -> None:
        """Show the recent files as they are now."""
        drop(*self._rows)
        self._rows = [RecentRow(listed) for listed in self._recent.listed()]
        for row in self._rows:
            row.opened.connect(self.opened)
            row.looked_for.connect(self.looked_for)
            row.forgotten.connect(self._recent.forget)
            row.moved.connect(self._on_moved)
            self._list.addWidget(row)
        self._heading.setVisible(bool(self._rows))
        self._none.setVisible(not self._rows)

    def focus_first(self) -> None:
        """Put the keyboard on the file that was open last, or on *New review*."""
        first: QWidget = self._rows[0] if self._rows else self.new
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_moved(self, by: int) -> None:
        row = self.sender()
        if isinstance(row, RecentRow) and row in self._rows:
            place = self._rows.index(row) + by
            if 0 <= place < len(self._rows):
                self._rows[place].setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_keys(self, new: str, open_: str) -> None:
        """Show other keys on the doors."""
        self.new.set_key(new)
        self.open.set_key(open_)

    def _spread(self) -> None:
        """Give the doors a place beside the list, or below it where the page is narrow."""
        look = look_of(self)
        wide = self.width() >= look.px(WIDE)
        direction = Row.Direction.LeftToRight if wide else Row.Direction.TopToBottom
        self._columns.setDirection(direction)
        self._columns.setSpacing(look.px(72 if wide else 24))
        self._side.setMaximumWidth(look.px(DOORS) if wide else 16_777_215)
        self._side.setMinimumWidth(look.px(DOORS) if wide else 0)
        edge = look.px(120 if self.width() >= look.px(1120) else tokens.MARGIN)
        top = look.px(88 if wide else tokens.MARGIN)
        self._outer.setContentsMargins(edge, top, edge, look.px(tokens.MARGIN))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the page for its new width."""
        super().resizeEvent(event)
        self._spread()
