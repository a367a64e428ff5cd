"""What is known about the chosen search, and what does not add up."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from screener.model import Batch
from ui.sources import wording
from ui.sources.skipped import SkippedText
from ui.widgets import tokens
from ui.widgets.button import Button
from ui.widgets.theme import follow, look_of
from ui.widgets.words import Column, ElidedWords, Grid, Row, Surface, Words

_HEIGHT = 228


class SearchDetail(Surface):
    """The lower part of the page: strategy, limits, filters, and what was not read."""

    records_asked = Signal()
    edit_asked = Signal()
    take_back_asked = Signal()
    put_back_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("rail", parent)
        self._batch: Batch | None = None
        self._busy = False
        self._build()
        self._lay_out()
        self._connect()
        follow(self, self._restyle)

    def _build(self) -> None:
        self._name = Words(step="page")
        self._file = ElidedWords(step="small", colour="quiet")
        self.records = Button("Show its records", kind="link")
        self.edit = Button("Edit", kind="link")
        self.take_back = Button("Take back this import", kind="link")
        self.put_back = Button("Put back", kind="link")
        self._strategy, self._limits, self._filters = _value(), _value(), _value()
        self._warning = Words(step="strong", colour="warn", wrap=True)
        self._lines = Words(step="small", wrap=True)
        self.show_lines = Button("Show the lines", kind="link")
        self.skipped = SkippedText()

    def _lay_out(self) -> None:
        head = Row(gap=20)
        head.addWidget(self._name)
        head.addWidget(self._file, 1)
        for button in self._actions():
            head.addWidget(button)
        below = Row(gap=48)
        below.addWidget(_scrolled(self._search_side()), 11)
        below.addWidget(self._warning_side(), 8)
        column = Column(self, gap=14, margins=(tokens.MARGIN, 20, tokens.MARGIN, 12))
        column.addLayout(head)
        column.addLayout(below, 1)

    def _search_side(self) -> QWidget:
        side = QWidget()
        grid = Grid(side, gap=24, row_gap=8)
        for row, (name, value) in enumerate(
            (("Strategy as run", self._strategy), ("Limits", self._limits),
             ("Filters", self._filters))
        ):  # fmt: skip
            label = Words(name, step="small", colour="quiet")
            label.setBuddy(value)
            grid.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(value, row, 1)
        grid.setColumnStretch(1, 1)
        grid.setColumnMinimumWidth(0, look_of(self).px(112))
        grid.setRowStretch(3, 1)
        return side

    def _warning_side(self) -> QWidget:
        side = QWidget()
        column = Column(side, gap=6)
        column.addWidget(self._warning)
        column.addWidget(self._lines)
        column.addWidget(self.skipped, 1)
        column.addWidget(self.show_lines, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(0)
        return side

    def _connect(self) -> None:
        self.records.clicked.connect(self.records_asked)
        self.edit.clicked.connect(self.edit_asked)
        self.take_back.clicked.connect(self.take_back_asked)
        self.put_back.clicked.connect(self.put_back_asked)
        self.show_lines.clicked.connect(self._on_lines)

    def _actions(self) -> tuple[Button, ...]:
        return self.records, self.edit, self.take_back, self.put_back

    def show_batch(self, batch: Batch | None) -> None:
        """Show one import; None shows nothing."""
        other = batch is None or self._batch is None or batch.id != self._batch.id
        self._batch = batch
        self.setVisible(batch is not None)
        if batch is None:
            return
        search = batch.search
        self._name.setText(search.source)
        self._file.setText(_file_words(batch))
        self._strategy.setText(search.strategy or "not given")
        self._limits.setText(search.limits or "not given")
        self._filters.setText(search.filters or "not given")
        self._show_warning(batch)
        self._fold_lines(folded=other or self.skipped.isHidden())
        self._enable()

    def _show_warning(self, batch: Batch) -> None:
        search = batch.search
        warning = wording.mismatch(search.source, search.claimed, batch.parsed)
        if batch.withdrawn:
            warning = f"Taken back: {batch.withdrawn}"
        elif batch.skipped and not warning:
            warning = wording.counted(len(batch.skipped), "place") + " could not be read"
        self._warning.setText(warning)
        self._warning.setVisible(bool(warning))
        lines = wording.unread([s.line for s in batch.skipped])
        if lines:
            lines = f"{lines} The text is kept."
        elif warning and not batch.withdrawn:
            lines = "Everything in the file was read. Export it again, or correct the number."
        self._lines.setText(lines)
        self.skipped.show_skipped(batch.skipped)

    def _fold_lines(self, *, folded: bool) -> None:
        has_lines = self._batch is not None and bool(self._batch.skipped)
        self.skipped.setVisible(has_lines and not folded)
        self._lines.setVisible(bool(self._lines.text()) and folded)
        self.show_lines.setVisible(has_lines)
        self.show_lines.setText("Show the lines" if folded else "Hide the lines")

    def set_busy(self, busy: bool) -> None:
        """While something is written, only reading is possible."""
        self._busy = busy
        self._enable()

    def _enable(self) -> None:
        gone = self._batch is not None and bool(self._batch.withdrawn)
        self.take_back.setVisible(not gone)
        self.put_back.setVisible(gone)
        for button in self._actions()[1:]:
            button.setEnabled(not self._busy)

    def _on_lines(self) -> None:
        self._fold_lines(folded=not self.skipped.isHidden())

    def _restyle(self) -> None:
        self.setFixedHeight(look_of(self).px(_HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the surface and the hairline above it."""
        super().paintEvent(event)
        QPainter(self).fillRect(QRectF(0, 0, self.width(), 1), look_of(self).colour("line"))


def _file_words(batch: Batch) -> str:
    when = wording.day(batch.imported[:10])
    return f"{batch.file}, imported {when}" if when else batch.file


def _value() -> Words:
    words = Words(step="small", wrap=True)
    words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    words.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading)
    return words


def _scrolled(widget: QWidget) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.viewport().setAutoFillBackground(False)
    area.setWidget(widget)
    widget.setAutoFillBackground(False)
    return area
