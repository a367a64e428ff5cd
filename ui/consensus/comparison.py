"""The comparison beside the record: a column for each reviewer, a row for each thing recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.consensus.history import Settlement
from ui.consensus.item_painter import Cell, Column, ComparedRow
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.lists import paint_chosen
from ui.widgets.marks import SIGN_WORDS, ElementTile, Mark
from ui.widgets.scroll import ScrollArea
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column as Stack
from ui.widgets.words import Grid, Row, Surface, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a comparison shows: columns and rows, what was settled, what to be warned of."""

    noun: str
    columns: Sequence[Column] = ()
    rows: Sequence[ComparedRow] = ()
    warning: str = ""
    settlements: Sequence[Settlement] = ()


_TOP = Qt.AlignmentFlag.AlignTop
_MIDDLE = Qt.AlignmentFlag.AlignVCenter
LARGE = 130  # per cent of the usual size, for a projector


class Band(QWidget):
    """The wash with the accent bar under a row in dispute."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        follow(self, self._restyle)

    def _restyle(self) -> None:
        self.setMinimumHeight(look_of(self).px(tokens.DECISION))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the wash and the bar."""
        paint_chosen(QPainter(self), QRectF(self.rect()), self)


class Comparison(ScrollArea):
    """Who recorded what; `taken` carries the event of what is to be taken as agreed."""

    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Comparison")
        self.takes: list[Button] = []
        self._sheet: _Sheet | None = None
        self._large = self._tight = False

    def set_large(self, large: bool) -> None:
        """Set the words larger, for a projector (from the next item on)."""
        self._large = large

    def show_compared(self, compared: Compared) -> None:
        """Show what was recorded on one item."""
        self.takes = []
        sheet = _Sheet(compared, large=self._large)
        sheet.set_tight(self._tight)
        self.takes = sheet.takes
        for button in self.takes:
            button.chose.connect(self.taken)
        # Setting another widget deletes the one before.
        self.setWidget(sheet)
        self._sheet = sheet

    def set_tight(self, tight: bool) -> None:
        """Say an element by its letter only, where there is no room for its name."""
        self._tight = tight
        if self._sheet is not None:
            self._sheet.set_tight(tight)

    def least_width(self) -> int:
        """Return the width in which no column is cut."""
        inside = self._sheet.minimumSizeHint().width() if self._sheet is not None else 0
        return inside + self.verticalScrollBar().sizeHint().width()


