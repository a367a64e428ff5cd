"""The comparison beside the record: one column per decision, one row per thing recorded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from screener.model import Protocol
from ui.consensus.history import Settlement, day
from ui.consensus.reveal import Column, Level, is_real, verdict_words
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
    """What a comparison shows: its columns, what is in dispute, how much is seen."""

    columns: tuple[Column, ...] = ()
    disputed: tuple[str, ...] = ()
    level: Level = Level.RECORD
    protocol: Protocol
    warning: str = ""
    settlements: tuple[Settlement, ...] = ()


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
    """Who decided what; `taken` carries the event of a decision to take as the outcome."""

    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setAccessibleName("Comparison")
        self.takes: list[Button] = []
        self._sheet: Surface | None = None
        self._large = False

    def set_large(self, large: bool) -> None:
        """Set the words larger, for a projector (from the next item on)."""
        self._large = large

    def show_compared(self, compared: Compared) -> None:
        """Show the decisions on one item."""
        self.takes = []
        sheet = _Sheet(compared, large=self._large)
        self.takes = sheet.takes
        for button in self.takes:
            button.chose.connect(self.taken)
        # Setting another widget deletes the one before.
        self.setWidget(sheet)
        self._sheet = sheet


class _Sheet(Surface):
    """The comparison of one item; made anew for the next."""

    def __init__(self, compared: Compared, *, large: bool) -> None:
        super().__init__("page")
        self._compared = compared
        self._large = large
        self.takes: list[Button] = []
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
        # Nobody judged a criterion otherwise than the other: it is the reasons that differ.
        self._by_reason = bool(compared.disputed) and not any(
            _judged_differently(compared.columns, id_) for id_ in compared.disputed
        )
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
        if settlement.verdict in SIGN_WORDS:
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
        compared = self._compared
        self._grid.setColumnMinimumWidth(0, look_of(self).px(self._grow(118)))
        for at in range(len(compared.columns)):
            self._grid.setColumnStretch(at + 1, 1)
        self._titles()
        self._verdicts()
        if compared.level is not Level.EVERYTHING:
            return
        for criterion in compared.protocol.criteria:
            self._judgements(criterion.id)
        self._gap()
        self._reasons()
        self._notes()
        self._times()

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

    def _label(self, text: str, row: int, *, middle: bool = False) -> None:
        words = self._words(text, "small", "quiet")
        words.setContentsMargins(look_of(self).px(16), 0, 0, 0)
        self._grid.addWidget(words, row, 0, _MIDDLE if middle else _TOP)

    def _cell(self, widget: QWidget, row: int, at: int, name: str, *, middle: bool = False) -> None:
        """Put a cell under its column and name it in full for a screen reader."""
        widget.setAccessibleName(f"{self._compared.columns[at].title}, {name}")
        self._grid.addWidget(widget, row, at + 1, _MIDDLE if middle else _TOP)

    def _titles(self) -> None:
        for at, column in enumerate(self._compared.columns):
            words = self._words(column.title, "label", "quiet", wrap=True)
            words.setMinimumWidth(look_of(self).px(60))
            self._cell(words, 0, at, "column")

    def _verdicts(self) -> None:
        row = self._next()
        self._label("Decision", row)
        for at, column in enumerate(self._compared.columns):
            holder = QWidget()
            line = Row(holder, gap=6)
            if column.verdict in SIGN_WORDS:
                line.addWidget(Mark(column.verdict, size=self._grow(16)))
            step = "name" if len(self._compared.columns) < 3 and is_real(column.verdict) else "body"
            words = self._words(_capital(verdict_words(column.verdict)), step)
            line.addWidget(words, 1)
            self._cell(holder, row, at, f"decision: {verdict_words(column.verdict)}")
        self._take_row()
        self._gap()

    def _take_row(self) -> None:
        row = self._next()
        real = [at for at, c in enumerate(self._compared.columns) if c.event and not c.settled]
        for at in real:
            key = "Left" if at == real[0] else "Right" if at == real[-1] else ""
            if len(real) == 1:
                key = "Left"
            button = Button("take", kind="link", key=key)
            button.setObjectName(self._compared.columns[at].event)
            button.setAccessibleName(
                f"Take the decision of {self._compared.columns[at].title}"
                + (f", key {key}" if key else "")
            )
            self.takes.append(button)
            self._grid.addWidget(button, row, at + 1, Qt.AlignmentFlag.AlignLeft)

    def _judgements(self, id_: str) -> None:
        compared = self._compared
        criterion = compared.protocol.criterion(id_)
        if criterion is None:
            return
        row = self._next()
        disputed = id_ in compared.disputed and not self._by_reason
        if disputed:
            self._grid.addWidget(Band(), row, 0, 1, len(compared.columns) + 1)
        step = "strong" if disputed else "small"
        middle = _MIDDLE
        holder = QWidget()
        line = Row(holder, gap=8, margins=(16, 3, 0, 3))
        tile = ElementTile(str(criterion.element), criterion.name, size=self._grow(20))
        line.addWidget(tile)
        name = self._words(criterion.name, step, "accent" if disputed else "text")
        line.addWidget(name, 1)
        self._grid.addWidget(holder, row, 0, middle)
        for at, column in enumerate(compared.columns):
            if not is_real(column.verdict) or column.settled:
                continue
            sign = column.judgements.get(id_, "")
            cell = QWidget()
            inside = Row(cell, gap=6)
            colour = "text" if disputed or sign == "not-met" else "quiet"
            inside.add(
                Mark(sign, size=self._grow(16 if disputed else 13), colour=colour),
                (self._words(SIGN_WORDS[sign], step, colour), 1),
            )
            spoken = f"{criterion.name}: {SIGN_WORDS[sign]}"
            cell.setAccessibleName(f"{column.title}, {spoken}")
            self._grid.addWidget(cell, row, at + 1, middle)

    def _reasons(self) -> None:
        row = self._next()
        protocol = self._compared.protocol
        numbers = {r.id: r.number for r in protocol.reasons}
        step = "strong" if self._by_reason else "small"
        if self._by_reason:
            self._grid.addWidget(Band(), row, 0, 1, len(self._compared.columns) + 1)
        self._label("Reason", row, middle=self._by_reason)
        for at, column in enumerate(self._compared.columns):
            if not is_real(column.verdict) and not column.settled:
                continue
            text = "none"
            if column.reason:
                number = numbers.get(column.reason, "")
                text = f"{number} {protocol.reason_text(column.reason)}".strip()
            # A number never stands alone at the end of a line.
            shown = text.replace(" ", "\u00a0", 1) if text[:1].isdigit() else text
            colour = "text" if column.reason else "quiet"
            self._cell(self._words(shown, step, colour, wrap=True), row, at,
                       f"reason: {text}", middle=self._by_reason)  # fmt: skip

    def _notes(self) -> None:
        if not any(c.note for c in self._compared.columns):
            return
        row = self._next()
        self._label("Note", row)
        for at, column in enumerate(self._compared.columns):
            if column.note:
                words = self._words(column.note, "note", wrap=True)
                self._cell(words, row, at, f"note: {column.note}")

    def _times(self) -> None:
        row = self._next()
        self._label("Decided", row)
        for at, column in enumerate(self._compared.columns):
            if column.time:
                version = f"\nversion {column.version}" if column.version else ""
                text = f"{day(column.time)}{version}"
                words = self._words(text, "small", "quiet", wrap=True)
                self._cell(words, row, at, f"decided {text}")


def _judged_differently(columns: Sequence[Column], criterion: str) -> bool:
    words = {c.judgements.get(criterion) for c in columns}
    return {"met", "not-met"} <= words


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def taken_by(columns: Sequence[Column], way: str) -> str:
    """Return the event of the decision that ← or → takes, "" when there is none."""
    events = [c.event for c in columns if c.event and not c.settled]
    if not events:
        return ""
    return events[0] if way == "left" else events[-1] if len(events) > 1 else ""
