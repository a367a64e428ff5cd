"""The start page: recent reviews at the left, new, open and the example at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.start.recent import RecentFiles
from ui.start.rows import RecentRow
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, Row, Space, Surface, Words, drop

WIDE = 900
EXAMPLE = "150 invented records to try"
DOORS = 272


class StartPage(Surface):
    """What is seen when no file is open."""

    new_asked = Signal()
    open_asked = Signal()
    example_asked = Signal()
    opened = Signal(str)
    looked_for = Signal(str)

    def __init__(self, recent: RecentFiles, parent: QWidget | None = None) -> None:
        super().__init__("page", parent)
        self._recent = recent
        self._rows: list[RecentRow] = []
        self._build()
        self._lay_out()
        self._connect()
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

    def _lay_out(self) -> None:
        inner = Surface("page")
        column = Column(inner, gap=4, margins=(120, 88, 120, 32)).add(
            self._name, self._sentence, Space(40)
        )
        self._columns = Row(gap=72)
        left = Column(gap=8).add(self._heading, self._none)
        self._list = Column(gap=0)
        left.add(self._list, 1)
        self._side = QWidget()
        Column(self._side, gap=12).add(
            self.new, self.open, self.example, Space(16), self._promise, 1
        )
        self._columns.add((left, 1), self._side)
        column.addLayout(self._columns, 1)
        self._outer = column
        Column(self).addWidget(ScrollArea(inner))

    def _connect(self) -> None:
        self.new.clicked.connect(self.new_asked)
        self.open.clicked.connect(self.open_asked)
        self.example.clicked.connect(self.example_asked)
        self._recent.changed.connect(self.refresh)

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