class _Sheet(Surface):
    """The comparison of one item; made anew for the next."""

    def __init__(self, compared: Compared, *, large: bool) -> None:
        super().__init__("page")
        self._compared = compared
        self._large = large
        self.takes: list[Button] = []
        self._names: list[Words] = []
        stack = Stack(self, gap=0, margins=(0, 6, 16, 16))
        if compared.warning:
            stack.addLayout(self._warned())
        for settlement in compared.settlements:
            stack.addWidget(self._settled(settlement))
        stack.addSpacing(look_of(self).px(8) if compared.settlements else 0)
        self._grid = Grid(gap=8, row_gap=6)
        stack.addLayout(self._grid)
        stack.addStretch(1)
        self._row = 0
        if compared.columns:
            self._fill()

    def _warned(self) -> Row:
        line = Row(gap=8, margins=(16, 0, 0, 12)).add(
            (Mark("person", size=18, colour="warn"), Qt.AlignmentFlag.AlignTop)
        )
        words = Words(self._compared.warning, colour="warn", wrap=True)
        words.setAccessibleName(self._compared.warning)
        line.addWidget(words, 1)
        return line

    def _settled(self, settlement: Settlement) -> QWidget:
        """Show what one meeting settled: verdict and reason, below it who and why."""
        holder = QWidget()
        line = Row(holder, gap=8, margins=(16, 0, 0, 10))
        if settlement.verdict and settlement.verdict in SIGN_WORDS:
            line.addWidget(Mark(settlement.verdict, size=self._grow(16)), 0, _TOP)
        lines = Stack(gap=1)
        lines.addWidget(self._words(settlement.words, "strong", wrap=True))
        if settlement.who:
            lines.addWidget(self._words(settlement.who, "small", "quiet", wrap=True))
        if settlement.why:
            lines.addWidget(self._words(settlement.why, "note", wrap=True))
        line.addLayout(lines, 1)
        spoken = (settlement.words, settlement.who, settlement.why)
        holder.setAccessibleName(f"Settled: {', '.join(part for part in spoken if part)}")
        return holder

    # --- rows ------------------------------------------------------------------------------------

    def _fill(self) -> None:
        columns, (first, *behind) = self._compared.columns, self._compared.rows
        for at, column in enumerate(columns):
            self._grid.setColumnStretch(at + 1, 1)
            words = self._words(column.title, "label", "quiet", wrap=True)
            words.setMinimumWidth(look_of(self).px(60))
            words.setAccessibleName(f"{column.title}, column")
            self._grid.addWidget(words, 0, at + 1, _TOP)
        self._add_row(first)
        self._take_row()
        self._gap()
        for row in behind:
            if row.gap:
                self._gap()
            self._add_row(row)

    def _grow(self, size: int) -> int:
        return round(size * LARGE / 100) if self._large else size

    def _words(self, text: str, step: str, colour: str = "text", *, wrap: bool = False) -> Words:
        words = Words(text, step=step, colour=colour, wrap=wrap)
        if self._large:
            words.setFont(look_of(words).font(step, percent=LARGE))
        return words

    def _next(self) -> int:
        self._row += 1
        return self._row

    def _gap(self) -> None:
        self._grid.setRowMinimumHeight(self._next(), look_of(self).px(8))

    def _add_row(self, row: ComparedRow) -> None:
        """Put a label and its cells, each named in full for a screen reader."""
        at, columns = self._next(), self._compared.columns
        side = _MIDDLE if row.element or row.disputed else _TOP
        if row.disputed:
            self._grid.addWidget(Band(), at, 0, 1, len(columns) + 1)
        self._grid.addWidget(self._label(row), at, 0, side)
        for place, (column, cell) in enumerate(zip(columns, row.cells, strict=True), 1):
            if cell is not None:
                widget = self._cell(cell)
                widget.setAccessibleName(f"{column.title}, {cell.spoken}")
                self._grid.addWidget(widget, at, place, side)

    def _label(self, row: ComparedRow) -> QWidget:
        if not row.element:
            words = self._words(row.label, "small", "quiet")
            words.setContentsMargins(look_of(self).px(16), 0, 0, 0)
            return words
        holder = QWidget()
        step, colour = ("strong", "accent") if row.disputed else ("small", "text")
        name = self._words(row.label, step, colour)
        self._names.append(name)
        Row(holder, gap=8, margins=(16, 3, 0, 3)).add(
            ElementTile(row.element, row.label, size=self._grow(20)), (name, 1)
        )
        return holder

    def set_tight(self, tight: bool) -> None:
        """Show or leave out the names of the elements."""
        least = 0 if tight else look_of(self).px(self._grow(118))
        self._grid.setColumnMinimumWidth(0, least)
        for name in self._names:
            name.setHidden(tight)

    def _cell(self, cell: Cell) -> QWidget:
        words = self._words(cell.words, cell.step, cell.colour, wrap=cell.wrap)
        if cell.wrap:
            return words
        holder = QWidget()
        line = Row(holder, gap=6)
        if cell.mark is not None:
            size = 13 if cell.step == "small" else 16
            line.addWidget(Mark(cell.mark, size=self._grow(size), colour=cell.colour))
        line.addWidget(words, 1)
        return holder

    def _take_row(self) -> None:
        row, columns = self._next(), self._compared.columns
        real = [at for at, c in enumerate(columns) if c.event and not c.settled]
        for at in real:
            key = "Left" if at == real[0] else "Right" if at == real[-1] else ""
            button = Button("take", kind="link", key=key)
            button.setObjectName(columns[at].event)
            button.setAccessibleName(
                f"Take the {self._compared.noun} of {columns[at].title}"
                + (f", key {key}" if key else "")
            )
            self.takes.append(button)
            self._grid.addWidget(button, row, at + 1, Qt.AlignmentFlag.AlignLeft)


def taken_by(columns: Sequence[Column], way: str) -> str:
    """Return the event of what ← or → takes, "" when there is none."""
    events = [c.event for c in columns if c.event and not c.settled]
    if not events:
        return ""
    return events[0] if way == "left" else events[-1] if len(events) > 1 else ""
